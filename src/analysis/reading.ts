/**
 * The reading of one test file: who declares tests, where called things come from, what is mocked. Everything that the
 * size, call and variant analyses share. A file in which nobody declares a test is read no further.
 */
import { isAbsolute, relative } from 'node:path';
import type { Runner } from '../knowledge/runner.ts';
import { allRunners } from '../knowledge/runners/all.ts';
import { BROWSER_GLOBALS } from '../knowledge/browser-globals.ts';
import { TYPED_ARRAYS } from '../knowledge/vocabulary.ts';
import type { CostRow } from '../knowledge/cost-row.ts';
import type { CostIndex } from './cost-lookup.ts';
import { costIndexFor } from './cost-lookup.ts';
import type { Declaration } from './declarations.ts';
import { readDeclarations, readPath } from './declarations.ts';
import { ExecutionReader } from './execution.ts';
import type { Mocks } from './mocks.ts';
import { readMocks } from './mocks.ts';
import type { ParsedFile } from './module.ts';
import { SourceModule } from './module.ts';
import { importedName } from './exports.ts';
import type { Node } from './nodes.ts';
import { moduleAt, packageOf, resolveRelative, asksText } from './neighbours.ts';
import type { Origin, Origins } from './origins.ts';
import { readOrigins } from './origins.ts';
import type { Settings } from './settings.ts';
import type { Tier } from './tests.ts';
import { TestReader } from './tests.ts';

export interface Reading {
  readonly module: SourceModule;
  readonly settings: Settings;
  readonly origins: Origins;
  readonly declarations: readonly Declaration[];
  readonly executions: ExecutionReader;
  readonly tests: TestReader;
  readonly mocks: Mocks;
  readonly rows: RowFinder;
}

const runnersByModule = new Map(allRunners.flatMap((runner) => runner.modules.map((module) => [module, runner] as const)));
const RUNNER_IMPORT = new RegExp(`['"](?:${[...runnersByModule.keys()].map((name) => name.replaceAll('/', '\\/')).join('|')})['"]`);
const globalRunners = allRunners.filter((runner) => runner.globals);
const globalRoots = new Set(
  globalRunners.flatMap(({ name, roots, skippedRoots }) => (name === 'qunit' ? [] : [...Object.values(roots).flat(), ...skippedRoots])),
);
const MOCK_GLOBALS = ['vi', 'jest', 'sinon', 'spyOn', 'mock', 'jasmine', 'td'];
const FOLLOWED_GLOBALS: ReadonlySet<string> = new Set([...globalRoots, 'QUnit', ...Object.keys(BROWSER_GLOBALS), ...MOCK_GLOBALS, ...TYPED_ARRAYS, 'Array']);
/** Node's own modules and assertion libraries hold nothing that a cost row or the vocabulary could mean. */
const SILENT_MODULE = /^(?:node:(?!test)|(?:fs|path|os|url|util|events|assert|http|https|net|stream|crypto|child_process|zlib|buffer|process|timers)(?:\/|$)|chai|expect|should|power-assert|unexpected|jest-[\w-]+|@testing-library\/|react(?:-dom)?(?:\/|$)|lodash|ramda|immer|dayjs|chalk|picocolors|prettier)/;

/** Is this the library under test, imported by its own tests? */
export function isOwnSpecifier(specifier: string, packageName: string | undefined): boolean {
  if (/^(?:\.{1,2}(?:\/|$)|#|@\/|~\/?|\$lib|src\/|\/)/.test(specifier)) return true;
  return packageName !== undefined && (specifier === packageName || specifier.startsWith(`${packageName}/`));
}

/** Looks rows up by origin; the library's own exports are looked up under its package name. */
export class RowFinder {
  readonly costs: CostIndex;
  readonly packageName: string | undefined;
  readonly ownHasRows: boolean;

  constructor(costs: CostIndex, packageName: string | undefined) {
    this.costs = costs;
    this.packageName = packageName;
    this.ownHasRows = packageName !== undefined && costs.knowsModule(packageName);
  }

  readonly #own = new Map<string, boolean>();
  readonly #found = new Map<Origin, CostRow | undefined>();

  isOwn({ specifier }: Origin): boolean {
    if (specifier === null) return false;
    let isOwn = this.#own.get(specifier);
    if (isOwn === undefined) this.#own.set(specifier, (isOwn = isOwnSpecifier(specifier, this.packageName)));
    return isOwn;
  }

  find(origin: Origin): CostRow | undefined {
    if (this.#found.has(origin)) return this.#found.get(origin);
    const row = this.#look(origin);
    this.#found.set(origin, row);
    return row;
  }

  #look(origin: Origin): CostRow | undefined {
    const direct = this.costs.find(origin.specifier, origin.path);
    if (direct || !this.ownHasRows || !this.isOwn(origin) || this.packageName === undefined) return direct;
    // `getTestLlama().loadModel`: a helper made the receiver, the method is the library's.
    return this.costs.find(this.packageName, origin.path) ?? this.costs.findMethod(this.packageName, origin.path);
  }
}

export function readFile(file: ParsedFile, settings: Settings, root: string | undefined): Reading | undefined {
  const module = new SourceModule(file);
  if (!mayHoldTests(module)) return undefined;
  const info = packageOf(file.path);
  const costs = costIndexFor(settings.costs);
  const origins = readOrigins(module, {
    followsGlobal: (name) => FOLLOWED_GLOBALS.has(name) || costs.globals.has(name),
    followsModule: (specifier) => runnersByModule.has(specifier) || !SILENT_MODULE.test(specifier),
    followsResult: remembered((origin) => leadsOn(origin, costs, info?.name)),
  });
  const byGlobals = runnerOfGlobals(settings, info?.dependencies ?? new Set());
  const declarations = readDeclarations(module, origins, remembered((origin) => runnerOf(origin, file.path, byGlobals)));
  if (declarations.length === 0) return undefined;
  const executions = new ExecutionReader(module, declarations);
  const fileTier = tierOfPath(file.path, root ?? info?.folder, settings);
  const tests = new TestReader(module, executions, { markers: settings.marker, fileTier });
  const mocks = readMocks(module, origins);
  return { module, settings, origins, declarations, executions, tests, mocks, rows: new RowFinder(costs, info?.name) };
}

/** Origins that go the same way are one object. */
function remembered<T>(answer: (origin: Origin) => T): (origin: Origin) => T {
  const known = new Map<Origin, T>();
  return (origin) => {
    if (known.has(origin)) return known.get(origin) as T;
    const value = answer(origin);
    known.set(origin, value);
    return value;
  };
}

/** Makers and classes give things with methods; results of other functions of unknown libraries are values. */
const MAKER = /^(?:[A-Z]|(?:create|get|use|make|load|init|new|open|setup|connect|launch|start|extend|each|for|prepare|add|with|build)(?:$|[A-Z_]))/;

function leadsOn({ specifier, path }: Origin, costs: CostIndex, packageName: string | undefined): boolean {
  if (specifier === null) return globalRoots.has(path[0] ?? '') || path[0] === 'QUnit' || costs.globals.has(path[0] ?? '');
  if (runnersByModule.has(specifier) || costs.knowsModule(specifier)) return true;
  if (isOwnSpecifier(specifier, packageName) && packageName !== undefined && costs.knowsModule(packageName)) return true;
  const name = path.at(-1) ?? '';
  return name === 'default' || /^(?:test|it|describe)/.test(path[0] ?? '') || MAKER.test(name);
}

/** Cheap: does the file import a runner, use a runner's global, or take `test` from a neighbour? */
function mayHoldTests(module: SourceModule): boolean {
  for (const name of module.globals().keys()) if (globalRoots.has(name) || name === 'QUnit') return true;
  if (module.globalUses('require').some((use) => requiresTests(use))) return true;
  for (const statement of module.file.ast.body) {
    if (statement.type !== 'ImportDeclaration') continue;
    const specifier = statement.source.value;
    if (runnersByModule.has(specifier)) return true;
    for (const item of statement.specifiers) {
      const imported = importedName(item);
      if (imported === undefined) continue;
      if (/^(?:test|it|describe)/.test(imported) || (imported === 'default' && /^(?:test|it|describe)/.test(item.local.name))) return true;
    }
  }
  return false;
}

function requiresTests(use: Node): boolean {
  const call = use.parent;
  const argument = call?.type === 'CallExpression' ? call.arguments[0] : undefined;
  return argument?.type === 'Literal' && runnersByModule.has(String(argument.value));
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
  if (!origin.specifier.startsWith('.') || !/^(?:test|it|describe|default)/.test(root)) return undefined;
  const inherited = runnerOfNeighbour(origin.specifier, root, path);
  return inherited && { runner: inherited.runner, path: [...inherited.path, ...origin.path.slice(1)] };
}

/** `export const test = base.extend({…})` or `export { test } from 'vitest'` in the file next door. */
function runnerOfNeighbour(specifier: string, name: string, from: string): { runner: Runner; path: readonly string[] } | undefined {
  const path = resolveRelative(specifier, from);
  if (path === undefined || !asksText(path, RUNNER_IMPORT)) return undefined;
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
  if (target.node.type !== 'Identifier') return undefined;
  const variable = neighbour.variableOf(target.node);
  const origins = readOrigins(neighbour, { followsGlobal: () => false, followsModule: (module) => runnersByModule.has(module) });
  const origin = variable && origins.byVariable.get(variable)?.[0];
  const runner = origin?.specifier == null ? undefined : runnersByModule.get(origin.specifier);
  return origin && runner && { runner, path: origin.path };
}

function tierOfPath(path: string, root: string | undefined, settings: Settings): Tier {
  const inside = root !== undefined && isAbsolute(path) ? relative(root, path) : path;
  const name = inside.replaceAll('\\', '/');
  if (settings.files.stress.test(name)) return 'stress';
  if (settings.files.slow.test(name)) return 'comprehensive';
  if (settings.files.integration.test(name)) return 'integration';
  return 'unit';
}
