/** Under which titles does a test of the file run: its own behind those of the groups around it, once for each way that leads there. */
import type { Declaration } from '../analysis/declarations.ts';
import type { Reading } from '../analysis/reading.ts';
import { bindParameters } from '../analysis/bind-pattern.ts';
import { bindPattern } from '../analysis/bind-pattern.ts';
import type { SourceModule, Variable } from '../analysis/module.ts';
import { evaluateRows } from '../analysis/tagged-table.ts';
import type { Repeat } from '../analysis/tests.ts';
import type { Bindings, Value } from '../analysis/value.ts';
import type { Plain, TitlePattern } from './title-pattern.ts';
import { joined, literalLength, titlePattern } from './title-pattern.ts';

export interface TitleChain {
  readonly declaration: Declaration;
  /** Groups from the outermost on, then the test. */
  readonly titles: readonly TitlePattern[];
  readonly whole: TitlePattern;
  readonly literalLength: number;
}

/** Helpers that are called in many groups would multiply each other. */
const MAX_WAYS = 64;

/** Of each test, in source order. */
export function titleChains(reading: Reading, plain: Plain): TitleChain[] {
  const patterns = new Map<Declaration, TitlePattern>();
  const ways = new Map<Declaration, readonly (readonly TitlePattern[])[]>();
  const underWay = new Set<Declaration>();
  const patternOf = (declaration: Declaration): TitlePattern => {
    let pattern = patterns.get(declaration);
    if (!pattern) patterns.set(declaration, (pattern = titlePattern(reading.module, declaration, plain)));
    return pattern;
  };
  const waysTo = (declaration: Declaration): readonly (readonly TitlePattern[])[] => {
    const known = ways.get(declaration);
    if (known) return known;
    underWay.add(declaration);
    const outer = new Set(reading.executions.executionsOf(declaration.call).map((execution) => execution.declaration));
    const around = [...outer].flatMap((other): readonly (readonly TitlePattern[])[] => {
      if (!other || other.kind === 'hook') return [[]];
      return underWay.has(other) ? [] : waysTo(other);
    });
    underWay.delete(declaration);
    // Where nobody is known to run it, groups of unknown functions may stand around it.
    const found = (around.length === 0 ? [[]] : around).slice(0, MAX_WAYS).map((titles) => [...titles, patternOf(declaration)]);
    ways.set(declaration, found);
    return found;
  };
  return reading.declarations.filter(({ kind }) => kind === 'test').flatMap((declaration) =>
    waysTo(declaration).map((titles) => {
      const whole = titles.reduce(joined, []);
      return { declaration, titles, whole, literalLength: literalLength(whole) };
    }),
  );
}

const MAX_ROWS = 1_000;

/** What the title is for each row of the loops and tables around; undefined where the text does not tell them all. */
export function titlesOfRows({ module, tests }: Reading, declaration: Declaration, plain: Plain): ReadonlySet<string> | undefined {
  let combinations: Bindings[] = [new Map()];
  for (const repeat of tests.place(declaration).repeats) {
    const next: Bindings[] = [];
    for (const bindings of combinations) for (const more of bindingsOf(module, repeat, bindings)) next.push(new Map([...bindings, ...more]));
    if (next.length > MAX_ROWS) return undefined;
    if (next.length > 0) combinations = next;
  }
  const titles = new Set<string>();
  for (const bindings of combinations) {
    const [title, ...more] = titlePattern(module, declaration, plain, bindings);
    if (title === undefined || more.length > 0) return undefined;
    titles.add(title);
  }
  return titles;
}

function bindingsOf(module: SourceModule, { list, item, callback }: Repeat, around: Bindings): readonly Bindings[] {
  const rows = list && evaluateRows(module, list, around);
  if (rows?.type !== 'list') return [];
  return rows.items.map((row) => {
    if (callback) return bindParameters(module, callback, row?.type === 'list' ? row.items : [row]);
    const into = new Map<Variable, Value>();
    if (item) bindPattern(module, item, row, into);
    return into;
  });
}
