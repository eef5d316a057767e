/** Where does a file use a library that it reaches through the context of the runner, without importing it? */
import type { ContextObject } from '../knowledge/context-objects.ts';
import type { ParsedFile } from './module.ts';
import type { Node } from './nodes.ts';
import { nodesAt } from './walk.ts';

/** `this.hre` in a test, which is no reference, and `hre` of `hre.tasks.getTask('build')`, whatever has made it. */
export function contextUses({ ast, text }: ParsedFile, { pattern, named, replaced }: ContextObject): Node[] {
  if (replaced.test(text)) return [];
  const members = nodesAt(ast, text, pattern, 'ThisExpression').flatMap(({ parent }) => parent ?? []);
  const names = nodesAt(ast, text, named, 'Identifier').map((node) => (node.parent?.type === 'MemberExpression' && node.parent.property === node ? node.parent : node));
  return [...members, ...names];
}
