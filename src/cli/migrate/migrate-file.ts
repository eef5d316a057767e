/** One file through the codemods: written, run, compared; what does not hold is taken back, byte for byte. */
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
import type { Grown } from './fit-sizes.ts';
import { fitSizes } from './fit-sizes.ts';
import type { Entry } from './journal.ts';
import type { FileProof } from './prove-file.ts';
import { DELETED, limitOf, proveFile, runAsItWas, summary } from './prove-file.ts';
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
  readonly fastTime: number;
  readonly unsteady: readonly string[];
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
  const attempt = async (places: readonly Place[], grown: readonly Grown[] = []): Promise<Verdict<readonly Problem[]> | undefined> => {
    if (isForeign) return undefined;
    const composed = places.length === items.length && grown.length === 0 ? whole : make({ isWanted: isChosen(places), grown });
    if (tried.has(composed.output)) return { failure: tried.get(composed.output) };
    update(`${file}: ${composed.codemods.join(' + ')}${places.length < items.length ? `, ${places.length} of ${items.length} rewrites` : ''}`);
    isForeign = !journal.write(file, composed.output);
    const proven = isForeign ? 'stopped' : await proveFile(proof, composed.output);
    if (proven === 'stopped') return undefined;
    const isGone = journal.isGone(file);
    if (isGone) journal.restore(file);
    isForeign = !journal.isOurs(file);
    if (isForeign) return undefined;
    const problems = isGone ? [{ sentence: DELETED }] : proven.problems;
    const failure = problems.length > 0 ? problems : undefined;
    tried.set(composed.output, failure);
    if (!failure) held = { composed, fastTime: proven.fastTime, unsteady: proven.unsteady };
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
  const { sizes } = projectSettings(path).settings;
  const hasSize = (place: Place): boolean => {
    const [usual, larger] = [1, 2].map((factor) => make({ isWanted: isChosen([place]), grown: [{ sizes: { ...sizes, sequence: sizes.sequence * factor }, isFor: () => true }] }).output);
    return usual !== larger;
  };
  const failed = taken.flatMap(({ places, problems }) => (problems ? places.filter((place) => isBlamed(place, problems) && hasSize(place)) : []));
  const fitting = end && (await fitSizes({ good: end, failed, ownerOf: ({ owner }) => owner, sizes, isBlamed, attempt }));
  if (!fitting && !isForeign) {
    journal.restore(file);
    return 'stopped';
  }
  const [enlarged, left] = [true, false].map((isFitting) => taken.filter(({ places }) => places.every((place) => fitting?.includes(place)) === isFitting)) as [Dropped[], Dropped[]];
  const reasons = left.map((one) => `${namesOf(one.places, items.length)}: ${one.problems ? summary(ownProblems(one)) : `Not tried after ${MAX_ATTEMPTS} attempts.`}`);
  if (!isForeign) isForeign = held ? !journal.write(file, held.composed.output) : journal.restore(file) === 'foreign';
  if (isForeign) journal.update(file, { state: 'foreign', codemods: [], reasons: [...reasons, FOREIGN] });
  else if (held) {
    journal.tell(file, held.unsteady);
    journal.update(file, { state: 'kept', ...entryOf(held.composed, enlarged), reasons, fastAfter: held.fastTime });
  }
  else journal.update(file, { state: 'restored', codemods: [], changed: [], reasons });
  return 'decided';
}

function entryOf({ codemods, changed, left }: Composed, enlarged: readonly Dropped[]): Pick<Entry, 'codemods' | 'changed' | 'left'> {
  const whyLarger = (codemod: string, owner: ChangeOwner | undefined): string => {
    const found = enlarged.find(({ places }) => places.some((place) => place.codemod === codemod && place.owner.key === owner?.key));
    return found?.problems ? ` Larger than other small rows, at whose sizes it does not hold: ${summary(ownProblems(found))}` : '';
  };
  return { codemods: [...codemods], changed: changed.map(({ codemod, owner, line, description }) => ({ codemod, line, description: `${description}${whyLarger(codemod, owner)}` })), left: [...left] };
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
