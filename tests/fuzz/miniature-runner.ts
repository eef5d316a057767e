/**
 * A runner of a hundred lines that every dialect of the generated programs runs in, in this process: groups, hooks, tables, skips,
 * callbacks. It stands in for the real ones where thousands of suites are run; whether those agree is for `tests/codemods` to say.
 */
import assert from 'node:assert';
import { format } from 'node:util';
import { runInThisContext } from 'node:vm';
import * as ts from 'typescript';
import * as fixtures from '../../src/fixtures/index.ts';
import { ones } from '../checked-tensor.ts';

export interface Outcome {
  readonly title: string;
  readonly status: 'passed' | 'failed';
  /** What the test made and compiled, hooks aside. */
  readonly made: readonly string[];
}

export interface Run {
  readonly outcomes: readonly Outcome[];
  /** Everything that was made and compiled, wherever. */
  readonly made: ReadonlySet<string>;
}

type Body = (this: unknown, ...given: unknown[]) => unknown;
type Any = (...given: never[]) => unknown;

interface Group {
  readonly title: string;
  readonly outer: Group | undefined;
  readonly isSkipped: boolean;
  readonly before: Body[];
  readonly beforeEach: Body[];
  readonly after: Body[];
  /** Fails for every test when it fails once. */
  prepared: Promise<void> | undefined;
}

interface Test {
  readonly title: string;
  readonly group: Group;
  readonly body: Body;
}

const SKIPS = /^(?:skip|todo|fixme)$/;

/** Runs the tests of a text that `isChosen` takes by their full title. `SLOW` is set where the slow ones are run. */
export async function runProgram(text: string, isChosen: (title: string) => boolean, isSlow: boolean, isTypeScript: boolean): Promise<Run> {
  const tests: Test[] = [];
  const made = new Set<string>();
  let log: string[] = [];
  const say = (what: string): void => { log.push(what); made.add(what); };
  let group: Group = groupOf('', undefined, false);

  const declareTest = (isSkipped: boolean) => (title: unknown, ...given: unknown[]): void => {
    const body = given.find((item) => typeof item === 'function') as Body | undefined;
    const options = given.find((item) => typeof item === 'object' && item !== null) as { skip?: unknown; todo?: unknown } | undefined;
    if (isSkipped || !body || Boolean(options?.skip) || Boolean(options?.todo) || isIn(group, ({ isSkipped: skips }) => skips)) return;
    tests.push({ title: titleOf(group, String(title)), group, body });
  };
  const declareGroup = (isSkipped: boolean) => (title: unknown, ...given: unknown[]): void => {
    const body = given.find((item) => typeof item === 'function') as Body;
    const outer = group;
    group = groupOf(String(title), outer, isSkipped);
    body.call({ timeout: () => undefined });
    group = outer;
  };
  const hook = (kind: 'before' | 'beforeEach' | 'after') => (body: Body): void => void group[kind].push(body);
  const hooks = { before: hook('before'), beforeAll: hook('before'), suiteSetup: hook('before'), beforeEach: hook('beforeEach'), setup: hook('beforeEach'), after: () => undefined, afterAll: () => undefined, afterEach: hook('after'), teardown: hook('after'), suiteTeardown: () => undefined };
  const test = rootOf(declareTest, hooks);
  const describe = rootOf(declareGroup);
  const mocks = mocksOf();
  const api = { test, it: test, bench: test, describe, suite: describe, context: describe, ...hooks, expect, vi: mocks, jest: mocks, mock: mocks };
  const runner = Object.assign(Object.create(null) as object, api, { default: test, __esModule: true });
  const tensors = { ones: noted('ones', say), zeros: noted('zeros', say), randn: noted('randn', say) };
  const compile = (...given: unknown[]) => { say(`compile ${format(given)}`); return { code: 'code', free: () => undefined }; };
  const bundle = async (options: { input: unknown }) => { say(`rollup ${String(options.input)}`); return { cache: {}, watchFiles: ['a.js'], generate: async () => ({ output: [{ code: '' }] }), close: async () => undefined }; };
  const modules: Readonly<Record<string, unknown>> = {
    '../src/tensor.js': tensors, '@tensorflow/tfjs': tensors, flash: { compile, jit: (given: unknown) => given, Engine: { compile } }, rollup: { rollup: bundle }, 'eslint-plugin-slow-tests/fixtures': fixtures, 'node:assert': assert, assert,
  };
  const load = (name: string): unknown => modules[name] ?? runner;
  const outputText = asScript(text.replace(/^\uFEFF?(?:#!.*)?/, ''), isTypeScript);
  const start = runInThisContext(`(function (require, exports, process, setTimeout, ${Object.keys(api).join(', ')}) { return (function () {${outputText}\n})(); })`) as (...given: unknown[]) => void;
  const globals = Object.entries(api).map(([, value]) => value);
  start(load, {}, { env: isSlow ? { SLOW: '1' } : {} }, (callback: () => void) => { setImmediate(callback); }, ...globals);

  const outcomes: Outcome[] = [];
  for (const { title, group: home, body } of tests) {
    if (!isChosen(title)) continue;
    const groups = chainOf(home);
    let status: Outcome['status'] = 'passed';
    try {
      for (const each of groups) {
        await (each.prepared ??= prepare(each));
      }
      for (const each of groups) for (const begin of each.beforeEach) await begin.call(CONTEXT);
      log = [];
      await called(body);
    } catch {
      status = 'failed';
    }
    const own = log;
    log = [];
    for (const each of groups) for (const clean of each.after) await clean.call(CONTEXT);
    outcomes.push({ title, status, made: own });
  }
  return { outcomes, made };
}

const COMPILER = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, experimentalDecorators: true, esModuleInterop: true, jsx: ts.JsxEmit.React };
const IMPORT = /^import (?:(\w+)(?:, )?)?(?:\* as (\w+)|\{([^}]*)\})? from (['"][^'"]+['"]);?$/gm;

/** Without its imports; types need the compiler, which takes ten times as long. */
function asScript(text: string, isTypeScript: boolean): string {
  if (isTypeScript) return ts.transpileModule(text, { compilerOptions: COMPILER, fileName: 'a.tsx' }).outputText;
  return text.replaceAll('\r\n', '\n').replace(IMPORT, (_all, whole: string | undefined, space: string | undefined, names: string | undefined, module: string) =>
    [...(whole === undefined ? [] : [`${whole} = require(${module}).default ?? require(${module})`]), ...(space === undefined ? [] : [`${space} = require(${module})`]), ...(names === undefined ? [] : [`{${names.replace(/ as /g, ': ')}} = require(${module})`])].map((item) => `const ${item};`).join(' ')).replaceAll('import(', '(async (name) => require(name))(');
}

const CONTEXT = { timeout: () => undefined, slow: () => undefined, retries: () => undefined };

function called(body: Body): unknown {
  if (!/^(?:async )?(?:function \w*)?\(?done\b/.test(body.toString())) return body.call(CONTEXT, { mock: mocksOf() });
  return new Promise((resolve, reject) => { body.call(CONTEXT, (error?: unknown) => { if (error === undefined) resolve(undefined); else reject(error as Error); }); });
}

async function prepare({ before }: Group): Promise<void> {
  for (const begin of before) await begin.call(CONTEXT);
}

function groupOf(title: string, outer: Group | undefined, isSkipped: boolean): Group {
  return { title, outer, isSkipped, before: [], beforeEach: [], after: [], prepared: undefined };
}

function chainOf(group: Group): Group[] {
  return group.outer ? [...chainOf(group.outer), group] : [group];
}

function isIn(group: Group, holds: (group: Group) => boolean): boolean {
  return chainOf(group).some(holds);
}

function titleOf(group: Group, title: string): string {
  return [...chainOf(group).map((each) => each.title).filter(Boolean), title].join(' > ');
}

/** `it`, `it.only`, `it.skip`, `it.each(rows)`, `it.skipIf(condition)`; what they return declares in its turn. */
function rootOf(declare: (isSkipped: boolean) => (title: unknown, ...given: unknown[]) => void, members: Readonly<Record<string, unknown>> = {}): Any {
  const make = (isSkipped: boolean): Any => {
    const root = declare(isSkipped);
    return new Proxy(root as Any, {
      get(_target, name) {
        const word = String(name);
        if (Object.hasOwn(members, word)) return members[word];
        if (SKIPS.test(word)) return make(true);
        if (word === 'skipIf') return (condition: unknown) => make(isSkipped || Boolean(condition));
        if (word === 'runIf' || word === 'if') return (condition: unknown) => make(isSkipped || !condition);
        if (word === 'each' || word === 'for') return (rows: readonly unknown[], ...values: unknown[]) => (title: string, body: Body, ...rest: unknown[]) => {
          for (const row of 'raw' in rows ? tagged(rows as unknown as TemplateStringsArray, values) : rows) {
            const given = Array.isArray(row) && word === 'each' ? (row as unknown[]) : [row];
            root(rowTitle(title, Array.isArray(row) ? (row as unknown[]) : [row]), function (this: unknown) { return body.apply(this, given); }, ...rest);
          }
        };
        return make(isSkipped);
      },
    });
  };
  return make(false);
}

function tagged(strings: TemplateStringsArray, values: readonly unknown[]): unknown[] {
  const names = (strings[0] ?? '').split('|').map((name) => name.trim());
  return Array.from({ length: values.length / names.length }, (_, row) => Object.fromEntries(names.map((name, column) => [name, values[row * names.length + column]])));
}

function rowTitle(title: string, row: readonly unknown[]): string {
  let at = 0;
  const filled = title.replace(/%([sdifjop%])/g, (all, kind: string) => (kind === '%' ? '%' : at < row.length ? format(all, row[at++]) : all));
  const [first] = row;
  return typeof first === 'object' && first !== null ? filled.replace(/\$([a-z]\w*)/gi, (all, name: string) => (name in first ? format('%s', (first as Record<string, unknown>)[name]) : all)) : filled;
}

function noted(name: string, say: (what: string) => void): Any {
  return ((shape: readonly number[], value = 1) => {
    say(`${name} ${shape.join(' × ')}`);
    return ones(shape, value);
  }) as Any;
}

function mocksOf() {
  const restores: (() => void)[] = [];
  const spyOn = (target: Record<string, unknown>, name: string, replacement?: unknown) => {
    const original = target[name];
    const put = (next: unknown): void => { target[name] = next; };
    restores.push(() => put(original));
    if (replacement !== undefined) put(replacement);
    return { mockImplementation: put, mockReturnValue: (value: unknown) => put(() => value), mockResolvedValue: (value: unknown) => put(async () => value) };
  };
  const restoreAllMocks = (): void => { for (const restore of restores.splice(0).reverse()) restore(); };
  return { spyOn, method: spyOn, restoreAllMocks, restoreAll: restoreAllMocks, fn: (given: unknown) => given };
}

function expect(actual: unknown) {
  return {
    toEqual: (expected: unknown) => assert.deepEqual(actual, expected),
    toBe: (expected: unknown) => assert.strictEqual(actual, expected),
    toBeTruthy: () => assert.ok(actual),
  };
}
