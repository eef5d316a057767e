/** One file through the codemods: written, run, compared; what does not hold is taken back, byte for byte. */
import type { CodemodDefinition } from '../../host/define-codemod.ts';
import { formatDuration } from '../../timing/budgets.ts';
import type { ProfiledFile, ProfiledTest } from '../../timing/profile.ts';
import { fastTime, problemsOf, shiftedTime, slowerThan, wholeTime } from './compare-runs.ts';
import type { Composed } from './compose.ts';
import { compose, subsetsOf } from './compose.ts';
import type { Journal } from './journal.ts';
import type { SuiteRun, SuiteRuns } from './suite-runs.ts';
import type { Titles } from './titles.ts';

export interface FileTask {
  readonly journal: Journal;
  readonly path: string;
  readonly before: ProfiledFile;
  readonly aside: ReadonlySet<string>;
  readonly definitions: readonly CodemodDefinition[];
  readonly runs: SuiteRuns;
  readonly titles: Titles;
  /** Of the whole suite, before. */
  readonly exitCode: number;
  readonly update: (detail: string) => void;
}

export const FOREIGN = 'Somebody else has changed it meanwhile, so it is left as it is.';

/** `stopped`: by Ctrl-C or a signal; the file has its old bytes again and is still to be done. */
export async function migrateFile(task: FileTask): Promise<'decided' | 'stopped'> {
  const { journal, before, definitions, path, update } = task;
  const { file } = before;
  const isForeign = (): 'decided' => {
    journal.update(file, { state: 'foreign', codemods: [], reasons: [...journal.entry(file).reasons, FOREIGN] });
    return 'decided';
  };
  if (journal.restore(file) === 'foreign') return isForeign();
  const text = journal.original(file).toString('utf8');
  const reasons: string[] = [];
  for (const composed of attempts(definitions, text, path, before.tests)) {
    update(`${file}: ${composed.codemods.join(' + ')}`);
    if (!journal.write(file, composed.output)) return isForeign();
    const proof = await prove(task);
    if (proof === 'stopped') {
      journal.restore(file);
      return 'stopped';
    }
    if (!journal.isOurs(file)) return isForeign();
    if (proof.problems.length === 0) {
      const { codemods, changed, left } = composed;
      journal.update(file, { state: 'kept', codemods: [...codemods], changed: [...changed], left: [...left], reasons, fastAfter: proof.fastTime });
      return 'decided';
    }
    reasons.push(`${composed.codemods.join(' + ')}: ${summary(proof.problems)}`);
  }
  if (journal.restore(file) === 'foreign') return isForeign();
  journal.update(file, { state: 'restored', codemods: [], changed: [], reasons });
  return 'decided';
}

/** The rewrites to try, the most first; those that come to the same text once. */
export function* attempts(definitions: readonly CodemodDefinition[], text: string, path: string, profiled?: readonly ProfiledTest[]): Generator<Composed> {
  const effective = compose(definitions, text, path, profiled).codemods;
  const seen = new Set([text]);
  for (const subset of subsetsOf(definitions.filter(({ name }) => effective.includes(name)))) {
    const composed = compose(subset, text, path, profiled);
    if (seen.has(composed.output)) continue;
    seen.add(composed.output);
    yield composed;
  }
}

interface Proof {
  readonly problems: readonly string[];
  readonly fastTime: number;
}

async function prove({ before, aside, runs, titles, exitCode }: FileTask): Promise<Proof | 'stopped'> {
  const { file } = before;
  const limit = limitOf(wholeTime(before));
  const partOf = (run: SuiteRun): ProfiledFile | undefined => run.files.find((other) => other.file === file);
  const measured: Partial<Record<'fast' | 'slow', ProfiledFile | undefined>> = {};
  for (const tier of ['fast', 'slow'] as const) {
    const run = await runs.tier(tier, limit, file);
    if (run.isStopped) return 'stopped';
    measured[tier] = partOf(run);
    const broken = brokenOff(run, tier, limit, exitCode);
    if (broken !== undefined) return { problems: [broken], fastTime: 0 };
  }
  const { fast, slow } = measured;
  const problems = problemsOf({ before, fast, slow, aside, titles });
  if (problems.length > 0) return { problems, fastTime: 0 };
  let took = fast ? fastTime(fast) : 0;
  const comparison = { before, fast, slow, aside, titles };
  const slower = (): string | undefined => slowerThan(fastTime(before), took) ?? shiftedTime(comparison, took);
  if (slower() !== undefined) {
    // Something else may have kept the machine busy.
    const again = await runs.tier('fast', limit, file);
    if (again.isStopped) return 'stopped';
    const part = partOf(again);
    if (part) took = Math.min(took, fastTime(part));
  }
  const problem = slower();
  return { problems: problem === undefined ? [] : [problem], fastTime: took };
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

export function summary(problems: readonly string[]): string {
  const more = problems.length - SHOWN_PROBLEMS;
  return [...problems.slice(0, SHOWN_PROBLEMS), ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
}
