/** How is a run of the suite made to count what it covers, in whichever process its tests run? */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Granularity } from '../../coverage/granularity.ts';
import { GRANULARITY_VARIABLE } from '../../coverage/granularity.ts';
import { readLcov } from '../../coverage/read-lcov.ts';
import type { RunCoverage } from '../../coverage/read-v8.ts';
import { readV8Coverage } from '../../coverage/read-v8.ts';
import type { Runner } from '../../knowledge/runner.ts';

export interface CountedRun {
  readonly environment: (environment: NodeJS.ProcessEnv) => NodeJS.ProcessEnv;
  /** Counting takes so long that it gets a run of its own, whose times and outcomes do not count. */
  readonly isApart: boolean;
  /** Arguments for the runner; `nth` call of the run. */
  readonly added: (nth: number) => readonly string[];
  /** When all of it has ended. `tests` are the files of tests, relative to the root. */
  readonly read: (root: string, tests: ReadonlySet<string>) => RunCoverage | undefined;
  readonly remove: () => void;
}

export const UNCOUNTED: CountedRun = { environment: (environment) => environment, isApart: false, added: () => [], read: () => undefined, remove: () => undefined };

export interface CoverageSaid {
  readonly isCompared: boolean;
  readonly text: string;
}

const isBun = ({ name }: Runner): boolean => name === 'bun';

/** Why a runner's coverage cannot be had; undefined where it can. */
export function whyUncounted(runner: Runner, root: string): string | undefined {
  return isBun(runner) && hasThreshold(join(root, 'bunfig.toml')) ? 'bunfig.toml sets a coverageThreshold, which a part of the suite would miss' : undefined;
}

function hasThreshold(path: string): boolean {
  return existsSync(path) && /^\s*coverageThreshold\b/m.test(readFileSync(path, 'utf8'));
}

/** What is said about coverage at the end. */
export function coverageSaid(runner: Runner, granularity: Granularity | undefined, before: RunCoverage | undefined, root: string): CoverageSaid {
  if (before && granularity !== undefined) {
    const ran = [...before.whole.values()].flatMap((functions) => [...functions.values()].filter((item) => item.ran.length > 0));
    return { isCompared: true, text: `All ${ran.length} ${isBun(runner) ? 'lines' : 'functions'} of ${before.whole.size} source files that ran before${granularity === 'blocks' && !isBun(runner) ? ', and all their blocks,' : ''} run in the fast or the slow run.` };
  }
  const reason = granularity === undefined ? 'it was asked for with --no-coverage' : (whyUncounted(runner, root) ?? "no process of the runner told of a source file of the project, as when the tests run in a browser");
  return { isCompared: false, text: `Coverage is not compared: ${reason}. That fast and slow runs together cover what the suite covered before follows only from every test being there at its own size.` };
}

export function countedRun(runner: Runner, granularity: Granularity | undefined, root: string): CountedRun {
  if (granularity === undefined || whyUncounted(runner, root) !== undefined) return UNCOUNTED;
  const folder = mkdtempSync(join(tmpdir(), 'slow-tests-coverage-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  if (isBun(runner)) return { ...UNCOUNTED, isApart: true, added: (nth) => ['--coverage', '--coverage-reporter=lcov', `--coverage-dir=${join(folder, String(nth))}`, NO_TIMEOUT], read: (home, tests) => readLcov(reportsIn(folder), home, tests), remove };
  return {
    ...UNCOUNTED,
    environment: (environment) => ({
      ...environment,
      NODE_V8_COVERAGE: folder,
      [GRANULARITY_VARIABLE]: granularity,
      // This module is bundled into a file beside it.
      NODE_OPTIONS: [`--require=${JSON.stringify(join(__dirname, 'coverage-preload.cjs'))}`, environment['NODE_OPTIONS'] ?? ''].filter(Boolean).join(' '),
    }),
    read: (home, tests) => readV8Coverage(folder, home, tests),
    remove,
  };
}

/** Loops over numbers take four times as long while bun counts. */
const NO_TIMEOUT = '--timeout=600000';

function reportsIn(folder: string): string {
  return readdirSync(folder).map((nth) => join(folder, nth, 'lcov.info')).filter((path) => existsSync(path)).map((path) => readFileSync(path, 'utf8')).join('\n');
}
