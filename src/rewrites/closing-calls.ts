/** Where is what a test (or `beforeEach`) made closed again, so that one that is shared is closed once? */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { ExpensiveCall } from '../analysis/expensive-calls.ts';
import type { CallNode, Node } from '../analysis/nodes.ts';
import { calleeName, contains, outerUse } from '../analysis/nodes.ts';
import type { ResultUse } from '../analysis/result-uses.ts';
import { resultOf } from '../analysis/result-uses.ts';
import { CLOSING_METHOD } from '../knowledge/vocabulary.ts';

export interface Closing {
  readonly call: CallNode;
  /** `await browser.close();` */
  readonly statement: Node;
  readonly method: string;
  readonly isAwaited: boolean;
}

/** The one statement at the end of the test that closes it, after everything else that is done with it. */
export function closingIn(analysis: Analysis, { node }: ExpensiveCall, { callback }: Declaration): Closing | undefined {
  const { uses } = resultOf(analysis.reading.module, node);
  const closing = onlyClosing(uses);
  if (!closing || closing.statement.parent !== callback?.body) return undefined;
  return uses.every((use) => startOf(use) <= closing.call.range[0]) ? closing : undefined;
}

/** The `afterEach` beside a `beforeEach` that does nothing but close it. */
export function closingHook(analysis: Analysis, { node }: ExpensiveCall, declaration: Declaration): { readonly closing: Closing; readonly hook: Declaration } | undefined {
  const { declarations, module, tests } = analysis.reading;
  const closing = onlyClosing(resultOf(module, node).uses);
  const hook = closing && declarations.find((other) => other.kind === 'hook' && other.hook === 'after' && other.callback && contains(other.callback, closing.call));
  if (!closing || !hook?.callback || !/each$|^teardown$/i.test(calleeName(hook.call) ?? '')) return undefined;
  const { body } = hook.callback;
  const isOnly = body.type === 'BlockStatement' ? body.body.length === 1 && body.body[0] === closing.statement : outerUse(closing.call).child === body;
  return isOnly && tests.place(hook).groups.at(-1) === tests.place(declaration).groups.at(-1) ? { closing, hook } : undefined;
}

function onlyClosing(uses: readonly ResultUse[]): Closing | undefined {
  const [use, ...more] = uses.filter((other) => other.type === 'method' && other.path.length === 1 && CLOSING_METHOD.test(other.path[0] ?? ''));
  if (use?.type !== 'method' || more.length > 0 || use.call.arguments.length > 0) return undefined;
  const { child, parent } = outerUse(use.call);
  const [method = ''] = use.path;
  return { call: use.call, statement: parent?.type === 'ExpressionStatement' ? parent : child, method, isAwaited: child.type === 'AwaitExpression' };
}

function startOf(use: ResultUse): number {
  return (use.type === 'called' || use.type === 'method' ? use.call : use.node).range[0];
}
