/** A table over a list that is written elsewhere: the list stays as it is and is mapped to marked rows where the table takes it. */
import type { Node } from '../analysis/nodes.ts';
import { unwrap } from '../analysis/nodes.ts';
import type { Value } from '../analysis/value.ts';
import { columnsOf, keysRead } from './callback-uses.ts';
import type { Edit } from './edit.ts';
import { markerUnless } from './mark-title.ts';
import type { Rows } from './table-rows.ts';
import { addParameter, showColumn } from './table-rows.ts';
import { takesRowsWhole } from './variant-condition.ts';

export function mapRows(rows: Rows): Edit[] | string {
  const { axis, title, isTyped, declaration } = rows;
  if (isTyped) return 'The rows have a declared type.';
  const known = axis.values.flatMap((value) => value ?? []);
  if (known.length !== axis.values.length) return 'What the rows hold is not known.';
  if (known.every((value) => value.type === 'dictionary') && title.keys.length > 0) return mapObjects(rows, known);
  const isList = known.every((value) => value.type === 'list');
  if (!isList && (!known.every((value) => value.type === 'scalar' || value.type === 'dictionary') || title.keys.length > 0)) return 'What the rows hold is not known.';
  const counts = new Set(known.map((value) => (value.type === 'list' ? value.items.length : 1)));
  const [count = 1] = counts;
  const at = title.columns;
  if (counts.size !== 1 || at === undefined || at > count) return 'The title may take its columns in several ways.';
  const shown = showColumn(rows);
  const parameter = addParameter({ ...rows, isUnion: isList }, at, count);
  if (typeof parameter === 'string') return parameter;
  if (!shown) return 'A title is computed elsewhere.';
  const [first] = declaration.callback?.params ?? [];
  const names = at < count ? columnNames(rows, count) : undefined;
  if (at < count && !names) return 'The title may take its columns in several ways.';
  const item = names ? (isList ? `[${names.join(', ')}]` : names.join()) : !isList && first?.type === 'Identifier' ? first.name : 'row';
  const choice = choiceOf(rows, item);
  const marker = markerUnless(rows.analysis, choice.text, rows.marker);
  const cells = names ? names.toSpliced(at, 0, marker) : [isList ? `...${item}` : item, marker];
  return [mapped(rows, `(${item}${choice.takesIndex ? ', index' : ''}) => [${cells.join(', ')}]${isTypeScript(rows) ? ' as const' : ''}`), shown, ...parameter];
}

/** What the callback calls the columns. */
function columnNames({ declaration }: Rows, count: number): string[] | undefined {
  const columns = columnsOf(declaration, takesRowsWhole(declaration)) ?? (count === 1 ? declaration.callback?.params : undefined) ?? [];
  const names = columns.flatMap((column) => (column?.type === 'Identifier' && column.name !== 'index' ? [column.name] : []));
  return names.length === count && columns.length === count ? names : undefined;
}

function mapObjects(rows: Rows, known: readonly Value[]): Edit[] | string {
  const { title, declaration, analysis, marker } = rows;
  const text = (value: Value, key: string) => (value.type === 'dictionary' && !value.isOpen ? value.entries.get(key) : undefined);
  const isText = (key: string) => known.every((value) => {
    const found = text(value, key);
    return found?.type === 'scalar' && typeof found.value === 'string';
  });
  const [shown, ...more] = title.keys.filter(({ name }) => isText(name)).reverse();
  if (!shown) return 'No text in the title names the row.';
  const read = keysRead(analysis, declaration);
  if (!read) return 'The callback may see all keys of a row.';
  const label = [shown, ...more].find(({ name }) => !read.has(name));
  const key = label?.name ?? ['title', 'label', 'titled'].find((name) => !read.has(name) && known.every((value) => text(value, name) === undefined));
  if (key === undefined) return 'The rows leave no room for a title.';
  const choice = choiceOf(rows, 'row');
  const value = `\`\${row.${label?.name ?? shown.name}}\${${markerUnless(analysis, choice.text, marker)}}\``;
  const edits = [mapped(rows, `(row${choice.takesIndex ? ', index' : ''}) => ({ ...row, ${key}: ${value} })`)];
  return label ? edits : [...edits, { range: shown.range, text: `$${key}` }];
}

/** The chosen rows by what they are where this file says so, else by their places. */
function choiceOf({ analysis, axis, chosen, outer }: Rows, item: string): { text: string; takesIndex: boolean } {
  const { module } = analysis.reading;
  const texts = chosen.map((index) => {
    const value = axis.values[index];
    const [leaf, ...others] = value?.type === 'scalar' ? value.leaves : [];
    return leaf && others.length === 0 && leaf.module === module && value?.type === 'scalar' && leaf.node.value === value.value ? leaf.node.raw : undefined;
  });
  const isTold = !texts.includes(undefined) && axis.values.every((value, index) => chosen.includes(index) || (value?.type === 'scalar' && !chosen.some((place) => axis.values[place]?.type === 'scalar' && (axis.values[place] as typeof value).value === value.value)));
  const own = isTold ? texts.map((text) => `${item} === ${text ?? ''}`) : chosen.map((index) => `index === ${index}`);
  const either = own.join(' || ');
  return { text: outer === undefined ? either : `${outer} && ${own.length > 1 ? `(${either})` : either}`, takesIndex: !isTold };
}

function mapped({ analysis, table }: Rows, callback: string): Edit {
  const list = unwrap(table);
  const isSimple = list === table && /^(?:Identifier|MemberExpression|CallExpression)$/.test(list.type);
  if (isSimple) return { range: [table.range[1], table.range[1]], text: `.map(${callback})` };
  return { range: table.range, text: `(${textOf(analysis.reading.module.file.text, table)}).map(${callback})` };
}

function textOf(text: string, { range }: Node): string {
  return text.slice(range[0], range[1]);
}

function isTypeScript({ analysis }: Rows): boolean {
  return /\.[cm]?tsx?$/.test(analysis.reading.module.file.path);
}
