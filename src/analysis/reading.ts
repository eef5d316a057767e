/**
 * The reading of one test file: who declares tests, where called things come from, what is mocked. Everything that the
 * size, call and variant analyses share. A file in which nobody declares a test is read no further.
 */
import { isAbsolute, relative } from 'node:path';
import type { Runner } from '../knowledge/runner.ts';
import { PROCESS_MODULE } from '../knowledge/commands.ts';
import { allRunners } from '../knowledge/runners/all.ts';
import { contextObjectOf } from '../knowledge/context-objects.ts';
import { BROWSER_GLOBALS } from '../knowledge/browser-globals.ts';
import { BYTE_ARRAYS, TYPED_ARRAYS } from '../knowledge/vocabulary.ts';
import type { CostIndex } from './cost-lookup.ts';
import { costIndexFor } from './cost-lookup.ts';
import type { Declaration } from './declarations.ts';
import { readDeclarations, readPath } from './declarations.ts';
import { ExecutionReader } from './execution.ts';
import type { Mocks } from './mocks.ts';
import { MODULE_REPLACERS, readMocks } from './mocks.ts';
import type { ParsedFile } from './module.ts';
import { SourceModule } from './module.ts';
import { importedName } from './exports.ts';
import type { Node } from './nodes.ts';
import { contains, isFunction, literalText, staticName, unwrap } from './nodes.ts';
import type { PackageInfo } from './neighbours.ts';
import { asksText, moduleAt, packageOf, resolveRelative } from './neighbours.ts';
import { nameTest } from './name-test.ts';
import { hasLongCommand } from './own-commands.ts';
import { isGathered, onceAnOrigin } from './origin.ts';
import type { Origin, Origins } from './origins.ts';
import { readOrigins } from './origins.ts';
import { isOwnSpecifier, onceAPackage, rowsOf } from './row-finder.ts';
import type { RowFinder } from './row-finder.ts';
import type { Settings } from './settings.ts';
import type { Tier } from './tier.ts';
import { tierOfFile } from './tier.ts';
import { TestReader } from './tests.ts';

const runnersByModule = new Map(allRunners.flatMap((runner) => runner.modules.map((module) => [module, runner] as const)));
export const RUNNER_IMPORT = new RegExp(`['"\`](?:${[...runnersByModule.keys()].map((name) => name.replaceAll('/', '\\/')).join('|')})['"\`]`);
const globalRunners = allRunners.filter((runner) => runner.globals);
export const globalRoots: ReadonlySet<string> = new Set(
  globalRunners.flatMap(({ name, roots, skippedRoots }) => (name === 'qunit' ? [] : [...Object.values(roots).flat(), ...skippedRoots])),
);
const MOCK_GLOBALS = ['vi', 'jest', 'sinon', 'spyOn', 'mock', 'jasmine', 'td'];
const MOCK_MODULES: ReadonlySet<string> = new Set(['sinon', ...MODULE_REPLACERS]);
const TEST_GLOBALS: ReadonlySet<string> = new Set([...globalRoots, 'QUnit']);
const RUNNER_GLOBALS: ReadonlySet<string> = new Set([...TEST_GLOBALS, ...MOCK_GLOBALS]);
const LIBRARY_GLOBALS: ReadonlySet<string> = new Set([...Object.keys(BROWSER_GLOBALS), ...TYPED_ARRAYS, ...BYTE_ARRAYS, 'Array']);
const withCosts = new WeakMap<CostIndex, ReadonlySet<string>>();

function libraryGlobals(costs: CostIndex): ReadonlySet<string> {
  let names = withCosts.get(costs);
  if (!names) withCosts.set(costs, (names = new Set([...LIBRARY_GLOBALS, ...costs.globals])));
  return names;
}

/** Node's own modules and assertion libraries hold nothing that a cost row or the vocabulary could mean. */
const SILENT_MODULE = /^(?:node:(?!test)|(?:fs|path|os|url|util|events|assert|http|https|net|stream|crypto|child_process|zlib|buffer|process|timers)(?:\/|$)|chai|expect|should|power-assert|unexpected|jest-[\w-]+|@testing-library\/|react(?:-dom)?(?:\/|$)|lodash|ramda|immer|dayjs|chalk|picocolors|prettier)/;
const isSilent = nameTest(SILENT_MODULE);

/** Is it worth knowing which processes a file starts? */
const MAY_BUILD = /\b(?:build|rebuild|compile|bundle|export|install|test|generate|tsc|flow|tspc|ttsc|tsgo|webpack|rspack|rollup|rolldown|esbuild|parcel|browserify|tsup|tsdown|unbuild|bili|ncc|asc|emcc|circom|solc\w*|protoc|cargo|nargo|wasm-pack|jest|vitest|karma|cypress|wdio|testcafe|wtr)\b/;

/**
 * What is known of one file. Most test files hold nothing of interest: so only where called things come from is read at once; who
 * declares tests, who runs what and what is mocked is read when some call makes it worth asking.
 */
export class Reading {
  readonly module: SourceModule;
  readonly settings: Settings;
  readonly rows: RowFinder;
  /** What leads to libraries and to the files next door. */
  readonly origins: Origins;
  readonly #package: PackageInfo | undefined;
  readonly #root: string | undefined;
  #runnerOrigins: Origins | undefined;
  #declarations: readonly Declaration[] | undefined;
  #executions: ExecutionReader | undefined;
  #tests: TestReader | undefined;
  #mocks: Mocks | undefined;

  constructor(module: SourceModule, settings: Settings, root: string | undefined) {
    const { path } = module.file;
    const info = packageOf(path);
    const costs = costIndexFor(settings.costs);
    this.module = module;
    this.settings = settings;
    this.rows = rowsOf(costs, info);
    this.#package = info;
    this.#root = root;
    this.origins = readOrigins(module, {
      globals: libraryGlobals(costs),
      aliases: info?.aliases,
      marker: settings.marker.slow,
      context: contextObjectOf(info),
      knowsModule: (specifier) => costs.knowsModule(specifier),
      followsModule: (specifier, name) => !(runnersByModule.has(specifier) && (name === 'test' || !costs.knowsModule(specifier))) && (!isSilent(specifier) || (PROCESS_MODULE.test(specifier) && (MAY_BUILD.test(module.file.text) || (info !== undefined && hasLongCommand(info, costs))))),
      followsResult: (origin) => leadsOn(this.rows, origin),
    });
  }

  /** What leads to a runner, its mock objects, or a `test` that the file next door has made of a runner's. */
  get runnerOrigins(): Origins {
    const { path } = this.module.file;
    return (this.#runnerOrigins ??= readOrigins(this.module, {
      globals: RUNNER_GLOBALS,
      followsModule: (specifier, name) => runnersByModule.has(specifier) || MOCK_MODULES.has(specifier) || leadsToRunner(specifier, name, path),
    }));
  }

  get declarations(): readonly Declaration[] {
    return (this.#declarations ??= this.#readDeclarations());
  }

  #readDeclarations(): readonly Declaration[] {
    const { path } = this.module.file;
    const byGlobals = runnerOfGlobals(this.settings, this.#package?.dependencies ?? new Set());
    return readDeclarations(this.module, this.runnerOrigins, onceAnOrigin((origin) => runnerOf(origin, path, byGlobals)));
  }

  get executions(): ExecutionReader {
    return (this.#executions ??= new ExecutionReader(this.module, this.declarations));
  }

  get tests(): TestReader {
    return (this.#tests ??= new TestReader(this.module, this.executions, {
      markers: this.settings.marker,
      fileTier: tierOfPath(this.module.file.path, this.#root ?? this.#package?.folder, this.settings),
    }));
  }

  get mocks(): Mocks {
    return (this.#mocks ??= readMocks(this.module, [this.origins, this.runnerOrigins]));
  }
}

/** Undefined when nothing in the file can declare a test. */
export function readFile(file: ParsedFile, settings: Settings, root: string | undefined): Reading | undefined {
  const module = new SourceModule(file);
  return mayHoldTests(module) ? new Reading(module, settings, root) : undefined;
}

/** Names under which a file may take `test` from a neighbour. */
const DECLARES = /^(?:test|it|spec|describe|default)|[a-z](?:Test|Spec)$/;
/** Uses a runner's globals. */
const DECLARES_GLOBALLY = /(?<![\w$.'"`/])(?:it|test|describe)(?:\.\w+)*\s*\(|\bglobalThis\.(?:it|test|describe)\b/;

/** Does a relative import lead to a file that uses a runner? */
function leadsToRunner(specifier: string, name: string | undefined, from: string): boolean {
  if (name !== undefined && !DECLARES.test(name)) return false;
  const path = specifier.startsWith('.') ? resolveRelative(specifier, from) : undefined;
  return path !== undefined && usesRunner(path);
}

function usesRunner(path: string): boolean {
  return asksText(path, RUNNER_IMPORT) || asksText(path, DECLARES_GLOBALLY);
}

/** Makers and classes give things with methods; results of other functions of unknown libraries are values. */
const MAKER = /^(?:[A-Z]|(?:create|get|use|make|load|init|new|open|setup|connect|launch|start|extend|each|for|prepare|add|with|build)(?:$|[A-Z_]))/;

const leadsOn = onceAPackage(({ costs, packageName }, { specifier, path }): boolean => {
  if (specifier === null) return costs.globals.has(path[0] ?? '');
  if (costs.knowsModule(specifier)) return true;
  if (isOwnSpecifier(specifier, packageName) && packageName !== undefined && costs.knowsModule(packageName)) return true;
  const name = path.at(-1) ?? (isOwnSpecifier(specifier, packageName) ? 'default' : '');
  return name === 'default' || MAKER.test(name);
});

/** Cheap: does the file import a runner, use a runner's global, or take `test` from a neighbour? */
function mayHoldTests(module: SourceModule): boolean {
  // All its tests may be declared by what it imports: `generator('export-default', 'class');`.
  if (TEST_FILE.test(module.file.path)) return true;
  for (const statement of module.file.ast.body) {
    if (statement.type !== 'ImportDeclaration') continue;
    const specifier = statement.source.value;
    if (runnersByModule.has(specifier)) return true;
    for (const item of statement.specifiers) {
      const imported = importedName(item);
      if (imported === undefined) continue;
      if (IMPORTED_TEST.test(imported) || (imported === 'default' && IMPORTED_TEST.test(item.local.name))) return true;
    }
  }
  return module.globalsAmong(TEST_GLOBALS).length > 0 || module.globalUses('require').some((use) => requiresTests(use));
}

const IMPORTED_TEST = /^(?:test|it|spec|describe)/;
const TEST_FILE = /[\w$](?:\.|[_-](?=test\.))(?:test|spec)\.[cm]?[jt]sx?$/;

/** `require('ava')`, `require('./util').itCompiles`, `const { testBuild } = require('./util')`. */
function requiresTests(use: Node): boolean {
  const call = use.parent;
  if (call?.type !== 'CallExpression') return false;
  if (runnersByModule.has(literalText(call.arguments[0]) ?? '')) return true;
  const { parent } = call;
  if (parent.type === 'MemberExpression') return IMPORTED_TEST.test(staticName(parent) ?? '');
  return parent.type === 'VariableDeclarator' && parent.id.type === 'ObjectPattern' && parent.id.properties.some((property) => property.type === 'Property' && IMPORTED_TEST.test(staticName(property) ?? ''));
}

function runnerOfGlobals(settings: Settings, dependencies: ReadonlySet<string>): Runner {
  const chosen = allRunners.find(({ name }) => name === settings.runner);
  if (chosen) return chosen;
  return globalRunners.find(({ packages }) => packages.some((name) => dependencies.has(name))) ?? (globalRunners[1] as Runner);
}

function runnerOf(origin: Origin, path: string, byGlobals: Runner): { runner: Runner; path: readonly string[] } | undefined {
  if (origin.specifier === null) {
    const [root = ''] = origin.path;
    const qunit = runnersByModule.get('qunit');
    if (root === 'QUnit') return qunit && { runner: qunit, path: origin.path.slice(1) };
    if (!globalRoots.has(root)) return undefined;
    // Runners share most roots; one whose grammar reads the whole chain is meant (`test.sequential` is Vitest's).
    const able = [byGlobals, ...globalRunners].find((runner) => runner.name !== 'qunit' && readPath(runner, origin.path) !== undefined);
    return able && { runner: able, path: origin.path };
  }
  const runner = runnersByModule.get(origin.specifier);
  if (runner) {
    // `import QUnit from 'qunit'`, `import * as vitest from 'vitest'` come with their own first name.
    return { runner, path: origin.path };
  }
  const [root = ''] = origin.path;
  if (!origin.specifier.startsWith('.') || !DECLARES.test(root)) return undefined;
  const inherited = runnerOfNeighbour(origin.specifier, root, path, byGlobals);
  return inherited && { runner: inherited.runner, path: [...inherited.path, ...origin.path.slice(1)] };
}

/** `export const test = base.extend({…})` or `export { test } from 'vitest'` in the file next door. */
function runnerOfNeighbour(specifier: string, name: string, from: string, byGlobals: Runner): { runner: Runner; path: readonly string[] } | undefined {
  const path = resolveRelative(specifier, from);
  if (path === undefined || !usesRunner(path)) return undefined;
  const neighbour = moduleAt(path);
  const target = neighbour?.exportOf(name);
  if (!neighbour) return undefined;
  if (target?.type === 'reexport') {
    const runner = runnersByModule.get(target.specifier);
    return runner && { runner, path: [target.name] };
  }
  if (!target) {
    const runner = neighbour.exportAll.map((module) => runnersByModule.get(module)).find(Boolean);
    return runner && { runner, path: [name] };
  }
  const origins = readOrigins(neighbour, { globals: globalRoots, followsModule: (module) => runnersByModule.has(module) });
  const variable = target.node.type === 'Identifier' ? neighbour.variableOf(target.node) : undefined;
  const origin = (variable && origins.byVariable.get(variable)?.find((way) => !isGathered(way))) ?? wrappedBy(variable?.defs[0]?.node ?? target.node, origins);
  if (!origin) return undefined;
  const runner = origin.specifier === null ? byGlobals : runnersByModule.get(origin.specifier);
  return runner && { runner, path: origin.path };
}

/** `function run(title, fn) { test(title, () => fn(createContext())); }`: declares a test under the title that it is given, or one made of it. */
function wrappedBy(definition: Node, { calls }: Origins): Origin | undefined {
  const callback = definition.type === 'VariableDeclarator' && definition.init ? unwrap(definition.init) : unwrap(definition);
  if (!isFunction(callback) || callback.params.length < 2) return undefined;
  const [title] = callback.params;
  const inside = calls.filter(({ node }) => contains(callback, node));
  const titled = inside.filter(({ node }) => {
    const [given] = node.type === 'TaggedTemplateExpression' ? [] : node.arguments;
    return given?.type === 'Identifier' && title?.type === 'Identifier' && given.name === title.name;
  });
  // Of `test.only`, `test.skip` and `test`, the last; of `xit` and `it` too.
  const rank = ({ path }: Origin): number => path.length + (/^x[a-z]/.test(path[0] ?? '') ? 1 : 0);
  const [plain] = (titled.length > 0 ? titled : inside).sort((a, b) => rank(a.origin) - rank(b.origin));
  return plain?.origin;
}

function tierOfPath(path: string, root: string | undefined, settings: Settings): Tier {
  const inside = root !== undefined && isAbsolute(path) ? relative(root, path) : path;
  return tierOfFile(inside.replaceAll('\\', '/'), settings.files);
}
