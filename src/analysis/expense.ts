/** What makes a call expensive, and when it is not after all. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { CostRow } from '../knowledge/cost-row.ts';
import { COMPILE_NAME, WORK_NAME } from '../knowledge/vocabulary.ts';
import type { CallFact, ExpensiveKind } from './facts.ts';
import { nameTest } from './name-test.ts';
import type { CallNode, Node } from './nodes.ts';
import { contains, enclosingFunction, isCall, isFunction, outerUse, staticName } from './nodes.ts';
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
}

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
  const name = assigned?.left.type === 'Identifier' ? assigned.left.name : undefined;
  let current: Node = node;
  while (current.parent && !isFunction(current)) {
    if (current.parent.type === 'IfStatement' && current.parent.consequent === current && isForLack(current.parent, name)) return true;
    current = current.parent;
  }
  return name !== undefined && returnsKnown(current, name);
}

/** `if (this.#model) return; this.#model = await load();`: an object makes it once in its life. */
export function isKept(node: CallNode): boolean {
  const { child, parent } = outerUse(node);
  if (parent?.type !== 'AssignmentExpression' || parent.right !== child || parent.left.type !== 'MemberExpression' || parent.left.object.type !== 'ThisExpression') return false;
  const kept = parent.left;
  const isIt = (test: Node): boolean => test.type === 'MemberExpression' && test.object.type === 'ThisExpression' && !test.computed && !kept.computed && propertyName(test) === propertyName(kept);
  const callback = enclosingFunction(node);
  return callback?.body.type === 'BlockStatement' && callback.body.body.some((statement) => {
    if (statement.type !== 'IfStatement') return false;
    const [only] = statement.consequent.type === 'BlockStatement' ? statement.consequent.body : [statement.consequent];
    const { test } = statement;
    if (test.type === 'UnaryExpression' && test.operator === '!') return isIt(test.argument) && contains(statement.consequent, node);
    return isIt(test) && only?.type === 'ReturnStatement';
  });
}

function propertyName({ property }: TSESTree.MemberExpression): string | undefined {
  return property.type === 'Identifier' ? property.name : property.type === 'PrivateIdentifier' ? `#${property.name}` : undefined;
}

/** `if (!device) { const adapter = await getAdapter(); device = await adapter.getDevice(); }`: all in it is done once. */
function isForLack({ test, consequent }: TSESTree.IfStatement, assigned: string | undefined): boolean {
  const lacking = test.type === 'UnaryExpression' && test.operator === '!' ? test.argument : test.type === 'BinaryExpression' ? test.left : test;
  if (lacking.type !== 'Identifier') return false;
  if (lacking.name === assigned) return true;
  let isMade = false;
  if (test.type === 'UnaryExpression') {
    walk(consequent, (inner) => {
      if (inner.type === 'AssignmentExpression' && inner.left.type === 'Identifier' && inner.left.name === lacking.name) isMade = true;
    });
  }
  return isMade;
}

/** `if (model != null) return model;` before it is made: only the first call makes it. */
function returnsKnown(callback: Node, name: string): boolean {
  if (!isFunction(callback) || callback.body.type !== 'BlockStatement') return false;
  return callback.body.body.some((statement) => {
    if (statement.type !== 'IfStatement') return false;
    const { test, consequent } = statement;
    const known = test.type === 'BinaryExpression' && /^!==?$/.test(test.operator) ? test.left : test;
    const [only] = consequent.type === 'BlockStatement' ? consequent.body : [consequent];
    return known.type === 'Identifier' && known.name === name && only?.type === 'ReturnStatement';
  });
}
