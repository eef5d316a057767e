/** Does the whole suite hold after its files did one by one? If not, the files that are to blame are proven anew or put back, and it is run again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Covered, Missing } from '../../coverage/covered.ts';
import { common, isCovered, missing, NOTHING_COVERED, union } from '../../coverage/covered.ts';
import { placeOf } from '../../coverage/place.ts';
import type { RunCoverage } from '../../coverage/read-v8.ts';
import { isScripts } from './add-scripts.ts';
import { wholeTime } from './compare-runs.ts';
import type { Journal } from './journal.ts';
import { digest } from './journal.ts';
import { coverageOf, DELETED, limitOf, partOf, runAsItWas } from './prove-file.ts';
import type { Figures } from './report.ts';
import type { Round, TierName, WholeProblem, WholeSuite } from './whole-round.ts';
import { countTests, coversAsBefore, runRound, TIERS } from './whole-round.ts';

export interface WholeProving extends WholeSuite {
  readonly root: string;
  /** Each of some files alone, its slow run too: what does not hold is taken back. */
  readonly reprove: (files: readonly string[]) => Promise<'decided' | 'stopped'>;
}

export interface WholeProof {
  readonly figures: Figures;
  /** What does not hold, though nothing is left that could be put back. */
  readonly problems: readonly string[];
  /** Covered before and not afterwards, in no connection with a rewritten file. */
  readonly byChance: readonly string[];
}

/** Each costs a fast or a slow run of all, or both. */
const MAX_ROUNDS = 6;

export async function proveWhole(proving: WholeProving): Promise<WholeProof | 'stopped'> {
  const { journal, root } = proving;
  /** What did not hold in the round before, with the bytes that are there. */
  let once = new Map<string, WholeProblem>();
  let round: Round | undefined;
  let again: readonly TierName[] = TIERS;
  for (let left = MAX_ROUNDS; ; left--) {
    putBackGone(journal);
    const next = await runRound(proving, again, round);
    if (next === 'stopped') return 'stopped';
    round = next;
    const now = new Map(next.problems.map((problem) => [idOf(problem), problem]));
    for (const [id, { file, failing }] of once) if (!now.has(id) && file !== undefined && failing !== undefined) journal.tell(file, [`"${failing}" failed in one run of the whole suite, and passed in the next.`]);
    const verdict = left > 1 && (await judge(proving, next, (problem) => once.has(idOf(problem))));
    if (verdict === 'stopped') return 'stopped';
    if (verdict === false || verdict === 'over') {
      const byChance = next.lost.map((lost) => placeOf(lost, root));
      return { figures: figuresOf(proving, next), problems: next.problems.map(({ file, sentence }) => (file === undefined ? sentence : `${file}: ${sentence}`)), byChance };
    }
    const changed = await carryOut(proving, verdict);
    if (changed === 'stopped') return 'stopped';
    once = new Map([...now].filter(([, { file }]) => file === undefined || !changed.has(file)));
    again = changed.size > 0 ? TIERS : TIERS.filter((tier) => next.problems.some(({ tiers }) => tiers.includes(tier)));
  }
}

function idOf({ file = '', sentence }: WholeProblem): string {
  return `${file} ${sentence}`;
}

interface Verdict {
  /** Files that get their bytes of before, with the reason. */
  readonly blamed: ReadonlyMap<string, string>;
  /** Files whose slow run was not proven alone yet. */
  readonly doubtful: readonly string[];
}

/** Nobody is blamed for what happens once. `over`: there is nothing more to do. */
async function judge(proving: WholeProving, round: Round, isSecond: (problem: WholeProblem) => boolean): Promise<Verdict | 'over' | 'stopped'> {
  const { journal } = proving;
  const kept = keptFiles(journal);
  const blamed = new Map<string, string>();
  const doubtful: string[] = [];
  for (const file of kept) {
    const own = round.problems.filter((problem) => problem.file === file);
    const isThorough = journal.entry(file).isThorough === true;
    const second = own.find(isSecond);
    if (second) blamed.set(file, `In the run of the whole suite: ${second.sentence}`);
    else if (!isThorough && (own.some(({ tiers }) => tiers.includes('slow')) || (own.length === 0 && !coversAsBefore(proving, round, file)))) doubtful.push(file);
    else if (own.length === 0 && round.lost.length > 0) {
      const lost = await lostBy(proving, round, file);
      if (lost === 'stopped') return 'stopped';
      if (lost && isThorough) blamed.set(file, `In the run of the whole suite, ${placeOf(lost, proving.root)} is no longer covered.`);
      else if (lost) doubtful.push(file);
    }
  }
  if (blamed.size > 0 || doubtful.length > 0) return { blamed, doubtful };
  if (round.problems.length === 0) return 'over';
  const second = round.problems.filter((problem) => isSecond(problem) && (problem.file === undefined || !kept.includes(problem.file)));
  const own = await failingBySelf(proving, second);
  if (own === 'stopped') return 'stopped';
  const [first] = second.filter((problem) => !own.includes(problem));
  if (first && kept.length === 0) return 'over';
  return { blamed: new Map(first ? kept.map((file) => [file, `In the run of the whole suite: ${first.sentence}`]) : []), doubtful };
}

/** Of tests that nobody has rewritten, those that fail alone as well; they are set aside. */
async function failingBySelf({ journal, runs, before, titles }: WholeProving, problems: readonly WholeProblem[]): Promise<readonly WholeProblem[] | 'stopped'> {
  const found: WholeProblem[] = [];
  for (const file of before.filter((other) => problems.some((problem) => problem.file === other.file))) {
    const run = await runs.alone(limitOf(wholeTime(file)), file.file);
    if (run.isStopped) return 'stopped';
    const failing = new Set(partOf(run, file.file)?.tests.flatMap(({ title, outcome }) => (outcome === 'failed' ? [titles.keyOf(title)] : [])));
    const own = problems.filter((problem) => problem.file === file.file && problem.key !== undefined && failing.has(problem.key));
    found.push(...own);
    if (own.length === 0) continue;
    journal.tell(file.file, own.map(({ sentence }) => `${sentence} It fails alone as well, in a file that was not rewritten.`));
    const { aside } = journal.data;
    journal.change({ aside: { ...aside, [file.file]: [...new Set([...(aside[file.file] ?? []), ...own.flatMap(({ key }) => key ?? [])])] } });
  }
  return found;
}

/** The files whose bytes are others then. */
async function carryOut({ journal, root, reprove }: WholeProving, { blamed, doubtful }: Verdict): Promise<ReadonlySet<string> | 'stopped'> {
  for (const [file, reason] of blamed) putBack(journal, file, reason);
  const bytesOf = (file: string): string => (journal.isGone(file) ? '' : digest(readFileSync(join(root, file))));
  const before = new Map(doubtful.map((file) => [file, bytesOf(file)]));
  if (doubtful.length > 0) {
    for (const file of doubtful) journal.update(file, { state: 'open', isThorough: true });
    if ((await reprove(doubtful)) === 'stopped') return 'stopped';
  }
  return new Set([...blamed.keys(), ...doubtful.filter((file) => bytesOf(file) !== before.get(file))]);
}

function keptFiles({ data }: Journal): string[] {
  return data.files.filter((entry) => entry.state === 'kept' && !isScripts(entry)).map(({ file }) => file);
}

/** The first place that only this rewritten file, or others that were rewritten, covered. */
async function lostBy(proving: WholeProving, { lost, fast, slow }: Round, file: string): Promise<Missing | 'stopped' | undefined> {
  const { journal, coverage } = proving;
  if (lost.length === 0) return undefined;
  const share = coverage?.byTest.get(file) ?? (await shareOf(proving, file));
  if (share === 'stopped') return 'stopped';
  const [first] = missing(common(coverage?.whole ?? NOTHING_COVERED, share), union(coverageOf(fast), coverageOf(slow)));
  return first && !isOthersToo(first, coverage, new Set(keptFiles(journal))) ? first : undefined;
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
  const run = await runAsItWas({ journal, before: found, runs }, readFileSync(join(root, file), 'utf8'));
  return run === 'stopped' ? 'stopped' : run ? coverageOf(run) : NOTHING_COVERED;
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
