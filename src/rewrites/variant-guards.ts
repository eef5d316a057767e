/**
 * Is there a test for every chosen variant? `if (format === 'esm') continue;` or a test behind an `if` leaves some out; what the
 * text tells about the chosen ones decides, and what has nothing to do with the variants does not matter.
 */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { Variable } from '../analysis/module.ts';
import type { Node } from '../analysis/nodes.ts';
import { calleeName, contains, enclosingFunction, isCall, isFunction, unwrap } from '../analysis/nodes.ts';
import { bindPattern } from '../analysis/bind-pattern.ts';
import { evaluate } from '../analysis/static-value.ts';
import type { Bindings, Value } from '../analysis/value.ts';
import type { Axis } from '../analysis/variants.ts';
import { walk } from '../analysis/walk.ts';
import { chosenOf } from './variant-condition.ts';

/** May a chosen variant have no test here? */
export function mayBeLeftOut(analysis: Analysis, axes: readonly Axis[], { call }: Declaration, essential: readonly string[]): boolean {
  const [around] = analysis.reading.executions.executionsOf(call);
  return axes.some((axis) => {
    if (axis.repeat.node === call) return false;
    const body = axis.repeat.type === 'table' ? axis.repeat.callback : axis.repeat.node;
    if (!body) return false;
    const guards = contains(body, call) ? guardsOf(body, call) : helperGuards(around?.via, around?.helper, body, call);
    return !guards || guards.some((guard) => !runsFor(analysis, axis, body, guard, essential));
  });
}

/** A condition that decides whether a test is declared: by holding, or (an early `continue`) by not holding. */
interface Guard {
  readonly test: Node | undefined;
  readonly holds: boolean;
}

/** The test stands in a helper that the loop calls. */
function helperGuards(via: Node | undefined, helper: Node | undefined, body: Node, call: Node): Guard[] | undefined {
  return via && helper ? [...guardsOf(helper, call), ...guardsOf(body, via)] : undefined;
}

function guardsOf(body: Node, call: Node): Guard[] {
  const guards: Guard[] = [];
  for (let child = call, current: Node | undefined = call.parent; current && current !== body; child = current, current = current.parent) {
    if (current.type === 'IfStatement' || current.type === 'ConditionalExpression') guards.push({ test: current.test, holds: child === current.consequent });
    else if (current.type === 'LogicalExpression' && child === current.right) guards.push({ test: current.left, holds: current.operator === '&&' });
    else if (current.type === 'SwitchStatement' || current.type === 'TryStatement') guards.push({ test: undefined, holds: true });
  }
  for (const { node, guard } of jumpsOf(body)) if (node.range[0] <= call.range[0]) guards.push(guard);
  return guards;
}

interface Jump {
  readonly node: Node;
  readonly guard: Guard;
}

/** Of loops with many tests: asked for each. */
const knownJumps = new WeakMap<Node, readonly Jump[]>();

/** Statements that end a round of the loop early. */
function jumpsOf(body: Node): readonly Jump[] {
  const known = knownJumps.get(body);
  if (known) return known;
  const jumps: Jump[] = [];
  const [callback] = body.type === 'CallExpression' ? body.arguments : [body];
  const owner = isFunction(callback) ? callback : callback && enclosingFunction(callback);
  walk(body, (node) => {
    if ((node.type !== 'ContinueStatement' && node.type !== 'BreakStatement' && node.type !== 'ReturnStatement') || enclosingFunction(node) !== owner) return;
    const outer = node.parent?.type === 'BlockStatement' ? node.parent.parent : node.parent;
    const isIf = outer?.type === 'IfStatement' && contains(outer.consequent, node);
    jumps.push({ node, guard: { test: isIf ? outer.test : undefined, holds: false } });
  });
  knownJumps.set(body, jumps);
  return jumps;
}

function runsFor(analysis: Analysis, axis: Axis, body: Node, { test, holds }: Guard, essential: readonly string[]): boolean {
  if (!test) return false;
  const { module } = analysis.reading;
  let isAboutVariants = false;
  walk(test, (node) => {
    const definition = node.type === 'Identifier' ? module.variableOf(node)?.defs[0] : undefined;
    if (definition && contains(body, definition.name)) isAboutVariants = true;
  });
  if (!isAboutVariants) return true;
  return chosenOf(axis, essential).every((place) => {
    const answer = truth(analysis, test, bindingsFor(analysis, axis, axis.values[place]));
    return answer === holds;
  });
}

function bindingsFor({ reading }: Analysis, { repeat: { item, callback } }: Axis, value: Value | undefined): Bindings {
  const bindings = new Map<Variable, Value>();
  const pattern = item ?? callback?.params[0];
  if (pattern) bindPattern(reading.module, pattern, value, bindings);
  return bindings;
}

/** Comparisons with what the text tells; undefined where it does not. */
function truth(analysis: Analysis, given: Node, bindings: Bindings): boolean | undefined {
  const node = unwrap(given);
  const { module } = analysis.reading;
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const inner = truth(analysis, node.argument, bindings);
    return inner === undefined ? undefined : !inner;
  }
  if (node.type === 'LogicalExpression') {
    const [left, right] = [truth(analysis, node.left, bindings), truth(analysis, node.right, bindings)];
    const decides = node.operator === '||';
    if (left === decides || right === decides) return decides;
    return left === undefined || right === undefined ? undefined : !decides;
  }
  const valueOf = (part: Node) => {
    const value = evaluate(module, part, bindings);
    return value?.type === 'scalar' ? value : undefined;
  };
  if (node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator)) {
    const [left, right] = [valueOf(node.left), valueOf(node.right)];
    return left && right ? (left.value === right.value) === node.operator.startsWith('=') : undefined;
  }
  if (isCall(node) && calleeName(node) === 'includes' && node.callee.type === 'MemberExpression' && node.arguments[0]) {
    const [list, item] = [evaluate(module, node.callee.object, bindings), valueOf(node.arguments[0])];
    if (list?.type !== 'list' || !item || list.items.some((other) => other?.type !== 'scalar')) return undefined;
    return list.items.some((other) => other?.type === 'scalar' && other.value === item.value);
  }
  const value = valueOf(node);
  return value ? Boolean(value.value) : undefined;
}
