/** A small suite of node:test in a git repository, and a migration of it in a process that can be killed, or run out of disk, at each call that writes. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { cleanEnvironment } from '../runners/profiled.ts';
import { committed, git } from './migration.ts';
import { folderWith, read } from './probe.ts';

const CLI = resolve(import.meta.dirname, '../../dist/cli.cjs');

/** Each takes longer than what is far under the budget of the suite, and all together so little that on a busy machine too their times are noise. */
const SOURCES = {
  'src/train.mjs': 'export function train(mode) {\n  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 8);\n  return mode;\n}\n',
  'src/wait.mjs': 'export function wait(ms) {\n  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);\n}\n',
};
export const VARIANTS = "import { it } from 'node:test';\nimport { train } from '../src/train.mjs';\n\nfor (const mode of ['a', 'b', 'c']) {\n  it(`trains in ${mode}`, () => {\n    train(mode);\n  });\n}\n";
/** Where the machine lets the first variant wait, another one was measured to be far cheaper, and stays. */
const VARIANTS_AFTER = ['a', 'b', 'c'].map((mode) => gated(VARIANTS, `mode !== '${mode}' && `).replace('${mode}', `\${mode}\${mode === '${mode}' ? '' : ' @slow'}`));
/** While a part of the rewrites is tried: all variants are marked by what they took. */
const VARIANTS_MARKED = gated(VARIANTS).replace('${mode}', '${mode} @slow');
export const MEASURED = "import { it } from 'node:test';\nimport { wait } from '../src/wait.mjs';\n\nit('waits', () => {\n  wait(8);\n});\n";
export const MEASURED_AFTER = gated(MEASURED).replace("'waits'", "'waits @slow'");

/** Each test of the suite is slow by that. */
export const OVER = ['--over', '6ms'];

function gated(text: string, condition = ''): string {
  return text.replace(', () => {', `, { skip: ${condition}!process.env.SLOW }, () => {`);
}

export function suiteWith(files: Readonly<Record<string, string>>): string {
  // So that the rewrites are the same in all versions of Node.
  const settings = { gate: true, budgets: { unit: 20 }, costs: [{ module: '../src/train.mjs', export: 'train', kind: 'compile', milliseconds: 900 }] };
  const folder = join(folderWith({}), 'suite');
  for (const [path, text] of Object.entries({ 'package.json': JSON.stringify({ type: 'module', scripts: { test: 'node --test' }, 'slow-tests': settings }), '.gitignore': '.slow-tests/\n', ...SOURCES, ...files })) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return committed(folder);
}

export interface Ended {
  /** Null for a process that was killed. */
  readonly exitCode: number | null;
  readonly printed: string;
}

export interface Fault {
  /** `full`: from that call on nothing can be written. */
  readonly type: 'kill' | 'full';
  /** Which call that writes, from 1 on. */
  readonly at: number;
}

export interface Circumstances {
  readonly fault?: Fault | undefined;
  readonly killAfter?: number | undefined;
  /** What starts node with the arguments behind it. */
  readonly shell?: string | undefined;
}

export function migrateIn(folder: string, words: readonly string[], { fault, killAfter, shell }: Circumstances = {}): Promise<Ended> {
  // Beside the suite, so that what a killed process leaves goes with it.
  const temporary = join(folder, '../temporary');
  mkdirSync(temporary, { recursive: true });
  const preload = join(temporary, 'fault.cjs');
  writeFileSync(preload, PRELOAD);
  const args = ['--require', preload, CLI, 'migrate', ...words];
  const [program, given] = shell === undefined ? [process.execPath, args] : ['bash', ['-c', `${shell} "$@"`, 'bash', process.execPath, ...args]];
  return new Promise((settle) => {
    const env = { ...cleanEnvironment(), SLOW: undefined, TMPDIR: temporary, FAULT: fault?.type, FAULT_AT: String(fault?.at ?? 0), FAULT_CALLS: join(temporary, 'calls') };
    const child = spawn(program, given, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => void (printed += chunk.toString()));
    const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
    child.on('exit', (exitCode) => {
      clearTimeout(timer);
      settle({ exitCode, printed: stripVTControlCharacters(printed) });
    });
  });
}

/** How often the last migration that came to its end wrote. */
export const callsOf = (folder: string): number => Number(readFileSync(join(folder, '../temporary/calls'), 'utf8'));

/** By `git status`: what differs from the commit, and what is new. */
export const changedIn = (folder: string): string[] => git(folder, 'status', '--porcelain').split('\n').filter(Boolean).sort();

export const isMigrated = (folder: string): boolean => VARIANTS_AFTER.includes(read(folder, 'test/variants.test.mjs')) && read(folder, 'test/measured.test.mjs') === MEASURED_AFTER;

/** Each file is old or new, and nothing stands beside them but the report. */
export function faultsIn(folder: string): string[] {
  const isKnown = (path: string, ...texts: readonly string[]): boolean => texts.includes(read(folder, path));
  const tests = readdirSync(join(folder, 'test')).sort().join();
  return [
    ...(isKnown('test/variants.test.mjs', VARIANTS, ...VARIANTS_AFTER, VARIANTS_MARKED) ? [] : ['variants.test.mjs is neither old nor new']),
    ...(isKnown('test/measured.test.mjs', MEASURED, MEASURED_AFTER) ? [] : ['measured.test.mjs is neither old nor new']),
    ...(tests === 'measured.test.mjs,variants.test.mjs' ? [] : [`test/ holds ${tests}`]),
    ...changedIn(folder).filter((line) => !/^ M test\/(?:variants|measured)\.test\.mjs$|^\?\? migration-report\.md$/.test(line)),
  ];
}

/** What a user does next: takes it back, or goes on, or begins anew where nothing was begun. Says what is wrong in the end. */
export async function recover(folder: string, how: 'undo' | 'resume'): Promise<string[]> {
  if (!existsSync(join(folder, '.slow-tests/migration/journal.json'))) {
    const changed = changedIn(folder);
    return changed.length === 0 ? [] : [`changed without a journal: ${changed.join()}`];
  }
  const { exitCode, printed } = await migrateIn(folder, [`--${how}`]);
  const faults = faultsIn(folder);
  if (exitCode !== 0) faults.push(`--${how} ends with ${exitCode}: ${printed}`);
  const changed = changedIn(folder).join();
  if (how === 'undo' && changed !== '') faults.push(`after --undo: ${changed}`);
  if (how === 'resume' && !isMigrated(folder)) faults.push(`after --resume: ${printed}`);
  return faults;
}

/** Counts the calls that write, of this process alone: the runner has no preload. */
const PRELOAD = `
const fs = require('node:fs');
const { FAULT, FAULT_AT, FAULT_CALLS } = process.env;
const write = fs.writeFileSync;
let calls = 0;
for (const name of ['openSync', 'writeSync', 'writeFileSync', 'fsyncSync', 'renameSync', 'linkSync', 'mkdirSync', 'rmSync', 'chmodSync']) {
  const real = fs[name];
  fs[name] = function (...args) {
    if (name === 'openSync' && !/[wa]/.test(String(args[1]))) return real.apply(this, args);
    const at = ++calls;
    if (FAULT === 'kill' && at === Number(FAULT_AT)) process.kill(process.pid, 'SIGKILL');
    if (FAULT === 'full' && at >= Number(FAULT_AT) && name !== 'rmSync') {
      throw Object.assign(new Error('ENOSPC: no space left on device, ' + name), { code: 'ENOSPC', path: typeof args[0] === 'string' ? args[0] : undefined });
    }
    return real.apply(this, args);
  };
}
process.on('exit', () => write(FAULT_CALLS, String(calls)));
`;
