/** The hooks around tests: may something move out of them, and how is a hook of the runner called in this file? */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { CallNode, Node } from '../analysis/nodes.ts';
import { calleeName, chainRoot, isCall, unwrap } from '../analysis/nodes.ts';
import { walk } from '../analysis/walk.ts';
import type { Edit } from './edit.ts';
import { importInstead } from './import-name.ts';

/** Forget spies, watch the clock, draw new inputs: nothing that a compile or a load could depend on. */
const UNRELATED = /^(?:clearAllMocks|resetAllMocks|restoreAllMocks|restore|reset|clear|mockClear|mockReset|mockRestore|useRealTimers|useFakeTimers|gc|log|verify)$/;

/** A `beforeEach` or `afterEach` around these tests that prepares or tidies up what the call may read or write. */
export function hookInTheWay({ reading }: Analysis, groups: readonly Declaration[], except: readonly (Declaration | undefined)[] = []): string | undefined {
  for (const declaration of reading.declarations) {
    if (declaration.kind !== 'hook' || declaration.hook === 'beforeAll' || except.includes(declaration) || !declaration.callback) continue;
    const name = calleeName(declaration.call) ?? '';
    if (declaration.hook === 'after' && !/each/i.test(name)) continue;
    const around = reading.tests.place(declaration).groups.at(-1);
    if (around && !groups.includes(around)) continue;
    if (prepares(declaration.callback.body)) return name;
  }
  return undefined;
}

function prepares(body: Node): boolean {
  let found = false;
  walk(body, (node) => {
    if (isCall(node) && node.type === 'CallExpression' && !UNRELATED.test(calleeName(node) ?? '')) found = true;
    if (node.type === 'AssignmentExpression' && unwrap(node.left).type === 'MemberExpression') found = true;
  });
  return found;
}

export interface OnceHooks {
  readonly before: string;
  readonly after: string;
  readonly edits: readonly Edit[];
}

/** The hooks that run once around the tests of a group, imported where they have to be; undefined when the runner has none. `instead`: hooks that become these. */
export function onceHooks(analysis: Analysis, { runner, call }: Declaration, needsAfter: boolean, instead: readonly Declaration[] = []): OnceHooks | undefined {
  const [first, tdd] = runner.roots.beforeAll;
  if (first === undefined || runner.name === 'qunit') return undefined;
  const { specifier, path } = analysis.reading.runnerOrigins.byCall.get(call) ?? { specifier: null, path: [] };
  // Mocha's `suite` and `test` come with `suiteSetup`.
  const before = tdd !== undefined && usesRoot(analysis, 'suite') ? tdd : first;
  const after = AFTER[before] ?? 'afterAll';
  if (specifier === null) return { before, after, edits: [] };
  // `test.before`, `test.beforeAll`: a member of what declares the tests.
  if (runner.defaultIsTest && (runner.name === 'playwright' || path.length === 0 || path[0] === 'default')) {
    const root = rootName(analysis, call);
    return root === undefined ? undefined : { before: `${root}.${before}`, after: `${root}.${after}${runner.name === 'ava' ? '.always' : ''}`, edits: [] };
  }
  if (specifier.startsWith('.')) return undefined;
  const wanted = (needsAfter ? [before, after] : [before]).map((name) => ({ name, alias: `${name}Tests` }));
  const { names, edits } = importInstead(analysis, specifier, wanted, instead.map((hook) => hook.call.callee));
  return { before: names[0] ?? before, after: names[1] ?? after, edits };
}

const AFTER: Readonly<Record<string, string>> = { before: 'after', suiteSetup: 'suiteTeardown' };

function usesRoot({ reading }: Analysis, name: string): boolean {
  return reading.declarations.some(({ call }) => calleeName(call) === name);
}

/** The identifier that the callee of a declaration begins with. */
function rootName({ reading }: Analysis, { callee }: CallNode): string | undefined {
  const root = chainRoot(callee);
  return root.type === 'Identifier' ? reading.module.file.text.slice(root.range[0], root.range[1]) : undefined;
}

/** How a hook gets the time that its tests had. */
export interface HookTimeout {
  /** Behind the callback: `, 60000`. */
  readonly argument: string;
  /** At the head of a `function` body: `this.timeout(60000)`. */
  readonly statement: string;
}

/** The longest timeout of the tests, for their hook; undefined where the runner has no way to say it. */
export function timeoutOfHook({ reading }: Analysis, tests: readonly Declaration[]): HookTimeout | undefined {
  const runner = tests[0]?.runner;
  const given = tests.flatMap((test) => test.timeout ?? []).map(({ range: [start, end] }) => reading.module.file.text.slice(start, end));
  const known = tests.flatMap((test) => reading.tests.place(test).timeout ?? []);
  if ((given.length === 0 && known.length === 0) || !runner) return { argument: '', statement: '' };
  const isOne = given.length === known.length && new Set(given).size === 1;
  if (!isOne && known.length < given.length) return undefined;
  const ms = isOne ? (given[0] ?? '') : String(Math.max(...known));
  if (runner.timeouts.lastArgument) return { argument: `, ${ms}`, statement: '' };
  if (runner.name === 'node:test') return { argument: `, { timeout: ${ms} }`, statement: '' };
  if (runner.name === 'mocha') return { argument: '', statement: `this.timeout(${ms})` };
  return runner.name === 'playwright' ? { argument: '', statement: `test.setTimeout(${ms})` } : undefined;
}
