/**
 * A table of tests -> the same rows in the same order, all but the essential ones carrying the marker: in a label that only the
 * title shows, else in a column or a title of its own. A list that is written elsewhere is mapped where the table takes it.
 */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { IdentifierNode, Node } from '../analysis/nodes.ts';
import { staticName, unwrap } from '../analysis/nodes.ts';
import type { Axis } from '../analysis/variants.ts';
import type { Edit } from './edit.ts';
import { columnsOf, isUnused, keysRead } from './callback-uses.ts';
import type { MarkOptions } from './essential-cells.ts';
import { essentialCondition } from './essential-cells.ts';
import { mapRows } from './map-rows.ts';
import { markTagged } from './mark-tagged.ts';
import { markerUnless } from './mark-title.ts';
import { quoted, styleOf } from './source-style.ts';
import type { Rows } from './table-rows.ts';
import { addParameter, areOfOneType, isString, showColumn } from './table-rows.ts';
import { readTableTitle } from './table-title.ts';
import { chosenOf, takesRowsWhole } from './variant-condition.ts';

type ListNode = Extract<Node, { type: 'ArrayExpression' }>;
type ObjectNode = Extract<Node, { type: 'ObjectExpression' }>;

/** The edits, or the reason why there are none. */
export function markRows(analysis: Analysis, declaration: Declaration, axes: readonly Axis[], { essential, marker }: MarkOptions): Edit[] | string {
  const { table, runner, call } = declaration;
  const axis = axes.at(-1);
  if (!table || !axis) return 'The rows are written elsewhere.';
  if (runner.name === 'qunit') return 'QUnit names the rows of a table itself.';
  if (axis.values.length === 0) return 'The rows are only known when the table runs.';
  const chosen = chosenOf(axis, essential);
  if (chosen.length === axis.values.length) return 'Every variant is essential.';
  const title = readTableTitle(analysis.reading.module.file.text, declaration);
  if (!title) return 'A title is computed elsewhere.';
  const outer = essentialCondition(analysis, axes.slice(0, -1), essential, undefined, table, declaration);
  const callee = unwrap(call.callee);
  const isTyped = callee.type === 'CallExpression' && Boolean(callee.typeArguments);
  const rows: Rows = { analysis, declaration, table, axis, title, marker, chosen, outer, isTyped, isUnion: true };
  const list = unwrap(table);
  if (list.type === 'TemplateLiteral') return markTagged(rows);
  // Names of outer tables mean nothing where a list stands elsewhere.
  const written = outer !== undefined && list.type === 'Identifier' ? undefined : writtenRows(rows, list);
  return written ? markWritten({ ...rows, isTyped: isTyped || written.isTyped, isUnion: written.isConst || !areOfOneType(axis.values) }, written.rows) : mapRows(rows);
}

/** The rows where they are written: in the table, or in a constant that only this table uses. */
function writtenRows({ analysis, axis, table }: Rows, list: Node): { readonly rows: readonly Node[]; readonly isTyped: boolean; readonly isConst: boolean } | undefined {
  const { module } = analysis.reading;
  const found = list.type === 'Identifier' ? constantOf(analysis, list) : { array: list, annotation: undefined, outer: table };
  if (found?.array.type !== 'ArrayExpression') return undefined;
  const rows = found.array.elements.flatMap((element) => (element && element.type !== 'SpreadElement' ? [element] : []));
  if (rows.length !== found.array.elements.length || rows.length !== axis.values.length) return undefined;
  const after = module.file.text.slice(found.array.range[1], found.outer.range[1]);
  return { rows, isTyped: Boolean(found.annotation) || /\b(?:satisfies|as)\b(?!\s+const\b)/.test(after), isConst: /\bas\s+const\b/.test(after) };
}

function constantOf({ reading }: Analysis, list: IdentifierNode): { array: Node; annotation: Node | undefined; outer: Node } | undefined {
  const variable = reading.module.variableOf(list);
  const definition = variable?.defs[0];
  const reads = variable?.references.filter((reference) => reference.isRead()) ?? [];
  if (definition?.type !== 'Variable' || reads.length !== 1 || definition.node.id.type !== 'Identifier' || !definition.node.init) return undefined;
  if (definition.node.parent.parent.type === 'ExportNamedDeclaration' || definition.node.parent.kind !== 'const') return undefined;
  return { array: unwrap(definition.node.init), annotation: definition.node.id.typeAnnotation, outer: definition.node.init };
}

function markWritten(rows: Rows, written: readonly Node[]): Edit[] | string {
  const items = written.map((row) => unwrap(row));
  if (items.every((item) => item.type === 'ArrayExpression')) return markLists(rows, items);
  if (items.every((item) => item.type === 'ObjectExpression') && rows.title.keys.length > 0) return markObjects(rows, items);
  const isPlain = items.every((item, index) => /^(?:Literal|TemplateLiteral|UnaryExpression|ObjectExpression|ArrowFunctionExpression|FunctionExpression)$/.test(item.type) || rows.axis.values[index]?.type === 'scalar' || isMember(item));
  if (!isPlain || rows.title.keys.length > 0) return 'What the rows hold is not known.';
  return addColumn(rows, written, 1, (row, cell, at) => [{ range: [row.range[0], row.range[0]], text: at === 0 ? `[${cell}, ` : '[' }, { range: [row.range[1], row.range[1]], text: at === 0 ? ']' : `, ${cell}]` }]);
}

/** `Backend.CPU`: a member of an enumeration. */
function isMember(node: Node): boolean {
  return node.type === 'MemberExpression' && node.object.type === 'Identifier' && /^[A-Z]/.test(node.object.name) && /^[A-Z]/.test(staticName(node) ?? '');
}

function markLists(rows: Rows, items: readonly ListNode[]): Edit[] | string {
  const label = labelColumn(rows, items);
  if (label !== undefined) return items.flatMap((item, index) => (rows.chosen.includes(index) ? [] : inString(rows, item.elements[label])));
  const [first] = items;
  const count = first?.elements.length ?? 0;
  const isSound = items.every(({ elements }) => elements.length === count && elements.every((element) => element && element.type !== 'SpreadElement'));
  if (!isSound) return 'The rows are not of one length.';
  return addColumn(rows, items, count, (row, cell, at) => {
    const { elements } = row as ListNode;
    const next = elements[at];
    const last = elements.at(-1);
    if (next) return [{ range: [next.range[0], next.range[0]], text: `${cell}, ` }];
    return [last ? { range: [last.range[1], last.range[1]], text: `, ${cell}` } : { range: [row.range[0] + 1, row.range[0] + 1], text: cell }];
  });
}

/** A column of strings that the title shows and the callback ignores: a name of the row. */
function labelColumn({ analysis, declaration, title, outer }: Rows, items: readonly ListNode[]): number | undefined {
  const parameters = columnsOf(declaration, takesRowsWhole(declaration));
  if (!parameters || outer !== undefined) return undefined;
  for (let at = (title.columns ?? 0) - 1; at >= 0; at--) {
    if (isUnused(analysis, parameters[at]) && items.every(({ elements }) => isString(elements[at]))) return at;
  }
  return undefined;
}

function inString({ marker }: Rows, node: Node | null | undefined): Edit[] {
  return node ? [{ range: [node.range[1] - 1, node.range[1] - 1], text: ` ${marker}` }] : [];
}

/** One more column behind those that the title shows, empty for the rows that stay fast. */
function addColumn(rows: Rows, items: readonly Node[], count: number, place: (row: Node, cell: string, at: number) => Edit[]): Edit[] | string {
  const at = rows.title.columns;
  if (at === undefined || at > count) return 'The title may take its columns in several ways.';
  if (rows.isTyped) return 'The rows have a declared type.';
  const title = showColumn(rows);
  const parameter = addParameter(rows, at, count);
  if (typeof parameter === 'string') return parameter;
  return title ? [...items.flatMap((item, index) => place(item, cellOf(rows, index), at)), title, ...parameter] : 'A title is computed elsewhere.';
}

function cellOf({ analysis, chosen, outer, marker }: Rows, index: number): string {
  const style = styleOf(analysis.reading.module);
  if (!chosen.includes(index)) return quoted(` ${marker}`, style);
  return outer === undefined ? quoted('', style) : markerUnless(analysis, outer, marker);
}

function markObjects(rows: Rows, items: readonly ObjectNode[]): Edit[] | string {
  const { title, declaration, chosen, marker, outer } = rows;
  const read = keysRead(rows.analysis, declaration);
  const style = styleOf(rows.analysis.reading.module);
  const [shown, ...more] = title.keys.filter(({ name }) => items.every((item) => isString(valueOf(item, name)))).reverse();
  if (!shown) return 'No text in the title names the row.';
  if (!read) return 'The callback may see all keys of a row.';
  const label = [shown, ...more].find(({ name }) => !read.has(name));
  if (label && outer === undefined) return items.flatMap((item, index) => (chosen.includes(index) ? [] : inString(rows, valueOf(item, label.name))));
  if (rows.isTyped) return 'The rows have a declared type.';
  const key = ['title', 'label', 'titled'].find((name) => items.every((item) => !valueOf(item, name)) && !read.has(name));
  if (key === undefined || items.some(({ properties }) => properties.some(({ type }) => type === 'SpreadElement'))) return 'The rows leave no room for a title.';
  const added = items.map((item, index): Edit => {
    const own = valueOf(item, shown.name);
    const [first] = item.properties;
    const text = isString(own) ? own.value : '';
    const [fast, slow] = [quoted(text, style), quoted(`${text} ${marker}`, style)];
    const value = !chosen.includes(index) ? slow : outer === undefined ? fast : `${outer} ? ${fast} : ${slow}`;
    const at = first?.range[0] ?? item.range[0] + 1;
    return { range: [at, at], text: `${key}: ${value}, ` };
  });
  return [...added, { range: shown.range, text: `$${key}` }];
}

function valueOf({ properties }: ObjectNode, key: string): Node | undefined {
  const property = properties.find((item) => item.type === 'Property' && staticName(item) === key);
  return property?.type === 'Property' ? unwrap(property.value) : undefined;
}
