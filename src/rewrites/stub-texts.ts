/**
 * What a fast test can run in place of an expensive call, as source text, and why nothing can: a stub is only offered where the text shows
 * that everything the test does with the result works on the stub as well.
 */
import type { Analysis } from '../analysis/analyze.ts';
import type { ExpensiveCall } from '../analysis/expensive-calls.ts';
import type { Node } from '../analysis/nodes.ts';
import { specifierFrom } from '../analysis/neighbours.ts';
import type { SourceModule } from '../analysis/module.ts';
import { contains, isCall, isFunction, outerUse, staticName, unwrap } from '../analysis/nodes.ts';
import { bindingsAt } from '../analysis/payers.ts';
import type { Result, ResultUse } from '../analysis/result-uses.ts';
import { resultOf } from '../analysis/result-uses.ts';
import { evaluate } from '../analysis/static-value.ts';
import { walk } from '../analysis/walk.ts';
import type { StubName } from '../knowledge/cost-row.ts';
import type { Stub } from './stub.ts';
import { sessionStub } from './stub-session.ts';

type StubMaker = (analysis: Analysis, call: ExpensiveCall, result: Result) => Stub | string;

const FIXTURES = 'eslint-plugin-slow-tests/fixtures';
const KERNEL = 'eslint-plugin-slow-tests/kernel';

/** The stub of a call, or the reason why there is none. */
export function stubOf(analysis: Analysis, call: ExpensiveCall): Stub | string {
  if (call.fact.stub === undefined) return 'No stub is known for it.';
  const { parent } = outerUse(call.node);
  if (parent?.type === 'MemberExpression' && /^(?:then|catch|finally)$/.test(staticName(parent) ?? '')) return 'It is not awaited.';
  const { stub } = call.fact;
  const { module } = analysis.reading;
  // Whoever names a stub of their own answers for it.
  if (typeof stub === 'object') return plain(specifierFrom(module.file.path, stub.module), stub.export);
  return MAKERS[stub](analysis, call, resultOf(module, call.node));
}

const MAKERS: Readonly<Record<StubName, StubMaker>> = {
  identity,
  attention,
  'wasm-module': wasmModule,
  session: (analysis, call, result) => sessionStub(analysis, call, result),
  model: () => 'No stub computes what a model does; a cost row can name one of yours.',
  contract: () => 'A contract keeps state that no stub has.',
};

/** `jit(f)`: `f` itself, where it is a plain function and nothing but called with what it takes itself. */
function identity({ reading: { module } }: Analysis, { node }: ExpensiveCall, { uses }: Result): Stub | string {
  const [given, ...more] = node.arguments;
  if (!given || given.type === 'SpreadElement' || more.length > 0 || node.type === 'NewExpression') return 'Its options have no counterpart in a stub.';
  if (usesThis(given)) return 'The function reads this.';
  if (comparesWithPlain(module, given, node)) return 'The test compares it with the function itself.';
  for (const use of uses) {
    if (use.type === 'method' || use.type === 'member') return `A plain function has no ${use.path.join('.')}.`;
    if (use.type === 'changed') return 'Its result is changed.';
    if (use.type === 'read') return 'The compiled function itself is asserted.';
    // A compiled function turns numbers and lists into arrays; the function itself would be given them as they are.
    if (use.type === 'called' && use.call.arguments.some((argument) => isRaw(evaluate(module, argument)?.type))) return 'It is called with plain numbers or lists, which only the compiled function converts.';
  }
  return plain(FIXTURES, 'identityCompile');
}

/** `expect(jit(f)(x)).toEqual(f(x))`, or a result that is called eager: with a stub it would be compared with itself. */
function comparesWithPlain(module: SourceModule, given: Node, node: Node): boolean {
  let test = node;
  while (test.parent && !(isFunction(test) && isCall(test.parent))) test = test.parent;
  const { text } = module.file;
  if (/\b(?:eager|un(?:compiled|jitted)|jitted|plain|interpret\w*)/i.test(text.slice(test.range[0], test.range[1]))) return true;
  const variable = given.type === 'Identifier' ? module.variableOf(given) : undefined;
  return variable?.references.some(({ identifier }) => identifier !== given && identifier.parent.type === 'CallExpression' && identifier.parent.callee === identifier && contains(test, identifier)) === true;
}

function isRaw(type: string | undefined): boolean {
  return type === 'scalar' || type === 'list';
}

function usesThis(node: Node): boolean {
  let found = false;
  walk(node, (inner) => {
    if (inner.type === 'ThisExpression') found = true;
  });
  return found;
}

const PATTERNS: ReadonlySet<string> = new Set(['full', 'causal', 'sliding_window', 'dilated']);
const SHAPE_KEYS = ['batchSize', 'numHeads', 'seqLen', 'headDim'];
const OPTIONAL_KEYS: ReadonlySet<string> = new Set(['pattern', 'scale', 'kvHeads', 'kvLen', ...SHAPE_KEYS]);

/** A compile of attention: the kernel, where pattern and shape are given as the kernel takes them. */
function attention(analysis: Analysis, call: ExpensiveCall, { uses }: Result): Stub | string {
  const other = uses.find((use) => use.type !== 'called');
  if (other?.type === 'method' || other?.type === 'member') return `The kernel has no ${other.path.join('.')}.`;
  const arities = uses.map((use) => (use.type === 'called' && use.call.arguments.every(({ type }) => type !== 'SpreadElement') ? use.call.arguments.length : 0));
  if (arities.length === 0) return 'Nothing is computed with the result.';
  if (arities.includes(0)) return 'The compiled kernel itself is looked at.';
  const [first, ...more] = call.node.arguments;
  if (!first || first.type === 'SpreadElement' || more.length > 0) return 'The kernel takes one description.';
  const given = unwrap(first);
  const properties = given.type === 'ObjectExpression' ? given.properties : undefined;
  const keys = properties?.map((property) => (property.type === 'Property' ? staticName(property) : undefined)) ?? [];
  const foreign = keys.findIndex((key) => key === undefined || !OPTIONAL_KEYS.has(key));
  if (foreign >= 0) return `The kernel may understand ${keys[foreign] ?? 'the description'} in another way.`;
  const pattern = properties ? properties.find((property) => property.type === 'Property' && staticName(property) === 'pattern') : given;
  const value = pattern?.type === 'Property' ? pattern.value : pattern;
  if (value ? !isPattern(analysis, call, value as Node) : !properties) return 'The kernel has no such pattern.';
  const least = SHAPE_KEYS.every((key) => keys.includes(key)) ? 3 : 4;
  if (arities.some((arity) => arity < least || arity > 4)) return 'The kernel takes query, key, value and shape.';
  return properties ? plain(FIXTURES, 'kernelCompile') : plain(KERNEL, 'compileAttention');
}

/** One of the kernel's names, in every row that a fast test runs over. */
function isPattern({ reading }: Analysis, { payers }: ExpensiveCall, node: Node): boolean {
  const values = payers.flatMap((payer) => bindingsAt(reading, payer).map((bindings) => evaluate(reading.module, node, bindings)));
  return values.every((value) => value?.type === 'scalar' && PATTERNS.has(String(value.value)));
}

/** A module that is only checked for being one. */
function wasmModule(_analysis: Analysis, { node, fact }: ExpensiveCall, { uses }: Result): Stub | string {
  if (node.type === 'NewExpression' || !/\.(?:compile|instantiate)(?:Streaming)?$/.test(fact.callee)) return 'A constructor has no stub.';
  const instantiates = /\.instantiate/.test(fact.callee);
  const isChecked = (use: ResultUse): boolean => {
    if (use.type === 'read') return true;
    return instantiates && use.type === 'member' && use.path.length === 1 && (use.path[0] === 'module' || use.path[0] === 'instance');
  };
  if (!uses.every(isChecked) || comparesValues(uses)) return 'The module is used, and an empty one exports nothing.';
  return instantiates
    ? { module: FIXTURES, name: 'emptyWasmSource', text: (name) => `async () => ${name}()` }
    : { module: FIXTURES, name: 'emptyWasmModule', text: (name) => `async () => ${name}()` };
}

/** `expect(module).toEqual(…)`: more than whether it is a module. */
function comparesValues(uses: readonly ResultUse[]): boolean {
  return uses.some((use) => {
    if (use.type !== 'read' && use.type !== 'member') return false;
    const call = use.node.parent;
    const matcher = call && isCall(call) && call.parent.type === 'MemberExpression' ? staticName(call.parent) : undefined;
    return matcher !== undefined && !/^(?:toBeInstanceOf|toBeDefined|toBeTruthy|not|to|instanceOf|instanceof|be)$/.test(matcher);
  });
}

function plain(module: string, name: string): Stub {
  return { module, name, text: (local) => local };
}
