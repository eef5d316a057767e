/** Functions imported from the file next door: where they stand and what they call. One hop; re-exports are not a hop. */
import { relative, sep } from 'node:path';
import type { TSESTree } from '@typescript-eslint/utils';
import { contextObjectOf } from '../knowledge/context-objects.ts';
import { TYPED_ARRAYS } from '../knowledge/vocabulary.ts';
import type { SourceModule } from './module.ts';
import type { WorthParsing } from './exports.ts';
import { resolveExport } from './exports.ts';
import { packageOf, pathMeant, resolveOwn, textOf } from './neighbours.ts';
import { resolveSibling } from './siblings.ts';
import type { CallNode, FunctionNode, Node } from './nodes.ts';
import { isCall, isFunction, staticName, unwrap, unwrapAwait } from './nodes.ts';
import { isGathered } from './origin.ts';
import type { Origin, Origins } from './origins.ts';
import { readOrigins } from './origins.ts';
import type { Reading } from './reading.ts';

export interface NeighbourFunction {
  readonly module: SourceModule;
  readonly callback: FunctionNode;
  readonly name: string;
}

const readings = new WeakMap<SourceModule, Origins>();

/** The file an import of the library or of a helper leads to. */
export interface Neighbour {
  readonly path: string;
  readonly text: string;
  /** Written for tests, by its place or name: such a helper may be called anything. */
  readonly isForTests: boolean;
}

const forTests = new WeakMap<Reading, Map<string, boolean>>();
const neighbours = new WeakMap<Reading, Map<string, Neighbour | undefined>>();
const FOR_TESTS = /(?:^|[\\/._-])(?:__)?(?:tests?|specs?|helpers?|fixtures?|(?:test(?:ing)?)?utils?|support|e2e|integration|harness|setup|macros?)(?:__)?(?:[\\/._-]|$)|(?:Test|Helper|Fixture|Util)s?\.[cm]?[jt]sx?$/;

/** Would it be a neighbour for tests, going by the specifier alone? Asked before the disk is. */
export function mayBeForTests(reading: Reading, specifier: string): boolean {
  let known = forTests.get(reading);
  if (!known) forTests.set(reading, (known = new Map()));
  let answer = known.get(specifier);
  if (answer === undefined) {
    const from = reading.module.file.path;
    const path = specifier.startsWith('.') ? pathMeant(specifier, from) : specifier;
    known.set(specifier, (answer = FOR_TESTS.test(insidePackage(path, from) ?? path)));
  }
  return answer;
}

function insidePackage(path: string, from: string): string | undefined {
  const folder = packageOf(from)?.folder;
  if (folder === undefined) return undefined;
  return path.startsWith(folder) && path.charAt(folder.length) === sep ? path.slice(folder.length + 1) : relative(folder, path);
}

export function neighbourOf(reading: Reading, specifier: string): Neighbour | undefined {
  let known = neighbours.get(reading);
  if (!known) neighbours.set(reading, (known = new Map()));
  if (known.has(specifier)) return known.get(specifier);
  const from = reading.module.file.path;
  const path = resolveOwn(specifier, from, reading.rows.packageName) ?? resolveSibling(specifier, from);
  const text = path === undefined ? undefined : textOf(path);
  const neighbour = path === undefined || text === undefined ? undefined : { path, text, isForTests: FOR_TESTS.test(insidePackage(path, from) ?? path) };
  known.set(specifier, neighbour);
  return neighbour;
}

/** Is it a file of the project: of the library under test, of its tests, of another package of the same workspace? */
export function isNear(reading: Reading, origin: Origin): boolean {
  return origin.specifier !== null && (reading.rows.isOwn(origin) || neighbourOf(reading, origin.specifier) !== undefined);
}

const FOLLOWED_GLOBALS: ReadonlySet<string> = new Set([...TYPED_ARRAYS, 'Array', 'WebAssembly', 'Function', 'performance', 'navigator', 'eval', 'process', 'Bun']);

export function readNeighbourOrigins(module: SourceModule): Origins {
  let origins = readings.get(module);
  if (!origins) {
    const info = packageOf(module.file.path);
    origins = readOrigins(module, {
      globals: FOLLOWED_GLOBALS,
      aliases: info?.aliases,
      context: contextObjectOf(info),
      followsModule: (specifier) => !/^node:(?!child_process|worker_threads)/.test(specifier),
    });
    readings.set(module, origins);
  }
  return origins;
}

export function findNeighbourFunction(reading: Reading, origin: Origin, isWorth?: WorthParsing): NeighbourFunction | undefined {
  const path = origin.specifier === null ? undefined : neighbourOf(reading, origin.specifier)?.path;
  if (path === undefined) return undefined;
  const made = origin.path.indexOf('()');
  if (made < 0) return functionAt(path, origin.path, isWorth);
  const [method, ...more] = origin.path.slice(made + 1);
  if (more.length > 0) return undefined;
  // `new Model().load()`; `makeHarness().build()`, `makeBuild(options)(entry)`.
  const ofClass = method === undefined || made > 1 ? undefined : methodOfClass(path, origin.path[0] ?? 'default', method, false, isWorth);
  if (ofClass) return ofClass;
  const maker = functionAt(path, origin.path.slice(0, made), isWorth);
  return maker && returnedBy(maker, method);
}

/** What a function returns that can be called in turn: a function, or one in an object. */
function returnedBy({ module, callback, name }: NeighbourFunction, method: string | undefined): NeighbourFunction | undefined {
  for (const returnedValue of returnsOf(callback)) {
    const value = method === undefined ? returnedValue : initOf(module, returnedValue);
    const member = method === undefined ? value : memberOf(value, method);
    const returned = member && (localFunction(module, member) ?? madeFunction(module, member));
    if (returned) return { module, callback: returned, name: method ?? name };
  }
  return undefined;
}

export function returnsOf({ body }: FunctionNode): Node[] {
  if (body.type !== 'BlockStatement') return [unwrap(body)];
  return body.body.flatMap((statement) => (statement.type === 'ReturnStatement' && statement.argument ? [unwrap(statement.argument)] : []));
}

function memberOf(value: Node, name: string): Node | undefined {
  const found = value.type === 'ObjectExpression' ? value.properties.find((property) => property.type === 'Property' && staticName(property) === name) : undefined;
  return found?.type === 'Property' ? found.value : undefined;
}

export function localFunction(module: SourceModule, node: Node): FunctionNode | undefined {
  const own = initOf(module, unwrap(node));
  return isFunction(own) ? own : undefined;
}

/** `{ run: makeRun(compiler) }`: what a function of the file makes. */
function madeFunction(module: SourceModule, node: Node): FunctionNode | undefined {
  const call = unwrap(node);
  const maker = isCall(call) ? localFunction(module, call.callee) : undefined;
  const [made] = maker ? returnsOf(maker) : [];
  return isFunction(made) ? made : undefined;
}

/** What a variable of the file was made as: `const environment = { … }; return environment;`. */
function initOf(module: SourceModule, node: Node): Node {
  const definition = node.type === 'Identifier' ? module.variableOf(node)?.defs[0] : undefined;
  // The node of a parameter is the function that takes it.
  if (!definition || definition.type === 'Parameter') return node;
  return definition.node.type === 'VariableDeclarator' && definition.node.init ? unwrap(definition.node.init) : definition.node;
}

function functionAt(path: string, names: readonly string[], isWorth: WorthParsing | undefined): NeighbourFunction | undefined {
  const [first, second, third] = names;
  if (third !== undefined) return undefined;
  // `helper(…)`, `helpers.compile(…)` on a namespace, `require('./helper')(…)`.
  const direct = functionExported(path, first ?? 'default', isWorth);
  if (direct && second === undefined) return direct;
  if (second === undefined || first === undefined) return undefined;
  return memberExported(path, first, second, isWorth) ?? methodOfClass(path, first, second, true, isWorth) ?? (first === 'default' ? functionExported(path, second, isWorth) : undefined);
}

function methodOfClass(path: string, name: string, method: string, isStatic: boolean, isWorth: WorthParsing | undefined): NeighbourFunction | undefined {
  const found = resolveExport(path, name, isWorth);
  if (!found) return undefined;
  const definition = found.node.type === 'Identifier' ? found.module.topDeclaration(found.node.name) : found.node;
  if (definition?.type !== 'ClassDeclaration' && definition?.type !== 'ClassExpression') return undefined;
  for (const member of definition.body.body) {
    if (member.type !== 'MethodDefinition' || member.static !== isStatic || staticName(member) !== method) continue;
    // Overloads come without a body.
    if (member.value.type === 'FunctionExpression') return { module: found.module, callback: member.value, name: method };
  }
  return undefined;
}

/** `export const build = { webpack, vite: buildVite }`: a function kept in an exported object. */
function memberExported(path: string, name: string, member: string, isWorth: WorthParsing | undefined): NeighbourFunction | undefined {
  const found = resolveExport(path, name, isWorth);
  const value = found && memberOfObject(found.module, found.node, member);
  const callback = value && functionOf(found.module, value);
  return callback ? { module: found.module, callback, name: member } : undefined;
}

/** What a path through an exported name is in terms of a library: `tools.rollup`, `gpu.createKernel` of an exported instance. */
export function findNeighbourAlias(reading: Reading, origin: Origin, isWorth?: WorthParsing): Origin | undefined {
  const [first, second, ...rest] = origin.path;
  if (origin.specifier === null || first === undefined || first === '()') return undefined;
  const path = neighbourOf(reading, origin.specifier)?.path;
  const found = path === undefined ? undefined : resolveExport(path, first, isWorth);
  // A function is no other name of something; that it is one shows without scopes.
  if (!found || isDeclaredFunction(found.module, found.node)) return undefined;
  const own = originOfExpression(found.module, found.node);
  if (own) return { ...own, path: [...own.path, ...origin.path.slice(1)] };
  const member = second === undefined ? undefined : memberOfObject(found.module, found.node, second);
  const inside = member && originOfExpression(found.module, member);
  return inside && { ...inside, path: [...inside.path, ...rest] };
}

/** What is done with a thing of a library that a helper gives: `getCompiler(fixture).run(…)` is the run of a webpack compiler. */
export function findNeighbourResult(reading: Reading, origin: Origin, isWorth?: WorthParsing): Origin | undefined {
  const made = origin.path.indexOf('()');
  if (made < 0 || made === origin.path.length - 1) return undefined;
  const maker = findNeighbourFunction(reading, { ...origin, path: origin.path.slice(0, made) }, isWorth);
  for (const value of maker ? returnsOf(maker.callback) : []) {
    const given = maker && originOfValue(maker.module, unwrapAwait(value));
    if (given) return { ...given, path: [...given.path, ...origin.path.slice(made + 1)] };
  }
  return undefined;
}

function originOfValue(module: SourceModule, value: Node): Origin | undefined {
  if (value.type === 'Identifier') return originOfExpression(module, value);
  const called = isCall(value) ? readNeighbourOrigins(module).byCall.get(value) : undefined;
  return called && { ...called, path: [...called.path, '()'] };
}

function isDeclaredFunction(module: SourceModule, node: Node): boolean {
  return isFunction(node) || (node.type === 'Identifier' && module.topDeclaration(node.name)?.type === 'FunctionDeclaration');
}

function memberOfObject(module: SourceModule, node: Node, member: string): Node | undefined {
  const definition = node.type === 'Identifier' ? module.topDeclaration(node.name) : undefined;
  const init = definition?.type === 'VariableDeclarator' && definition.init ? unwrap(definition.init) : unwrap(node);
  return memberOf(init, member);
}

function originOfExpression(module: SourceModule, node: Node): Origin | undefined {
  const inner = unwrap(node);
  const variable = inner.type === 'Identifier' ? module.variableOf(inner) : undefined;
  return variable && readNeighbourOrigins(module).byVariable.get(variable)?.find((origin) => !isGathered(origin));
}

function functionExported(path: string, name: string, isWorth: WorthParsing | undefined): NeighbourFunction | undefined {
  const found = resolveExport(path, name, isWorth);
  const callback = found && functionOf(found.module, found.node);
  return found && callback ? { module: found.module, callback, name: found.name } : undefined;
}

function functionOf(module: SourceModule, node: Node): FunctionNode | undefined {
  const inner = unwrap(node);
  if (isFunction(inner)) return inner;
  if (inner.type !== 'Identifier') {
    // `export default memoize(async (…) => …)`.
    if (!isCall(inner)) return undefined;
    return functionArgument(inner);
  }
  const definition = module.topDeclaration(inner.name);
  if (definition?.type === 'FunctionDeclaration') return definition;
  if (definition?.type === 'ClassDeclaration') return constructorOf(definition);
  if (definition?.type === 'VariableDeclarator' && definition.init) {
    const init = unwrap(definition.init);
    if (isFunction(init)) return init;
    if (isCall(init)) return functionArgument(init);
  }
  return undefined;
}

/** What `new Generator(entry)` runs. */
function constructorOf({ body }: TSESTree.ClassDeclarationWithName | TSESTree.ClassDeclarationWithOptionalName): FunctionNode | undefined {
  const maker = body.body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor' && member.value.type === 'FunctionExpression');
  return maker?.type === 'MethodDefinition' && maker.value.type === 'FunctionExpression' ? maker.value : undefined;
}

/** The function that a wrapper such as `memoize(…)` is given. */
function functionArgument(call: CallNode): FunctionNode | undefined {
  return call.arguments.map((argument) => unwrap(argument)).find((argument) => isFunction(argument));
}
