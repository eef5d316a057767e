/** Do the proofs of one file hold: its tests, what they cover, and the time of its fast run? */
import type { Covered } from '../../coverage/covered.ts';
import { common, missing, NOTHING_COVERED, union } from '../../coverage/covered.ts';
import { placeOf } from '../../coverage/place.ts';
import { formatDuration } from '../../timing/budgets.ts';
import type { ProfiledFile } from '../../timing/profile.ts';
import type { Problem } from './compare-runs.ts';
import { fastTime, gainsNothing, problemsIn, ranTime, shiftedTime, slowerThan, wholeTime } from './compare-runs.ts';
import type { Journal } from './journal.ts';
import type { SuiteRun, SuiteRuns } from './suite-runs.ts';
import type { Titles } from './titles.ts';

export interface FileProof {
  readonly journal: Journal;
  readonly root: string;
  readonly before: ProfiledFile;
  readonly aside: ReadonlySet<string>;
  readonly runs: SuiteRuns;
  readonly titles: Titles;
  /** Of the whole suite, before. */
  readonly exitCode: number;
  /** What the file covered in the baseline; undefined where that is not known of it alone. */
  readonly covered: Covered | undefined;
}

export interface Proof {
  readonly problems: readonly Problem[];
  readonly fastTime: number;
}

/** `output` is what the file holds now. */
export async function proveFile(proof: FileProof, output: string): Promise<Proof | 'stopped'> {
  const { before, aside, runs, titles, exitCode } = proof;
  const limit = limitOf(wholeTime(before));
  const fails = (problems: readonly Problem[]): Proof => ({ problems, fastTime: 0 });
  const measured: SuiteRun[] = [];
  for (const tier of ['fast', 'slow'] as const) {
    const run = await runs.tier(tier, limit, before.file);
    if (run.isStopped) return 'stopped';
    measured.push(run);
    const broken = brokenOff(run, tier, limit, exitCode);
    if (broken !== undefined) return fails([{ sentence: broken }]);
  }
  const [fast, slow] = measured.map((run) => partOf(run, before.file));
  const comparison = { before, fast, slow, aside, titles };
  const problems = problemsIn(comparison);
  if (problems.length > 0) return fails(problems);
  const lost = await lostIn(proof, output, union(...measured.map(coverageOf)));
  if (lost === 'stopped') return 'stopped';
  if (lost.length > 0) return fails(lost.map((sentence) => ({ sentence })));
  let took = ranTime(comparison);
  const slower = (): string | undefined => slowerThan(fastTime(before), took) ?? shiftedTime(comparison, took) ?? gainsNothing(fastTime(before), took);
  if (slower() !== undefined) {
    // Something else may have kept the machine busy.
    const again = await runs.tier('fast', limit, before.file);
    if (again.isStopped) return 'stopped';
    const part = partOf(again, before.file);
    if (part) took = Math.min(took, ranTime({ ...comparison, fast: part }));
  }
  const problem = slower();
  return { problems: problem === undefined ? [] : [{ sentence: problem }], fastTime: took };
}

export const DELETED = 'A test run deleted it.';

function partOf(run: SuiteRun, file: string): ProfiledFile | undefined {
  return run.files.find((other) => other.file === file);
}

/** What a run covers of the source. */
export function coverageOf({ coverage }: Pick<SuiteRun, 'coverage'>): Covered {
  return coverage?.whole ?? NOTHING_COVERED;
}

async function lostIn(proof: FileProof, output: string, after: Covered): Promise<readonly string[] | 'stopped'> {
  const { covered, root } = proof;
  if (!covered || missing(covered, after).length === 0) return [];
  // Something may have run by chance, or because of the files before.
  const alone = await coveredAsItWas(proof, output);
  if (alone === 'stopped') return 'stopped';
  return missing(common(covered, alone), after).map((lost) => `${placeOf(lost, root)} is no longer covered.`);
}

/** What the file of before covers, run alone; then it holds `output` again. */
export async function coveredAsItWas({ journal, before, runs }: Pick<FileProof, 'journal' | 'before' | 'runs'>, output: string): Promise<Covered | 'stopped'> {
  if (journal.restore(before.file) === 'foreign') return NOTHING_COVERED;
  const run = await runs.alone(limitOf(wholeTime(before)), before.file);
  if (run.isStopped) return 'stopped';
  journal.write(before.file, output);
  return coverageOf(run);
}

/** What a run says that did not come to its end, or failed without a failing test. */
export function brokenOff({ isOverTime, exitCode, files, printed, isEmpty }: SuiteRun, tier: string, limit: number, exitCodeBefore: number): string | undefined {
  if (isOverTime) return `The ${tier} run did not end within ${formatDuration(limit)}.${lastWords(printed)}`;
  if (exitCode === 0 || isEmpty || exitCodeBefore !== 0) return undefined;
  if (files.some(({ tests }) => tests.some(({ outcome }) => outcome === 'failed'))) return undefined;
  return `The ${tier} run ends with exit code ${exitCode}, and no test failed.${lastWords(printed)}`;
}

export function limitOf(ms: number): number {
  return Math.round(ms * 5 + 60_000);
}

const KEPT_LINES = 8;

function lastWords(printed: string): string {
  const lines = printed.split('\n').map((line) => line.trimEnd()).filter(Boolean).slice(-KEPT_LINES);
  return lines.length === 0 ? '' : ` It printed at last: ${lines.map((line) => line.trim()).join(' | ')}`;
}

const SHOWN_PROBLEMS = 3;

export function summary(problems: readonly Problem[]): string {
  const more = problems.length - SHOWN_PROBLEMS;
  return [...problems.slice(0, SHOWN_PROBLEMS).map(({ sentence }) => sentence), ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
}
