/** What makes a call expensive, and when it is not after all. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { CostRow } from '../knowledge/cost-row.ts';
import { COMPILE_NAME, WORK_NAME } from '../knowledge/vocabulary.ts';
import type { CallFact, ExpensiveKind } from './facts.ts';
import { nameTest } from './name-test.ts';
import type { CallNode, FunctionNode, Node } from './nodes.ts';
import { assignedTo, isCall, isFunction, outerUse, staticName } from './nodes.ts';
import { walk } from './walk.ts';

export interface Expense {
  readonly kind: ExpensiveKind;
  readonly evidence: CallFact['evidence'];
  readonly inside: string | undefined;
  readonly row: CostRow | undefined;
  /** The function next door declares the test that pays: `itCompiles('a fixture');`. */
  readonly isDeclared?: boolean;
  /** A process that is started. */
  readonly isCommand?: boolean;
  /** An object that is made once makes it once, too. */
  readonly isKept?: boolean;
  /** It is done by a method of what the function gives. */
  readonly isHandedOut?: boolean;
}

/** What takes less is no reason for a test to be slow, nor for a choice of variants. */
export const NOTICEABLE_MS = 20;

const EXPENSIVE: Readonly<Record<ExpensiveKind, true>> = { compile: true, build: true, session: true, load: true, launch: true, deploy: true, train: true, run: true, prove: true };

export function expensiveKind(row: CostRow): ExpensiveKind | undefined {
  return Object.hasOwn(EXPENSIVE, row.kind) ? (row.kind as ExpensiveKind) : undefined;
}

export const isCompile = nameTest(COMPILE_NAME);
export const isWork = nameTest(WORK_NAME);

export function lacksCallback(node: CallNode, row: CostRow): boolean {
  if (row.needsCallback !== true || node.arguments.length > 1) return false;
  const { child, parent } = outerUse(node);
  // What is waited for is a promise: somebody has promisified it.
  if (child.type === 'AwaitExpression' || (parent?.type === 'MemberExpression' && parent.object === child && staticName(parent) === 'then')) return false;
  // Handed on at once, what it prepared is for somebody to run: `new Simulator(webpack(config))`.
  return parent === undefined || !isCall(parent);
}

/** `cached ??= await load()`, `if (!model) model = await load()`: paid once, however often it stands in a test. */
export function isRemembered(node: CallNode): boolean {
  const { child, parent } = outerUse(node);
  const assigned = parent?.type === 'AssignmentExpression' && parent.right === child ? parent : undefined;
  if (assigned?.operator === '??=' || assigned?.operator === '||=') return true;
  const key = assigned && keyOf(assigned.left);
  return isMadeForLack(node, key?.startsWith('this.') === true ? undefined : key);
}

/** `if (this.#model) return; this.#model = await load();`: an object makes it once in its life. */
export function isKept(node: CallNode): boolean {
  const target = assignedTo(node);
  const key = target && keyOf(target);
  return key?.startsWith('this.') === true && isMadeForLack(node, key);
}

/** What a value is kept in: `model`, `this.#model`. */
function keyOf(target: Node): string | undefined {
  if (target.type === 'Identifier') return target.name;
  if (target.type !== 'MemberExpression' || target.object.type !== 'ThisExpression' || target.computed) return undefined;
  const { property } = target;
  return property.type === 'Identifier' ? `this.${property.name}` : `this.#${property.name}`;
}

/** Does it only run while something is lacking: in a branch for that, or behind a return for what is there? */
function isMadeForLack(node: Node, key: string | undefined): boolean {
  let current: Node = node;
  while (current.parent && !isFunction(current)) {
    if (current.parent.type === 'IfStatement' && current.parent.consequent === current && isForLack(current.parent, key)) return true;
    current = current.parent;
  }
  return isFunction(current) && returnsKnown(current, key);
}

/** `if (!device) { const adapter = await getAdapter(); device = await adapter.getDevice(); }`: all in it is done once. */
function isForLack({ test, consequent }: TSESTree.IfStatement, key: string | undefined): boolean {
  const isNegation = test.type === 'UnaryExpression' && test.operator === '!';
  const lacking = keyOf(isNegation ? test.argument : test.type === 'BinaryExpression' ? test.left : test);
  if (lacking === undefined || lacking === key) return lacking !== undefined;
  return isNegation && sets(consequent, lacking);
}

/** `if (model != null) return model;`, `if (isBuilt) return;` before it is made: only the first call makes it. */
function returnsKnown(callback: FunctionNode, key: string | undefined): boolean {
  if (callback.body.type !== 'BlockStatement') return false;
  return callback.body.body.some((statement) => {
    if (statement.type !== 'IfStatement') return false;
    const { test, consequent } = statement;
    const [only] = consequent.type === 'BlockStatement' ? consequent.body : [consequent];
    if (only?.type !== 'ReturnStatement') return false;
    const known = test.type === 'BinaryExpression' && /^!==?$/.test(test.operator) ? test.left : test.type === 'LogicalExpression' && test.operator === '&&' ? test.right : test;
    const name = keyOf(known);
    return name !== undefined && (name === key || (key === undefined && isOutside(callback, name) && sets(callback.body, name)));
  });
}

function sets(body: Node, key: string): boolean {
  let isSet = false;
  walk(body, (inner) => {
    if (inner.type === 'AssignmentExpression' && keyOf(inner.left) === key) isSet = true;
  });
  return isSet;
}

/** Does a name live longer than one call of the function? */
function isOutside(callback: FunctionNode, name: string): boolean {
  if (name.startsWith('this.') || callback.params.some((parameter) => parameter.type === 'Identifier' && parameter.name === name)) return false;
  let isInside = false;
  walk(callback.body, (inner) => {
    if (inner.type === 'VariableDeclarator' && inner.id.type === 'Identifier' && inner.id.name === name) isInside = true;
  });
  return !isInside;
}
