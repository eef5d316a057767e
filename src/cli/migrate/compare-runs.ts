/** Is every test of a file still there after its migration, does all that passed still pass, and is the fast run no slower? */
import { formatDuration, isFastTier, isMeasured } from '../../timing/budgets.ts';
import type { ProfiledFile, ProfiledTest } from '../../timing/profile.ts';
import type { Titles } from './titles.ts';

export interface Comparison {
  readonly before: ProfiledFile;
  readonly fast: ProfiledFile | undefined;
  /** `later`: it has not run yet, so that only failures are known. */
  readonly slow: ProfiledFile | 'later' | undefined;
  /** Keys of tests of which nothing can be said: their outcome differed between runs. */
  readonly aside: ReadonlySet<string>;
  readonly titles: Titles;
}

export interface Problem {
  readonly sentence: string;
  /** Of the test; undefined for what is of no single one. */
  readonly key?: string;
  /** Name of the test that fails; left out for what is no failure. */
  readonly failing?: string;
}

/** Sentences; none when all proofs hold. */
export function problemsOf(comparison: Comparison): string[] {
  return problemsIn(comparison).map(({ sentence }) => sentence);
}

export function problemsIn({ before, fast, slow, aside, titles }: Comparison): Problem[] {
  const known = new Set(before.tests.map(({ title }) => titles.keyOf(title)));
  const after = [...testsOf(fast), ...testsOf(slow)].map((test) => ({ test, ...titles.recognise(test.title, known) }));
  const problems = new Map<string, Problem>();
  const say = (sentence: string, key: string): void => void problems.set(sentence, { sentence, key });
  const sayFailing = (failing: string, what: string, key: string): void => void problems.set(failing, { sentence: `"${failing}" ${what}`, key, failing });
  const originals = countBy(distinct(after.filter(({ row }) => row === 'original')), ({ key }) => key);
  const passed = countBy(after.filter(({ row, test }) => row === 'original' && test.outcome === 'passed'), ({ key }) => key);
  const hadFailed = new Set(before.tests.filter(({ outcome }) => outcome === 'failed').map(({ title }) => titles.keyOf(title)));
  for (const [key, tests] of groupBy(before.tests, ({ title }) => titles.keyOf(title))) {
    if (aside.has(key)) continue;
    const name = nameOf(tests[0]);
    const failing = after.find((item) => item.key === key && item.test.outcome === 'failed');
    const wanted = tests.filter(({ outcome }) => outcome === 'passed').length;
    if (failing && !hadFailed.has(key)) sayFailing(nameOf(failing.test), 'fails.', key);
    else if (slow === 'later') continue;
    else if ((originals.get(key) ?? 0) < tests.length) say(`"${name}" is lost.`, key);
    else if ((passed.get(key) ?? 0) < wanted) say(`"${name}" passed, and runs neither in the fast nor in the slow run.`, key);
  }
  for (const { key, test } of after) if (test.outcome === 'failed' && !known.has(key)) sayFailing(nameOf(test), 'is new and fails.', key);
  return [...problems.values()];
}

/** Measured times scatter: less than this is no difference. */
const NOISE = { share: 0.25, ms: 100 };

export function slowerThan(before: number, after: number): string | undefined {
  if (after <= before * (1 + NOISE.share) || after <= before + NOISE.ms) return undefined;
  return `The fast run of the file takes ${formatDuration(after)}, and took ${formatDuration(before)}.`;
}

/** Tests that leave the fast run take their time with them, unless what they did first is then done by others. */
export function shiftedTime({ before, fast, slow, titles }: Comparison, fastAfter: number): string | undefined {
  const known = new Set(before.tests.map(({ title }) => titles.keyOf(title)));
  const keysOf = (file: Comparison['slow']): Set<string> => new Set(testsOf(file).filter(({ outcome }) => outcome !== 'skipped').map(({ title }) => titles.recognise(title, known).key));
  const [inFast, inSlow] = [keysOf(fast), keysOf(slow)];
  const left = before.tests.filter((test) => isMeasured(test) && isFastTier(test.tier) && !inFast.has(titles.keyOf(test.title)) && (slow === 'later' || inSlow.has(titles.keyOf(test.title))));
  const expected = left.reduce((sum, { duration = 0 }) => sum + duration, 0);
  if (expected < NOISE.ms || fastTime(before) - fastAfter >= expected / 2) return undefined;
  return `Without ${left.length === 1 ? `"${nameOf(left[0])}"` : `${left.length} tests`} the fast run of the file takes ${formatDuration(fastAfter)}, and took ${formatDuration(fastTime(before))}: others pay for what was done there first.`;
}

/** What the tests of the fast run take with the hooks of their file; loading it is left out, which it always takes. */
export function fastTime({ tests, outside }: ProfiledFile): number {
  const fast = tests.filter(({ tier, outcome }) => isFastTier(tier) && outcome !== 'skipped');
  return fast.reduce((sum, { duration = 0 }) => sum + duration, 0) + (fast.length > 0 ? (outside?.hooks ?? 0) : 0);
}

/** What the fast run of a migrated file took for the tests that it was to take before. Some runners cannot leave out what is marked. */
export function ranTime({ before, fast, titles }: Pick<Comparison, 'before' | 'fast' | 'titles'>): number {
  if (!fast) return 0;
  const known = new Set(before.tests.map(({ title }) => titles.keyOf(title)));
  const wasSlow = new Set(before.tests.filter(({ tier }) => !isFastTier(tier)).map(({ title }) => titles.keyOf(title)));
  const ran = fast.tests.filter(({ title, outcome }) => outcome !== 'skipped' && !wasSlow.has(titles.recognise(title, known).key));
  return ran.reduce((sum, { duration = 0 }) => sum + duration, 0) + (ran.length > 0 ? (fast.outside?.hooks ?? 0) : 0);
}

/** A rewrite that saves nothing is not worth its lines; of what takes next to nothing that cannot be told. */
export function gainsNothing(before: number, after: number): string | undefined {
  if (before < NOISE.ms || after < before) return undefined;
  return `The fast run of the file takes ${formatDuration(after)}, and took ${formatDuration(before)}: nothing is gained.`;
}

/** All of a file: what a run of it alone may be expected to take. */
export function wholeTime({ tests, outside }: ProfiledFile): number {
  return tests.reduce((sum, { duration = 0 }) => sum + duration, 0) + Object.values(outside ?? {}).reduce((sum, part) => sum + part, 0);
}

/** Tests whose outcome differed between runs of the same suite; a test that one run did not have is among them. */
export function unsteadyTests(runs: readonly ReadonlyMap<string, { readonly tests: readonly Pick<ProfiledTest, 'title' | 'outcome'>[] }>[], titles: Titles): ReadonlyMap<string, ReadonlySet<string>> {
  const seen = runs.map((files) => new Map([...files].map(([file, { tests }]) => [file, groupBy(tests, ({ title }) => titles.keyOf(title))])));
  const unsteady = new Map<string, Set<string>>();
  for (const file of new Set(seen.flatMap((run) => [...run.keys()]))) {
    const outcomesOf = (key: string): Set<string> => new Set(seen.map((run) => (run.get(file)?.get(key) ?? []).map(({ outcome }) => outcome).sort().join()));
    const keys = new Set(seen.flatMap((run) => [...(run.get(file)?.keys() ?? [])]));
    const differing = [...keys].filter((key) => outcomesOf(key).size > 1);
    if (differing.length > 0) unsteady.set(file, new Set(differing));
  }
  return unsteady;
}

function testsOf(file: Comparison['slow']): readonly ProfiledTest[] {
  return file === 'later' ? [] : (file?.tests ?? []);
}

interface Recognised {
  readonly test: ProfiledTest;
  readonly key: string;
}

/** A test that a filter leaves out is told by some runners too, as skipped: in that run it is none of its own. */
function distinct<T extends Recognised>(tests: readonly T[]): T[] {
  const ran = tests.filter(({ test }) => test.outcome !== 'skipped');
  const counts = countBy(ran, ({ test }) => JSON.stringify(test.title));
  const skipped = new Map<string, number>();
  return [
    ...ran,
    ...tests.filter(({ test }) => {
      if (test.outcome !== 'skipped') return false;
      const title = JSON.stringify(test.title);
      const nth = (skipped.get(title) ?? 0) + 1;
      skipped.set(title, nth);
      return nth > (counts.get(title) ?? 0);
    }),
  ];
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function nameOf(test: Pick<ProfiledTest, 'title'> | undefined): string {
  return test?.title.join(' > ') ?? '';
}
