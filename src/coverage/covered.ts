/**
 * What did a run execute, as a set that can be joined and compared? Of each source file its functions, as the engine read them: the same
 * text gives the same offsets in every run, so no source map is needed to compare two runs.
 */
import type { Spans } from './spans.ts';
import { joinSpans, lengthOf, withoutSpans } from './spans.ts';

export interface CoveredFunction {
  /** Empty for one without a name, and for a module itself. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Length of the text that the engine read; a file may be read in several forms. */
  readonly of: number;
  /** What of it ran; empty when it was never called. Where only functions are told apart, all of it or nothing. */
  readonly ran: Spans;
}

/** By file, relative to the folder of package.json, with `/`; the functions by `functionKey`. */
export type Covered = ReadonlyMap<string, ReadonlyMap<string, CoveredFunction>>;

export const NOTHING_COVERED: Covered = new Map();

export function functionKey({ name, start, end, of }: Pick<CoveredFunction, 'name' | 'start' | 'end' | 'of'>): string {
  return `${of}:${start}-${end}:${name}`;
}

export function union(...all: readonly Covered[]): Covered {
  const joined = new Map<string, Map<string, CoveredFunction>>();
  for (const covered of all) {
    for (const [file, functions] of covered) {
      const known = joined.get(file) ?? new Map<string, CoveredFunction>();
      joined.set(file, known);
      for (const [key, item] of functions) {
        const other = known.get(key);
        known.set(key, other ? { ...other, ran: joinSpans(other.ran, item.ran) } : item);
      }
    }
  }
  return joined;
}

/** What both ran; functions that one of them does not know are left out. */
export function common(a: Covered, b: Covered): Covered {
  return new Map(
    [...a].flatMap(([file, functions]) => {
      const others = b.get(file);
      if (!others) return [];
      const both = [...functions].flatMap(([key, item]): (readonly [string, CoveredFunction])[] => {
        const other = others.get(key);
        return other ? [[key, { ...item, ran: withoutSpans(item.ran, withoutSpans(item.ran, other.ran)) }]] : [];
      });
      return [[file, new Map(both)]];
    }),
  );
}

export interface Missing {
  readonly file: string;
  /** What of it ran before and no longer runs. */
  readonly lost: CoveredFunction;
}

/** What ran `before` and not `after`. */
export function missing(before: Covered, after: Covered): readonly Missing[] {
  return [...before].flatMap(([file, functions]) => {
    const later = after.get(file) ?? new Map<string, CoveredFunction>();
    const known = [...functions.values(), ...later.values()];
    return [...functions].flatMap(([key, item]): Missing[] => {
      const left = withoutSpans(item.ran, later.get(key)?.ran ?? []);
      if (left.length === 0) return [];
      // A function within it stands for itself: one that never ran may be told of in one run and not in another.
      const ran = withoutSpans(left, insideOf(item, known));
      return ran.length === 0 ? [] : [{ file, lost: { ...item, ran } }];
    });
  });
}

function insideOf({ start, end, of }: CoveredFunction, known: readonly CoveredFunction[]): Spans {
  const within = known.filter((other) => other.of === of && other.start >= start && other.end <= end && other.end - other.start < end - start);
  return within.reduce<Spans>((spans, other) => joinSpans(spans, [other.start, other.end]), []);
}

/** Does `after` run all that `before` ran? */
export function isCovered(before: Covered, after: Covered): boolean {
  return missing(before, after).length === 0;
}

/** How much of `before` does `after` not run, in characters: to compare, not to show. */
export function amountMissing(before: Covered, after: Covered): number {
  return missing(before, after).reduce((sum, { lost }) => sum + lengthOf(lost.ran), 0);
}

/** The part of it that lies in some files. */
export function onlyFiles(covered: Covered, isWanted: (file: string) => boolean): Covered {
  return new Map([...covered].filter(([file]) => isWanted(file)));
}
