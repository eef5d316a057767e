/** One file through the codemods: written, run, compared; what does not hold is taken back, byte for byte. */
import type { Covered } from '../../coverage/covered.ts';
import { isCovered } from '../../coverage/covered.ts';
import type { CodemodDefinition } from '../../host/define-codemod.ts';
import type { ChangeOwner } from '../../host/change-owner.ts';
import { projectSettings } from '../../host/project-settings.ts';
import { fits } from '../../timing/title-pattern.ts';
import type { Verdict } from './bisect.ts';
import { holdingOf } from './bisect.ts';
import type { Problem } from './compare-runs.ts';
import { wholeTime } from './compare-runs.ts';
import { chooseVariants } from './choose-variants.ts';
import type { Choice, Composed } from './compose.ts';
import { compose } from './compose.ts';
import type { Fitted, Grown } from './fit-sizes.ts';
import { fitSizes } from './fit-sizes.ts';
import type { Entry } from './journal.ts';
import type { FileProof, Proof } from './prove-file.ts';
import { coverageOf, DELETED, limitOf, proveFile, runAsItWas, summary } from './prove-file.ts';
import type { Attempted, Shrunk } from './shrink-sizes.ts';
import { shrinkSizes } from './shrink-sizes.ts';
import type { SuiteRun } from './suite-runs.ts';

export interface FileTask extends Omit<FileProof, 'asItWas'> {
  readonly path: string;
  readonly definitions: readonly CodemodDefinition[];
  /** Keep the variants that cover what all cover, instead of one. */
  readonly coversVariants: boolean;
  readonly update: (detail: string) => void;
}

export const FOREIGN = 'Somebody else has changed it meanwhile, so it is left as it is.';

/** A rewrite that can be left out: all that one codemod changes of one test. */
interface Place {
  readonly codemod: string;
  readonly owner: ChangeOwner;
  readonly line: number;
}

interface Dropped {
  readonly places: readonly Place[];
  readonly problems: readonly Problem[] | undefined;
}

interface Held {
  readonly composed: Composed;
  readonly proven: Proof;
}

/** Each is a run of the file, and a second one where its slow run is proven alone. */
const MAX_ATTEMPTS = 16;

/** `stopped`: by Ctrl-C or a signal; the file has its old bytes again and is still to be done. */
export async function migrateFile(task: FileTask): Promise<'decided' | 'stopped'> {
  const { journal, before, definitions, path, update } = task;
  const { file } = before;
  const taken: Dropped[] = [];
  let isForeign = journal.restore(file) === 'foreign';
  const text = journal.original(file).toString('utf8');
  const chooses = task.coversVariants && !isForeign ? await chooseVariants({ ...task, text, limit: limitOf(wholeTime(before)) }) : undefined;
  if (chooses === 'stopped') return 'stopped';
  const make = (choice: Choice): Composed => compose(definitions, text, path, before.tests, { ...choice, chooseVariants: chooses });
  const whole = make({});
  const items = placesOf(whole);
  const tried = new Map<string, readonly Problem[] | undefined>([[text, undefined]]);
  let held: Held | undefined;
  let alone: SuiteRun | undefined;
  const asItWas = async (output: string): Promise<SuiteRun | 'stopped' | undefined> => {
    if (alone) return alone;
    const run = await runAsItWas(task, output);
    if (run !== 'stopped') alone = run;
    return run;
  };
  const proof: FileProof = { ...task, asItWas };

  const isChosen = (places: readonly Place[]) => (codemod: string, { key }: ChangeOwner): boolean => places.some((place) => place.codemod === codemod && place.owner.key === key);
  const prove = async (composed: Composed, how: FileProof): Promise<Proof | undefined> => {
    isForeign = !journal.write(file, composed.output);
    const proven = isForeign ? 'stopped' : await proveFile(how, composed.output);
    if (proven === 'stopped') return undefined;
    const isGone = journal.isGone(file);
    if (isGone) journal.restore(file);
    isForeign = !journal.isOurs(file);
    if (isForeign) return undefined;
    return isGone ? { ...proven, problems: [{ sentence: DELETED }] } : proven;
  };
  const attempt = async (places: readonly Place[], grown: readonly Grown[] = []): Promise<Verdict<readonly Problem[]> | undefined> => {
    if (isForeign) return undefined;
    const composed = places.length === items.length && grown.length === 0 ? whole : make({ isWanted: isChosen(places), grown });
    if (!isSized(composed, places, grown)) return { failure: NO_SUCH_SIZES };
    if (tried.has(composed.output)) return { failure: tried.get(composed.output) };
    update(`${file}: ${composed.codemods.join(' + ')}${places.length < items.length ? `, ${places.length} of ${items.length} rewrites` : ''}`);
    const proven = await prove(composed, proof);
    if (!proven) return undefined;
    const failure = proven.problems.length > 0 ? proven.problems : undefined;
    tried.set(composed.output, failure);
    if (!failure) held = { composed, proven };
    return { failure };
  };
  const end = await holdingOf({
    items,
    attempt,
    isBlamed,
    unitOf: ({ owner }) => owner.key,
    dropped: (places, problems) => taken.push({ places, problems }),
    maxAttempts: MAX_ATTEMPTS,
  });
  // A test that fails small may pass less small.
  const { sizes, budgets } = projectSettings(path).settings;
  const hasSize = (place: Place, other: number): boolean => {
    const [usual, changed] = [1, other].map((factor) => make({ isWanted: isChosen([place]), grown: [{ sizes: { ...sizes, sequence: sizes.sequence * factor }, isFor: () => true }] }).output);
    return usual !== changed;
  };
  const failed = taken.flatMap(({ places, problems }) => (problems ? places.filter((place) => isBlamed(place, problems) && hasSize(place, 2)) : []));
  // One that takes too long may pass still smaller.
  const shrink = async (usual: Held, places: readonly Place[], { items: larger, grown }: Fitted<Place>): Promise<Shrunk<Place, Held> | 'stopped' | undefined> => {
    const tooLong = new Map([...smallTimes(task, usual.proven, places)].filter(([place, ms]) => ms > budgets.unit && hasSize(place, 0.5)));
    const all = [...places, ...larger];
    const covered = new Map<string, Covered>();
    const coveredBy = async (output: string): Promise<Covered | undefined> => {
      const known = covered.get(output);
      if (known || !journal.write(file, output)) return known;
      const run = await task.runs.tier('fast', limitOf(wholeTime(before)), file, 'blocks');
      if (!run.isStopped) covered.set(output, coverageOf(run));
      return covered.get(output);
    };
    return shrinkSizes<Place, Held>({
      times: tooLong,
      limit: budgets.unit,
      ownerOf: ({ owner }) => owner,
      sizes,
      async attempt(sized): Promise<Attempted<Place, Held> | 'stopped'> {
        update(`${file}: smaller rows`);
        const composed = make({ isWanted: isChosen(all), grown: [...grown, ...sized] });
        if (!isSized(composed, all, sized)) return { type: 'fails', isBlamed: () => false };
        const proven = isForeign ? undefined : await prove(composed, { ...proof, isThorough: false });
        if (!proven) return 'stopped';
        if (proven.problems.length > 0) return { type: 'fails', isBlamed: (place) => isBlamed(place, proven.problems) };
        return { type: 'holds', times: smallTimes(task, proven, [...tooLong.keys()]), value: { composed, proven } };
      },
      async covers({ composed }) {
        const [large, small] = [await coveredBy(usual.composed.output), await coveredBy(composed.output)];
        return large && small ? large.size > 0 && isCovered(large, small) : 'stopped';
      },
    });
  };
  const fitted = end && (await fitSizes({ good: end, failed, ownerOf: ({ owner }) => owner, sizes, isBlamed, attempt }));
  const shrunk = fitted && held && journal.data.coverage !== undefined ? await shrink(held, end, fitted) : undefined;
  if (shrunk && shrunk !== 'stopped') held = shrunk.value;
  if ((!fitted || shrunk === 'stopped') && !isForeign) {
    journal.restore(file);
    return 'stopped';
  }
  const [enlarged, left] = [true, false].map((isFitting) => taken.filter(({ places }) => places.every((place) => fitted?.items.includes(place)) === isFitting)) as [Dropped[], Dropped[]];
  const reasons = left.map((one) => `${namesOf(one.places, items.length)}: ${one.problems ? summary(ownProblems(one)) : `Not tried after ${MAX_ATTEMPTS} attempts.`}`);
  if (!isForeign) isForeign = held ? !journal.write(file, held.composed.output) : journal.restore(file) === 'foreign';
  if (isForeign) journal.update(file, { state: 'foreign', codemods: [], reasons: [...reasons, FOREIGN] });
  else if (held) {
    journal.tell(file, held.proven.unsteady);
    journal.update(file, { state: 'kept', ...entryOf(held.composed, enlarged, shrunk === 'stopped' ? undefined : shrunk?.items), reasons, fastAfter: held.proven.fastTime });
  } else journal.update(file, { state: 'restored', codemods: [], changed: [], reasons });
  return 'decided';
}

const NO_SUCH_SIZES: readonly Problem[] = [{ sentence: 'The codemod knows no such sizes for it.' }];

/** A codemod may refuse to write some sizes; what it leaves alone then would hold. */
function isSized(composed: Composed, places: readonly Place[], sized: readonly Grown[]): boolean {
  const there = placesOf(composed);
  return places.every(({ codemod, owner }) => !sized.some(({ isFor }) => isFor(owner)) || there.some((place) => place.codemod === codemod && place.owner.key === owner.key));
}

/** What the slowest small row of each place took. */
function smallTimes({ before, titles }: FileTask, { fast }: Proof, places: readonly Place[]): ReadonlyMap<Place, number> {
  const known = new Set(before.tests.map(({ title }) => titles.keyOf(title)));
  const small = (fast?.tests ?? []).map((test) => ({ ...titles.recognise(test.title, known), ms: test.duration ?? 0 })).filter(({ row }) => row === 'small');
  return new Map(places.map((place) => [place, Math.max(0, ...small.filter(({ key }) => isOf(place.owner, key)).map(({ ms }) => ms))]));
}

function entryOf({ codemods, changed, left }: Composed, enlarged: readonly Dropped[], shrunk: ReadonlySet<Place> | undefined): Pick<Entry, 'codemods' | 'changed' | 'left'> {
  const whyOther = (codemod: string, owner: ChangeOwner | undefined): string => {
    const found = enlarged.find(({ places }) => places.some((place) => place.codemod === codemod && place.owner.key === owner?.key));
    const isShrunk = [...(shrunk ?? [])].some((place) => place.codemod === codemod && place.owner.key === owner?.key);
    if (isShrunk) return ' Smaller than other small rows, at whose sizes it took too long: it covers the same, block by block.';
    return found?.problems ? ` Larger than other small rows, at whose sizes it does not hold: ${summary(ownProblems(found))}` : '';
  };
  return { codemods: [...codemods], changed: changed.map(({ codemod, owner, line, description }) => ({ codemod, line, description: `${description}${whyOther(codemod, owner)}` })), left: [...left] };
}

/** Others may have failed in the same run. */
function ownProblems({ places, problems = [] }: Dropped): readonly Problem[] {
  const own = problems.filter((problem) => places.some((place) => isBlamed(place, [problem])));
  return own.length > 0 ? own : problems;
}

function isBlamed({ owner }: Place, problems: readonly Problem[]): boolean {
  return problems.some(({ key }) => key !== undefined && isOf(owner, key));
}

function placesOf({ changed }: Composed): Place[] {
  const places = new Map<string, Place>();
  for (const { codemod, owner, line } of changed) {
    const key = `${codemod} ${owner?.key ?? ''}`;
    if (owner && !places.has(key)) places.set(key, { codemod, owner, line });
  }
  return [...places.values()];
}

/** `key` is that of `titles.ts`: the titles of groups and test, as far as they count. */
function isOf({ title }: ChangeOwner, key: string): boolean {
  return title !== undefined && (JSON.parse(key) as readonly string[]).some((part) => fits(title, part));
}

function namesOf(places: readonly Place[], count: number): string {
  const names = [...new Set(places.map(({ codemod }) => codemod))].join(' + ');
  return places.length < count ? `${names} (line ${places.map(({ line }) => line).join(', ')})` : names;
}
