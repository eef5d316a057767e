/** Which two numbers of a test only ever stand beside each other in one shape, so that one divides the other by chance? */
import type { Node } from '../analysis/nodes.ts';
import { isCall } from '../analysis/nodes.ts';
import type { FileScan, RegionScan } from '../analysis/size-regions.ts';
import type { SizeConstant } from './size-constants.ts';

interface Named {
  readonly old: number;
  readonly constants: readonly SizeConstant[];
}

export function besideIn({ sites }: FileScan, { arrays, numbers }: RegionScan, variables: readonly Named[]): (a: number, b: number) => boolean {
  const named = new Map(variables.flatMap(({ old, constants }) => constants.map(({ name }) => [name, old] as const)));
  const olds = new Set(named.values());
  const valueOf = (node: Node): number | undefined => (node.type === 'Literal' ? (typeof node.value === 'number' ? node.value : undefined) : node.type === 'Identifier' ? named.get(node.name) : undefined);
  const shapes: readonly (readonly (Node | null)[])[] = [
    ...arrays.map(({ elements }) => elements),
    ...sites.flatMap(({ site: { node }, measure: { kind } }) => (isCall(node) && kind !== 'layer' && kind !== 'model' ? [node.arguments] : [])),
  ];
  const shapeOf = new Map<Node, ReadonlySet<number>>();
  for (const shape of shapes) {
    const values = new Set(shape.flatMap((node) => (node && valueOf(node)) ?? []));
    for (const node of shape) if (node) shapeOf.set(node, values);
  }
  const occurrences = new Map<number, Node[]>();
  const add = (value: number, node: Node) => void occurrences.set(value, [...(occurrences.get(value) ?? []), node]);
  for (const literal of numbers) add(literal.value, literal);
  for (const { old, constants } of variables) {
    for (const { variable } of constants) {
      for (const { identifier, init } of variable?.references ?? []) if (init !== true) add(old, identifier);
    }
  }
  return (a, b) => (occurrences.get(a) ?? []).every((node) => (isDeclared(node) && olds.has(a)) || shapeOf.get(node)?.has(b) === true);
}

/** `const heads = 8` itself; its uses count. */
function isDeclared(node: Node): boolean {
  return node.parent?.type === 'VariableDeclarator' && node.parent.id.type === 'Identifier';
}
