/** Does the whole suite hold after its files did one by one? If not, the files that are to blame are put back, and it is run again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Covered, Missing } from '../../coverage/covered.ts';
import { common, isCovered, missing, NOTHING_COVERED, union } from '../../coverage/covered.ts';
import { placeOf } from '../../coverage/place.ts';
import type { RunCoverage } from '../../coverage/read-v8.ts';
import { formatDuration } from '../../timing/budgets.ts';
import type { ProfiledFile } from '../../timing/profile.ts';
import type { Terminal } from '../terminal.ts';
import { isScripts } from './add-scripts.ts';
import { problemsOf } from './compare-runs.ts';
import type { Journal } from './journal.ts';
import { brokenOff, coverageOf, coveredAsItWas, DELETED, limitOf } from './prove-file.ts';
import type { Figures } from './report.ts';
import type { SuiteRun, SuiteRuns } from './suite-runs.ts';
import type { Titles } from './titles.ts';

export interface WholeProving {
  readonly journal: Journal;
  readonly root: string;
  readonly runs: SuiteRuns;
  readonly titles: Titles;
  readonly said: Terminal;
  /** Of the suite as it was. */
  readonly before: readonly ProfiledFile[];
  /** Undefined where coverage is not compared. */
  readonly coverage: RunCoverage | undefined;
}

export interface WholeProof {
  readonly figures: Figures;
  /** What does not hold, though nothing is left that could be put back. */
  readonly problems: readonly string[];
  /** Covered before and not afterwards, in no connection with a rewritten file. */
  readonly byChance: readonly string[];
}

interface Round {
  readonly fast: SuiteRun;
  readonly slow: SuiteRun;
  /** By file; of no file what belongs to the run itself. */
  readonly problems: readonly { readonly file?: string; readonly sentence: string }[];
  readonly lost: readonly Missing[];
}

/** Each costs a fast and a slow run of all. */
const MAX_ROUNDS = 4;

export async function proveWhole(proving: WholeProving): Promise<WholeProof | 'stopped'> {
  const { journal, root } = proving;
  let isSecondTry = false;
  for (let left = MAX_ROUNDS; ; left--) {
    putBackGone(journal);
    const round = await runWhole(proving);
    if (round === 'stopped') return 'stopped';
    const blamed = await blame(proving, round);
    if (blamed === 'stopped') return 'stopped';
    const kept = keptFiles(journal);
    const isWrong = round.problems.length > 0 || blamed.size > 0;
    if (!isWrong || kept.length === 0 || left === 1) {
      const byChance = round.lost.map((lost) => placeOf(lost, root));
      return { figures: figuresOf(proving, round), problems: round.problems.map(({ file, sentence }) => (file === undefined ? sentence : `${file}: ${sentence}`)), byChance };
    }
    if (blamed.size > 0) for (const [file, reason] of blamed) putBack(journal, file, reason);
    else if (isSecondTry || left === 2) for (const file of kept) putBack(journal, file, `In the run of the whole suite: ${round.problems[0]?.sentence ?? ''}`);
    // What is no rewritten file's own may not happen a second time.
    else isSecondTry = true;
  }
}

async function runWhole({ journal, runs, titles, said, before, coverage }: WholeProving): Promise<Round | 'stopped'> {
  const limit = limitOf(journal.data.wall);
  const tier = (name: 'fast' | 'slow'): Promise<SuiteRun> =>
    said.show(`Run the ${name} tests of the whole suite`, () => runs.tier(name, limit), (run) => `${countTests(run.files)} tests in ${formatDuration(run.wall)}`);
  const fast = await tier('fast');
  if (fast.isStopped) return 'stopped';
  const slow = await tier('slow');
  if (slow.isStopped) return 'stopped';
  const broken = ([['fast', fast], ['slow', slow]] as const).flatMap(([name, run]) => brokenOff(run, name, limit, journal.data.exitCode) ?? []);
  const partOf = ({ files }: SuiteRun, file: string): ProfiledFile | undefined => files.find((other) => other.file === file);
  const wrong = before.flatMap((file) =>
    problemsOf({ before: file, fast: partOf(fast, file.file), slow: partOf(slow, file.file), aside: new Set(journal.data.aside[file.file]), titles }).map((sentence) => ({ file: file.file, sentence })),
  );
  const lost = coverage ? missing(coverage.whole, union(coverageOf(fast), coverageOf(slow))) : [];
  return { fast, slow, problems: [...broken.map((sentence) => ({ sentence })), ...wrong], lost };
}

function keptFiles({ data }: Journal): string[] {
  return data.files.filter((entry) => entry.state === 'kept' && !isScripts(entry)).map(({ file }) => file);
}

/** Rewritten files whose tests fail, or that covered what is lost; with the reason. */
async function blame(proving: WholeProving, { problems, lost, fast, slow }: Round): Promise<ReadonlyMap<string, string> | 'stopped'> {
  const { journal, root, coverage } = proving;
  const blamed = new Map<string, string>();
  const after = union(coverageOf(fast), coverageOf(slow));
  for (const file of keptFiles(journal)) {
    const own = problems.filter((problem) => problem.file === file);
    if (own.length > 0) {
      blamed.set(file, `In the run of the whole suite: ${own[0]?.sentence ?? ''}`);
      continue;
    }
    if (lost.length === 0) continue;
    const share = coverage?.byTest.get(file) ?? (await shareOf(proving, file));
    if (share === 'stopped') return 'stopped';
    const [first] = missing(common(coverage?.whole ?? NOTHING_COVERED, share), after);
    if (first && !isOthersToo(first, coverage, new Set(keptFiles(journal)))) blamed.set(file, `In the run of the whole suite, ${placeOf(first, root)} is no longer covered.`);
  }
  return blamed;
}

/** A file that nobody has rewritten covered it as well, and no longer does: that is no matter of rewrites. */
function isOthersToo({ file, lost }: Missing, coverage: RunCoverage | undefined, rewritten: ReadonlySet<string>): boolean {
  const only: Covered = new Map([[file, new Map([['', lost]])]]);
  return [...(coverage?.byTest ?? [])].some(([test, covered]) => !rewritten.has(test) && isCovered(only, within(only, covered)));
}

/** The function of `only` as another run has it, under the same key. */
function within(only: Covered, covered: Covered): Covered {
  return new Map(
    [...only].map(([file, functions]) => {
      const [lost] = functions.values();
      const same = [...(covered.get(file)?.values() ?? [])].find(({ start, end, of, name }) => start === lost?.start && end === lost.end && of === lost.of && name === lost.name);
      return [file, new Map(same ? [['', same]] : [])];
    }),
  );
}

/** Where tests share a process, the file of before is run alone to learn what it covers. */
async function shareOf({ journal, root, runs, before }: WholeProving, file: string): Promise<Covered | 'stopped'> {
  const found = before.find((other) => other.file === file);
  if (!found || journal.isGone(file)) return NOTHING_COVERED;
  return coveredAsItWas({ journal, before: found, runs }, readFileSync(join(root, file), 'utf8'));
}

/** Files that a test has deleted. */
export function putBackGone(journal: Journal): void {
  for (const file of keptFiles(journal)) if (journal.isGone(file)) putBack(journal, file, DELETED);
}

function putBack(journal: Journal, file: string, reason: string): void {
  const { reasons } = journal.entry(file);
  const isForeign = journal.restore(file) === 'foreign';
  journal.update(file, { state: isForeign ? 'foreign' : 'restored', codemods: [], changed: [], reasons: [...reasons, reason] });
}

function figuresOf({ journal, before }: WholeProving, { fast, slow }: Round): Figures {
  return { before: journal.data.wall, fast: fast.wall, slow: slow.wall, testsBefore: countTests(before), testsFast: countTests(fast.files), testsSlow: countTests(slow.files) };
}

function countTests(files: readonly ProfiledFile[]): number {
  return files.reduce((sum, { tests }) => sum + tests.filter(({ outcome }) => outcome !== 'skipped').length, 0);
}
