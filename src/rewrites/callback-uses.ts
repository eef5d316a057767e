/** What does the callback of a table do with a row: which columns and keys does it see? */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { IdentifierNode, Node } from '../analysis/nodes.ts';
import { contains, staticName } from '../analysis/nodes.ts';
import { walk } from '../analysis/walk.ts';

/** The parameters that receive columns; undefined when somebody else decides, or takes all there are. */
export function columnsOf({ call, callback }: Declaration, isWhole: boolean): readonly (Node | null)[] | undefined {
  if (!callback || !contains(call, callback) || callback.type === 'FunctionDeclaration') return undefined;
  const [first] = callback.params;
  const columns: readonly (Node | null)[] | undefined = isWhole ? (first?.type === 'ArrayPattern' ? first.elements : first ? undefined : []) : callback.params;
  if (!columns || columns.some((column) => column?.type === 'RestElement')) return undefined;
  return usesArguments(callback.body) ? undefined : columns;
}

function usesArguments(body: Node): boolean {
  let isUsed = false;
  walk(body, (node) => {
    if (node.type === 'Identifier' && node.name === 'arguments') isUsed = true;
  });
  return isUsed;
}

export function isUnused({ reading }: Analysis, parameter: Node | null | undefined): boolean {
  if (!parameter) return true;
  if (parameter.type !== 'Identifier') return false;
  return reading.module.variableOf(parameter)?.references.length === 0;
}

/** Which keys of an object the callback reads; undefined when it may see them all. */
export function keysRead(analysis: Analysis, declaration: Declaration): ReadonlySet<string> | undefined {
  const { call, callback } = declaration;
  if (!callback || !contains(call, callback) || usesArguments(callback.body)) return undefined;
  const [row] = callback.params;
  if (!row) return new Set();
  if (row.type === 'Identifier') return membersRead(analysis, row);
  if (row.type !== 'ObjectPattern') return undefined;
  const keys = row.properties.map((property) => (property.type === 'Property' ? staticName(property) : undefined));
  return keys.includes(undefined) ? undefined : new Set(keys as string[]);
}

function membersRead({ reading }: Analysis, row: IdentifierNode): ReadonlySet<string> | undefined {
  const names = (reading.module.variableOf(row)?.references ?? []).map(({ identifier }) => {
    const member = identifier.parent;
    return member?.type === 'MemberExpression' && member.object === identifier ? staticName(member) : undefined;
  });
  return names.includes(undefined) ? undefined : new Set(names as string[]);
}
