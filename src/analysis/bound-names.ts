/** Can parameters, loops or tables give a value to what an expression says? If not, it means the same whoever runs it. */
import type { SourceModule } from './module.ts';
import type { IdentifierNode, Node } from './nodes.ts';
import { isFunction } from './nodes.ts';
import { childrenOf } from './walk.ts';

const MAX_DEPTH = 4;
/** A longer list is data. */
const MAX_ITEMS = 16;

export function mayBeBound(module: SourceModule, node: Node, depth = 0): boolean {
  if (node.type === 'Literal' || isFunction(node)) return false;
  if (node.type === 'Identifier') return isBoundName(module, node, depth);
  if (node.type === 'MemberExpression' && !node.computed) return mayBeBound(module, node.object, depth);
  if (node.type === 'ArrayExpression' && node.elements.length > MAX_ITEMS) return false;
  return childrenOf(node).some((child) => mayBeBound(module, child, depth));
}

function isBoundName(module: SourceModule, node: IdentifierNode, depth: number): boolean {
  const definition = module.variableOf(node)?.defs[0];
  if (definition?.type === 'Parameter') return true;
  if (definition?.type !== 'Variable') return false;
  const { init, parent } = definition.node;
  // `for (const size of SIZES)`.
  if (!init) return parent.parent.type === 'ForOfStatement' || parent.parent.type === 'ForInStatement';
  return depth < MAX_DEPTH && mayBeBound(module, init, depth + 1);
}
