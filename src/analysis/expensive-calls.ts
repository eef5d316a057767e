/**
 * Calls that cost much whatever their size: compiles, builds, sessions, loads, launches, deployments. Known by a cost row, or
 * by looking into one helper next door; by name alone they are only a suspicion.
 */
import type { CostRow } from '../knowledge/cost-row.ts';
import { COMPILE_NAME, WORK_NAME } from '../knowledge/vocabulary.ts';
import type { CallFact, ExpensiveKind } from './facts.ts';
import type { SourceModule } from './module.ts';
import { isFake } from './mocks.ts';
import type { Neighbour, NeighbourFunction } from './neighbour-functions.ts';
import { findNeighbourAlias, findNeighbourFunction, neighbourOf, readNeighbourOrigins } from './neighbour-functions.ts';
import { nameTest } from './name-test.ts';
import type { CallNode, FunctionNode, Node } from './nodes.ts';
import { calleeName, enclosingFunction, isCall, isFunction, isLoop, outerUse, staticName, unwrap, unwrapAwait } from './nodes.ts';
import { moduleAt } from './neighbours.ts';
import type { Origin } from './origins.ts';
import type { Payer, PayerReader } from './payers.ts';
import type { Reading } from './reading.ts';
import { argumentAt } from './size-roles.ts';

export interface ExpensiveCall {
  readonly fact: CallFact;
  readonly node: CallNode;
  readonly payers: readonly Payer[];
}

const EXPENSIVE: ReadonlySet<string> = new Set(['compile', 'build', 'session', 'load', 'launch', 'deploy', 'train', 'run'] satisfies ExpensiveKind[]);

function expensiveKind(row: CostRow): ExpensiveKind | undefined {
  return EXPENSIVE.has(row.kind) ? (row.kind as ExpensiveKind) : undefined;
}

const isCompile = nameTest(COMPILE_NAME);
const isWork = nameTest(WORK_NAME);

/** Function transforms that compile lazily what they are given: a line of arithmetic in the tests of the transform itself. */
const TRANSFORM_NAME = /^(?:jit|compile)$/;

interface Expense {
  readonly kind: ExpensiveKind;
  readonly evidence: CallFact['evidence'];
  readonly inside: string | undefined;
  readonly row: CostRow | undefined;
}

export function expensiveCalls(reading: Reading, payers: PayerReader): ExpensiveCall[] {
  const found: ExpensiveCall[] = [];
  for (const { node, origin } of reading.origins.calls) {
    if (node.type === 'TaggedTemplateExpression') continue;
    const expense = expenseOf(reading, node, origin);
    if (!expense || reading.mocks.replaces(origin) || isRemembered(node)) continue;
    // A deployment that is expected to revert is refused at once.
    const failsAtOnce = expense.kind === 'deploy';
    const paying = payers.payersOf(node).filter(({ execution }) => !execution.expectsError && !(failsAtOnce && execution.expectsRejection));
    if (paying.length === 0) continue;
    if (isItsSubject(reading, expense, node, paying)) continue;
    found.push({ fact: factOf(reading, node, expense, paying), node, payers: paying });
  }
  return found.sort((a, b) => a.fact.range[0] - b.fact.range[0]);
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
    isRepeated: payers.some(({ execution }) => execution.kind === 'test' || execution.hook === 'beforeEach'),
  };
}

function expenseOf(reading: Reading, node: CallNode, origin: Origin): Expense | undefined {
  const row = reading.rows.find(origin);
  if (row) {
    const kind = expensiveKind(row);
    if (!kind || lacksCallback(node, row) || isNothing(node) || isInline(reading, node, row)) return undefined;
    // The library's own tests of its own `jit` compile a line of arithmetic; a spied loader loads nothing.
    if (reading.rows.isOwn(origin) && ((row.stub === 'identity' && TRANSFORM_NAME.test(calleeName(node) ?? '')) || ((kind === 'load' || kind === 'session') && reading.mocks.fakesLoading))) return undefined;
    return { kind, evidence: 'row', inside: undefined, row };
  }
  if (!reading.rows.isOwn(origin)) return undefined;
  const name = origin.path.findLast((token) => token !== '()' && token !== 'default') ?? calleeName(node) ?? '';
  const inside = expenseInside(reading, origin, name);
  if (inside) return inside;
  if (!isCompile(name) || origin.path.includes('()')) return undefined;
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

function lacksCallback(node: CallNode, row: CostRow): boolean {
  if (row.needsCallback !== true || node.arguments.length > 1) return false;
  // Handed on at once, what it prepared is for somebody to run: `new Simulator(webpack(config))`.
  const { parent } = outerUse(node);
  return parent === undefined || !isCall(parent);
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

/** `cached ??= await load()`, `if (!model) model = await load()`: paid once, however often it stands in a test. */
function isRemembered(node: CallNode): boolean {
  const { child, parent } = outerUse(node);
  if (parent?.type !== 'AssignmentExpression' || parent.right !== child) return false;
  if (parent.operator === '??=' || parent.operator === '||=') return true;
  if (parent.left.type !== 'Identifier') return false;
  const { name } = parent.left;
  let current: Node = parent;
  while (current.parent && !isFunction(current)) {
    if (current.parent.type === 'IfStatement' && current.parent.consequent === current) {
      const { test } = current.parent;
      const negated = test.type === 'UnaryExpression' && test.operator === '!' ? test.argument : test.type === 'BinaryExpression' ? test.left : test;
      if (negated.type === 'Identifier' && negated.name === name) return true;
    }
    current = current.parent;
  }
  return false;
}

/** A test of `jit` itself jits a line of arithmetic: nothing to stub. */
function isItsSubject(reading: Reading, expense: Expense, node: CallNode, payers: readonly Payer[]): boolean {
  if (expense.kind !== 'compile') return false;
  if (expense.row && expense.row.stub !== 'identity') return false;
  if (!expense.row && expense.evidence !== 'name') return false;
  const name = calleeName(node);
  if (name === undefined) return false;
  const word = new RegExp(`(?<![A-Za-z])${name.replace(/[$]/g, '\\$&')}(?![a-z])`, 'i');
  const file = reading.module.file.path.replace(/^.*[\\/]/, '');
  return word.test(file) || payers.some(({ placed }) => placed !== undefined && word.test(placed.fullTitle));
}

const insides = new WeakMap<FunctionNode, Expense | null>();
const CODE_GENERATION = /\bnew Function\s*\(|\bWebAssembly\s*\.|\bchild_process\b|\bworker_threads\b|\bperformance\s*\.\s*now\b|\bnew Worker\b/;

const lookedInto = new WeakMap<Reading, Map<string, Expense | undefined>>();

/** What a function next door does that is expensive; asked once for each callee of a file. */
function expenseInside(reading: Reading, origin: Origin, name: string): Expense | undefined {
  if (origin.specifier === null) return undefined;
  let known = lookedInto.get(reading);
  if (!known) lookedInto.set(reading, (known = new Map()));
  const key = `${origin.specifier}|${origin.path.join('.')}`;
  if (!known.has(key)) known.set(key, expenseOfAlias(reading, origin) ?? (origin.path.includes('()') ? undefined : lookInside(reading, origin, origin.specifier, name)));
  return known.get(key);
}

/** The file is only parsed when its text names something that could be expensive. */
function lookInside(reading: Reading, origin: Origin, specifier: string, name: string): Expense | undefined {
  const neighbour = neighbourOf(reading, specifier);
  // A function of the library itself is what the test is about, unless its name says that it compiles or builds.
  if (!neighbour || !(neighbour.isForTests || isCompile(name) || isWork(name))) return undefined;
  if (!namesExpense(reading, neighbour)) return undefined;
  const target = findNeighbourFunction(reading, origin);
  // `bundler.compileAsync(…)` on an item of a helper's list: the name says it, and the helper's file does it.
  if (!target) return neighbour.isForTests && /^(?:bundle|build|compile)/.test(name) ? expenseAnywhere(reading, neighbour.path) : undefined;
  const known = insides.get(target.callback);
  const expense = known === undefined ? readInside(reading, target) : (known ?? undefined);
  insides.set(target.callback, expense ?? null);
  return expense?.row && isReplacedInside(reading, expense.row) ? undefined : expense;
}

/** `export const rollupBuild = rollup.rollup`: the library's own function under another name. */
function expenseOfAlias(reading: Reading, origin: Origin): Expense | undefined {
  const neighbour = origin.specifier === null ? undefined : neighbourOf(reading, origin.specifier);
  if (!neighbour?.isForTests || !namesExpense(reading, neighbour)) return undefined;
  const alias = findNeighbourAlias(reading, origin);
  const row = alias && reading.rows.costs.find(alias.specifier, alias.path);
  const kind = row && expensiveKind(row);
  if (!alias || !row || !kind || (alias.specifier !== null && reading.mocks.replacesModule(alias.specifier))) return undefined;
  return { kind, evidence: 'body', inside: alias.path.at(-1), row };
}

const textAnswers = new Map<string, { readonly text: string; readonly answer: boolean }>();

function namesExpense(reading: Reading, { path, text }: Neighbour): boolean {
  const known = textAnswers.get(path);
  if (known?.text === text) return known.answer;
  let answer = CODE_GENERATION.test(text) || /\bcompiler\s*\.\s*(?:run|watch)\b/.test(text) || isBarrel(text);
  if (!answer) {
    for (const match of text.matchAll(/(?:from|require\(|import\(?)\s*['"]([^'"]+)['"]/g)) {
      if (reading.rows.costs.knowsModule(match[1] ?? '')) {
        answer = true;
        break;
      }
    }
  }
  textAnswers.set(path, { text, answer });
  return answer;
}

/** A short file that only passes on what its neighbours export. */
function isBarrel(text: string): boolean {
  return text.length < 8_000 && /from\s*['"]\.|require\(\s*['"]\./.test(text) && /\bexport\s*[{*]|module\.exports\s*=\s*\{/.test(text);
}

function isReplacedInside(reading: Reading, row: CostRow): boolean {
  const modules = row.module === undefined ? [] : typeof row.module === 'string' ? [row.module] : row.module;
  return modules.some((specifier) => reading.mocks.replacesModule(specifier));
}

function readInside(reading: Reading, target: NeighbourFunction): Expense | undefined {
  const { module, callback, name } = target;
  const bodies = new Set<FunctionNode>([callback]);
  const origins = readNeighbourOrigins(module);
  // Functions of the same file that it calls belong to its body.
  for (const called of calledInside(module, callback)) bodies.add(called);
  let generatesCode = false;
  let measuresLoops = false;
  for (const { node, origin } of origins.calls) {
    if (node.type === 'TaggedTemplateExpression' || !isInsideOf(node, bodies)) continue;
    const row = reading.rows.costs.find(origin.specifier, origin.path);
    const kind = row && row.stub !== 'wasm-module' && !lacksCallback(node, row) ? expensiveKind(row) : undefined;
    if (kind && !isRemembered(node)) return { kind, evidence: 'body', inside: calleeName(node), row };
    if (origin.specifier === null) {
      if (origin.path[0] === 'Function' && origin.path.length === 1) generatesCode = true;
      if (origin.path[0] === 'performance' && isInLoop(node, bodies)) measuresLoops = true;
    }
  }
  // The name says it, and the file does it: `bundleAndRun(fixture, bundler)` beside its bundlers.
  const elsewhere = /^(?:bundle|build|compile)/.test(name) ? expenseAnywhere(reading, module.file.path) : undefined;
  if (elsewhere) return elsewhere;
  if ((generatesCode || measuresLoops) && isCompile(name)) {
    const inside = generatesCode ? 'new Function' : 'performance.now in a loop';
    return { kind: 'compile', evidence: 'body', inside, row: undefined };
  }
  if (runsParameter(module, callback)) return { kind: 'build', evidence: 'body', inside: 'run', row: undefined };
  return undefined;
}

/** What a file calls, or hands on to be called: `promisify(webpack)`. */
function expenseAnywhere(reading: Reading, path: string): Expense | undefined {
  const module = moduleAt(path);
  const origins = module && readNeighbourOrigins(module);
  for (const { origin } of [...(origins?.calls ?? []), ...(origins?.uses ?? [])]) {
    const row = reading.rows.costs.find(origin.specifier, origin.path);
    const kind = row && row.stub !== 'wasm-module' ? expensiveKind(row) : undefined;
    if (row && (kind === 'build' || kind === 'compile')) return { kind, evidence: 'body', inside: origin.path.findLast((token) => token !== '()' && token !== 'default') ?? origin.specifier ?? undefined, row };
  }
  return undefined;
}

/** `(compiler) => new Promise((resolve) => compiler.run(…))`: the helper that runs what another one prepared. */
function runsParameter(module: SourceModule, callback: FunctionNode): boolean {
  return callback.params.some((parameter) => {
    const variable = parameter.type === 'Identifier' ? module.variableOf(parameter) : undefined;
    if (!variable || !/compiler|bundler|webpack|rspack|build/i.test(variable.name)) return false;
    return variable.references.some(({ identifier }) => {
      const { child, parent } = outerUse(identifier);
      if (parent?.type !== 'MemberExpression' || parent.object !== child) return false;
      return /^(?:run|watch|build|rebuild|compile)$/.test(staticName(parent) ?? '') && isCall(parent.parent) && parent.parent.callee === parent;
    });
  });
}

function calledInside(module: SourceModule, callback: FunctionNode): FunctionNode[] {
  const found: FunctionNode[] = [];
  for (const variable of module.topScope?.variables ?? []) {
    const definition = variable.defs[0];
    const init = definition?.node.type === 'VariableDeclarator' ? definition.node.init : undefined;
    const candidate = definition?.node.type === 'FunctionDeclaration' ? definition.node : init ? unwrap(init) : undefined;
    if (!isFunction(candidate) || candidate === callback) continue;
    const isCalled = variable.references.some((reference) => {
      const { child, parent } = outerUse(reference.identifier);
      return parent !== undefined && isCall(parent) && parent.callee === child && isInsideOf(parent, new Set([callback]));
    });
    if (isCalled) found.push(candidate);
  }
  return found;
}

function isInsideOf(node: Node, bodies: ReadonlySet<FunctionNode>): boolean {
  for (let current = enclosingFunction(node); current; current = enclosingFunction(current)) if (bodies.has(current)) return true;
  return false;
}

function isInLoop(node: Node, bodies: ReadonlySet<FunctionNode>): boolean {
  for (let current = node.parent; current; current = current.parent) {
    if (isLoop(current)) return true;
    if (isCall(current)) {
      const callee = unwrap(current.callee);
      if (callee.type === 'MemberExpression' && /^(?:forEach|map|reduce)$/.test(staticName(callee) ?? '')) return true;
    }
    if (isFunction(current) && bodies.has(current)) return false;
  }
  return false;
}
