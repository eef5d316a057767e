/** Do the proofs of one file hold: its tests, what they cover, and the time of its fast run? */
import type { Covered } from '../../coverage/covered.ts';
import { common, missing, NOTHING_COVERED, union } from '../../coverage/covered.ts';
import { placeOf } from '../../coverage/place.ts';
import { formatDuration } from '../../timing/budgets.ts';
import type { ProfiledFile } from '../../timing/profile.ts';
import type { Comparison, Problem } from './compare-runs.ts';
import { fastTime, gainsNothing, problemsIn, ranTime, shiftedTime, slowerThan, wholeTime } from './compare-runs.ts';
import type { Journal } from './journal.ts';
import { steadyRun } from './steady-run.ts';
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
  /** Its slow run too, which otherwise is the run of all slow tests at the end. */
  readonly isThorough: boolean;
  /** A run of the file of before, alone; made once. The file holds `output` again when it has ended. Undefined where somebody else has changed it. */
  readonly asItWas: (output: string) => Promise<SuiteRun | 'stopped' | undefined>;
}

export interface Proof {
  readonly problems: readonly Problem[];
  readonly fastTime: number;
  /** The tests of its fast run; undefined where it has none, or did not come so far. */
  readonly fast: ProfiledFile | undefined;
  /** Sentences: tests that failed once, and passed when they were run again. */
  readonly unsteady: readonly string[];
}

/** How often a run is made that does not end well; small rows cost little, and are new. */
const MAX_RUNS = { fast: 3, slow: 2 };

/** How often a run is measured again that looks slow. */
const MAX_MEASURED = 2;

/** `output` is what the file holds now. */
export async function proveFile(proof: FileProof, output: string): Promise<Proof | 'stopped'> {
  const { before, titles, runs } = proof;
  const fails = (problems: readonly Problem[]): Proof => ({ problems, fastTime: 0, fast: undefined, unsteady: [] });
  const measured: SuiteRun[] = [];
  const unsteady: string[] = [];
  const aside = new Set(proof.aside);
  for (const tier of proof.isThorough ? (['fast', 'slow'] as const) : (['fast'] as const)) {
    const tried = await proveTier(proof, tier, aside, output);
    if (tried === 'stopped') return 'stopped';
    if (tried.problems.length > 0) return fails(tried.problems);
    measured.push(tried.run);
    unsteady.push(...tried.unsteady);
    for (const key of tried.aside) aside.add(key);
  }
  const [fast, slow] = measured.map((run) => partOf(run, before.file));
  const comparison: Comparison = { before, fast, slow: proof.isThorough ? slow : 'later', aside, titles };
  const problems = problemsIn(comparison).filter(({ failing }) => failing === undefined);
  if (problems.length > 0) return fails(problems);
  const lost = proof.isThorough ? await lostIn(proof, output, union(...measured.map(coverageOf))) : [];
  if (lost === 'stopped') return 'stopped';
  if (lost.length > 0) return fails(lost.map((sentence) => ({ sentence })));
  let took = ranTime(comparison);
  const slower = (): string | undefined => slowerThan(fastTime(before), took) ?? shiftedTime(comparison, took) ?? gainsNothing(fastTime(before), took);
  // Something else may have kept the machine busy.
  for (let left = MAX_MEASURED; left > 0 && slower() !== undefined; left--) {
    const again = await runs.tier('fast', limitOf(wholeTime(before)), before.file);
    if (again.isStopped) return 'stopped';
    const part = partOf(again, before.file);
    if (part) took = Math.min(took, ranTime({ ...comparison, fast: part }));
  }
  const problem = slower();
  return { problems: problem === undefined ? [] : [{ sentence: problem }], fastTime: took, fast, unsteady };
}

interface TierProof {
  readonly run: SuiteRun;
  readonly problems: readonly Problem[];
  readonly unsteady: readonly string[];
  /** Keys of tests that fail at times in the file of before too. */
  readonly aside: ReadonlySet<string>;
}

async function proveTier(proof: FileProof, tier: 'fast' | 'slow', aside: ReadonlySet<string>, output: string): Promise<TierProof | 'stopped'> {
  const { before, runs, titles, exitCode } = proof;
  const limit = limitOf(wholeTime(before));
  const failuresOf = (run: SuiteRun): Problem[] => problemsIn({ before, fast: partOf(run, before.file), slow: 'later', aside, titles });
  const broken = (run: SuiteRun): string | undefined => brokenOff(run, tier, limit, exitCode);
  const tried = await steadyRun({
    run: async () => {
      const run = await runs.tier(tier, limit, before.file);
      return run.isStopped ? undefined : run;
    },
    failuresIn: (run) => failuresOf(run).flatMap(({ failing }) => failing ?? []),
    isOver: (run) => broken(run) !== undefined,
    maxRuns: MAX_RUNS[tier],
  });
  if (!tried) return 'stopped';
  const sentence = broken(tried.best);
  const ends = { run: tried.best, aside: NO_KEYS, unsteady: [...tried.unsteady].map((name) => `"${name}" failed once, and passed when it was run again.`) };
  if (sentence !== undefined) return { ...ends, problems: [{ sentence }] };
  if (tried.failing.size === 0) return { ...ends, problems: [] };
  const asItWas = await proof.asItWas(output);
  if (asItWas === 'stopped') return 'stopped';
  const hadFailed = new Set((asItWas && partOf(asItWas, before.file))?.tests.flatMap(({ title, outcome }) => (outcome === 'failed' ? [titles.keyOf(title)] : [])));
  const [alsoBefore, own] = [true, false].map((isBefore) => failuresOf(tried.best).filter(({ key = '', failing = '' }) => tried.failing.has(failing) && hadFailed.has(key) === isBefore)) as [Problem[], Problem[]];
  const told = alsoBefore.map(({ failing = '' }) => `"${failing}" fails at times, as it does without any rewrite.`);
  return { ...ends, problems: own, unsteady: [...ends.unsteady, ...told], aside: new Set(alsoBefore.flatMap(({ key }) => key ?? [])) };
}

const NO_KEYS: ReadonlySet<string> = new Set();

export const DELETED = 'A test run deleted it.';

export function partOf(run: Pick<SuiteRun, 'files'>, file: string): ProfiledFile | undefined {
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
  const alone = await proof.asItWas(output);
  if (alone === 'stopped') return 'stopped';
  return missing(common(covered, alone ? coverageOf(alone) : NOTHING_COVERED), after).map((lost) => `${placeOf(lost, root)} is no longer covered.`);
}

/** Runs the file of before alone; then it holds `output` again. Undefined where somebody else has changed it. */
export async function runAsItWas({ journal, before, runs }: Pick<FileProof, 'journal' | 'before' | 'runs'>, output: string): Promise<SuiteRun | 'stopped' | undefined> {
  if (journal.restore(before.file) === 'foreign') return undefined;
  const run = await runs.alone(limitOf(wholeTime(before)), before.file);
  if (run.isStopped) return 'stopped';
  journal.write(before.file, output);
  return run;
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
