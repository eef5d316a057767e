/** Under which title was a test of a migrated file known before: without the marker, and without the name of a row that a rewrite added? */
import type { Settings } from '../../analysis/settings.ts';
import { plainTitle } from '../../timing/title-pattern.ts';

/** `original`: at its own size, with its own calls. `small`: the row that a rewrite added for the fast run. */
export type Row = 'original' | 'small';

export interface KnownTitle {
  readonly key: string;
  readonly row: Row;
}

/** Behind a title, spaces and marker taken away: what `tier-title.ts` appends. */
const ROW = /\((small|full|stub|real)\)$/;
const SMALL: readonly string[] = ['small', 'stub'];

export interface Titles {
  readonly keyOf: (title: readonly string[]) => string;
  /** `known` are the keys of before: a test that was called `… (small)` all along is no row. */
  readonly recognise: (title: readonly string[], known: ReadonlySet<string>) => KnownTitle;
}

export function titlesWith(markers: Settings['marker']): Titles {
  const plain = plainTitle(markers);
  const keyOf = (title: readonly string[]): string => JSON.stringify(title.map(plain));
  return {
    keyOf,
    recognise(title, known) {
      let parts = title.map(plain);
      let row: Row = 'original';
      // A group can have gained rows as well as the test in it.
      for (const index of [...parts.keys()].reverse()) {
        if (known.has(JSON.stringify(parts))) break;
        for (let name = ROW.exec(parts[index] ?? '')?.[1]; name !== undefined && !known.has(JSON.stringify(parts)); name = ROW.exec(parts[index] ?? '')?.[1]) {
          if (SMALL.includes(name)) row = 'small';
          parts = parts.with(index, (parts[index] ?? '').slice(0, -name.length - 2));
        }
      }
      return { key: JSON.stringify(parts), row };
    },
  };
}
