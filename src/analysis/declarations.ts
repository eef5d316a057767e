/**
 * Tests, groups and hooks of a file, read from the calls that lead to a runner. Works by grammar: a root, modifiers, at most
 * one table, then the declaring call. A `test` from an unrelated module never gets here, since only runners' modules and the
 * runners' own globals are followed.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Runner } from '../knowledge/runner.ts';
import type { SourceModule } from './module.ts';
import type { CallNode, FunctionNode, Node } from './nodes.ts';
import { isCall, isFunction, literalText, staticName, unwrap, unwrapAwait } from './nodes.ts';
import type { Origin, Origins } from './origins.ts';

export type HookKind = 'beforeAll' | 'beforeEach' | 'after';

export interface Declaration {
  readonly kind: 'test' | 'group' | 'hook';
  readonly hook: HookKind | undefined;
  readonly runner: Runner;
  readonly call: CallNode;
  readonly callback: FunctionNode | undefined;
  /** The call whose result is run. */
  readonly maker: CallNode | undefined;
  readonly title: Node | undefined;
  /** The argument of `each(…)`, or a tagged table. */
  readonly table: Node | undefined;
  /** The options object, if there is one. */
  readonly options: TSESTree.ObjectExpression | undefined;
  /** A timeout given beside the options. */
  readonly timeout: Node | undefined;
  readonly isSkipped: boolean;
  /** Conditions which decide whether it runs: `skipIf(…)`, `cond ? it : it.skip`. */
  readonly gates: readonly Node[];
}

type RootKind = 'test' | 'group' | HookKind;

function rootKind(runner: Runner, name: string): RootKind | undefined {
  if (runner.roots.test.includes(name)) return 'test';
  if (runner.roots.group.includes(name)) return 'group';
  if (runner.roots.beforeAll.includes(name)) return 'beforeAll';
  if (runner.roots.beforeEach.includes(name)) return 'beforeEach';
  if (runner.roots.after.includes(name)) return 'after';
  return undefined;
}

interface Shape {
  kind: RootKind;
  isSkipped: boolean;
  hasTable: boolean;
  isConditional: boolean;
}

/** Reads a callee path by the runner's grammar; undefined when the call declares nothing. */
export function readPath(runner: Runner, path: readonly string[]): Shape | undefined {
  let index = 0;
  let kind: RootKind | undefined;
  let isSkipped = false;
  const first = path[0] === 'default' ? (index++, path[1]) : path[0];
  if (first !== undefined && runner.skippedRoots.includes(first)) {
    kind = /describe|context|suite/i.test(first) ? 'group' : 'test';
    isSkipped = true;
    index++;
  } else if (first !== undefined && rootKind(runner, first)) {
    kind = rootKind(runner, first);
    index++;
  } else if (runner.defaultIsTest || (first !== undefined && runner.extenders.includes(first))) {
    kind = 'test';
  }
  if (!kind) return undefined;
  let hasTable = false;
  let isConditional = false;
  for (; index < path.length; index++) {
    const token = path[index] ?? '';
    const inner = rootKind(runner, token);
    if (runner.modifiers.includes(token)) {
      if (runner.skipModifiers.includes(token)) isSkipped = true;
      if (runner.extenders.includes(token) && path[index + 1] === '()') index++;
    } else if (runner.extenders.includes(token)) {
      if (path[index + 1] !== '()') return undefined;
      index++;
    } else if (runner.conditions.includes(token)) {
      if (path[index + 1] !== '()') return undefined;
      isConditional = true;
      index++;
    } else if (runner.tables.includes(token)) {
      // QUnit's `each` takes the title and the table in the declaring call itself.
      if (path[index + 1] === '()') index++;
      else if (index !== path.length - 1) return undefined;
      hasTable = true;
    } else if (inner && kind === 'test') {
      kind = inner;
    } else {
      return undefined;
    }
  }
  return { kind, isSkipped, hasTable, isConditional };
}

/** Every declaration of the file, in source order. `runnerOf` names the runner an origin belongs to. */
export function readDeclarations(
  module: SourceModule,
  origins: Origins,
  runnerOf: (origin: Origin) => { readonly runner: Runner; readonly path: readonly string[] } | undefined,
): Declaration[] {
  const declarations: Declaration[] = [];
  for (const { node } of origins.calls) {
    if (node.type === 'TaggedTemplateExpression') continue;
    const origin = origins.byCall.get(node);
    const belongs = origin && runnerOf(origin);
    if (!origin || !belongs) continue;
    const shape = readPath(belongs.runner, belongs.path);
    if (!shape) continue;
    const declaration = declare(module, node, belongs.runner, shape, origin);
    if (declaration) declarations.push(declaration);
  }
  for (const declaration of declarations) declarations.push(...subtestsOf(module, declaration));
  return declarations.sort((a, b) => a.call.range[0] - b.call.range[0]);
}

/** `t.test('name', fn)` on the context of a test; `({ test }) => { test('name', fn); }`. */
function subtestsOf(module: SourceModule, { runner, callback, kind }: Declaration): Declaration[] {
  const [parameter] = callback?.params ?? [];
  if (kind === 'hook' || runner.subtests.length === 0 || !parameter) return [];
  const found: Declaration[] = [];
  for (const { name, callee } of methodsOf(module, parameter)) {
    if (!runner.subtests.includes(name) || !isCall(callee.parent) || callee.parent.callee !== callee) continue;
    const shape = readPath(runner, [name]);
    const declaration = shape && declare(module, callee.parent, runner, shape, { specifier: '', path: [name], gates: [] });
    if (declaration) found.push(declaration);
  }
  return found;
}

function methodsOf(module: SourceModule, parameter: Node): { readonly name: string; readonly callee: Node }[] {
  if (parameter.type === 'ObjectPattern') {
    return parameter.properties.flatMap((property) => {
      const name = property.type === 'Property' ? staticName(property) : undefined;
      return name === undefined ? [] : usesOf(module, property.type === 'Property' ? property.value : property).map((callee) => ({ name, callee }));
    });
  }
  return usesOf(module, parameter).flatMap((use) => {
    const member = use.parent;
    const name = member?.type === 'MemberExpression' && member.object === use ? staticName(member) : undefined;
    return member && name !== undefined ? [{ name, callee: member }] : [];
  });
}

function usesOf(module: SourceModule, name: Node): Node[] {
  return name.type === 'Identifier' ? (module.variableOf(name)?.references ?? []).map(({ identifier }) => identifier) : [];
}

function declare(
  module: SourceModule,
  call: CallNode,
  runner: Runner,
  shape: Shape,
  origin: Origin,
): Declaration | undefined {
  const callback = callbackOf(module, call);
  const [first] = call.arguments;
  const isHook = shape.kind !== 'test' && shape.kind !== 'group';
  const titled = first !== undefined && !isFunction(unwrap(first)) && unwrap(first).type !== 'ObjectExpression';
  const maker = makerIn(isHook ? call.arguments : call.arguments.slice(1));
  const isMadeHook = isHook && maker !== undefined;
  if (!callback && !isMadeHook && !(titled && !isHook && call.arguments.length === 1 && !shape.hasTable)) {
    // `test.skip(condition)` inside a body, `describe.configure({…})`, a macro from elsewhere: nothing to read.
    if (isHook || shape.kind === 'group' || !titled || call.arguments.length < 2) return undefined;
  }
  // A global `test('x')` without a function is some other `test`; `it('pending')` declares nothing that runs.
  if (!callback && !isMadeHook && origin.specifier === null && call.arguments.length < 2) return undefined;
  // `test.skip(condition, reason)` inside a body names no test.
  if (!callback && shape.isSkipped && call.arguments.length > 1 && runner.name === 'playwright') return undefined;
  const table = shape.hasTable ? tableOf(call) : undefined;
  const gates = [...origin.gates];
  if (shape.isConditional) gates.push(...conditionArguments(runner, call));
  const options = call.arguments.map((argument) => unwrap(argument)).find((argument) => argument.type === 'ObjectExpression');
  let isSkipped = shape.isSkipped;
  if (options) {
    for (const property of options.properties) {
      if (property.type !== 'Property') continue;
      const name = staticName(property);
      if (name === undefined || !runner.options.skip.includes(name)) continue;
      const value = unwrap(property.value);
      if (value.type === 'Literal') isSkipped ||= Boolean(value.value);
      else gates.push(value);
    }
  }
  return {
    kind: isHook ? 'hook' : shape.kind === 'group' ? 'group' : 'test',
    hook: isHook ? (shape.kind as HookKind) : undefined,
    runner,
    call,
    callback,
    maker,
    title: titled && !isMadeHook ? first : undefined,
    table,
    options,
    timeout: timeoutOf(runner, call, callback),
    isSkipped,
    gates,
  };
}

/** The function that runs: written in place, inside a wrapper call (`withBackend(async () => …)`), or named. */
function callbackOf(module: SourceModule, call: CallNode): FunctionNode | undefined {
  for (const argument of call.arguments) {
    const node = unwrap(argument);
    if (isFunction(node)) return node;
  }
  for (const argument of call.arguments.slice(0, 3)) {
    const node = unwrap(argument);
    if (isCall(node)) {
      for (const inner of node.arguments) if (isFunction(unwrap(inner))) return unwrap(inner) as FunctionNode;
    } else if (node.type === 'Identifier') {
      const found = module.variableOf(node)?.defs[0];
      // The node of a parameter is the function that takes it.
      if (found?.type === 'Parameter') continue;
      const definition = found?.node;
      if (isFunction(definition)) return definition;
      if (definition?.type === 'VariableDeclarator' && definition.init) {
        const init = unwrap(definition.init);
        if (isFunction(init)) return init;
        // AVA's `test.macro({ exec(t) {…} })` and wrappers.
        const wrapped = isCall(init) ? init.arguments.map((inner) => executed(unwrap(inner))).find((inner) => isFunction(inner)) : undefined;
        if (wrapped) return wrapped;
      }
    }
  }
  return undefined;
}

/** `{ exec(t) {…}, title: … }` of a macro. */
function executed(given: Node): Node | undefined {
  if (given.type !== 'ObjectExpression') return given;
  const property = given.properties.find((item) => item.type === 'Property' && staticName(item) === 'exec');
  return property?.type === 'Property' ? property.value : undefined;
}

/** `withDevice(options, test)` of `it('works', withDevice(options, test))`, `start(options)` of `beforeEach(start(options))`. */
function makerIn(given: CallNode['arguments']): CallNode | undefined {
  const last = given.map((argument) => unwrap(argument)).findLast((argument) => isCall(argument) || isFunction(argument));
  return isCall(last) ? last : undefined;
}

function tableOf(call: CallNode): Node | undefined {
  const [title, table, callback] = call.arguments;
  if (title && table && callback && isFunction(unwrap(callback)) && unwrap(call.callee).type === 'MemberExpression') return table;
  const callee = unwrapAwait(call.callee);
  if (callee.type === 'TaggedTemplateExpression') return callee.quasi;
  if (callee.type === 'CallExpression') return callee.arguments[0];
  return undefined;
}

function conditionArguments(runner: Runner, call: CallNode): Node[] {
  const found: Node[] = [];
  let current: Node = unwrapAwait(call.callee);
  for (;;) {
    if (current.type === 'CallExpression') {
      const callee = unwrap(current.callee);
      if (callee.type === 'MemberExpression') {
        const name = staticName(callee);
        if (name !== undefined && runner.conditions.includes(name)) found.push(...current.arguments);
      }
      current = callee;
    } else if (current.type === 'MemberExpression') {
      current = unwrapAwait(current.object);
    } else {
      return found;
    }
  }
}

/** A timeout beside the options: the number after the callback, `.timeout(ms)` behind the call, `this.timeout(ms)` in the body. */
function timeoutOf(runner: Runner, call: CallNode, callback: FunctionNode | undefined): Node | undefined {
  if (runner.timeouts.lastArgument && callback) {
    const last = call.arguments.at(-1);
    if (last && call.arguments.length > 1 && !isFunction(unwrap(last)) && last.range[0] >= callback.range[1]) return last;
  }
  const member = call.parent;
  if (member.type === 'MemberExpression' && member.object === call && staticName(member) === 'timeout') {
    if (member.parent.type === 'CallExpression' && member.parent.callee === member) return member.parent.arguments[0];
  }
  if (callback?.body.type !== 'BlockStatement') return undefined;
  for (const statement of callback.body.body.slice(0, 4)) {
    if (statement.type !== 'ExpressionStatement') continue;
    const expression = unwrap(statement.expression);
    if (expression.type !== 'CallExpression' || expression.callee.type !== 'MemberExpression') continue;
    const name = staticName(expression.callee);
    if (name !== undefined && runner.timeouts.contextMethods.includes(name)) return expression.arguments[0];
  }
  return undefined;
}

/** The words of a title that always stand there, and the text of its holes. */
export function titleText(module: SourceModule, title: Node | undefined): { readonly fixed: string; readonly computed: string } {
  if (!title) return { fixed: '', computed: '' };
  const plain = literalText(title);
  if (plain !== undefined) return { fixed: plain, computed: '' };
  const node = unwrap(title);
  const raw = (part: Node) => module.file.text.slice(part.range[0], part.range[1]);
  if (node.type === 'TemplateLiteral') {
    return { fixed: node.quasis.map(({ value }) => value.cooked ?? value.raw).join('…'), computed: node.expressions.map(raw).join(' ') };
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const left = titleText(module, node.left);
    const right = titleText(module, node.right);
    return { fixed: `${left.fixed}${right.fixed}`, computed: `${left.computed} ${right.computed}` };
  }
  return { fixed: '', computed: raw(node) };
}
