/** A table that is about to be marked, and how title and callback take one more column. */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { Node } from '../analysis/nodes.ts';
import type { Value } from '../analysis/value.ts';
import type { Axis } from '../analysis/variants.ts';
import { columnsOf } from './callback-uses.ts';
import type { Edit } from './edit.ts';
import type { TableTitle } from './table-title.ts';
import { titleWith } from './tier-title.ts';
import { takesRowsWhole } from './variant-condition.ts';

export interface Rows {
  readonly analysis: Analysis;
  readonly declaration: Declaration;
  readonly table: Node;
  readonly axis: Axis;
  readonly title: TableTitle;
  readonly marker: string;
  /** Places of the rows that stay in the fast run. */
  readonly chosen: readonly number[];
  /** Text that holds where they do, when lists around the table have variants too. */
  readonly outer: string | undefined;
  /** The rows have a declared type: nothing can be added to them. */
  readonly isTyped: boolean;
  /** To TypeScript, the rows are of several types. */
  readonly isUnion: boolean;
}

/** Behind the columns that the title shows already. */
export function showColumn({ analysis, declaration }: Rows): Edit | undefined {
  return declaration.title && titleWith(analysis, declaration.title, '%s');
}

/** The callback's own columns must stay what they are. */
export function addParameter(rows: Rows, at: number, count: number): Edit[] | string {
  const { analysis, declaration } = rows;
  const isWhole = takesRowsWhole(declaration);
  const { callback } = declaration;
  const [only] = callback?.params ?? [];
  if (isWhole && count === 1 && callback && only?.type === 'Identifier' && !only.typeAnnotation) {
    const isBare = !analysis.reading.module.file.text.slice(callback.range[0], only.range[0]).includes('(');
    const pattern = at === 0 ? `[, ${only.name}]` : `[${only.name}]`;
    return [{ range: only.range, text: isBare ? `(${pattern})` : pattern }];
  }
  const parameters = columnsOf(declaration, isWhole);
  if (!parameters) return 'The callback may see all columns.';
  // One more than there are columns: a callback that asks for `done`.
  if (parameters.length > count) return 'The callback takes more than the row holds.';
  if (parameters.length <= at) return !isWhole && parameters.length === count ? lastParameter(rows) : [];
  const next = parameters[at];
  if (!next) return 'The callback leaves a column out.';
  const isTyped = 'typeAnnotation' in next && Boolean(next.typeAnnotation);
  return [{ range: [next.range[0], next.range[0]], text: `_marker${isTyped ? ': string' : ''}, ` }];
}

/** TypeScript compares a callback with rows of several types only when it takes all columns. */
function lastParameter({ analysis, declaration, isUnion }: Rows): Edit[] {
  const { text, path } = analysis.reading.module.file;
  const { callback } = declaration;
  const last = callback?.params.at(-1);
  if (!callback || !last || !isUnion || !/\.[cm]?tsx?$/.test(path)) return [];
  const isBare = !text.slice(callback.range[0], last.range[0]).includes('(');
  const own = text.slice(last.range[0], last.range[1]);
  return [{ range: last.range, text: isBare ? `(${own}, _marker)` : `${own}, _marker` }];
}

export function areOfOneType(values: readonly (Value | undefined)[]): boolean {
  return values.every((value) => value !== undefined && typesOf(value) === typesOf(values[0]));
}

/** `string,number` for a row of two columns; another word for each value whose type only TypeScript knows. */
function typesOf(value: Value | undefined): string {
  if (value?.type === 'scalar') return value.value === null ? 'null' : typeof value.value;
  if (value?.type === 'list') return value.items.map(typesOf).join(',');
  return value?.type === 'dictionary' ? [...value.entries].map(([key, item]) => `${key}:${typesOf(item)}`).join(';') : `${value?.node.range[0] ?? ''}`;
}

/** A string written in quotes. */
export function isString(node: Node | null | undefined): node is Extract<Node, { type: 'Literal'; value: string }> {
  return node?.type === 'Literal' && typeof node.value === 'string';
}
