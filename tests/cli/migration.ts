/** A small suite in a git repository, and `slow-tests migrate` on it as its user calls it. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { cleanEnvironment } from '../runners/profiled.ts';
import { folderWith } from './probe.ts';

const CLI = resolve(import.meta.dirname, '../../dist/cli.cjs');

export interface Installed {
  readonly name: string;
  readonly folder: string;
}

export const VITEST: Installed = { name: 'vitest', folder: resolve(import.meta.dirname, '../../node_modules/vitest') };

export const git = (cwd: string, ...args: string[]): string => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd, encoding: 'utf8' });

/** Its script `test` is `command`. */
export function repositoryWith(files: Readonly<Record<string, string>>, command: string, packages: readonly Installed[]): string {
  const folder = folderWith({
    'package.json': `${JSON.stringify({ ...(packages.some(({ name }) => name === 'jest') ? {} : { type: 'module' }), scripts: { test: command }, devDependencies: Object.fromEntries(packages.map(({ name }) => [name, '*'])) }, undefined, 2)}\n`,
    '.gitignore': 'node_modules\n.slow-tests/\ntest-results/\n',
    ...files,
  });
  for (const installed of packages) {
    const place = join(folder, 'node_modules', installed.name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(installed.folder, place);
  }
  return committed(folder);
}

/** The folder, as a repository in which all of it is committed. */
export function committed(folder: string): string {
  git(folder, 'init', '-q');
  git(folder, 'add', '.');
  git(folder, 'commit', '-qm', 'first');
  return folder;
}

export interface Ended {
  readonly exitCode: number | null;
  readonly printed: string;
}

export function migrateIn(folder: string, words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((settle) => {
    const child = spawn(process.execPath, [CLI, 'migrate', ...words], { cwd: folder, env: { ...cleanEnvironment(), SLOW: undefined, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => void (printed += chunk.toString()));
    child.on('close', (exitCode) => settle({ exitCode, printed: stripVTControlCharacters(printed) }));
  });
}

export const changedFiles = (folder: string): string[] => git(folder, 'status', '--porcelain').split('\n').filter(Boolean);
