/** Both tiers of the whole suite, compared with the suite before: what does not hold, and in which of them? */
import type { Covered, Missing } from '../../coverage/covered.ts';
import { isCovered, missing, NOTHING_COVERED, union } from '../../coverage/covered.ts';
import type { RunCoverage } from '../../coverage/read-v8.ts';
import type { ProfiledFile } from '../../timing/profile.ts';
import { formatDuration } from '../../timing/budgets.ts';
import type { Terminal } from '../terminal.ts';
import type { Problem } from './compare-runs.ts';
import { problemsIn } from './compare-runs.ts';
import type { Journal } from './journal.ts';
import { brokenOff, coverageOf, limitOf, partOf } from './prove-file.ts';
import type { SuiteRun, SuiteRuns } from './suite-runs.ts';
import type { Titles } from './titles.ts';

export interface WholeSuite {
  readonly journal: Journal;
  readonly runs: SuiteRuns;
  readonly titles: Titles;
  readonly said: Terminal;
  /** Of the suite as it was. */
  readonly before: readonly ProfiledFile[];
  /** Undefined where coverage is not compared. */
  readonly coverage: RunCoverage | undefined;
}

export const TIERS = ['fast', 'slow'] as const;
export type TierName = (typeof TIERS)[number];

export interface WholeProblem extends Problem {
  /** Undefined for what belongs to a run itself. */
  readonly file?: string;
  /** Where it shows; both for a test that is in none. */
  readonly tiers: readonly TierName[];
}

export interface Round extends Readonly<Record<TierName, SuiteRun>> {
  readonly problems: readonly WholeProblem[];
  /** Covered before by some test, and now by none. */
  readonly lost: readonly Missing[];
}

/** Tiers that need not run again are taken from `last`. */
export async function runRound(suite: WholeSuite, again: readonly TierName[], last: Round | undefined): Promise<Round | 'stopped'> {
  const { journal, runs, said, before, coverage } = suite;
  const limit = limitOf(journal.data.wall);
  const made: Partial<Record<TierName, SuiteRun>> = {};
  for (const name of TIERS) {
    const known = again.includes(name) ? undefined : last?.[name];
    const run = known ?? (await said.show(`Run the ${name} tests of the whole suite`, () => runs.tier(name, limit), ({ files, wall }) => `${countTests(files)} tests in ${formatDuration(wall)}`));
    if (run.isStopped) return 'stopped';
    made[name] = run;
  }
  const { fast, slow } = made as Record<TierName, SuiteRun>;
  const broken = TIERS.flatMap((name): WholeProblem[] => {
    const sentence = brokenOff({ fast, slow }[name], name, limit, journal.data.exitCode);
    return sentence === undefined ? [] : [{ sentence, tiers: [name] }];
  });
  const lost = coverage ? missing(coverage.whole, union(coverageOf(fast), coverageOf(slow))) : [];
  return { fast, slow, problems: [...broken, ...before.flatMap((file) => problemsOfFile(suite, file, { fast, slow }))], lost };
}

function problemsOfFile({ journal, titles }: WholeSuite, before: ProfiledFile, runs: Readonly<Record<TierName, SuiteRun>>): WholeProblem[] {
  const { file } = before;
  const [fast, slow] = TIERS.map((name) => partOf(runs[name], file));
  const comparison = { before, aside: new Set(journal.data.aside[file]), titles };
  const failing = TIERS.map((name) => new Set(problemsIn({ ...comparison, fast: partOf(runs[name], file), slow: 'later' }).map(({ sentence }) => sentence)));
  return problemsIn({ ...comparison, fast, slow }).map((problem) => {
    const tiers = TIERS.filter((_, index) => failing[index]?.has(problem.sentence));
    return { ...problem, file, tiers: tiers.length > 0 ? tiers : TIERS };
  });
}

/** Do the fast and the slow tests of a file cover what it covered before? True where that is not known of it alone. */
export function coversAsBefore({ coverage }: Pick<WholeSuite, 'coverage'>, { fast, slow }: Round, file: string): boolean {
  const before = coverage?.byTest.get(file);
  const shareOf = (run: SuiteRun): Covered => run.coverage?.byTest.get(file) ?? NOTHING_COVERED;
  return before === undefined || isCovered(before, union(shareOf(fast), shareOf(slow)));
}

export function countTests(files: readonly ProfiledFile[]): number {
  return files.reduce((sum, { tests }) => sum + tests.filter(({ outcome }) => outcome !== 'skipped').length, 0);
}
