/**
 * Who runs a piece of code: which test, which hook, the collection of a group, or nobody that the text shows. Climbs from
 * a node through callbacks and at most one local helper; a callback that `expect(…).toThrow` guards runs for its error only.
 */
import { SLOW_GATE } from '../knowledge/vocabulary.ts';
import type { Declaration, HookKind } from './declarations.ts';
import type { SourceModule, Variable } from './module.ts';
import type { CallNode, FunctionNode, LoopNode, Node } from './nodes.ts';
import { calleeName, chainRoot, isCall, isFunction, isLoop, outerUse, staticName, unwrap } from './nodes.ts';

export interface Execution {
  /** `module`: on import; `group`: on collection; `hook`, `test`: when run. */
  readonly kind: 'test' | 'hook' | 'group' | 'module';
  readonly hook?: HookKind;
  readonly declaration: Declaration | undefined;
  /** The call of the same-file helper that leads here. */
  readonly via: CallNode | undefined;
  readonly helper: FunctionNode | undefined;
  /** Loops and iterating callbacks between the node and the declaration (or helper), innermost first. */
  readonly loops: readonly Iteration[];
  /** The code only runs to make an assertion about its error. */
  readonly expectsError: boolean;
  /** Its promise is expected to reject: the work is done until it does. */
  readonly expectsRejection: boolean;
}

/** A loop statement, or a call such as `list.forEach(callback)`. */
export interface Iteration {
  readonly node: LoopNode | CallNode;
  readonly list: Node | undefined;
  /** The pattern or parameter that receives each item. */
  readonly item: Node | undefined;
}

const ITERATING = /^(?:forEach|map|flatMap|filter|reduce|some|every|find)$/;
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

export function iterationOf(node: Node): Iteration | undefined {
  if (isLoop(node)) {
    if (node.type === 'ForOfStatement') {
      const item = node.left.type === 'VariableDeclaration' ? node.left.declarations[0].id : node.left;
      return { node, list: node.right, item };
    }
    return { node, list: node.type === 'ForInStatement' ? node.right : undefined, item: undefined };
  }
  if (node.type !== 'CallExpression') return undefined;
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression') return undefined;
  const name = staticName(callee);
  if (name === undefined || !ITERATING.test(name)) return undefined;
  const callback = node.arguments[0] && unwrap(node.arguments[0]);
  return { node, list: callee.object, item: isFunction(callback) ? callback.params[0] : undefined };
}

export class ExecutionReader {
  readonly #module: SourceModule;
  readonly #byCallback = new Map<Node, Declaration>();
  readonly #helperUses = new Map<FunctionNode, readonly CallNode[]>();

  constructor(module: SourceModule, declarations: readonly Declaration[]) {
    this.#module = module;
    for (const declaration of declarations) if (declaration.callback) this.#byCallback.set(declaration.callback, declaration);
  }

  declarationOf(callback: Node): Declaration | undefined {
    return this.#byCallback.get(callback);
  }

  /** Everything that runs this node, looking through at most one same-file helper. */
  executionsOf(node: Node, hops = 1): readonly Execution[] {
    const loops: Iteration[] = [];
    let expectsError = false;
    let expectsRejection = false;
    let current: Node = node;
    while (current.parent) {
      const parent: Node = current.parent;
      if (isFunction(current)) {
        const declaration = this.#byCallback.get(current);
        if (declaration) {
          const kind = declaration.kind;
          const hook = declaration.hook;
          return [{ kind, ...(hook ? { hook } : {}), declaration, via: undefined, helper: undefined, loops, expectsError, expectsRejection }];
        }
        const use = outerUse(current);
        if (use.parent && isCall(use.parent) && use.parent.callee !== use.child) {
          const call = use.parent;
          const hook = this.#contextHook(call);
          if (hook) return [{ kind: 'hook', hook, declaration: undefined, via: undefined, helper: undefined, loops, expectsError, expectsRejection }];
          const error = expectedError(call);
          if (error === 'thrown') expectsError = true;
          else if (error === 'rejected') expectsRejection = true;
          const iteration = iterationOf(call);
          if (iteration) loops.push(iteration);
          current = call;
          continue;
        }
        if (use.parent && isCall(use.parent)) {
          current = use.parent;
          continue;
        }
        if (use.parent?.type === 'Property') return this.#moduleHook(use.parent, loops, expectsError, expectsRejection);
        return hops > 0 ? this.#callersOf(current, loops, expectsError, expectsRejection, hops) : [];
      }
      if (isLoop(parent) && current !== ('right' in parent ? parent.right : undefined)) {
        const iteration = iterationOf(parent);
        if (iteration) loops.push(iteration);
      } else if (parent.type === 'IfStatement' && parent.test !== current && this.isSlowGate(parent.test)) {
        return [];
      } else if (parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition' || parent.type === 'StaticBlock') {
        return [];
      } else if (isCall(parent) && parent.callee !== current && expectedError(parent)) {
        expectsRejection = true;
      }
      current = parent;
    }
    return [{ kind: 'module', declaration: undefined, via: undefined, helper: undefined, loops, expectsError, expectsRejection }];
  }

  #callersOf(
    helper: FunctionNode,
    loops: readonly Iteration[],
    expectsError: boolean,
    expectsRejection: boolean,
    hops: number,
  ): Execution[] {
    const found: Execution[] = [];
    for (const call of this.callsOf(helper)) {
      for (const execution of this.executionsOf(call, hops - 1)) {
        found.push({
          ...execution,
          via: call,
          helper,
          loops: [...loops, ...execution.loops],
          expectsError: expectsError || execution.expectsError,
          expectsRejection: expectsRejection || execution.expectsRejection,
        });
      }
    }
    return found;
  }

  /** Where a named function of this file is called. */
  callsOf(helper: FunctionNode): readonly CallNode[] {
    const known = this.#helperUses.get(helper);
    if (known) return known;
    const calls: CallNode[] = [];
    this.#helperUses.set(helper, calls);
    const variable = this.#variableOf(helper);
    if (!variable) return calls;
    for (const reference of variable.references) {
      if (!reference.isRead()) continue;
      const { child, parent } = outerUse(reference.identifier);
      if (!parent || !isCall(parent)) continue;
      // A helper handed to a declaration or an iteration runs there too: `beforeEach(setUp)`, `list.map(make)`.
      if (parent.callee === child || iterationOf(parent)) calls.push(parent);
    }
    return calls;
  }

  #variableOf(helper: FunctionNode): Variable | undefined {
    if (helper.type === 'FunctionDeclaration') return helper.id ? this.#module.variableOf(helper.id) : undefined;
    const { child, parent } = outerUse(helper);
    if (parent?.type === 'VariableDeclarator' && parent.init === child && parent.id.type === 'Identifier') {
      return this.#module.variableOf(parent.id);
    }
    if (parent?.type === 'AssignmentExpression' && parent.left.type === 'Identifier') return this.#module.variableOf(parent.left);
    // `const make = useCallback(() => …)`, `const run = withRetry(async () => …)`.
    return undefined;
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
  #moduleHook(property: Node, loops: readonly Iteration[], expectsError: boolean, expectsRejection: boolean): Execution[] {
    if (property.type !== 'Property') return [];
    const name = staticName(property);
    const call = property.parent.parent;
    if (name === undefined || !isCall(call) || !Object.hasOwn(HOOK_NAMES, name)) return [];
    const hook = HOOK_NAMES[name];
    if (!hook || calleeName(call) !== 'module') return [];
    return [{ kind: 'hook', hook, declaration: undefined, via: undefined, helper: undefined, loops, expectsError, expectsRejection }];
  }

  /** Does a condition ask for slow tests to be switched on? */
  isSlowGate(condition: Node): boolean {
    const text = this.#module.file.text.slice(condition.range[0], condition.range[1]);
    if (readsSlowVariable(text)) return true;
    for (const name of text.match(/[A-Za-z_$][\w$]*/g) ?? []) {
      const variable = this.#module.topScope?.set.get(name);
      const definition = variable?.defs[0];
      if (definition?.type !== 'Variable' || !definition.node.init) continue;
      const [start, end] = definition.node.init.range;
      if (end - start < 400 && readsSlowVariable(this.#module.file.text.slice(start, end))) return true;
    }
    return false;
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
      if (root.type === 'Identifier' && /^(?:expect\w*|assert\w*|should)$/.test(root.name)) return true;
    }
    current = parent;
  }
  return false;
}
