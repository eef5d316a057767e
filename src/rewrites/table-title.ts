/** What does the title of a table take from a row: columns by `%s`, keys by `$name`? Every runner reads them in its own way. */
import type { Declaration } from '../analysis/declarations.ts';
import type { Range } from '../analysis/nodes.ts';
import { unwrap } from '../analysis/nodes.ts';

export interface TableTitle {
  /** Columns that `%s` and its like take; undefined where runners disagree on how to count. */
  readonly columns: number | undefined;
  /** Keys that stand alone as `$key`, with their places in the text of the file. */
  readonly keys: readonly { readonly name: string; readonly range: Range }[];
}

/** Checked by running: bun leaves `%#` and `%$` as they are, Vitest 4 lets `%%` take a column, Jest alone knows `%p`. */
const COLUMN: Readonly<Record<string, RegExp>> = { vitest: /^%[sdifjoO]$/, jest: /^%[sdifjoOp]$/, bun: /^%[sdifjop]$/ };

/** Undefined when the title is computed. */
export function readTableTitle(text: string, { title, runner }: Declaration): TableTitle | undefined {
  const node = title && unwrap(title);
  const isText = node?.type === 'TemplateLiteral' || (node?.type === 'Literal' && typeof node.value === 'string');
  const known = COLUMN[runner.name];
  if (!node || !isText || !known) return undefined;
  const parts: readonly Range[] = node.type === 'TemplateLiteral' ? node.quasis.map(({ range }) => range) : [node.range];
  const raw = (range: Range) => text.slice(range[0], range[1]);
  const placeholders = parts.flatMap((range) => [...raw(range).matchAll(/%./g)].map(([found]) => found));
  const keys = parts.flatMap((range) => [...raw(range).matchAll(/\$([A-Za-z_]\w*)(?![\w$.]*\w|\$)/g)].map((found) => ({
    name: found[1] ?? '',
    range: [range[0] + found.index, range[0] + found.index + found[0].length] as const,
  })));
  return { columns: placeholders.every((found) => known.test(found)) ? placeholders.length : undefined, keys };
}
