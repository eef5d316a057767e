/**
 * Do the tests that would stay in the fast run build on those that would leave it? One compiles into a folder, the next one looks
 * what is there; one feeds the object that `beforeAll` made, the next one asks it.
 */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { SourceModule, Variable } from '../analysis/module.ts';
import type { Node } from '../analysis/nodes.ts';
import { calleeName, chainRoot, contains, isCall, isFunction, unwrap } from '../analysis/nodes.ts';
import { walk } from '../analysis/walk.ts';

const CHECKS = /^(?:expect\w*|assert\w*|should|ok|t|vi|jest|mock|sinon)$/;

/** Is one of the tests that stay written below one that leaves, and needs it? */
export function isBuiltUpon({ reading }: Analysis, leaving: readonly Declaration[], staying: readonly Declaration[]): boolean {
  const { module } = reading;
  const fresh = reading.declarations.filter(({ hook }) => hook === 'beforeEach');
  return leaving.some(({ call, callback }) => {
    const later = staying.filter((other) => other.call.range[0] > call.range[0]);
    if (!callback || later.length === 0) return false;
    if (statementsOf(callback).some((statement) => isForItsEffect(module, call, statement))) return true;
    const asked = receiversIn(module, call).filter((variable) => !fresh.some((hook) => isUsedIn(variable, hook.call)));
    return asked.some((variable) => later.some((other) => isUsedIn(variable, other.call)));
  });
}

function statementsOf(callback: NonNullable<Declaration['callback']>): readonly Node[] {
  return callback.body.type === 'BlockStatement' ? callback.body.body : [callback.body];
}

/** `await compileProject(config);`: nothing of the test goes in, and nothing comes out that it would look at. */
function isForItsEffect(module: SourceModule, test: Node, statement: Node): boolean {
  const made = statement.type === 'ExpressionStatement' ? statement.expression : statement;
  if (made.type !== 'AwaitExpression') return false;
  const node = unwrap(made.argument);
  if (!isCall(node)) return false;
  const root = chainRoot(node.callee);
  if (root.type !== 'Identifier' || CHECKS.test(root.name) || CHECKS.test(calleeName(node) ?? '')) return false;
  let isOwn = false;
  walk(node, (inner) => {
    const definition = inner.type === 'Identifier' ? module.variableOf(inner)?.defs[0] : undefined;
    if (isFunction(inner) || (definition && contains(test, definition.name))) isOwn = true;
  });
  return !isOwn;
}

/** What is not a constant or an import, and has its methods called: `circuit.setup(…)`. */
function receiversIn(module: SourceModule, test: Node): Variable[] {
  const found = new Set<Variable>();
  walk(test, (node) => {
    if (!isCall(node) || unwrap(node.callee).type !== 'MemberExpression') return;
    const root = chainRoot(node.callee);
    const variable = root.type === 'Identifier' ? module.variableOf(root) : undefined;
    const definition = variable?.defs[0];
    if (variable && definition?.type === 'Variable' && definition.parent?.type === 'VariableDeclaration' && definition.parent.kind !== 'const' && !contains(test, definition.name)) found.add(variable);
  });
  return [...found];
}

function isUsedIn(variable: Variable, node: Node): boolean {
  return variable.references.some(({ identifier }) => contains(node, identifier));
}
