/** What a profile says about the tests of an analysed file: asked by rules, answered when first needed. */
import type { Analysis } from '../analysis/analyze.ts';
import type { TestFact } from '../analysis/facts.ts';
import type { Settings } from '../analysis/settings.ts';
import { formatDuration } from '../timing/budgets.ts';
import type { MeasuredDeclaration } from '../timing/measured.ts';
import { measureDeclarations } from '../timing/measured.ts';
import type { ProfiledTest } from '../timing/profile.ts';
import { recordedTests } from './recorded-profile.ts';

export interface Measured {
  /** In source order; empty without a profile. */
  readonly declarations: readonly MeasuredDeclaration[];
  /** Undefined where nothing was measured, or where it says neither. */
  verdictOn(tests: readonly TestFact[]): Verdict | undefined;
}

/** `over`: one of the tests is over its budget, by this figure. `under`: each of them is far under it. */
export type Verdict = { readonly type: 'over'; readonly duration: string; readonly budget: string } | { readonly type: 'under' };

const remembered = new WeakMap<Analysis, Measured>();

export function measuredIn(analysis: Analysis, settings: Settings, cwd: string): Measured {
  const known = remembered.get(analysis);
  if (known) return known;
  const measured = measuredBy(analysis, settings, recordedTests(analysis.reading.module.file.path, settings.profile, cwd));
  remembered.set(analysis, measured);
  return measured;
}

export function measuredBy(analysis: Analysis, settings: Settings, profiled: readonly ProfiledTest[]): Measured {
  return new Recording(analysis, settings, profiled);
}

class Recording implements Measured {
  readonly #analysis: Analysis;
  readonly #settings: Settings;
  readonly #profiled: readonly ProfiledTest[];
  #declarations: readonly MeasuredDeclaration[] | undefined;
  #byStart: ReadonlyMap<number, MeasuredDeclaration> | undefined;

  constructor(analysis: Analysis, settings: Settings, profiled: readonly ProfiledTest[]) {
    this.#analysis = analysis;
    this.#settings = settings;
    this.#profiled = profiled;
  }

  get declarations(): readonly MeasuredDeclaration[] {
    if (this.#profiled.length === 0) return [];
    return (this.#declarations ??= measureDeclarations(this.#analysis.reading, this.#profiled, this.#settings.budgets));
  }

  verdictOn(tests: readonly TestFact[]): Verdict | undefined {
    if (this.#profiled.length === 0) return undefined;
    const byStart = (this.#byStart ??= new Map(this.declarations.map((measured) => [measured.declaration.call.range[0], measured])));
    const found = tests.map(({ kind, range }) => (kind === 'test' ? byStart.get(range[0]) : undefined));
    const slowest = found.reduce<MeasuredDeclaration | undefined>((most, one) => (longest(one) > longest(most) ? one : most), undefined);
    const [over] = slowest?.over ?? [];
    if (slowest && over) return { type: 'over', duration: formatDuration(over.duration), budget: formatDuration(this.#settings.budgets[slowest.tier]) };
    // What a hook does is in no test's duration.
    return found.length > 0 && found.every((one) => one?.isFarUnder) ? { type: 'under' } : undefined;
  }
}

function longest(measured: MeasuredDeclaration | undefined): number {
  return measured?.over[0]?.duration ?? 0;
}
