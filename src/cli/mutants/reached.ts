/** Which mutants does each test file reach, in the fast run and in the slow run, and which of its tests pass when none is active? */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProfiledFile, ProfiledTest } from '../../timing/profile.ts';
import type { SuiteRun } from '../migrate/suite-runs.ts';

export type MutantTier = 'fast' | 'slow';

export interface TestPart {
  readonly file: string;
  readonly tier: MutantTier;
  readonly reached: ReadonlySet<string>;
  /** Only these can kill. */
  readonly passed: readonly ProfiledTest[];
  /** ms of a run of this part alone, from start to end. */
  readonly wall: number;
  readonly exitCode: number;
}

export interface Reaching {
  /** As a run of all tests has them. */
  readonly files: readonly ProfiledFile[];
  /** For notes. */
  readonly folder: string;
  /** One tier of one file; each mutant it reaches is noted in `noted`. */
  readonly run: (tier: MutantTier, file: string, noted: string) => Promise<SuiteRun>;
  readonly update: (detail: string) => void;
}

export async function findReached({ files, folder, run, update }: Reaching): Promise<readonly TestPart[] | 'stopped'> {
  const parts: TestPart[] = [];
  for (const [index, { file, tests }] of files.entries()) {
    update(`${index + 1} of ${files.length} files`);
    let open = passedOf(tests).length;
    for (const tier of ['fast', 'slow'] as const) {
      // Where the fast run holds all tests, there is no slow one.
      if (open <= 0) break;
      const noted = join(folder, `${index}-${tier}`);
      const { isStopped, isOverTime, isEmpty, files: ran, exitCode, wall } = await run(tier, file, noted);
      if (isStopped) return 'stopped';
      const passed = passedOf(ran.find((other) => other.file === file)?.tests ?? []);
      open -= passed.length;
      if (!isEmpty && !isOverTime && passed.length > 0) parts.push({ file, tier, reached: readReached(noted), passed, wall, exitCode });
    }
  }
  return parts;
}

function passedOf(tests: readonly ProfiledTest[]): ProfiledTest[] {
  return tests.filter(({ outcome }) => outcome === 'passed');
}

function readReached(file: string): ReadonlySet<string> {
  try {
    return new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean));
  } catch {
    return new Set();
  }
}
