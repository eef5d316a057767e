/** What rows does a tagged table hold? `a | b`, then a line of `${…} | ${…}` for each row. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { SourceModule } from './module.ts';
import type { Node } from './nodes.ts';
import { unwrap } from './nodes.ts';
import { evaluate } from './static-value.ts';
import type { Bindings, Value } from './value.ts';

export interface TaggedTable {
  readonly node: TSESTree.TemplateLiteral;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly TSESTree.Expression[])[];
}

export function readTaggedTable(table: Node): TaggedTable | undefined {
  const node = unwrap(table);
  if (node.type !== 'TemplateLiteral') return undefined;
  const columns = (node.quasis[0]?.value.raw ?? '').split('|').map((name) => name.trim());
  const count = columns.length;
  if (columns.some((name) => !/^[\w$]+$/.test(name)) || node.expressions.length % count !== 0) return undefined;
  const rows: TSESTree.Expression[][] = [];
  for (let at = 0; at < node.expressions.length; at += count) rows.push(node.expressions.slice(at, at + count));
  return { node, columns, rows };
}

/** The value of a list that a loop or table goes through; the rows of a tagged table are objects. */
export function evaluateRows(module: SourceModule, list: Node, bindings?: Bindings): Value | undefined {
  const table = readTaggedTable(list);
  if (!table) return evaluate(module, list, bindings);
  const items = table.rows.map((row): Value => {
    const valueOf = (node: Node): Value => evaluate(module, node, bindings) ?? { type: 'opaque', node };
    const entries = new Map(table.columns.map((name, index) => [name, row[index] && valueOf(row[index])] as const));
    return { type: 'dictionary', node: table.node, entries, isOpen: false };
  });
  return { type: 'list', node: table.node, items };
}
