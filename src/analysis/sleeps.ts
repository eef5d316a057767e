/**
 * Where fast tests wait on the real clock, and for how long: what a test or hook awaits itself, or through one helper of the file or of
 * the file next door. What only a mock or a server of the test waits for costs nothing that the text could tell.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import { SLEEP_NAME, SLEEP_WORDS } from '../knowledge/sleeps.ts';
import { bindParameters } from './bind-pattern.ts';
import type { SleepFact } from './facts.ts';
import { FakeClock } from './fake-clock.ts';
import type { SourceModule } from './module.ts';
import { callsKnown } from './known-calls.ts';
import { nameTest } from './name-test.ts';
import { findNeighbourFunction } from './neighbour-functions.ts';
import type { CallNode, FunctionNode, Node } from './nodes.ts';
import { calleeName, enclosingFunction, isCall, outerUse } from './nodes.ts';
import type { ResolvedCall } from './origins.ts';
import type { Payer, PayerReader } from './payers.ts';
import { bindingsAt } from './payers.ts';
import type { Reading } from './reading.ts';
import { evaluate } from './static-value.ts';
import type { Bindings } from './value.ts';
import { numberOf } from './value.ts';
import type { Wait } from './waits.ts';
import { isOnlyEnd, mayWait, waiterOf, waitsOf } from './waits.ts';

export interface Sleep {
  readonly fact: SleepFact;
  /** What the test waits for: a promise, a call. */
  readonly node: Node;
  /** The text in this place that says how long; undefined where a helper knows. */
  readonly duration: Node | undefined;
  readonly payers: readonly Payer[];
}

/** A wait as it stands in a test or hook, and how its duration is found. */
interface Site {
  readonly node: Node;
  readonly duration: Node | undefined;
  readonly milliseconds: (bindings: Bindings) => number | undefined;
}

export function sleepsOf(reading: Reading, payers: PayerReader): Sleep[] {
  const { module } = reading;
  const helpers = callsKnown(reading.origins, (origin) => (reading.rows.isOwn(origin) && mayBeSleep(nameOf(origin.path) ?? 'sleep')) || undefined);
  if (helpers.length === 0 && !mayWait(module, reading.origins.specifiers)) return [];
  if (!SLEEP_WORDS.test(module.file.text)) return [];
  const sites = [...sitesIn(reading), ...fromNextDoor(reading, helpers), ...endsOfTests(reading)];
  if (sites.length === 0) return [];
  const clock = new FakeClock(reading);
  const found = sites.flatMap((site): Sleep[] => {
    const paying = payers.payersOf(site.node).filter((payer) => !payer.execution.expectsError && !clock.coversTest(payer) && !isForDebugging(reading, payer));
    const longest = Math.max(...paying.flatMap((payer) => bindingsAt(reading, payer).flatMap((bindings) => site.milliseconds(bindings) ?? [])));
    if (!Number.isFinite(longest) || longest <= 0) return [];
    return [{ ...site, payers: paying, fact: { range: site.node.range, tests: [...new Set(paying.map(({ fact }) => fact))], milliseconds: longest } }];
  });
  return found.sort((a, b) => a.fact.range[0] - b.fact.range[0]);
}

function sitesIn(reading: Reading): Site[] {
  const { module } = reading;
  const own = waitsOf(module).filter(({ origin, node }) => !origin || !reading.mocks.replaces(origin, node));
  return own.flatMap((wait) => [...direct(reading, wait), ...throughHelper(reading, wait)]);
}

function direct(reading: Reading, { node, duration, isQueued }: Wait): Site[] {
  if (!isTestsOwn(reading, waiterOf(node, isQueued))) return [];
  return [{ node, duration, milliseconds: (bindings) => numberOf(evaluate(reading.module, duration, bindings)) }];
}

/** `const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))`: the calls of `sleep`. */
function throughHelper(reading: Reading, { node, duration, isQueued }: Wait): Site[] {
  const { module, executions } = reading;
  const helper = waiterOf(node, isQueued);
  if (!helper || executions.declarationOf(helper)) return [];
  return executions.callsOf(helper).flatMap((call) => callSite(reading, call, isQueued, module, helper, duration));
}

function callSite(reading: Reading, call: CallNode, isQueued: boolean, home: SourceModule, helper: FunctionNode, duration: Node): Site[] {
  const { module } = reading;
  if (!isTestsOwn(reading, waiterOf(call, isQueued)) || call.arguments.some(({ type }) => type === 'SpreadElement')) return [];
  const [only] = call.arguments;
  const milliseconds = (bindings: Bindings): number | undefined => {
    const given = call.arguments.map((argument) => evaluate(module, argument, bindings));
    return numberOf(evaluate(home, duration, bindParameters(home, helper, given)));
  };
  return [{ node: call, duration: call.arguments.length === 1 && helper.params.length === 1 ? only : undefined, milliseconds }];
}

const mayBeSleep = nameTest(SLEEP_NAME);

/** `import { sleep } from './helpers'`. */
function fromNextDoor(reading: Reading, calls: readonly ResolvedCall[]): Site[] {
  return calls.flatMap(({ node, origin }) => {
    if (node.type !== 'CallExpression' || !mayBeSleep(nameOf(origin.path) ?? calleeName(node) ?? '')) return [];
    if (!isTestsOwn(reading, waiterOf(node, false)) || reading.mocks.replaces(origin, node)) return [];
    const found = findNeighbourFunction(reading, origin);
    const wait = found && waitsOf(found.module).find((inside) => waiterOf(inside.node, inside.isQueued) === found.callback);
    return found && wait ? callSite(reading, node, false, found.module, found.callback, wait.duration) : [];
  });
}

function nameOf(path: readonly string[]): string | undefined {
  return path.findLast((token) => token !== 'default' && token !== '()');
}

/** `if (state.debug) it('waits for the user to look around', …)`. */
function isForDebugging({ module }: Reading, { execution }: Payer): boolean {
  for (let current: Node | undefined = execution.declaration?.call; current?.parent; current = current.parent) {
    const parent: Node = current.parent;
    if (parent.type === 'IfStatement' && parent.consequent === current && /\bdebug/i.test(module.file.text.slice(...parent.test.range))) return true;
  }
  return false;
}

/** The body of a test or hook, or a callback that one of them awaits: `await act(async () => …)`. */
function isTestsOwn(reading: Reading, waiter: FunctionNode | undefined): boolean {
  if (!waiter) return false;
  const { executions } = reading;
  if (executions.declarationOf(waiter)) return executions.declarationOf(waiter)?.kind !== 'group';
  const { child, parent } = outerUse(waiter);
  if (!isCall(parent)) return false;
  const isRunAtOnce = parent.callee === child || /^(?:act|actAsync|step)$/.test(calleeName(parent) ?? '');
  return isRunAtOnce && isTestsOwn(reading, waiterOf(parent, false));
}

/** `it('…', (done) => { setTimeout(() => { …; done(); }, 1000); })`. */
function endsOfTests(reading: Reading): Site[] {
  const { module } = reading;
  return module.globalUses('setTimeout').flatMap((use): Site[] => {
    const timer = use.parent;
    if (timer?.type !== 'CallExpression' || timer.callee !== use) return [];
    const { declarations, executions } = reading;
    const around = enclosingFunction(timer);
    const declaration = around && executions.declarationOf(around);
    const duration = timer.arguments[1];
    if (!around || !duration || declaration === undefined || declaration.kind === 'group' || !declarations.includes(declaration)) return [];
    const [done] = around.params as readonly TSESTree.Parameter[];
    if (done?.type !== 'Identifier' || !isOnlyEnd(module, around, done, timer)) return [];
    return [{ node: timer, duration: undefined, milliseconds: (bindings) => numberOf(evaluate(module, duration, bindings)) }];
  });
}
