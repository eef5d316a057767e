/** Which way does a value go that is put into a list, an object or `this`, and who takes it out again? */
import type { TSESTree } from '@typescript-eslint/utils';
import type { SourceModule } from './module.ts';
import type { CallNode, FunctionNode, Node } from './nodes.ts';
import { calleeName, isCall, isFunction, literalText, outerUse, staticName, unwrap } from './nodes.ts';
import { ITEM } from './origin.ts';
import type { OriginStep } from './origin.ts';
import { walk } from './walk.ts';

export interface Gathered {
  /** What holds the value now. */
  readonly node: Node;
  readonly origin: OriginStep;
}

export const ITERATORS: ReadonlySet<string> = new Set(['forEach', 'map', 'flatMap']);
export const LISTERS: ReadonlySet<string> = new Set(['filter', 'slice', 'concat', 'sort', 'reverse', 'toSorted', 'toReversed', 'values', 'entries']);

/** Does the row say that it is slow: `['real @slow', webpack]`, `{ name: 'real @slow', module: webpack }`? */
export function isMarkedRow(row: Node, marker: string): boolean {
  if (row.type === 'Property') return isMarkedRow(row.parent, marker);
  const cells = row.type === 'ArrayExpression' ? row.elements : row.type === 'ObjectExpression' ? row.properties.map((property) => (property.type === 'Property' ? property.value : null)) : [];
  return cells.some((cell) => cell !== null && literalText(cell)?.includes(marker) === true);
}

/** `[webpack]`, `{ module: webpack }`, `Object.values({ webpack })`; undefined where the value is not gathered. */
export function gatheredIn(child: Node, parent: Node, origin: OriginStep): Gathered | undefined {
  if (parent.type === 'ArrayExpression') return { node: parent, origin: isRow(parent) ? origin.heldAs(String(parent.elements.findIndex((element) => element === child))) : origin.then(ITEM) };
  if (parent.type === 'Property') {
    const name = parent.value === child && parent.parent.type === 'ObjectExpression' ? staticName(parent) : undefined;
    return name === undefined ? undefined : { node: parent.parent, origin: origin.heldAs(name) };
  }
  if (!isCall(parent) || parent.arguments[0] !== child || !(origin.isHeld || origin.isList)) return undefined;
  switch (methodOfObject(parent)) {
    case 'values':
      return { node: parent, origin: origin.item(ITEM).then(ITEM) };
    case 'entries':
      return { node: parent, origin: origin.item(ITEM).heldAs('1').then(ITEM) };
    case 'freeze':
      return { node: parent, origin };
    default:
      return undefined;
  }
}

/** One of the rows of a table: what stands in its places are different things. */
function isRow(list: Node & { readonly elements: readonly unknown[] }): boolean {
  return list.elements.length > 1 && outerUse(list).parent?.type === 'ArrayExpression';
}

function methodOfObject({ callee }: CallNode): string | undefined {
  const inner = unwrap(callee);
  return inner.type === 'MemberExpression' && inner.object.type === 'Identifier' && inner.object.name === 'Object' ? staticName(inner) : undefined;
}

/** `list.filter(Boolean)`, `list.entries()`: a list of the same, or of rows that hold them. */
export function listedBy(member: Node, name: string, list: OriginStep): Gathered | undefined {
  if (!list.isList || !LISTERS.has(name)) return undefined;
  const call = callOf(member);
  return call && { node: call, origin: name === 'entries' ? list.item('*').heldAs('1').then(ITEM) : list };
}

/** Where a class takes out again what one of its methods, or a field, puts into `this`. */
export function readsOfThis(kept: Node, name: string): readonly Node[] {
  let current: Node | undefined = kept;
  while (current && current.type !== 'ClassBody') {
    // In any other function `this` is something else: the context of a Mocha test.
    if (isFunction(current) && current.type !== 'ArrowFunctionExpression' && current.parent.type !== 'MethodDefinition') return [];
    current = current.parent;
  }
  const reads: Node[] = [];
  if (current) {
    walk(current, (node) => {
      if (node.type !== 'MemberExpression' || node === kept || node.object.type !== 'ThisExpression' || staticName(node) !== name) return;
      if (node.parent.type !== 'AssignmentExpression' || node.parent.left !== node) reads.push(node);
    });
  }
  return reads;
}

/** The call of a member: `compiler.run(…)`. */
export function callOf(member: Node): CallNode | undefined {
  const { child, parent } = outerUse(member);
  return isCall(parent) && parent.callee === child ? parent : undefined;
}

/** The function that gets each item of a list: `list.forEach((item) => …)`. */
export function iterator(member: Node, name: string): FunctionNode | undefined {
  const call = ITERATORS.has(name) ? callOf(member) : undefined;
  const callback = call?.arguments[0] && unwrap(call.arguments[0]);
  return isFunction(callback) ? callback : undefined;
}

export const ASSERTION = /^(?:expect|assert|expectTypeOf|assertType|should)$/;

/** The parameter of a function of this file that gets an argument. */
export function parameterOf(module: SourceModule, call: CallNode, argument: Node): Node | undefined {
  const callee = unwrap(call.callee);
  if (callee.type !== 'Identifier' || ASSERTION.test(callee.name)) return undefined;
  const index = call.arguments.findIndex((item) => item === argument);
  const found = module.variableOf(callee)?.defs[0];
  // The node of a parameter is the function that takes it.
  const definition = found?.type === 'Parameter' ? undefined : found?.node;
  const init = definition?.type === 'VariableDeclarator' && definition.init ? unwrap(definition.init) : definition;
  return isFunction(init) ? init.params[index] : undefined;
}

/** Which parameters get what the rows of a table hold: `describe.each(rows)(title, (first, second) => …)`. */
export function readByTable(call: CallNode, origin: OriginStep): readonly Gathered[] | undefined {
  if (!origin.isList || calleeName(call) !== 'each') return undefined;
  const callback = callOf(call)?.arguments.map((argument) => unwrap(argument)).find((argument) => isFunction(argument));
  if (!isFunction(callback)) return undefined;
  const row = origin.item('*');
  if (row.isList) return callback.params.map((node) => ({ node, origin: row.item('*') }));
  const node = callback.params[row.place ?? 0];
  return node ? [{ node, origin: row.place === undefined ? row : row.item('*') }] : [];
}

/** `Add.compile` of `class Add extends SmartContract`: static members that a class of this file has from the one it extends. */
export function inheritedBy(module: SourceModule, owner: TSESTree.ClassDeclaration | TSESTree.ClassExpression): { readonly node: Node; readonly name: string }[] {
  const variable = owner.id ? module.resolve(owner.id.name, owner.parent) : undefined;
  const own = new Set(owner.body.body.flatMap((member) => ((member.type === 'MethodDefinition' || member.type === 'PropertyDefinition') && member.static ? [staticName(member)] : [])));
  return (variable?.references ?? []).flatMap(({ identifier: { parent } }) => {
    const name = parent.type === 'MemberExpression' && parent.object.type === 'Identifier' && parent.object.name === owner.id?.name ? staticName(parent) : undefined;
    return name === undefined || own.has(name) ? [] : [{ node: parent, name }];
  });
}
