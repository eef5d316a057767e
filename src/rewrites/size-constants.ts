/** Constants that hold sizes: `const seqLen = 512`, `const [B, H] = [2, 8]`, `const { batch } = { batch: 2 }`; and how they go. */
import type { SourceModule, Variable } from '../analysis/module.ts';
import type { FunctionNode, Node } from '../analysis/nodes.ts';
import { contains, isFunction, staticName, unwrap } from '../analysis/nodes.ts';
import { walk } from '../analysis/walk.ts';
import type { Edit } from './edit.ts';
import { lineOf } from './removed-lines.ts';

export type Declarator = Extract<Node, { type: 'VariableDeclarator' }>;

export interface SizeConstant {
  readonly declarator: Declarator;
  readonly name: string;
  readonly variable: Variable | undefined;
  /** What is given to the name: the source text of its value. */
  readonly value: Node;
}

/** The constant that a literal is the value of, alone or in arithmetic of literals. */
export function constantOf(module: SourceModule, literal: Node): SizeConstant | undefined {
  let node = literal;
  while (node.parent && (node.parent.type === 'BinaryExpression' || node.parent.type === 'UnaryExpression' || unwrap(node.parent) !== node.parent)) node = node.parent;
  const { parent } = node;
  if (parent?.type === 'VariableDeclarator') {
    if (parent.id.type !== 'Identifier' || !isArithmetic(node)) return undefined;
    return { declarator: parent, name: parent.id.name, variable: module.variableOf(parent.id), value: node };
  }
  const list = parent?.type === 'ArrayExpression' ? parent : parent?.type === 'Property' && parent.parent.type === 'ObjectExpression' ? parent.parent : undefined;
  let outer: Node | undefined = list?.parent;
  while (outer && unwrap(outer) !== outer) outer = outer.parent;
  if (!list || outer?.type !== 'VariableDeclarator') return undefined;
  return constantsOfPattern(module, outer).find(({ value }) => value === node);
}

/** Names and values of a destructuring whose values are all written beside it. */
export function constantsOfPattern(module: SourceModule, declarator: Declarator): readonly SizeConstant[] {
  const init = declarator.init && unwrap(declarator.init);
  const pairs: SizeConstant[] = [];
  const add = (target: Node | null | undefined, value: Node | null | undefined): boolean => {
    if (target?.type !== 'Identifier' || !value || !isArithmetic(value)) return false;
    return pairs.push({ declarator, name: target.name, variable: module.variableOf(target), value }) > 0;
  };
  const { id } = declarator;
  if (id.type === 'ArrayPattern' && init?.type === 'ArrayExpression') {
    return id.elements.length === init.elements.length && id.elements.every((element, index) => add(element, init.elements[index])) ? pairs : [];
  }
  if (id.type !== 'ObjectPattern' || init?.type !== 'ObjectExpression' || id.properties.length !== init.properties.length) return [];
  const isWhole = id.properties.every((property) => {
    const key = property.type === 'Property' ? staticName(property) : undefined;
    const given = init.properties.find((item) => item.type === 'Property' && staticName(item) === key);
    return key !== undefined && property.type === 'Property' && given?.type === 'Property' && add(property.value, given.value);
  });
  return isWhole ? pairs : [];
}

/** Nothing but numbers: `512`, `5 * 1024`. */
function isArithmetic(node: Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'Literal') return typeof inner.value === 'number';
  if (inner.type === 'UnaryExpression') return inner.operator === '-' && isArithmetic(inner.argument);
  return inner.type === 'BinaryExpression' && isArithmetic(inner.left) && isArithmetic(inner.right);
}

/**
 * `own`: at the top of the callback, so that a parameter can take its place; `inner`: deeper in it; `outer`: around the call, so that a
 * parameter can hide it; `elsewhere`: in another function.
 */
export function placeOfConstant({ declarator }: SizeConstant, callback: FunctionNode): 'own' | 'inner' | 'outer' | 'elsewhere' {
  const block = declarator.parent.parent;
  if (block === callback.body) return 'own';
  if (contains(callback, declarator)) return 'inner';
  let scope: Node | undefined = block;
  while (scope && !isFunction(scope) && scope.type !== 'Program') scope = scope.parent;
  return scope && contains(scope, callback) ? 'outer' : 'elsewhere';
}

/** Takes declarators out, with their statement when nothing is left of it. Comments stay. */
export function removeDeclarators(module: SourceModule, declarators: ReadonlySet<Declarator>): Edit[] {
  const { text } = module.file;
  const edits: Edit[] = [];
  for (const declaration of new Set([...declarators].map(({ parent }) => parent))) {
    const { declarations } = declaration;
    const statement = declaration.parent.type === 'ExportNamedDeclaration' ? declaration.parent : declaration;
    if (declarations.every((item) => declarators.has(item))) {
      edits.push({ range: lineOf(text, statement.range), text: '' });
      continue;
    }
    declarations.forEach((item, index) => {
      if (!declarators.has(item)) return;
      const next = declarations[index + 1];
      const previous = declarations.slice(0, index).findLast((other) => !declarators.has(other));
      if (next && !previous) edits.push({ range: [item.range[0], next.range[0]], text: '' });
      else if (previous) edits.push({ range: [(declarations[index - 1] ?? previous).range[1], item.range[1]], text: '' });
    });
  }
  return edits;
}

/** Every literal number in a node. */
export function numbersIn(root: Node): Extract<Node, { type: 'Literal' }>[] {
  const found: Extract<Node, { type: 'Literal' }>[] = [];
  walk(root, (node) => {
    if (node.type === 'Literal' && typeof node.value === 'number') found.push(node);
  });
  return found;
}
