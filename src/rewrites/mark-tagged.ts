/** A tagged table -> the same rows: a column that only the title shows gains the marker, else there is one more column for the title. */
import { readTaggedTable } from '../analysis/tagged-table.ts';
import { keysRead } from './callback-uses.ts';
import type { Edit } from './edit.ts';
import { quoted, styleOf } from './source-style.ts';
import type { Rows } from './table-rows.ts';
import { isString } from './table-rows.ts';

export function markTagged({ analysis, declaration, table, title, chosen, marker, outer }: Rows): Edit[] | string {
  const tagged = readTaggedTable(table);
  const read = keysRead(analysis, declaration);
  if (!tagged || !read) return 'The callback may see all keys of a row.';
  if (declaration.runner.name === 'bun') return 'bun does not read tagged tables.';
  const { module } = analysis.reading;
  const style = styleOf(module);
  const cells = (name: string) => tagged.rows.map((row) => row[tagged.columns.indexOf(name)]);
  const [shown, ...more] = title.keys.filter(({ name }) => cells(name).every(isString)).reverse();
  if (!shown) return 'No text in the title names the row.';
  const label = [shown, ...more].find(({ name }) => !read.has(name));
  if (label && outer === undefined) {
    return cells(label.name).flatMap((cell, index) => (chosen.includes(index) || !cell ? [] : [{ range: [cell.range[1] - 1, cell.range[1] - 1] as const, text: ` ${marker}` }]));
  }
  const key = ['title', 'label', 'titled'].find((name) => !tagged.columns.includes(name) && !read.has(name));
  const [head] = tagged.node.quasis;
  if (key === undefined || !head) return 'The rows leave no room for a title.';
  const { text } = module.file;
  // Behind the last name of the head and the last hole of each row.
  const named = head.range[0] + text.slice(head.range[0], head.range[1]).trimEnd().replace(/\$\{?$/, '').trimEnd().length;
  const added = tagged.rows.map((row, index): Edit => {
    const last = row.at(-1);
    const cell = cells(shown.name)[index];
    const own = cell && isString(cell) ? cell.value : '';
    const [fast, slow] = [quoted(own, style), quoted(`${own} ${marker}`, style)];
    const value = !chosen.includes(index) ? slow : outer === undefined ? fast : `${outer} ? ${fast} : ${slow}`;
    const end = text.indexOf('}', last?.range[1] ?? 0) + 1;
    return { range: [end, end], text: ` | \${${value}}` };
  });
  return [{ range: [named, named], text: ` | ${key}` }, ...added, { range: shown.range, text: `$${key}` }];
}
