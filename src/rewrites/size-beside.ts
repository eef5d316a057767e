/** Which two numbers of a test only ever stand beside each other in one shape, so that one divides the other by chance? */
import type { Node } from '../analysis/nodes.ts';
import { isCall } from '../analysis/nodes.ts';
import type { FileScan, RegionScan } from '../analysis/size-regions.ts';
import type { SizeConstant } from './size-constants.ts';

interface Named {
  readonly old: number;
  readonly constants: readonly SizeConstant[];
}

export function besideIn({ shapeCalls }: FileScan, { arrays, numbers }: RegionScan, variables: readonly Named[]): (a: number, b: number) => boolean {
  const named = new Map(variables.flatMap(({ old, constants }) => constants.map(({ name }) => [name, old] as const)));
  const olds = new Set(named.values());
  const valueOf = (node: Node): number | undefined => (node.type === 'Literal' ? (typeof node.value === 'number' ? node.value : undefined) : node.type === 'Identifier' ? named.get(node.name) : undefined);
  const inScan = new Set<Node>(arrays);
  const valuesOf = new Map<Node, ReadonlySet<number>>();
  /** The numbers of the shape that a node stands in. */
  const shapeAround = ({ parent }: Node): ReadonlySet<number> | undefined => {
    if (!parent) return undefined;
    const nodes = parent.type === 'ArrayExpression' && inScan.has(parent) ? parent.elements : isCall(parent) && shapeCalls.has(parent) ? parent.arguments : undefined;
    if (!nodes) return undefined;
    const known = valuesOf.get(parent) ?? new Set(nodes.flatMap((node) => (node && valueOf(node)) ?? []));
    valuesOf.set(parent, known);
    return known;
  };
  const occurrences = new Map<number, Node[]>();
  const add = (value: number, node: Node): void => {
    const known = occurrences.get(value);
    if (known) known.push(node);
    else occurrences.set(value, [node]);
  };
  for (const literal of numbers) add(literal.value, literal);
  for (const { old, constants } of variables) {
    for (const { variable } of constants) {
      for (const { identifier, init } of variable?.references ?? []) if (init !== true) add(old, identifier);
    }
  }
  return (a, b) => (occurrences.get(a) ?? []).every((node) => (isDeclared(node) && olds.has(a)) || shapeAround(node)?.has(b) === true);
}

/** `const heads = 8` itself; its uses count. */
function isDeclared(node: Node): boolean {
  return node.parent?.type === 'VariableDeclarator' && node.parent.id.type === 'Identifier';
}
