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
