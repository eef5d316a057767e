/**
 * The declaration of a session that computes nothing, read from the test: the names it feeds and fetches, and the dimensions it expects.
 * Only where the test asks for no value, since a stub's values mean nothing.
 */
import type { Analysis } from '../analysis/analyze.ts';
import type { ExpensiveCall } from '../analysis/expensive-calls.ts';
import type { CallNode, Node } from '../analysis/nodes.ts';
import { isCall, outerUse, staticName, unwrap } from '../analysis/nodes.ts';
import type { Result, ResultUse } from '../analysis/result-uses.ts';
import { resultOf } from '../analysis/result-uses.ts';
import { evaluate } from '../analysis/static-value.ts';
import type { Value } from '../analysis/value.ts';
import { quoted, styleOf } from './source-style.ts';
import type { SourceStyle } from './source-style.ts';
import type { Stub } from './stub.ts';

interface Declared {
  readonly inputs: Set<string>;
  /** Dimensions as the file writes them; undefined where no assertion tells. */
  readonly outputs: Map<string, string | undefined>;
}

export function sessionStub({ reading: { module } }: Analysis, _call: ExpensiveCall, { uses }: Result): Stub | string {
  const declared: Declared = { inputs: new Set(), outputs: new Map() };
  const { text } = module.file;
  for (const use of uses) {
    if (use.type === 'read') continue;
    if (use.type === 'member' && use.path.length === 1 && /^(?:inputNames|outputNames)$/.test(use.path[0] ?? '')) {
      for (const name of namesOf(evaluateExpected(use.node, (node) => evaluate(module, node)))) {
        if (use.path[0] === 'inputNames') declared.inputs.add(name);
        else declared.outputs.set(name, declared.outputs.get(name));
      }
      continue;
    }
    if (use.type !== 'method' || use.path.length > 1) return 'The session is handed on, and nobody tells what it must answer.';
    if (use.path[0] === 'release') continue;
    if (use.path[0] !== 'run') return `The session has no ${use.path[0]}.`;
    const feeds = use.call.arguments[0] && evaluate(module, use.call.arguments[0]);
    if (feeds?.type === 'dictionary') for (const name of feeds.entries.keys()) declared.inputs.add(name);
    const reason = readOutputs(use.call, resultOf(module, use.call).uses, declared, text, (node) => evaluate(module, node));
    if (reason !== undefined) return reason;
  }
  if (!uses.some((use) => use.type === 'method' && use.path[0] === 'run')) return 'Nothing runs the session.';
  const unknown = [...declared.outputs].find(([, dims]) => dims === undefined);
  if (unknown) return `Nothing tells the dimensions of ${unknown[0]}.`;
  return { module: 'eslint-plugin-slow-tests/fixtures', name: 'createSession', text: (name) => `async () => ${name}(${declarationText(declared, styleOf(module))})` };
}

/** What the test looks at in the tensors of a run. */
function readOutputs(run: CallNode, uses: readonly ResultUse[], { outputs }: Declared, text: string, value: (node: Node) => Value | undefined): string | undefined {
  if (run.arguments.length > 1) return 'The run has options of its own.';
  for (const use of uses) {
    if (use.type !== 'member') return 'The outputs are handed on, and nobody tells what they must hold.';
    const [output, member, inner] = use.path;
    if (output === undefined || member === undefined || output === '*') return 'The outputs are handed on, and nobody tells what they must hold.';
    if (!/^(?:dims|type|size)$/.test(member) && !(member === 'data' && inner === 'length')) return `The test looks at ${use.path.join('.')}, which a stub makes up.`;
    const expected = expectedOf(use.node);
    if (member === 'type' && value(expected ?? use.node)?.type === 'scalar' && !isFloat(expected && value(expected))) return `Nothing tells how to make ${output} of that type.`;
    const dims = member === 'dims' && expected ? value(expected) : undefined;
    const isKnown = dims?.type === 'list' && dims.items.every((item) => item?.type === 'scalar' && Number.isSafeInteger(item.value));
    if (member === 'dims' && inner === undefined && isKnown && expected) outputs.set(output, text.slice(expected.range[0], expected.range[1]));
    else if (!outputs.has(output)) outputs.set(output, undefined);
  }
  return undefined;
}

function isFloat(value: Value | undefined): boolean {
  return value?.type === 'scalar' && value.value === 'float32';
}

/** `[1, 8]` of `expect(x).toEqual([1, 8])`. */
function expectedOf(node: Node): Node | undefined {
  const { child, parent } = outerUse(node);
  if (!isCall(parent) || parent.arguments[0] !== child) return undefined;
  const matcher = parent.parent;
  if (matcher.type === 'MemberExpression' && isCall(matcher.parent) && /^(?:toEqual|toStrictEqual|toBe|eql|eq)$/.test(staticName(matcher) ?? '')) {
    return matcher.parent.arguments[0] && unwrap(matcher.parent.arguments[0]);
  }
  // `assert.deepEqual(actual, expected)`.
  const callee = unwrap(parent.callee);
  return callee.type === 'MemberExpression' && /^(?:deepEqual|deepStrictEqual|equal|strictEqual|same|is)$/.test(staticName(callee) ?? '') ? parent.arguments[1] : undefined;
}

function evaluateExpected(node: Node, value: (node: Node) => Value | undefined): Value | undefined {
  const expected = expectedOf(node);
  return expected && value(expected);
}

function namesOf(value: Value | undefined): string[] {
  return value?.type === 'list' ? value.items.flatMap((item) => (item?.type === 'scalar' && typeof item.value === 'string' ? [item.value] : [])) : [];
}

function declarationText({ inputs, outputs }: Declared, style: SourceStyle): string {
  const key = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name, style));
  const given = [...inputs].map((name) => quoted(name, style)).join(', ');
  const made = [...outputs].map(([name, dims]) => `${key(name)}: { dims: ${dims ?? '[]'} }`).join(', ');
  return `{ ${given === '' ? '' : `inputs: [${given}], `}outputs: ${made === '' ? '{}' : `{ ${made} }`} }`;
}
