/**
 * Who runs a piece of code: which test, which hook, the collection of a group, or nobody that the text shows. Climbs from
 * a node through callbacks and at most one local helper; a callback that `expect(…).toThrow` guards runs for its error only.
 */
import { SLOW_GATE } from '../knowledge/vocabulary.ts';
import type { TSESTree } from '@typescript-eslint/utils';
import type { Declaration, HookKind } from './declarations.ts';
import { FunctionUses } from './function-uses.ts';
import type { Iteration } from './iteration.ts';
import { iterationOf } from './iteration.ts';
import type { SourceModule } from './module.ts';
import type { CallNode, FunctionNode, Node } from './nodes.ts';
import { calleeName, chainRoot, contains, enclosingFunction, isCall, isFunction, isLoop, outerUse, staticName, unwrap } from './nodes.ts';

export interface Execution {
  /** `module`: on import; `group`: on collection; `hook`, `test`: when run. */
  readonly kind: 'test' | 'hook' | 'group' | 'module';
  readonly hook?: HookKind | undefined;
  readonly declaration: Declaration | undefined;
  /** The call of the same-file helper that leads here. */
  readonly via: CallNode | undefined;
  readonly helper: FunctionNode | undefined;
  /** The helper is a method, or what another function returns. */
  readonly isIndirect?: boolean;
  /** Loops and iterating callbacks between the node and the declaration (or helper), innermost first. */
  readonly loops: readonly Iteration[];
  /** The code only runs to make an assertion about its error. */
  readonly expectsError: boolean;
  /** Its promise is expected to reject: the work is done until it does. */
  readonly expectsRejection: boolean;
}

/** Given a function, these do not run it, or only when something goes wrong or is over. */
const KEEPS_FOR_LATER = /^(?:fn|spyOn|stub|mock\w*|callsFake|replace|on|once|off|add\w*Listener|remove\w*|after\w*|teardown|finally|catch|onTest\w+|set(?:Timeout|Interval|Immediate)|promisify|bind|memoize|debounce|throttle)$/;
const HOOK_NAMES: Readonly<Record<string, HookKind>> = {
  before: 'beforeAll',
  beforeAll: 'beforeAll',
  setup: 'beforeAll',
  beforeEach: 'beforeEach',
  after: 'after',
  afterEach: 'after',
  afterAll: 'after',
  teardown: 'after',
};

/** By nothing in between. */
function plainExecution(kind: Execution['kind'], hook: HookKind | undefined, declaration: Declaration | undefined): Execution {
  return { kind, hook, declaration, via: undefined, helper: undefined, loops: [], expectsError: false, expectsRejection: false };
}

function executionOf(declaration: Declaration): Execution {
  return plainExecution(declaration.kind, declaration.hook, declaration);
}

export class ExecutionReader {
  readonly #module: SourceModule;
  /** Several tests may run one function. */
  readonly #byCallback = new Map<Node, readonly Declaration[]>();
  /** Calls that make what a declaration runs: `it('works', withDevice(options, test))`. */
  readonly #byMaker = new Map<Node, Declaration>();
  readonly #uses: FunctionUses;
  /** Executions of functions, by hops left. */
  readonly #byFunction: Map<FunctionNode, readonly Execution[]>[] = [];

  constructor(module: SourceModule, declarations: readonly Declaration[]) {
    this.#module = module;
    for (const declaration of declarations) {
      if (declaration.callback) this.#byCallback.set(declaration.callback, [...(this.#byCallback.get(declaration.callback) ?? []), declaration]);
      if (declaration.maker) this.#byMaker.set(declaration.maker, declaration);
    }
    this.#uses = new FunctionUses(module, this.#byMaker);
  }

  declarationOf(callback: Node): Declaration | undefined {
    return this.#byCallback.get(callback)?.[0];
  }

  /** Everything that runs this node, looking through at most one same-file helper. */
  executionsOf(node: Node, hops = 1): readonly Execution[] {
    const made = this.#byMaker.get(node);
    if (made) return [executionOf(made)];
    const loops: Iteration[] = [];
    let expectsRejection = false;
    let current: Node = node;
    while (current.parent) {
      const parent: Node = current.parent;
      if (isFunction(current) && current !== node) {
        const around = this.#executionsOfFunction(current, hops);
        return loops.length === 0 && !expectsRejection ? around : around.map((execution) => ({
          ...execution,
          loops: [...loops, ...execution.loops],
          expectsRejection: expectsRejection || execution.expectsRejection,
        }));
      }
      if (isLoop(parent) && current !== ('right' in parent ? parent.right : undefined)) {
        const iteration = iterationOf(parent);
        if (iteration) loops.push(iteration);
      } else if (this.#isGatedBranch(current, parent)) {
        return [];
      } else if (parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition' || parent.type === 'StaticBlock') {
        return [];
      } else if (isCall(parent) && parent.callee !== current && expectedError(parent)) {
        expectsRejection = true;
      }
      current = parent;
    }
    return [{ kind: 'module', declaration: undefined, via: undefined, helper: undefined, loops, expectsError: false, expectsRejection }];
  }

  #executionsOfFunction(callback: FunctionNode, hops: number): readonly Execution[] {
    const known = this.#byFunction[hops]?.get(callback);
    if (known) return known;
    const memo = (this.#byFunction[hops] ??= new Map());
    // Until it is known: a function that only calls itself runs nowhere.
    memo.set(callback, []);
    const executions = this.#readFunction(callback, hops);
    memo.set(callback, executions);
    return executions;
  }

  #readFunction(callback: FunctionNode, hops: number): readonly Execution[] {
    const declarations = this.#byCallback.get(callback);
    if (declarations) return declarations.flatMap((declaration) => (declaration.kind === 'test' && this.returnsUnlessSlow(callback) ? [] : executionOf(declaration)));
    const { child, parent } = outerUse(callback);
    if (parent && isCall(parent)) {
      if (parent.callee === child) return this.executionsOf(parent, hops);
      const hook = this.#contextHook(parent);
      if (hook) return [plainExecution('hook', hook, undefined)];
      const iteration = iterationOf(parent);
      const error = expectedError(parent);
      const around = this.executionsOf(parent, hops);
      // Nobody knows what an unknown function does with a callback before any test runs.
      const known = iteration ? around : around.filter(({ kind }) => kind !== 'module');
      return known.map((execution) => ({
        ...execution,
        loops: iteration ? [iteration, ...execution.loops] : execution.loops,
        expectsError: execution.expectsError || error === 'thrown',
        expectsRejection: execution.expectsRejection || error === 'rejected',
      }));
    }
    const hook = parent?.type === 'Property' ? this.#moduleHook(parent) : undefined;
    if (hook) return [plainExecution('hook', hook, undefined)];
    return [
      ...this.callsOf(callback).flatMap((call) => this.#throughHelper(callback, call, hops)),
      ...this.#uses.callsElsewhere(callback).flatMap((call) => this.#throughHelper(callback, call, hops)).map((execution) => ({ ...execution, isIndirect: true })),
      ...this.#handedOn(callback).flatMap((call) => this.#throughHandedOn(callback, call, hops)),
    ];
  }

  #throughHelper(callback: FunctionNode, call: CallNode, hops: number): readonly Execution[] {
    // A closure inside a helper is a part of it: `function run() { const step = () => …; step(); }`.
    const around = enclosingFunction(callback);
    if (around && !this.#byCallback.has(around) && contains(around, call)) {
      const inside = this.executionsOf(call, hops);
      return inside.map((execution) => (execution.via ? execution : { ...execution, via: call, helper: callback }));
    }
    return hops === 0 ? [] : this.executionsOf(call, hops - 1).map((execution) => ({ ...execution, via: call, helper: callback }));
  }

  /** `await catchError(fail)`: as if it stood there. */
  #throughHandedOn(callback: FunctionNode, call: CallNode, hops: number): readonly Execution[] {
    if (hops === 0) return [];
    const error = expectedError(call);
    return this.executionsOf(call, hops - 1).filter(({ kind }) => kind !== 'module').map((execution) => ({
      ...execution,
      via: call,
      helper: callback,
      expectsError: execution.expectsError || error === 'thrown',
      expectsRejection: execution.expectsRejection || error === 'rejected',
    }));
  }

  /** Calls that a function of one test is handed to as it is; one of the file may be run once for all, as a fixture is. */
  #handedOn(helper: FunctionNode): readonly CallNode[] {
    const around = enclosingFunction(helper);
    if (!around || this.declarationOf(around)?.kind !== 'test') return [];
    const variable = this.#uses.variableOf(helper);
    return (variable?.references ?? []).flatMap((reference) => {
      const { child, parent } = outerUse(reference.identifier);
      if (!reference.isRead() || !isCall(parent) || parent.callee === child || iterationOf(parent)) return [];
      return KEEPS_FOR_LATER.test(calleeName(parent) ?? '') ? [] : [parent];
    });
  }

  /** `if (!process.env.SLOW) return;` (or `this.skip()`) at the head of a test. */
  returnsUnlessSlow(callback: FunctionNode | undefined): boolean {
    if (callback?.body.type !== 'BlockStatement') return false;
    return callback.body.body.slice(0, 4).some((statement) => {
      if (statement.type !== 'IfStatement' || this.slowGate(statement.test) !== 'off') return false;
      const inner = statement.consequent.type === 'BlockStatement' ? statement.consequent.body[0] : statement.consequent;
      if (inner?.type === 'ReturnStatement') return true;
      return inner?.type === 'ExpressionStatement' && isCall(inner.expression) && /^(?:skip|pending)$/.test(calleeName(inner.expression) ?? '');
    });
  }

  isGated(node: Node): boolean {
    for (let current = node; current.parent; current = current.parent) if (this.#isGatedBranch(current, current.parent)) return true;
    return false;
  }

  /** Code that only runs when an environment variable asks for slow tests. */
  #isGatedBranch(child: Node, parent: Node): boolean {
    if (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') {
      if (child === parent.test) return false;
      const gate = this.slowGate(parent.test);
      return gate !== undefined && (gate === 'on') === (child === parent.consequent);
    }
    return parent.type === 'LogicalExpression' && parent.right === child && this.slowGate(parent.left) === (parent.operator === '&&' ? 'on' : 'off');
  }

  /** Where a named function of this file is called. */
  callsOf(helper: FunctionNode): readonly CallNode[] {
    return this.#uses.callsOf(helper);
  }

  /** QUnit's `hooks.beforeEach(…)`, tap's `t.beforeEach(…)`: a hook registered on a parameter. */
  #contextHook(call: CallNode): HookKind | undefined {
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return undefined;
    const name = staticName(callee);
    if (name === undefined || !Object.hasOwn(HOOK_NAMES, name)) return undefined;
    return this.#module.variableOf(callee.object)?.defs[0]?.type === 'Parameter' ? HOOK_NAMES[name] : undefined;
  }

  /** QUnit's `module('name', { beforeEach() {…} })`. */
  #moduleHook(property: TSESTree.Property): HookKind | undefined {
    const name = staticName(property);
    const call = property.parent.parent;
    if (name === undefined || !isCall(call) || calleeName(call) !== 'module') return undefined;
    return Object.hasOwn(HOOK_NAMES, name) ? HOOK_NAMES[name] : undefined;
  }

  isSlowGate(condition: Node): boolean {
    return this.slowGate(condition) !== undefined;
  }

  /** Does a condition ask for slow tests to be switched on, or hold while they are off? */
  slowGate(condition: Node): 'on' | 'off' | undefined {
    const text = this.#module.file.text.slice(condition.range[0], condition.range[1]);
    const isNegated = /^\s*!(?!=)|!==?\s*['"`]?(?:1|true|yes|on)\b|={2,3}\s*(?:undefined|null|['"`]{2}|['"`]?(?:0|false|no|off)\b)/.test(text);
    if (readsSlowVariable(text)) return isNegated ? 'off' : 'on';
    if (!/^[!\w$\s.()&|]+$/.test(text)) return undefined;
    for (const name of text.match(/[A-Za-z_$][\w$]*/g) ?? []) {
      const definition = this.#module.topScope?.set.get(name)?.defs[0];
      if (definition?.type !== 'Variable' || !definition.node.init) continue;
      const [start, end] = definition.node.init.range;
      if (end - start < 400 && readsSlowVariable(this.#module.file.text.slice(start, end))) return isNegated ? 'off' : 'on';
    }
    return undefined;
  }
}

function readsSlowVariable(text: string): boolean {
  for (const match of text.matchAll(/\benv(?:\.get\(\s*)?[.[\s]*['"]?([A-Z][A-Z0-9_]*)/g)) {
    if (SLOW_GATE.test(match[1] ?? '')) return true;
  }
  return false;
}

/**
 * Whether a call asserts an error of what it is given: `expect(() => …).toThrow()`, `assert.throws(…)`; or a rejection:
 * `expect(promise).rejects`, `t.throwsAsync(…)`.
 */
function expectedError(call: CallNode): 'thrown' | 'rejected' | undefined {
  const name = calleeName(call);
  if (name === undefined) return undefined;
  if (/^(?:throws|raises|expectError|assertThrows|shouldThrow)$/.test(name)) return 'thrown';
  if (/^(?:throwsAsync|rejects|doesReject|expectRevert|assertRejects)$/.test(name)) return 'rejected';
  if (name !== 'expect' && name !== 'assertThat') return undefined;
  let current: Node = call;
  let isNegated = false;
  let isAsync = false;
  for (;;) {
    const { child, parent } = outerUse(current);
    if (parent?.type === 'MemberExpression' && parent.object === child) {
      const member = staticName(parent) ?? '';
      if (member === 'not') isNegated = true;
      else if (/^(?:rejects|rejected\w*|reverted\w*|toReject\w*|toBeRejected\w*)$/.test(member)) return isNegated ? undefined : 'rejected';
      else if (member === 'eventually') isAsync = true;
      else if (/^(?:toThrow\w*|throws?|throwError\w*)$/.test(member)) return isNegated ? undefined : isAsync ? 'rejected' : 'thrown';
      current = parent;
    } else if (parent && isCall(parent) && parent.callee === child) {
      current = parent;
    } else {
      return undefined;
    }
  }
}

/** Is a node inside the argument of an assertion, as an expected value? */
export function isInsideAssertion(node: Node): boolean {
  let current = node;
  while (current.parent && !isFunction(current) && !/Statement$|Declarator$/.test(current.type)) {
    const parent: Node = current.parent;
    if (isCall(parent) && parent.callee !== current) {
      const root = chainRoot(parent.callee);
      // `expect(actual)` and the first argument of `assert.equal(actual, expected)` are computed, not expected.
      const isActual = root === unwrap(parent.callee) ? /^expect$/.test(calleeName(parent) ?? '') : parent.arguments[0] === current && root.type === 'Identifier' && /^assert/.test(root.name);
      if (!isActual && root.type === 'Identifier' && /^(?:expect\w*|assert\w*|should)$/.test(root.name)) return true;
    }
    current = parent;
  }
  return false;
}
