/**
 * Small questions about ESTree nodes that need no scope. Works on the trees of espree, typescript-estree and oxc
 * (`astType: 'ts'`); unknown node kinds of other parsers simply answer no.
 */
import type { TSESTree } from '@typescript-eslint/utils';

export type Node = TSESTree.Node;
export type CallNode = TSESTree.CallExpression | TSESTree.NewExpression;
export type FunctionNode =
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression
  | TSESTree.ArrowFunctionExpression;
export type LoopNode =
  | TSESTree.ForOfStatement
  | TSESTree.ForInStatement
  | TSESTree.ForStatement
  | TSESTree.WhileStatement
  | TSESTree.DoWhileStatement;
export type IdentifierNode = TSESTree.Identifier;
export type Range = readonly [number, number];

export function isFunction(node: Node | null | undefined): node is FunctionNode {
  return (
    node != null &&
    (node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration')
  );
}

export function isCall(node: Node | null | undefined): node is CallNode {
  return node != null && (node.type === 'CallExpression' || node.type === 'NewExpression');
}

export function isLoop(node: Node): node is LoopNode {
  switch (node.type) {
    case 'ForOfStatement':
    case 'ForInStatement':
    case 'ForStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return true;
    default:
      return false;
  }
}

/** Is this node only a wrapper that leaves the value of its operand as it is? */
function isTransparent(type: string): boolean {
  switch (type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'ChainExpression':
    case 'ParenthesizedExpression':
      return true;
    default:
      return false;
  }
}

/** The expression inside type assertions, `!`, optional chains and parentheses. */
export function unwrap(node: Node): Node {
  let current = node;
  while (isTransparent(current.type) && 'expression' in current && typeof current.expression === 'object') {
    current = current.expression;
  }
  return current;
}

/** As `unwrap`, and `await` is looked through too. */
export function unwrapAwait(node: Node): Node {
  let current = unwrap(node);
  while (current.type === 'AwaitExpression') current = unwrap(current.argument);
  return current;
}

/** The parent of a node past wrappers and `await`, with the child through which it was reached. */
export function outerUse(node: Node): { readonly child: Node; readonly parent: Node | undefined } {
  let child = node;
  let parent = node.parent;
  while (parent && (isTransparent(parent.type) || parent.type === 'AwaitExpression')) {
    child = parent;
    parent = parent.parent;
  }
  return { child, parent };
}

/** What a value is assigned to: the target of `project = await createProject()` and of `const project = …`. */
export function assignedTo(node: Node): Node | undefined {
  const { child, parent } = outerUse(node);
  if (parent?.type === 'VariableDeclarator' && parent.init === child) return parent.id;
  return parent?.type === 'AssignmentExpression' && parent.right === child ? parent.left : undefined;
}

/** The name of a member access or property when the text tells it: `a.b`, `a['b']`, `a[0]`. */
export function staticName(
  node: TSESTree.MemberExpression | TSESTree.Property | TSESTree.MethodDefinition | TSESTree.PropertyDefinition,
): string | undefined {
  const key = node.type === 'MemberExpression' ? node.property : node.key;
  if (!node.computed) {
    if (key.type === 'Identifier') return key.name;
    if (key.type === 'Literal') return String(key.value);
    return undefined;
  }
  if (key.type === 'Literal' && (typeof key.value === 'string' || typeof key.value === 'number')) return String(key.value);
  if (key.type === 'TemplateLiteral' && key.expressions.length === 0) return key.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** The last name of a callee: `zeros` of `tf.zeros`, `Linear` of `new nn.Linear`. */
export function calleeName(call: CallNode): string | undefined {
  const callee = unwrap(call.callee);
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression') return staticName(callee);
  return undefined;
}

/** The root of a member or call chain: `expect` of `expect(x).not.toBe`. */
export function chainRoot(node: Node): Node {
  let current = unwrapAwait(node);
  for (;;) {
    if (current.type === 'MemberExpression') current = unwrapAwait(current.object);
    else if (isCall(current)) current = unwrapAwait(current.callee);
    else if (current.type === 'TaggedTemplateExpression') current = unwrapAwait(current.tag);
    else return current;
  }
}

/** `function makeModel() {…}`, `const makeModel = async () => …`. */
export function nameOfFunction(callback: FunctionNode): IdentifierNode | undefined {
  if (callback.type === 'FunctionDeclaration') return callback.id ?? undefined;
  const { parent } = outerUse(callback);
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id : undefined;
}

/** The innermost function around a node. */
export function enclosingFunction(node: Node): FunctionNode | undefined {
  let current = node.parent;
  while (current && !isFunction(current)) current = current.parent;
  return current ?? undefined;
}

export function contains(outer: { readonly range: Range }, inner: { readonly range: Range }): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

/** The text of a string literal or a template without holes. */
export function literalText(node: Node | null | undefined): string | undefined {
  if (!node) return undefined;
  const inner = unwrap(node);
  if (inner.type === 'Literal' && typeof inner.value === 'string') return inner.value;
  if (inner.type === 'TemplateLiteral' && inner.expressions.length === 0) return inner.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}
