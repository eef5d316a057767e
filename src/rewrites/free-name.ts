/** Which name means nothing yet in a part of the file? */
import type { SourceModule } from '../analysis/module.ts';
import type { Node } from '../analysis/nodes.ts';
import { contains } from '../analysis/nodes.ts';

/** The wished name, or one like it, that no scope in the node declares, and that stands for nothing there. */
export function freeName(module: SourceModule, node: Node, wish: string, used: ReadonlySet<string>): string {
  for (let name = wish, count = 2; ; name = `${wish}${count++}`) if (!used.has(name) && !isTaken(module, node, name)) return name;
}

function isTaken(module: SourceModule, node: Node, name: string): boolean {
  const inside = module.file.scopes.scopes.filter(({ block }) => contains(node, block));
  if (inside.some(({ set }) => set.has(name) && name !== 'arguments')) return true;
  const outer = module.resolve(name, node);
  const uses: readonly Node[] = outer ? outer.references.map(({ identifier }) => identifier) : module.globalUses(name);
  return uses.some((use) => contains(node, use));
}
