/** A plain walk over a part of a tree, for the few places that no reference leads to. The analysis itself follows references. */
import { visitorKeys } from '@typescript-eslint/visitor-keys';
import type { Node } from './nodes.ts';

/** Which members of a node are nodes, by its type. Kept here: a bundled import is read through getters each time. */
export const KEYS = visitorKeys;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** By the keys of the node's kind; nodes of other parsers, of a kind nobody knows, by all they hold. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  const fields = node as unknown as Readonly<Record<string, unknown>>;
  for (const key of KEYS[node.type] ?? Object.keys(node)) {
    if (key === 'parent' || key === 'loc' || key === 'range' || key === 'tokens' || key === 'comments') continue;
    const value = fields[key];
    // No spread: a list can be longer than a call may have arguments.
    if (Array.isArray(value)) for (const item of value) if (isNode(item)) children.push(item);
    if (!Array.isArray(value) && isNode(value)) children.push(value);
  }
  return children;
}

/** The nodes of a type that begin where a pattern is found in the text, without visiting the rest. */
export function nodesAt(root: Node, text: string, pattern: RegExp, type: `${Node['type']}`): Node[] {
  return Array.from(text.matchAll(pattern), ({ index }) => nodeAt(root, index, type)).filter((node) => node !== undefined);
}

function nodeAt(root: Node, offset: number, type: string): Node | undefined {
  let current: Node | undefined = root;
  while (current) {
    if (current.range[0] === offset && current.type === type) return current;
    current = childrenOf(current).find(({ range }) => range[0] <= offset && offset < range[1]);
  }
  return undefined;
}

/** Calls `visit` for the node and everything in it, in source order. */
export function walk(root: Node, visit: (node: Node) => void): void {
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    visit(node);
    pushChildren(node, stack);
  }
}

/** The last one first, so that the first one is taken first. */
function pushChildren(node: Node, stack: Node[]): void {
  const keys = KEYS[node.type];
  if (!keys) {
    stack.push(...childrenOf(node).reverse());
    return;
  }
  const fields = node as unknown as Readonly<Record<string, Node | readonly (Node | null)[] | null | undefined>>;
  for (let index = keys.length - 1; index >= 0; index--) {
    const value = fields[keys[index] ?? ''];
    if (!value) continue;
    if (!isList(value)) {
      stack.push(value);
      continue;
    }
    for (let at = value.length - 1; at >= 0; at--) {
      const item = value[at];
      if (item) stack.push(item);
    }
  }
}

function isList(value: Node | readonly (Node | null)[]): value is readonly (Node | null)[] {
  return Array.isArray(value);
}
