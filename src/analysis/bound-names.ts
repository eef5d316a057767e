/** Can parameters, loops or tables give a value to what an expression says? If not, it means the same whoever runs it. */
import type { SourceModule } from './module.ts';
import type { IdentifierNode, Node } from './nodes.ts';
import { isFunction } from './nodes.ts';
import { childrenOf } from './walk.ts';

const MAX_DEPTH = 4;
/** A longer list is data. */
const MAX_ITEMS = 16;

const answers = new WeakMap<Node, boolean>();

/** Each limit is compared with the same arguments. */
export function mayBeBound(module: SourceModule, node: Node): boolean {
  let answer = answers.get(node);
  if (answer === undefined) answers.set(node, (answer = readsBound(module, node, 0)));
  return answer;
}

/** Iterative, since generated sums nest thousands deep. */
function readsBound(module: SourceModule, root: Node, depth: number): boolean {
  const rest = [root];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (node.type === 'Literal' || isFunction(node)) continue;
    if (node.type === 'Identifier') {
      if (isBoundName(module, node, depth)) return true;
    } else if (node.type === 'MemberExpression' && !node.computed) {
      rest.push(node.object);
    } else if (node.type !== 'ArrayExpression' || node.elements.length <= MAX_ITEMS) {
      for (const child of childrenOf(node)) rest.push(child);
    }
  }
  return false;
}

function isBoundName(module: SourceModule, node: IdentifierNode, depth: number): boolean {
  const definition = module.variableOf(node)?.defs[0];
  if (definition?.type === 'Parameter') return true;
  if (definition?.type !== 'Variable') return false;
  const { init, parent } = definition.node;
  // `for (const size of SIZES)`.
  if (!init) return parent.parent.type === 'ForOfStatement' || parent.parent.type === 'ForInStatement';
  return depth < MAX_DEPTH && readsBound(module, init, depth + 1);
}
