/** What a function of the file next door does that is expensive. One hop: what that function imports in turn is not looked into. */
import { NAMED_LIKE_A_COMPILER } from '../knowledge/commands.ts';
import type { CostRow } from '../knowledge/cost-row.ts';
import { buildCommandOf, expenseOfCommand, isTask, startsProcess } from './commands.ts';
import { fakesProcesses, givenInside } from './commands-given.ts';
import type { CostIndex } from './cost-lookup.ts';
import { isHeavyCompile } from './cost-lookup.ts';
import type { Expense } from './expense.ts';
import { expenseBeyond, mayReachBeyond, RUNS_GIVEN } from './expense-beyond.ts';
import { expensiveKind, isCompile, isKept, isRemembered, isWork, lacksCallback } from './expense.ts';
import type { ExpensiveKind } from './facts.ts';
import type { SourceModule } from './module.ts';
import type { NeighbourFunction } from './neighbour-functions.ts';
import { findNeighbourAlias, findNeighbourFunction, findNeighbourResult, mayBeForTests, neighbourOf, readNeighbourOrigins } from './neighbour-functions.ts';
import { moduleAt, textOf } from './neighbours.ts';
import { nameTest } from './name-test.ts';
import type { CallNode, FunctionNode, Node } from './nodes.ts';
import { calleeName, enclosingFunction, isCall, isFunction, isLoop, outerUse, staticName, unwrap } from './nodes.ts';
import type { Origin, ResolvedCall } from './origins.ts';
import type { BuildCommand } from './own-commands.ts';
import { calledInside, isInsideOf, isMadeOnce, reachedFrom } from './reached-functions.ts';
import type { Reading } from './reading.ts';

const CODE_GENERATION = /\bnew Function\s*\(|\b(?:execa|tinyexec|cross-spawn|nano-spawn|shelljs)\b|\bWebAssembly\s*\.|\bchild_process\b|\bworker_threads\b|\bperformance\s*\.\s*now\b|\bnew Worker\b|\bnavigator\s*\??\.\s*(?:gpu|ml)\b|\bBun\.(?:build|spawn)|\btasks\s*\.\s*getTask\b/;

const IMPORTS_OWN = /(?:from|require\(|import\()\s*['"]\./;

const lookedInto = new WeakMap<Reading, Map<Origin, Expense | undefined>>();

/** Is it worth finding the file of a function, going by its name and where it is said to be? */
export function mayLookInside(reading: Reading, { specifier }: Origin, name: string): boolean {
  return saysWork(name) || mayDoSo(reading.rows, name) || (specifier !== null && mayBeForTests(reading, specifier));
}

/** What a function next door does that is expensive; asked once for each callee of a file. */
export function expenseInside(reading: Reading, origin: Origin, name: string): Expense | undefined {
  if (origin.specifier === null) return undefined;
  if (!mayLookInside(reading, origin, name)) return undefined;
  let known = lookedInto.get(reading);
  if (!known) lookedInto.set(reading, (known = new Map()));
  if (!known.has(origin)) known.set(origin, expenseOfAlias(reading, origin) ?? lookInside(reading, origin, origin.specifier, name));
  return known.get(origin);
}

/** Models, sessions and processes cost the same whoever asks for them. */
const PREPARES: ReadonlySet<ExpensiveKind> = new Set<ExpensiveKind>(['session', 'load']);
const mayPrepare = nameTest(/^(?:init|create|load|open|start|launch|connect|setup|get|make|prepare|from|new)/i);
/** Whole builds, by names that say less. */
const mayRun = nameTest(/^(?:do|run|exec(?:ute)?|generate|process|render|pack(?!age)|prerender|export|dev|serve|watch|emit|write|extract|optimize|analy[sz]e|publish|main|cli)(?:$|[A-Z_\d])/);

/** By its name it prepares or builds, or it belongs to a library that does nothing else. */
function mayDoSo(rows: Reading['rows'], name: string): boolean {
  return rows.isMadeToWork || (rows.mayPrepare && mayPrepare(name)) || (rows.mayBuild && mayRun(name));
}

/** Classes that read whole programs, and functions that make one. */
const MAKES_PROGRAM = /^[A-Z]\w*(?:Generator|Compiler|Bundler|Builder|Program|Project)$|^(?:create|get|make|load|read|new)\w*(?:Program|LanguageServices?)$/;
/** Whoever is asked for a proof, and takes a prover for it, makes a real one. */
const PROVES = /^(?:full_?)?prove(?:$|[A-Z_])|^(?:generate|create|make|gen|calculate)\w*Proof$/;

const isToolName = nameTest(NAMED_LIKE_A_COMPILER);

/** Does its name say that it takes long? */
function saysWork(name: string): boolean {
  return isCompile(name) || isWork(name) || isToolName(name) || MAKES_PROGRAM.test(name) || PROVES.test(name);
}

/** Whoever wants a browser or a bundle by whatever name has to launch or build. */
function isPreparation({ rows }: Reading, name: string, row: CostRow): boolean {
  const kind = expensiveKind(row);
  if (kind === undefined) return false;
  if (rows.isMadeToWork && isHeavyCompile(row)) return true;
  if (kind === 'launch' || kind === 'build') return true;
  return PREPARES.has(kind) && ((rows.mayPrepare && mayPrepare(name)) || (rows.mayBuild && mayRun(name)));
}

/** The file is only parsed when its text names something that could be expensive. */
function lookInside(reading: Reading, origin: Origin, specifier: string, name: string): Expense | undefined {
  const neighbour = neighbourOf(reading, specifier);
  if (!neighbour) return undefined;
  const saysSo = neighbour.isForTests || saysWork(name);
  const isWorth = (path: string): boolean => namesExpense(reading, path) || (saysSo && mayReachBeyond(path));
  if (!isWorth(neighbour.path)) return undefined;
  const target = findNeighbourFunction(reading, origin, isWorth);
  // `bundler.compileAsync(…)` on an item of a helper's list: the name says it, and the helper's file does it.
  if (!target) return neighbour.isForTests && /^(?:bundle|build|compile)/.test(name) ? expenseAnywhere(reading, neighbour.path, name) : undefined;
  const { insides } = rememberedBy(reading);
  const known = insides.get(target.callback);
  const expense = known === undefined ? withTests(readInside(reading, target, neighbour.isForTests), target) : (known ?? undefined);
  insides.set(target.callback, expense ?? null);
  // A function of the library itself is what the test is about, unless it prepares something that is expensive for itself.
  if (!saysSo && !(expense?.row && isPreparation(reading, name, expense.row))) return undefined;
  const isReplaced = expense?.row ? isReplacedInside(reading, expense.row) : expense?.isCommand === true && fakesProcesses(reading);
  return isReplaced ? undefined : expense;
}

/** `it(…)`, or `const declare = fails ? test.failing : test.serial;`. */
const DECLARES_TEST = /(?<![\w$.'"`])(?:it|test|specify|avaTest|tape|QUnit\.test)(?:(?:\.\w+)*\s*\(|\.(?:serial|only|concurrent);)/;

function withTests(expense: Expense | undefined, { module, callback }: NeighbourFunction): Expense | undefined {
  const declares = expense && [...reachedFrom(module, callback)].some(({ range }) => DECLARES_TEST.test(module.file.text.slice(...range)));
  return declares ? { ...expense, isDeclared: true } : expense;
}

/** `export const rollupBuild = rollup.rollup`: the library's own function under another name. */
function expenseOfAlias(reading: Reading, origin: Origin): Expense | undefined {
  const neighbour = origin.specifier === null ? undefined : neighbourOf(reading, origin.specifier);
  const beyond = origin.path.slice(1);
  if (!neighbour?.isForTests || !namesExpense(reading, neighbour.path, beyond)) return undefined;
  const isWorth = (path: string): boolean => namesExpense(reading, path, beyond);
  const alias = findNeighbourAlias(reading, origin, isWorth) ?? findNeighbourResult(reading, origin, isWorth);
  const row = alias && reading.rows.costs.find(alias.specifier, alias.path);
  const kind = row && expensiveKind(row);
  if (!alias || !row || !kind || (alias.specifier !== null && reading.mocks.replacesModule(alias.specifier))) return undefined;
  return { kind, evidence: 'body', inside: alias.path.at(-1), row };
}

interface TextAnswer {
  readonly text: string;
  readonly answer: boolean;
  /** What it imports. */
  readonly specifiers: readonly string[];
}

interface Remembered {
  readonly texts: Map<string, TextAnswer>;
  readonly insides: WeakMap<FunctionNode, Expense | null>;
}

/** Packages of one workspace may have cost rows of their own. */
const remembered = new WeakMap<CostIndex, Remembered>();

function rememberedBy({ rows: { costs } }: Reading): Remembered {
  let known = remembered.get(costs);
  if (!known) remembered.set(costs, (known = { texts: new Map(), insides: new WeakMap() }));
  return known;
}

const IMPORTED = /(?:from|require\(|import\(?)\s*['"]([^'"]+)['"]/g;

/** `beyond` is what is done with what the file exports. */
function namesExpense(reading: Reading, path: string, beyond: readonly string[] = []): boolean {
  const text = textOf(path);
  if (text === undefined) return false;
  const { texts } = rememberedBy(reading);
  let known = texts.get(path);
  if (known?.text !== text) {
    const specifiers = Array.from(text.matchAll(IMPORTED), ([, specifier = '']) => specifier);
    const answer = CODE_GENERATION.test(text) || RUNS_GIVEN.test(text) || isBarrel(text) || mayCallOwn(reading, text) || namesRow(reading, text, specifiers, []);
    texts.set(path, (known = { text, answer, specifiers }));
  }
  return known.answer || (beyond.length > 0 && namesRow(reading, text, known.specifiers, beyond));
}

/** Whoever calls what a row knows says its names. */
function namesRow({ rows }: Reading, text: string, specifiers: readonly string[], beyond: readonly string[]): boolean {
  return specifiers.some((specifier) => rows.costs.mayTakeLong(specifier, (names) => names.every((name) => beyond.includes(name) || text.includes(name))));
}

/** What the package itself is known for, by whatever file. */
function mayCallOwn({ rows }: Reading, text: string): boolean {
  if (!rows.ownHasRows || rows.packageName === undefined || !IMPORTS_OWN.test(text)) return false;
  const lower = text.toLowerCase();
  return rows.costs.mayTakeLong(rows.packageName, (names) => lower.includes((names.at(-1) ?? '').toLowerCase()));
}

/** A short file that only passes on what its neighbours export. */
function isBarrel(text: string): boolean {
  return text.length < 8_000 && /from\s*['"]\.|require\(\s*['"]\./.test(text) && /\bexport\s*[{*]|module\.exports\s*=\s*\{/.test(text);
}

function isReplacedInside(reading: Reading, row: CostRow): boolean {
  const modules = row.module === undefined ? [] : typeof row.module === 'string' ? [row.module] : row.module;
  return modules.some((specifier) => reading.mocks.replacesModule(specifier));
}

/** What a helper for tests gives is used by them: `{ runAsync() {…} }`. */
function readInside(reading: Reading, target: NeighbourFunction, isForTests: boolean): Expense | undefined {
  const { module, callback, name } = target;
  const origins = readNeighbourOrigins(module);
  // Functions of the same file that it calls belong to its body.
  const bodies = reachedFrom(module, callback);
  const near = new Set([callback, ...calledInside(module, callback)]);
  if (!namesExpense(reading, module.file.path)) return expenseBeyond(reading, module, bodies);
  let generatesCode = false;
  let measuresLoops = false;
  for (const { node, origin } of origins.calls) {
    if (!isInsideOf(module, node, bodies, isForTests)) continue;
    const isOnce = node.type !== 'TaggedTemplateExpression' && isRemembered(node);
    const command = (startsProcess(origin) || isTask(origin)) && !isOnce ? commandInside(reading, target, bodies, { node, origin }) : undefined;
    if (command) return expenseOfCommand(command, 'body');
    if (node.type === 'TaggedTemplateExpression') continue;
    const called = isForTests && !isOnce ? commandCalled(name, node, origin) : undefined;
    if (called !== undefined) return expenseOfCommand({ kind: 'build', text: called }, 'body');
    const row = reading.rows.find(origin);
    const kind = row && row.stub !== 'wasm-module' && !lacksCallback(node, row) ? expensiveKind(row) : undefined;
    if (kind && !isOnce && !isMadeOnce(module, node)) return { kind, evidence: 'body', inside: workName(calleeName(node), origin), row, isKept: isKept(node), isHandedOut: isForTests && !isInsideOf(module, node, bodies) };
    if (origin.specifier === null) {
      if (origin.path[0] === 'Function' && origin.path.length === 1 && isInsideOf(module, node, near)) generatesCode = true;
      if (origin.path[0] === 'performance' && isInLoop(node, near)) measuresLoops = true;
    }
  }
  // The name says it, and the file does it: `bundleAndRun(fixture, bundler)` beside its bundlers.
  const elsewhere = /^(?:bundle|build|compile)/.test(name) ? expenseAnywhere(reading, module.file.path, name) : undefined;
  if (elsewhere) return elsewhere;
  if ((generatesCode || measuresLoops) && isCompile(name)) {
    const inside = generatesCode ? 'new Function' : 'performance.now in a loop';
    return { kind: 'compile', evidence: 'body', inside, row: undefined };
  }
  if (runsParameter(module, callback) || (isForTests && RUNS_BUNDLERS.test(name) && RUNS_ONE.test(module.file.text.slice(...callback.range)))) return { kind: 'build', evidence: 'body', inside: 'run', row: undefined };
  return expenseBeyond(reading, module, bodies);
}

/** A helper called `compile` that starts a script in a process: whatever the script is, it compiles. */
function commandCalled(name: string, node: CallNode, origin: Origin): string | undefined {
  return startsProcess(origin) && /^(?:compile|build|bundle)(?:$|[A-Z_])/.test(name) ? calleeName(node) : undefined;
}

function commandInside(reading: Reading, { module, callback }: NeighbourFunction, bodies: ReadonlySet<FunctionNode>, call: ResolvedCall): BuildCommand | undefined {
  const known = [undefined, ...givenInside(module, callback, bodies, call.node, { isPartial: true })];
  return known.map((given) => buildCommandOf(module, reading.rows.costs, call, given)).find(Boolean);
}

/** `runBundlers(config)` goes through a list of them: `bundler.run(config)`. */
const RUNS_BUNDLERS = /^run\w*(?:Bundler|Compiler|Build)s?(?:$|[A-Z])/;
const RUNS_ONE = /\b(?:bundler|compiler|builder)\s*\.\s*(?:run|build)\s*\(/;

/** `run` of `compiler.run.bind(compiler)`. */
function workName(called: string | undefined, { path }: Origin): string | undefined {
  return called !== undefined && /^(?:bind|call|apply)$/.test(called) ? path.at(-1) : called;
}

/** What a file calls, or hands on to be called: `promisify(webpack)`. `buildTree` builds nothing with a compiler. */
function expenseAnywhere(reading: Reading, path: string, name: string): Expense | undefined {
  const module = moduleAt(path);
  const origins = module && readNeighbourOrigins(module);
  for (const { origin } of [...(origins?.calls ?? []), ...(origins?.uses ?? [])]) {
    const row = reading.rows.find(origin);
    const kind = row && row.stub !== 'wasm-module' ? expensiveKind(row) : undefined;
    if (row && (kind === 'build' || (kind === 'compile' && (name.startsWith('compile') || isHeavyCompile(row))))) return { kind, evidence: 'body', inside: origin.path.findLast((token) => token !== '()' && token !== 'default') ?? origin.specifier ?? undefined, row };
  }
  return undefined;
}

/** `(compiler) => new Promise((resolve) => compiler.run(…))`, `(webpack, entry) => run((done) => webpack({ entry }, done))`, `(compiler) => () => …`. */
function runsParameter(module: SourceModule, callback: FunctionNode): boolean {
  const maker = enclosingFunction(callback);
  return [...callback.params, ...(maker?.params ?? [])].some((parameter) => {
    const variable = parameter.type === 'Identifier' ? module.variableOf(parameter) : undefined;
    if (!variable || !/compiler|bundler|webpack|rspack|^rollup$/i.test(variable.name)) return false;
    return variable.references.some(({ identifier }) => {
      const { child, parent } = outerUse(identifier);
      if (parent && isCall(parent) && parent.callee === child) return /^(?:webpack|rspack|rollup)$/.test(variable.name);
      if (parent?.type !== 'MemberExpression' || parent.object !== child) return false;
      return /^(?:run|watch|build|rebuild|compile)$/.test(staticName(parent) ?? '') && isCall(parent.parent) && parent.parent.callee === parent;
    });
  });
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
