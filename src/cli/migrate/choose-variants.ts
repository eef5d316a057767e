/** Which variants of a list stay in the fast run, so that it covers what all of them cover at the least time? Asked by running each alone. */
import type { Covered } from '../../coverage/covered.ts';
import type { ChooseVariants } from '../../host/apply-codemod.ts';
import type { CodemodDefinition } from '../../host/define-codemod.ts';
import type { MeasuredVariant } from '../../host/measured.ts';
import type { ProfiledFile } from '../../timing/profile.ts';
import { cheapestCover } from './cheapest-cover.ts';
import { cheapestProduct } from './cheapest-product.ts';
import { compose } from './compose.ts';
import type { SuiteRuns } from './suite-runs.ts';

export interface VariantsTask {
  readonly definitions: readonly CodemodDefinition[];
  readonly text: string;
  readonly path: string;
  readonly before: ProfiledFile;
  readonly runs: Pick<SuiteRuns, 'titled'>;
  readonly limit: number;
  readonly update: (detail: string) => void;
}

/** Each variant takes a run. */
const MAX_VARIANTS = 12;

/** The file has its text of before. */
export async function chooseVariants({ definitions, text, path, before, runs, limit, update }: VariantsTask): Promise<ChooseVariants | 'stopped'> {
  const lists = new Map<string, readonly MeasuredVariant[]>();
  const note: ChooseVariants = (variants) => {
    if (variants.length <= MAX_VARIANTS && areApart(variants)) lists.set(keyOf(variants), variants);
    return undefined;
  };
  compose(definitions, text, path, before.tests, { chooseVariants: note });
  const chosen = new Map<string, readonly string[]>();
  for (const [key, variants] of lists) {
    const measured: MeasuredCover[] = [];
    for (const { labels, tests } of variants) {
      update(`${before.file}: what ${labels.join(' ')} covers`);
      const run = await runs.titled(limit, before.file, tests.map(({ title }) => title), 'blocks');
      if (run?.isStopped === true) return 'stopped';
      const passed = new Set(run?.files.flatMap((file) => file.tests.filter(({ outcome }) => outcome === 'passed')).map(({ title }) => JSON.stringify(title)));
      if (!run?.coverage || run.isOverTime || tests.some(({ title }) => !passed.has(JSON.stringify(title)))) break;
      measured.push({ labels, cost: tests.reduce((sum, { duration }) => sum + duration, 0), covered: run.coverage.whole });
    }
    if (measured.length === variants.length) chosen.set(key, labelsOf(measured));
  }
  return (variants) => chosen.get(keyOf(variants));
}

function keyOf(variants: readonly MeasuredVariant[]): string {
  return JSON.stringify(variants.map(({ labels, tests }) => [labels, tests.map(({ title }) => title)]));
}

/** A runner is asked for tests whose titles hold a text. */
function areApart(variants: readonly MeasuredVariant[]): boolean {
  const titles = variants.map(({ tests }) => tests.map(({ title }) => title.at(-1) ?? ''));
  return titles.every((own, index) => titles.every((others, other) => index === other || !own.some((title) => others.some((longer) => longer.includes(title)))));
}

interface MeasuredCover {
  readonly labels: readonly string[];
  readonly cost: number;
  readonly covered: Covered;
}

/** At least one, even where none of them covers anything. Nested lists are asked for their variants one by one, so that what stays is a product too. */
function labelsOf(measured: readonly MeasuredCover[]): readonly string[] {
  const cuts = cutsOf(measured.map(({ covered }) => covered));
  const all = measured.map(({ labels, cost, covered }) => ({ key: labels.join(' '), labels, cost, covered: elementsOf(covered, cuts) }));
  if (measured.some(({ labels }) => labels.length > 1)) return cheapestProduct(all);
  const chosen = cheapestCover(all);
  return (chosen.length > 0 ? chosen : all.slice(0, 1)).flatMap(({ labels }) => labels);
}

type Cuts = ReadonlyMap<string, readonly number[]>;

/** Where in each function one of the variants begins or ceases to cover something. */
function cutsOf(all: readonly Covered[]): Cuts {
  const cuts = new Map<string, Set<number>>();
  for (const covered of all) {
    for (const [file, functions] of covered) {
      for (const [key, { ran }] of functions) {
        const name = `${file} ${key}`;
        const known = cuts.get(name) ?? new Set();
        cuts.set(name, known);
        for (const offset of ran) known.add(offset);
      }
    }
  }
  return new Map([...cuts].map(([name, offsets]) => [name, [...offsets].sort((a, b) => a - b)]));
}

/** The pieces between cuts that ran. */
function elementsOf(covered: Covered, cuts: Cuts): ReadonlySet<string> {
  const elements = new Set<string>();
  for (const [file, functions] of covered) {
    for (const [key, { ran }] of functions) {
      const name = `${file} ${key}`;
      for (let index = 0; index < ran.length; index += 2) {
        const [start = 0, end = 0] = ran.slice(index, index + 2);
        for (const cut of cuts.get(name) ?? []) if (cut >= start && cut < end) elements.add(`${name} ${cut}`);
      }
    }
  }
  return elements;
}
