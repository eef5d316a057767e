/** Is a variable written once, at its declaration, and what it holds never changed? */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Variable } from './module.ts';
import { isCall, staticName } from './nodes.ts';

export function isWrittenOnce(variable: Variable, { parent }: TSESTree.VariableDeclarator): boolean {
  if (variable.references.some((reference) => reference.isWrite() && reference.init !== true)) return false;
  return !isMutated(variable) && !isLoopHead(parent);
}

/** A member is written, or a method that changes a list is called. */
function isMutated(variable: Variable): boolean {
  return variable.references.some(({ identifier }) => {
    const member = identifier.parent;
    if (member?.type !== 'MemberExpression' || member.object !== identifier) return false;
    const { parent } = member;
    if (parent.type === 'AssignmentExpression' && parent.left === member) return true;
    if (parent.type === 'UpdateExpression' || (parent.type === 'UnaryExpression' && parent.operator === 'delete')) return true;
    return isCall(parent) && parent.callee === member && /^(?:push|pop|shift|unshift|splice|fill|sort|reverse)$/.test(staticName(member) ?? '');
  });
}

function isLoopHead(declaration: TSESTree.VariableDeclaration): boolean {
  const parent = declaration.parent;
  return (
    (parent.type === 'ForOfStatement' || parent.type === 'ForInStatement') && parent.left === declaration
  ) || (parent.type === 'ForStatement' && parent.init === declaration);
}
