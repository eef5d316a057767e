/** Edits are values in offsets of the analysed text; "cannot" is a value too, with its reason. */
import type { Range } from '../analysis/nodes.ts';

export interface Edit {
  readonly range: Range;
  readonly text: string;
}

export type Rewrite =
  | {
      readonly type: 'edits';
      readonly edits: readonly Edit[];
      /** Proven from the text that every assertion still means the same. */
      readonly isProven: boolean;
      /** What it does and, when it is not proven, what a person must look at. */
      readonly description: string;
    }
  | { readonly type: 'refusal'; readonly reason: string };

export function refuse(reason: string): Rewrite {
  return { type: 'refusal', reason };
}

/** Applies edits to a text; overlapping edits are a mistake of the caller. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const { range, text: inserted } of [...edits].sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1])) {
    if (range[0] < at) throw new RangeError(`applyEdits: the edit at ${range[0]} overlaps one that ends at ${at}.`);
    result += text.slice(at, range[0]) + inserted;
    at = range[1];
  }
  return result + text.slice(at);
}
