/** What an assertion says about a size: a shape that follows it, or a result that was computed at the original one. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { SourceModule } from './module.ts';
import type { Node } from './nodes.ts';
import { calleeName, chainRoot, contains, isCall, isFunction, outerUse, unwrap, unwrapAwait } from './nodes.ts';
import { evaluate } from './static-value.ts';
import { walk } from './walk.ts';

export const CLOSENESS = /^(?:toBeCloseTo|closeTo|approximately|toBeLessThan\w*|toBeGreaterThan\w*|below|above|least|most|lessThan\w*|greaterThan\w*|lt|gt|lte|gte)$/;

export type Block = (node: Node, reason: string) => unknown;

/** Blocks on results that are written down, since they were computed at the original size. */
export function readAssertion(module: SourceModule, region: Node, call: TSESTree.CallExpression, values: readonly (number | undefined)[], block: Block): void {
  const name = calleeName(call) ?? '';
  if (/snapshot/i.test(name)) return void block(call, 'a snapshot holds the result');
  const root = chainRoot(call.callee);
  const isAssertion = root.type === 'Identifier' && /^(?:expect\w*|assert\w*|should|t|check\w*|verify\w*)$/.test(root.name);
  if (!isAssertion || /^(?:toThrow\w*|throws?\w*|rejects)$/.test(name)) return;
  if (root === unwrap(call.callee) && call.arguments.length === 1 && isFromElsewhere(module, root) && !/finite|nan|defined|expect$/i.test(root.name)) {
    return void block(call, `${root.name} is in another file`);
  }
  for (const argument of call.arguments) walk(argument, (node) => readFraction(node, name, block));
  // `expect(actual)` itself: only what it is compared with counts.
  if (root === unwrap(call.callee) && /^expect$/.test(name)) return;
  for (const [index, argument] of call.arguments.entries()) {
    if (argument.type === 'SpreadElement' || isFunction(unwrap(argument))) continue;
    const isTolerance = CLOSENESS.test(name) && (index > 0 || !/close/i.test(name));
    if (!isFreeOfSize(module, region, argument, values, isTolerance)) block(argument, 'a result is written down');
  }
}

/** `model.predict(x)` with a model made outside the region: its sizes were chosen together with this one. */
export function readReceiver(module: SourceModule, region: Node, call: TSESTree.CallExpression, block: Block): void {
  for (const argument of call.arguments.length > 1 ? call.arguments : []) {
    const node = unwrap(argument);
    const definition = node.type === 'Identifier' ? module.variableOf(node)?.defs[0] : undefined;
    if (definition?.type === 'ImportBinding' && !isFunction(node)) block(node, `${definition.name.name} is made elsewhere and may have sizes of its own`);
  }
  const root = chainRoot(call.callee);
  if (root.type !== 'Identifier' || call.arguments.length === 0 || call.arguments.every(({ type }) => type === 'Literal')) return;
  const definition = module.variableOf(root)?.defs[0];
  if (definition?.type !== 'Variable' || contains(region, definition.name) || /rng|random|seed/i.test(root.name)) return;
  const init = definition.node.init && unwrapAwait(definition.node.init);
  // A function, or a name for something imported, keeps no sizes.
  if (isFunction(init) || init?.type === 'MemberExpression' || init?.type === 'Identifier') return;
  if (init && isCall(init) && calleeName(init) === 'require') return;
  block(call, `${root.name} is made elsewhere and may have sizes of its own`);
}

/** A fraction in an assertion is a result, unless it bounds a difference. */
function readFraction(node: Node, matcher: string, block: Block): void {
  if (node.type !== 'Literal' || typeof node.value !== 'number' || Number.isInteger(node.value)) return;
  const { parent } = node;
  const isBound = parent.type === 'BinaryExpression' && /^[<>]=?$/.test(parent.operator) && Math.abs(node.value) <= 1;
  const isTolerance = isCall(parent) && (CLOSENESS.test(matcher) ? Math.abs(node.value) <= 1 : parent.arguments.indexOf(node) > 1);
  if (!isBound && !isTolerance) block(node, 'a result is written down');
}

export function isFromElsewhere(module: SourceModule, node: Node): boolean {
  return node.type === 'Identifier' && module.variableOf(node)?.defs[0]?.type === 'ImportBinding' && node.name !== 'expect' && !/^assert$/.test(node.name);
}

function isFreeOfSize(module: SourceModule, region: Node, argument: Node, values: readonly (number | undefined)[], isTolerance: boolean): boolean {
  const node = unwrapAwait(argument);
  if (node.type === 'ArrayExpression') {
    const tuples: TSESTree.Literal[][] = [];
    readTuple(node, values, tuples);
    if (tuples.length > 0) return true;
    const isShape = node.elements.length === values.length;
    return node.elements.every((element, index) => {
      if (element === null || element.type === 'SpreadElement') return true;
      return (isShape && element.type === 'Literal' && element.value === values[index]) || isFreeOfSize(module, region, element, values, false);
    });
  }
  const value = evaluate(module, node);
  if (value?.type === 'list') return false;
  if (value?.type === 'scalar') {
    if (typeof value.value === 'string') return !/\d/.test(value.value);
    if (typeof value.value !== 'number') return true;
    // The same name as the size follows it.
    if (value.leaves.length > 0 && value.leaves.every((leaf) => leaf.name !== undefined && values.includes(Number(leaf.node.value)))) return true;
    if (isTolerance) return Math.abs(value.value) <= 1;
    return [0, 1, -1].includes(value.value) || !Number.isFinite(value.value);
  }
  return isComputedIn(module, region, node);
}

/** Does the value come from what the region computes, rather than from data kept elsewhere? */
export function isComputedIn(module: SourceModule, region: Node, node: Node): boolean {
  let isComputed = false;
  let isKept = false;
  walk(node, (inner) => {
    if (inner.type !== 'Identifier') return;
    if (inner.parent.type === 'MemberExpression' && inner.parent.property === inner && !inner.parent.computed) return;
    const definition = module.variableOf(inner)?.defs[0];
    if (!definition) return;
    const isCalled = isCall(inner.parent) && inner.parent.callee === inner;
    if (contains(region, definition.name) || definition.type === 'Parameter') isComputed = true;
    else if (!isCalled && definition.type !== 'ClassName' && definition.type !== 'FunctionName' && !isReceiver(inner)) isKept = true;
  });
  return isComputed || !isKept;
}

/** `tf.ones(…)`: a library's namespace is no data. */
function isReceiver(node: Node): boolean {
  const member = node.parent;
  if (member?.type !== 'MemberExpression' || member.object !== node) return false;
  const { parent } = outerUse(member);
  return parent !== undefined && isCall(parent) && unwrap(parent.callee) === member;
}

/** An array literal that spells out the same dimensions. */
export function readTuple(node: TSESTree.ArrayExpression, values: readonly (number | undefined)[], tuples: TSESTree.Literal[][]): void {
  if (values.length < 2 || node.elements.length !== values.length) return;
  const literals = node.elements.flatMap((element) => (element?.type === 'Literal' && typeof element.value === 'number' ? [element] : []));
  if (literals.length === values.length && literals.every((literal, index) => literal.value === values[index])) tuples.push(literals);
}
