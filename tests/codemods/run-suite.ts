/**
 * Runs test files with a real runner: all of them, the fast ones, the slow ones. A rewritten suite has lost nothing when its fast
 * and its slow run together hold every test that the original had, with the same outcome.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll } from 'vitest';
import type { RunnerName } from '../runners/all.ts';
import { RUNNERS } from '../runners/all.ts';
import { installRunners, SUITES } from '../runners/install.ts';
import type { Outcome, RealRunner, Selection } from '../runners/runner.ts';

export interface SuiteRun {
  /** Of tests that ran; those that were left out by their title are not here. */
  readonly outcomes: readonly Outcome[];
  /** What the runner printed, for a message when something is wrong. */
  readonly printed: string;
  /** What the suite's own code wrote into `SAID`; runners catch what is printed, and lose the last lines of a worker that they end. */
  readonly said: string;
}

/** A file in the folder of the suite. */
export const SAID = 'said.log';

const TIMEOUT_MS = 120_000;

/** Called by each test file: this module is loaded once for many. */
export function needsRunners(): void {
  beforeAll(installRunners, 2 * TIMEOUT_MS);
}

/** Files by path, such as `a.test.ts`; a helper next door is one of them. Runs in a new folder that is removed afterwards. */
export async function runSuite(name: RunnerName, files: Readonly<Record<string, string>>, selection: Selection = 'all'): Promise<SuiteRun> {
  const runner: RealRunner = RUNNERS[name];
  const folder = mkdtempSync(join(SUITES, `${name.replace(/\W/g, '-')}-`));
  try {
    for (const [path, text] of Object.entries({ 'package.json': '{ "private": true }\n', ...runner.files, ...files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const tests = Object.keys(files).filter((path) => /[._](?:test|spec|slow)\.[cm]?[jt]sx?$/.test(path));
    const { program = process.execPath, args } = runner.command({ folder, tests, selection });
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, VITEST: undefined, NODE_ENV: undefined, NODE_OPTIONS: undefined, NODE_TEST_CONTEXT: undefined, SLOW: selection === 'fast' ? undefined : '1' };
    const { stdout, stderr } = await execute(program, args, folder, env);
    const printed = `${stdout}\n${stderr}`;
    const log = join(folder, SAID);
    const said = existsSync(log) ? readFileSync(log, 'utf8') : '';
    try {
      return { outcomes: runner.read(stdout, folder), printed, said };
    } catch (error) {
      throw new Error(`${name} has no report: ${String(error)}\n${printed}`, { cause: error });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the program prints; that tests fail is no error here. */
function execute(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, env, timeout: TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      // A number is an exit code: tests failed, and the report says which.
      if (error && typeof error.code !== 'number') reject(new Error(`${error.message}\n${stdout}\n${stderr}`, { cause: error }));
      else resolve({ stdout, stderr });
    });
  });
}

/** Tests of a run by title, with their outcome; skipped ones are not run. */
export function ran({ outcomes }: SuiteRun): readonly string[] {
  return outcomes.filter(({ status }) => status !== 'skipped').map(({ title, status }) => `${title}: ${status}`).sort();
}

export interface Comparison {
  readonly before: readonly string[];
  readonly fast: readonly string[];
  readonly slow: readonly string[];
  /** Of `before`, without counterpart among `fast` and `slow`. Must be empty. */
  readonly lost: readonly string[];
}

/** Runs a suite as it was, and what became of it with the fast and with the slow filter of its runner. */
export async function compareSuites(name: RunnerName, before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): Promise<Comparison> {
  const [original, fast, slow] = await Promise.all([runSuite(name, before, 'all'), runSuite(name, after, 'fast'), runSuite(name, after, 'slow')]);
  if (original.outcomes.length === 0) throw new Error(`${name} ran no test of the original:\n${original.printed}`);
  const kept = new Set([...ran(fast), ...ran(slow)].map((item) => withoutMarks(item)));
  return {
    before: ran(original),
    fast: ran(fast),
    slow: ran(slow),
    lost: ran(original).filter((item) => !kept.has(withoutMarks(item))),
  };
}

/** A title as it was before it was marked and split into tiers: `sums (full @slow): passed` -> `sums: passed`. */
export function withoutMarks(title: string): string {
  return title.replace(/ ?@(?:slow|stress)\b/g, '').replace(/ \((?:full|real)\)(?= > |: |$)/g, '');
}
