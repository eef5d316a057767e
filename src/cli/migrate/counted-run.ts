/** How is a run of the suite made to count what it covers, in whichever process its tests run? */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Granularity } from '../../coverage/granularity.ts';
import { GRANULARITY_VARIABLE } from '../../coverage/granularity.ts';
import type { RunCoverage } from '../../coverage/read-v8.ts';
import { readV8Coverage } from '../../coverage/read-v8.ts';
import type { Runner } from '../../knowledge/runner.ts';

export interface CountedRun {
  readonly environment: (environment: NodeJS.ProcessEnv) => NodeJS.ProcessEnv;
  /** When all of it has ended. `tests` are the files of tests, relative to the root. */
  readonly read: (root: string, tests: ReadonlySet<string>) => RunCoverage | undefined;
  readonly remove: () => void;
}

export interface CoverageSaid {
  readonly isCompared: boolean;
  readonly text: string;
}

/** Why a runner's coverage cannot be had; undefined where it can. */
export function whyUncounted({ name }: Runner): string | undefined {
  return name === 'bun' ? 'bun does not tell what it covers in a form that can be compared' : undefined;
}

/** What is said about coverage at the end. */
export function coverageSaid(runner: Runner, granularity: Granularity | undefined, before: RunCoverage | undefined): CoverageSaid {
  if (before && granularity !== undefined) {
    const ran = [...before.whole.values()].flatMap((functions) => [...functions.values()].filter((item) => item.ran.length > 0));
    return { isCompared: true, text: `All ${ran.length} functions of ${before.whole.size} source files that ran before${granularity === 'blocks' ? ', and all their blocks,' : ''} run in the fast or the slow run.` };
  }
  const reason = granularity === undefined ? 'it was asked for with --no-coverage' : (whyUncounted(runner) ?? "no process of the runner told of a source file of the project, as when the tests run in a browser");
  return { isCompared: false, text: `Coverage is not compared: ${reason}. That fast and slow runs together cover what the suite covered before follows only from every test being there at its own size.` };
}

export function countedRun(runner: Runner, granularity: Granularity | undefined): CountedRun {
  if (granularity === undefined || whyUncounted(runner) !== undefined) return { environment: (environment) => environment, read: () => undefined, remove: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), 'slow-tests-coverage-'));
  return {
    environment: (environment) => ({
      ...environment,
      NODE_V8_COVERAGE: folder,
      [GRANULARITY_VARIABLE]: granularity,
      // This module is bundled into a file beside it.
      NODE_OPTIONS: [`--require=${JSON.stringify(join(__dirname, 'coverage-preload.cjs'))}`, environment['NODE_OPTIONS'] ?? ''].filter(Boolean).join(' '),
    }),
    read: (root, tests) => readV8Coverage(folder, root, tests),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
