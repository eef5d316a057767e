/**
 * Calls that cost much whatever their size: compiles, builds, sessions, loads, launches, deployments. Known by a cost row, or
 * by looking into one helper next door; by name alone they are only a suspicion.
 */
import type { CostRow } from '../knowledge/cost-row.ts';
import { buildCommandOf, expenseOfCommand, isTask, startsProcess } from './commands.ts';
import { commandGiven, commandOfPayer, fakesProcesses, saysRun, startsWhatIsGiven } from './commands-given.ts';
import type { Expense } from './expense.ts';
import { expensiveKind, isCompile, isRemembered, lacksCallback } from './expense.ts';
import { expenseInside, mayLookInside } from './expense-inside.ts';
import type { Execution } from './execution.ts';
import type { CallFact, ExpensiveKind } from './facts.ts';
import { callsKnown } from './known-calls.ts';
import type { SourceModule, Variable } from './module.ts';
import { isFake } from './mocks.ts';
import type { CallNode, Node } from './nodes.ts';
import { assignedTo, calleeName, chainRoot, enclosingFunction, isCall, outerUse, isFunction, unwrap, unwrapAwait } from './nodes.ts';
import { isNear } from './neighbour-functions.ts';
import type { Origin, ResolvedCall, ResolvedUse } from './origins.ts';
import type { Payer, PayerReader } from './payers.ts';
import type { Reading } from './reading.ts';
import { argumentAt } from './size-roles.ts';

export interface ExpensiveCall {
  readonly fact: CallFact;
  readonly node: CallNode;
  readonly payers: readonly Payer[];
  /** What is known of the callee, or of what it calls inside. */
  readonly row: CostRow | undefined;
  /** The work is done by a method of what it gives. */
  readonly isHandedOut?: boolean | undefined;
}

const FAILS_AT_ONCE: ReadonlySet<ExpensiveKind> = new Set<ExpensiveKind>(['deploy', 'load', 'session']);

/** Function transforms that compile lazily what they are given: a line of arithmetic in the tests of the transform itself. */
const TRANSFORM_NAME = /^(?:jit|compile)$/;

interface Candidate {
  readonly node: CallNode;
  readonly origin: Origin;
  readonly expense: Expense;
}

const candidates = new WeakMap<Reading, readonly Candidate[]>();

/** Calls that take long if anybody makes them; who does is another question. */
function candidatesOf(reading: Reading): readonly Candidate[] {
  const known = candidates.get(reading);
  if (known) return known;
  const found: Candidate[] = [];
  for (const { node, origin } of callsKnown(reading.origins, (called) => mayBeExpensive(reading, called) || undefined)) {
    if (node.type === 'TaggedTemplateExpression') continue;
    const expense = expenseOf(reading, node, origin) ?? (startsProcess(origin) && (enclosingFunction(node)?.params.length ?? 0) > 0 ? GIVEN : undefined);
    if (expense && !isRemembered(node)) found.push({ node, origin, expense });
  }
  for (const use of reading.origins.uses) {
    const call = use.node.parent;
    const expense = call && isCall(call) ? expenseOfMacro(reading, call, use) : undefined;
    if (call && isCall(call) && expense) found.push({ node: call, origin: use.origin, expense });
  }
  candidates.set(reading, found);
  return found;
}

const DECLARES_TEST = /^(?:test|it|ava|specify)$/;

/** `test(compiles, 'app')`: all that the test does is a function of the file next door. */
function expenseOfMacro(reading: Reading, call: CallNode, { node, origin }: ResolvedUse): Expense | undefined {
  if (call.callee === node || node.type !== 'Identifier' || !DECLARES_TEST.test(calleeRoot(call)) || !isNear(reading, origin)) return undefined;
  const expense = expenseInside(reading, origin, nameOf(origin) ?? node.name);
  const declaration = expense && reading.declarations.find((one) => one.call === call);
  if (!expense || declaration?.kind !== 'test' || declaration.callback || !reading.tests.place(declaration).isFast) return undefined;
  return { ...expense, evidence: 'body', isDeclared: true };
}

function calleeRoot(call: CallNode): string {
  const root = chainRoot(call.callee);
  return root.type === 'Identifier' ? root.name : '';
}

/** May the file hold an expensive call? By its name alone one only is if it is asked for, or if a test waits for it. */
export function mayBeFound(reading: Reading, byName: boolean, isWaitedFor?: (node: CallNode) => boolean): boolean {
  return candidatesOf(reading).some(({ node, expense }) => byName || expense.evidence !== 'name' || isWaitedFor?.(node) === true);
}

export function expensiveCalls(reading: Reading, payers: PayerReader): ExpensiveCall[] {
  const found: ExpensiveCall[] = [];
  for (const { node, origin, expense: candidate } of candidatesOf(reading)) {
    const givers = candidate === GIVEN ? payersWhoGiveIt(reading, payers, { node, origin }) : undefined;
    const expense = candidate === GIVEN ? givers?.expense : candidate;
    if (!expense || reading.mocks.replaces(origin, node)) continue;
    // A deployment that is expected to revert is refused at once, and what cannot be loaded is not.
    const paying = expense.isDeclared ? payers.declaredBy(node) : (givers?.paying ?? payers.payersOf(node)).filter(({ execution }) => (!execution.expectsError || expense.isCommand === true) && !(expense.isCommand === true && isRefused(reading, execution)) && !(failsAtOnce(expense) && (execution.expectsRejection || isTried(node))));
    if (paying.length === 0) continue;
    if (isItsSubject(reading, expense, node, paying) || (expense.isKept === true && isSharedObject(reading, node))) continue;
    found.push({ fact: factOf(reading, node, expense, paying), node, payers: paying, row: expense.row, isHandedOut: expense.isHandedOut });
  }
  return found.filter((call) => !isForWhatFollows(reading, call, found)).sort((a, b) => a.fact.range[0] - b.fact.range[0]);
}

/** `const build = makeBuild(options); await build(entry);`: the function that a helper only hands out is what costs. */
function isForWhatFollows({ module, origins }: Reading, maker: ExpensiveCall, calls: readonly ExpensiveCall[]): boolean {
  const kept = maker.isHandedOut === true ? keptIn(module, maker.node) : undefined;
  if (kept && calls.some((call) => call !== maker && rootOf(module, call.node) === kept)) return true;
  const made = maker.fact.evidence === 'body' ? origins.byCall.get(maker.node) : undefined;
  return made !== undefined && calls.some((call) => {
    const origin = call.fact.evidence === 'body' ? origins.byCall.get(call.node) : undefined;
    return origin?.specifier === made.specifier && origin.path[made.path.length] === '()' && made.path.every((token, index) => token === origin.path[index]) && maker.fact.tests.every((test) => call.fact.tests.includes(test));
  });
}

/** `project = await createProject();` */
function keptIn(module: SourceModule, node: CallNode): Variable | undefined {
  const target = assignedTo(node);
  return target?.type === 'Identifier' ? module.variableOf(target) : undefined;
}

function rootOf(module: SourceModule, { callee }: CallNode): Variable | undefined {
  const root = chainRoot(callee);
  return root.type === 'Identifier' ? module.variableOf(root) : undefined;
}

/** Of a call that starts whatever its function is given: what that is, its callers tell. */
const GIVEN: Expense = { kind: 'build', evidence: 'command', inside: undefined, row: undefined };

/** Tests that hand a command that builds to the helper in which this call starts it. */
function payersWhoGiveIt(reading: Reading, payers: PayerReader, call: ResolvedCall): { readonly expense: Expense; readonly paying: readonly Payer[] } | undefined {
  if (!startsProcess(call.origin) || call.node.type === 'TaggedTemplateExpression') return undefined;
  const commands = payers.payersOf(call.node).map((payer) => ({ payer, command: commandOfPayer(reading, call, payer) })).filter(({ command }) => command !== undefined);
  const [first] = commands;
  return first?.command && { expense: expenseOfCommand(first.command, 'command'), paying: commands.map(({ payer }) => payer) };
}

/** A library that makes proofs looks at what it is given before it does. */
function failsAtOnce({ kind, evidence }: Expense): boolean {
  return FAILS_AT_ONCE.has(kind) || (kind === 'prove' && evidence === 'body');
}

/** A method of an object that the file makes once for all its tests: `const model = new Model();` above them. */
function isSharedObject({ module, executions }: Reading, call: CallNode): boolean {
  const definition = rootOf(module, call)?.defs[0];
  if (definition?.type !== 'Variable' || definition.parent.kind !== 'const' || !definition.node.init) return false;
  for (let current = enclosingFunction(definition.node); current; current = enclosingFunction(current)) {
    if (executions.declarationOf(current)?.kind !== 'group') return false;
  }
  return true;
}

/** `expect(exitCode).toBe(2)`: a command that does not understand its words builds nothing. */
const REFUSED = /\b(?:exitCode|code)(?:\)\s*\.(?:to\.)?\w+\(|,\s*)2\)/;

function isRefused({ module }: Reading, { declaration }: Execution): boolean {
  return declaration?.kind === 'test' && REFUSED.test(module.file.text.slice(...declaration.call.range));
}

/** `try { new Engine('invalid'); } catch (error) { … }`: nobody wants what it gives, only how it fails. */
function isTried(node: CallNode): boolean {
  const { child, parent } = outerUse(node);
  const statement = parent?.type === 'ExpressionStatement' && parent.expression === child ? parent : undefined;
  const attempt = statement?.parent.type === 'BlockStatement' ? statement.parent.parent : undefined;
  return attempt?.type === 'TryStatement' && attempt.handler !== null && attempt.block === statement?.parent;
}

function factOf(reading: Reading, node: CallNode, expense: Expense, payers: readonly Payer[]): CallFact {
  const [start, end] = node.callee.range;
  return {
    range: node.range,
    tests: [...new Set(payers.map(({ fact }) => fact))],
    kind: expense.kind,
    callee: reading.module.file.text.slice(start, end).replace(/\s+/g, ' ').slice(0, 60),
    evidence: expense.evidence,
    inside: expense.inside,
    milliseconds: expense.row?.milliseconds,
    stub: expense.row?.stub,
    isRepeated: expense.isDeclared === true || payers.some(({ execution }) => execution.kind === 'test' || execution.hook === 'beforeEach'),
  };
}

/** Can any call of this take long? Not with most callees. */
function mayBeExpensive(reading: Reading, origin: Origin): boolean {
  if (startsProcess(origin) || isTask(origin)) return true;
  const row = reading.rows.find(origin);
  if (row) return expensiveKind(row) !== undefined;
  const name = nameOf(origin);
  // What comes from a package is one of many: its name is cheaper to ask than where it lives.
  if (name !== undefined && !reading.rows.isOwn(origin) && !saysRun(name) && !mayLookInside(reading, origin, name)) return false;
  if (!isNear(reading, origin)) return false;
  return name === undefined || (isCompile(name) && reading.rows.isOwn(origin)) || expenseInside(reading, origin, name) !== undefined || startsWhatIsGiven(reading, origin);
}

function nameOf({ path }: Origin): string | undefined {
  return path.findLast((token) => token !== '()' && token !== 'default');
}

/** What a library's own tests cannot do without, or do at no cost. */
function isSubject(reading: Reading, node: CallNode, { stub }: CostRow, kind: ExpensiveKind): boolean {
  // What the library does its work with is a fake: `jest.mock('puppeteer')` in the tests of what launches it.
  if (reading.mocks.replacesOneOf((specifier) => reading.rows.costs.knowsModule(specifier)) || fakesProcesses(reading)) return true;
  // A prover's tests are about its proofs; its own `jit` compiles a line of arithmetic; a spied loader loads nothing.
  if (kind === 'prove' || (stub === 'identity' && TRANSFORM_NAME.test(calleeName(node) ?? ''))) return true;
  return (kind === 'load' || kind === 'session') && reading.mocks.fakesLoading;
}

function expenseOf(reading: Reading, node: CallNode, origin: Origin): Expense | undefined {
  const command = buildCommandOf(reading.module, reading.rows.costs, { node, origin });
  if (command) return expenseOfCommand(command, 'command');
  const row = reading.rows.find(origin);
  if (row) {
    const kind = expensiveKind(row);
    if (!kind || lacksCallback(node, row) || isNothing(node) || isInline(reading, node, row)) return undefined;
    if (reading.rows.isOwn(origin) && isSubject(reading, node, row, kind)) return undefined;
    return { kind, evidence: 'row', inside: undefined, row };
  }
  if (!isNear(reading, origin)) return undefined;
  const name = nameOf(origin) ?? calleeName(node) ?? '';
  const inside = expenseInside(reading, origin, name);
  if (inside) return inside;
  const given = commandGiven(reading, node, origin);
  if (given) return expenseOfCommand(given, 'command');
  if (!isCompile(name) || origin.path.includes('()') || !reading.rows.isOwn(origin)) return undefined;
  return { kind: kindOfName(name), evidence: 'name', inside: undefined, row: undefined };
}

function kindOfName(name: string): ExpensiveKind {
  if (/^(?:build|bundle)/.test(name)) return 'build';
  if (/^(?:load|from)/.test(name)) return 'load';
  if (/^deploy/.test(name)) return 'deploy';
  if (/^create(?:Session|Pipeline)/.test(name)) return 'session';
  return 'compile';
}

/** `loadGraphModel(null)`: refused at once. */
function isNothing({ arguments: [first] }: CallNode): boolean {
  return first !== undefined && ((first.type === 'Literal' && first.value === null) || (first.type === 'Identifier' && first.name === 'undefined'));
}

/** Given a byte array, a handler or a configuration written in place, the call has nothing big to do. */
function isInline(reading: Reading, node: CallNode, row: CostRow): boolean {
  if (row.cheapWhenInline === undefined) return false;
  const index = Number.parseInt(String(row.cheapWhenInline), 10);
  const argument = node.arguments[index];
  if (!argument || argument.type === 'SpreadElement') return false;
  if (isWrittenOut(reading.module, argument, 0)) return true;
  // Modules that tests make up themselves are tiny; only bytes from a file or the network can be large.
  if (row.stub === 'wasm-module') return !comesFromOutside(reading.module, argument, 0);
  return argumentAt(reading.module, node, row.cheapWhenInline, new Map()).some(({ type }) => type === 'list' || type === 'dictionary');
}

function comesFromOutside(module: SourceModule, node: Node, depth: number): boolean {
  const text = module.file.text.slice(node.range[0], node.range[1]);
  if (/\b(?:readFile\w*|fetch|import|require|open|download)\b/.test(text)) return true;
  const value = unwrapAwait(node);
  if (value.type !== 'Identifier' || depth > 1) return false;
  const definition = module.variableOf(value)?.defs[0];
  return definition?.type === 'Variable' && definition.node.init != null && comesFromOutside(module, definition.node.init, depth + 1);
}

function isWrittenOut(module: SourceModule, node: Node, depth: number): boolean {
  const value = unwrap(node);
  if (value.type === 'ArrayExpression' || value.type === 'ObjectExpression' || isFake(value)) return true;
  if (isCall(value)) {
    const name = calleeName(value);
    if (name !== undefined && /^(?:fromMemory|toBinary$|encode|serialize)/.test(name)) return true;
    if (name !== undefined && /^(?:wat2wasm|parseWat|from|Uint8Array|of)$/.test(name)) {
      return value.arguments.every((argument) => isWrittenOut(module, argument, depth) || unwrap(argument).type === 'Literal' || unwrap(argument).type === 'TemplateLiteral');
    }
    return false;
  }
  if (value.type !== 'Identifier' || depth > 2) return false;
  const definition = module.variableOf(value)?.defs[0];
  return definition?.type === 'Variable' && definition.node.init != null && definition.node.id.type === 'Identifier'
    ? isWrittenOut(module, definition.node.init, depth + 1)
    : false;
}

/** A test of `jit` itself jits a line of arithmetic: nothing to stub. */
function isItsSubject(reading: Reading, expense: Expense, node: CallNode, payers: readonly Payer[]): boolean {
  if (expense.kind !== 'compile') return false;
  if (expense.row && expense.row.stub !== 'identity' && !isFunction(node.arguments[0])) return false;
  if (!expense.row && expense.evidence !== 'name') return false;
  const name = calleeName(node);
  if (name === undefined) return false;
  const word = new RegExp(`(?<![A-Za-z])${name.replace(/[$]/g, '\\$&')}(?![a-z])`, 'i');
  const file = reading.module.file.path.replace(/^.*[\\/]/, '');
  return word.test(file) || payers.some(({ placed }) => placed !== undefined && word.test(placed.fullTitle));
}
