/** What a test takes from around it that is one of its sizes under another name: it must change with the size, or nothing may. */
import type { Analysis } from '../analysis/analyze.ts';
import type { FunctionNode, Node } from '../analysis/nodes.ts';
import { contains, isFunction } from '../analysis/nodes.ts';
import { evaluate } from '../analysis/static-value.ts';
import { numberOf } from '../analysis/value.ts';
import { walk } from '../analysis/walk.ts';
import type { Declarator, SizeConstant } from './size-constants.ts';
import { constantOf, numbersIn, placeOfConstant } from './size-constants.ts';

export interface Namesakes {
  readonly constants: readonly { readonly constant: SizeConstant; readonly old: number }[];
  /** Text that stands for a size and cannot change with it. */
  readonly blocked: { readonly text: string; readonly old: number } | undefined;
}

/** Constants and members from outside these bodies whose value is one of `olds`. */
export function namesakesOf({ reading }: Analysis, bodies: readonly Node[], callback: FunctionNode, olds: ReadonlySet<number>, without: readonly Node[]): Namesakes {
  const { module } = reading;
  const constants: { constant: SizeConstant; old: number }[] = [];
  let blocked: Namesakes['blocked'];
  const isInside = (node: Node) => bodies.some((body) => contains(body, node));
  const add = (node: Node, name: Extract<Node, { type: 'Identifier' }>): void => {
    const definition = module.variableOf(name)?.defs[0];
    if (!definition || isInside(definition.name)) return;
    const old = numberOf(evaluate(module, node));
    if (old === undefined || !olds.has(old)) return;
    const [literal] = definition.type === 'Variable' && definition.node.init ? numbersIn(definition.node.init) : [];
    const constant = literal && node === name ? constantOf(module, literal) : undefined;
    if (constant?.name === name.name && placeOfConstant(constant, callback) === 'outer') constants.push({ constant, old });
    else blocked ??= { text: module.file.text.slice(node.range[0], node.range[1]), old };
  };
  for (const body of bodies) {
    walk(body, (node) => {
      if (without.some((part) => contains(part, node))) return;
      if (node.type === 'MemberExpression' && node.object.type === 'Identifier') add(node, node.object);
      else if (node.type === 'Identifier' && isRead(node)) add(node, node);
    });
  }
  return { constants, blocked };
}

/** Not the name of a property. */
function isRead(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'MemberExpression') return parent.object === node ? false : parent.computed;
  return !(parent?.type === 'Property' && parent.key === node && !parent.shorthand);
}

/** The array or object around a test in which a literal stands: `const SHAPE = [2, 8, 512, 64]`. */
export function holderOf(literal: Node, callback: FunctionNode): Declarator | undefined {
  let current = literal.parent;
  while (current && current.type !== 'VariableDeclarator') {
    if (isFunction(current) || current.type === 'CallExpression' || current.type === 'NewExpression') return undefined;
    current = current.parent;
  }
  if (current?.id.type !== 'Identifier' || contains(callback, current)) return undefined;
  let scope: Node | undefined = current.parent;
  while (scope && !isFunction(scope) && scope.type !== 'Program') scope = scope.parent;
  return scope && contains(scope, callback) ? current : undefined;
}
