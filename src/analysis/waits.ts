/**
 * Which expressions of a file let time pass: a promise that a timer resolves, a known sleeping function, a test that calls `done` from
 * a timer. A timer that somebody else may beat (`Promise.race`, a second resolve, `clearTimeout`) is none.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { SleepRow } from '../knowledge/sleeps.ts';
import { SLEEP_METHODS, SLEEPS } from '../knowledge/sleeps.ts';
import type { SourceModule } from './module.ts';
import type { FunctionNode, Node } from './nodes.ts';
import { calleeName, chainRoot, enclosingFunction, isCall, isFunction, isLoop, outerUse, unwrap } from './nodes.ts';
import type { Origin } from './origin.ts';
import { readOrigins } from './origins.ts';
import { walk } from './walk.ts';

/** An expression whose promise settles when the time has passed. */
export interface Wait {
  readonly node: Node;
  /** How many milliseconds. */
  readonly duration: Node;
  /** Where it comes from, unless it is written out here. */
  readonly origin: Origin | undefined;
  /** The runner waits for it by itself. */
  readonly isQueued: boolean;
}

const known = new WeakMap<SourceModule, readonly Wait[]>();

export function waitsOf(module: SourceModule): readonly Wait[] {
  let waits = known.get(module);
  if (!waits) known.set(module, (waits = readWaits(module)));
  return waits;
}

const rowsByModule = new Map(SLEEPS.flatMap((row) => (row.modules ?? []).map((name) => [name, row] as const)));
const GLOBALS: ReadonlySet<string> = new Set(['setTimeout', ...SLEEPS.flatMap(({ modules, path }) => (modules ? [] : [path.split('.')[0] ?? path]))]);

/** May a file that takes something of these modules let time pass by itself? Cheaper than to follow what it takes. */
export function mayWait(module: SourceModule, specifiers: readonly string[]): boolean {
  return specifiers.some((specifier) => rowsByModule.has(specifier)) || module.globalsAmong(GLOBALS).length > 0 || module.file.text.includes('.waitForTimeout');
}

function readWaits(module: SourceModule): Wait[] {
  const origins = readOrigins(module, { globals: GLOBALS, followsModule: (specifier) => rowsByModule.has(specifier) });
  const waits: Wait[] = [];
  for (const { node, origin } of origins.calls) {
    if (node.type !== 'CallExpression') continue;
    if (origin.specifier === null && origin.path.join('.') === 'setTimeout') {
      const wait = calleeName(node) === 'setTimeout' ? promiseAround(module, node) : node;
      // `promisify(setTimeout)` takes nothing but the time.
      const time = wait === node ? node.arguments[0] : node.arguments[1];
      if (wait && time && time.type !== 'SpreadElement') waits.push({ node: wait, duration: time, origin, isQueued: false });
      continue;
    }
    const row = rowOf(origin);
    const duration = row && node.arguments[row.position];
    if (duration && duration.type !== 'SpreadElement') waits.push({ node, duration, origin, isQueued: row.isQueued === true });
  }
  if (module.file.text.includes('.waitForTimeout')) waits.push(...methodCalls(module));
  return waits;
}

function rowOf({ specifier, path }: Origin): SleepRow | undefined {
  const way = (path[0] === 'default' ? path.slice(1) : path).join('.');
  // Commands chain: `cy.get(…).wait(100)`.
  if (specifier === null && path[0] === 'cy' && path.at(-1) === 'wait') return SLEEPS.find((row) => row.path === 'cy.wait');
  return SLEEPS.find((row) => (specifier === null ? row.modules === undefined : row.modules?.includes(specifier) === true) && row.path === way);
}

function methodCalls({ file }: SourceModule): Wait[] {
  const waits: Wait[] = [];
  walk(file.ast, (node) => {
    if (node.type !== 'CallExpression' || unwrap(node.callee).type !== 'MemberExpression' || !SLEEP_METHODS.test(calleeName(node) ?? '')) return;
    const [duration] = node.arguments;
    if (duration && node.arguments.length === 1) waits.push({ node, duration, origin: undefined, isQueued: false });
  });
  return waits;
}

/** The `new Promise(…)` that nothing but this timer resolves. */
function promiseAround(module: SourceModule, timer: TSESTree.CallExpression): Node | undefined {
  const executor = enclosingFunction(timer);
  if (!executor) return undefined;
  const promise = outerUse(executor).parent;
  if (promise?.type !== 'NewExpression' || promise.arguments[0] !== executor || chainRoot(promise.callee).type !== 'Identifier' || calleeName(promise) !== 'Promise') return undefined;
  const [resolve] = executor.params;
  return resolve?.type === 'Identifier' && isOnlyEnd(module, executor, resolve, timer) ? promise : undefined;
}

/** Does the function only end by this timer, which it sets in any case and keeps no hold of? */
export function isOnlyEnd(module: SourceModule, around: FunctionNode, resolve: TSESTree.Identifier, timer: TSESTree.CallExpression): boolean {
  const references = module.variableOf(resolve)?.references ?? [];
  const [only] = references;
  const callback = timer.arguments[0] && unwrap(timer.arguments[0]);
  if (!only || references.length !== 1 || !callback || !isSetInAnyCase(timer, around)) return false;
  if (callback === only.identifier) return true;
  const call = only.identifier.parent;
  if (!isFunction(callback) || !isCall(call) || call.callee !== only.identifier) return false;
  if (callback.body === call) return true;
  return callback.body.type === 'BlockStatement' && callback.body.body.some((statement) => statement.type === 'ExpressionStatement' && statement.expression === call);
}

/** `return setTimeout(…)` counts: nobody asks an executor what it returns. */
function isSetInAnyCase(timer: Node, around: FunctionNode): boolean {
  if (around.body === timer) return true;
  const { parent } = timer;
  const isStatement = parent?.type === 'ExpressionStatement' || parent?.type === 'ReturnStatement' || (parent?.type === 'UnaryExpression' && parent.operator === 'void');
  const statement = parent?.type === 'UnaryExpression' ? parent.parent : parent;
  return isStatement && statement?.parent === around.body;
}

/**
 * The function that goes on only when the time has passed; undefined where it goes on before, or where the wait depends on something:
 * a branch, a loop that ends when it has seen enough.
 */
export function waiterOf(wait: Node, isQueued: boolean): FunctionNode | undefined {
  let isAwaited = isQueued;
  let current = wait;
  for (let parent = current.parent; parent; current = parent, parent = parent.parent) {
    if (isFunction(parent)) {
      // The value of an arrow function is what its caller waits for.
      return isAwaited || (parent.type === 'ArrowFunctionExpression' && parent.body === current) ? parent : undefined;
    }
    if (parent.type === 'AwaitExpression' || parent.type === 'ReturnStatement') isAwaited = true;
    else if (isCondition(current, parent)) return undefined;
    else if (isLoop(parent) && (parent.type === 'WhileStatement' || parent.type === 'DoWhileStatement' || endsEarly(parent))) return undefined;
    else if (!isAwaited && !leadsOn(current, parent)) return undefined;
  }
  return undefined;
}

function isCondition(child: Node, parent: Node): boolean {
  switch (parent.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return parent.test !== child;
    case 'LogicalExpression':
      return parent.right === child;
    case 'SwitchCase':
    case 'CatchClause':
    case 'AssignmentPattern':
      return true;
    default:
      return false;
  }
}

function endsEarly(loop: Node): boolean {
  let found = loop.type === 'ForStatement' && !loop.test;
  walk(loop, (node) => {
    if (node.type === 'BreakStatement' || node.type === 'ReturnStatement') found = true;
  });
  return found;
}

/** Past wrappers and `.then(…)`, the promise is still the one that is waited for. */
function leadsOn(child: Node, parent: Node): boolean {
  if (isCall(parent)) return parent.callee === child && child.type === 'MemberExpression';
  if (parent.type === 'MemberExpression') return parent.object === child && isCall(parent.parent) && /^(?:then|finally|catch)$/.test(calleeName(parent.parent) ?? '');
  return unwrap(parent) === unwrap(child);
}
