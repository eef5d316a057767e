/**
 * Where runners come from: the root install, or `package.json` beside this file, installed on first use into a folder of which
 * git, linters and packages know nothing.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../..');
const LIST = join(import.meta.dirname, 'package.json');
const HOME = join(ROOT, '.slow-tests/runners');
/** Suites are written below, so that runners and the package itself are found from there. */
export const SUITES = join(HOME, 'suites');
const MODULES = join(HOME, 'node_modules');
/** A copy of the list, made when everything on it was installed. */
const DONE = join(MODULES, '.installed.json');
const LOCK = join(HOME, '.installing');
const WAIT_MS = 200;
const PATIENCE_MS = 180_000;

export async function installRunners(): Promise<void> {
  mkdirSync(SUITES, { recursive: true });
  for (const start = Date.now(); !isInstalled(); await sleep(WAIT_MS)) {
    if (Date.now() - start > PATIENCE_MS) throw new Error(`Waited for ${LOCK} for ${PATIENCE_MS / 1000} s; remove it when nobody is installing.`);
    // Test files run side by side: one of them installs, the others wait.
    if (!lock()) continue;
    try {
      if (!isInstalled()) install();
    } finally {
      rmdirSync(LOCK);
    }
  }
}

function isInstalled(): boolean {
  return existsSync(DONE) && readFileSync(DONE, 'utf8') === readFileSync(LIST, 'utf8');
}

function lock(): boolean {
  try {
    mkdirSync(LOCK);
    return true;
  } catch {
    return false;
  }
}

function install(): void {
  copyFileSync(LIST, join(HOME, 'package.json'));
  const args = ['install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund'];
  execFileSync('npm', args, { cwd: HOME, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
  // What rewritten tests import: the kernel and the fixtures, as built.
  const own = join(MODULES, 'eslint-plugin-slow-tests');
  if (!existsSync(own)) symlinkSync(ROOT, own, 'junction');
  copyFileSync(LIST, DONE);
}

/** A file of an installed package, here or in the root install. */
export function moduleFile(path: string): string {
  const found = [MODULES, join(ROOT, 'node_modules')].map((folder) => join(folder, path)).find((file) => existsSync(file));
  if (found === undefined) throw new Error(`${path} is not installed.`);
  return found;
}

/** The binary of another major version of Node, for what this one cannot do; installed on first use. */
export function nodeBinary(major: number): string {
  if (Number(process.versions.node.split('.')[0]) >= major) return process.execPath;
  const folder = join(ROOT, 'node_modules/.cache/node', String(major));
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const binary = join(folder, 'node_modules', name, 'bin/node');
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', `${name}@${major}`], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
  }
  return binary;
}

/** A folder in which a package is installed, by name and version; on first use. */
export function installVersion(packages: string): string {
  const folder = join(ROOT, '.slow-tests/versions', packages.replace(/\W+/g, '-'));
  if (existsSync(join(folder, 'node_modules/.package-lock.json'))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', packages], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
  return folder;
}
