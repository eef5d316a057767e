/** What the type of a node says of its value, where the host has types: a literal type has one value, wherever it was written. */
import type { LiteralType, ParsedFile } from './module.ts';
import type { Node } from './nodes.ts';
import type { Value } from './value.ts';

export function typedValue({ literalTypeOf }: ParsedFile, node: Node): Value | undefined {
  if (!literalTypeOf || (node.type !== 'Identifier' && node.type !== 'MemberExpression' && node.type !== 'CallExpression')) return undefined;
  return valueOf(literalTypeOf(node), node);
}

function valueOf(type: LiteralType | undefined, node: Node): Value | undefined {
  if (type === undefined) return undefined;
  if (typeof type !== 'object') return { type: 'scalar', value: type, leaves: [] };
  if (type instanceof Map) return { type: 'dictionary', node, entries: new Map([...(type as ReadonlyMap<string, LiteralType | undefined>)].map(([key, item]) => [key, valueOf(item, node)])), isOpen: false };
  return { type: 'list', node, items: (type as readonly (LiteralType | undefined)[]).map((item) => valueOf(item, node)) };
}
