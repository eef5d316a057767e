/** Which name means nothing yet in a part of the file? */
import type { SourceModule } from '../analysis/module.ts';
import type { Node } from '../analysis/nodes.ts';
import { contains } from '../analysis/nodes.ts';

/** The wished name, or one like it, that no scope in the node declares, and that stands for nothing there. */
export function freeName(module: SourceModule, node: Node, wish: string, used: ReadonlySet<string>): string {
  for (let name = wish, count = 2; ; name = `${wish}${count++}`) if (!used.has(name) && !isTaken(module, node, name)) return name;
}

function isTaken(module: SourceModule, node: Node, name: string): boolean {
  if (name !== 'arguments' && declaringIn(module).get(name)?.some((block) => contains(node, block))) return true;
  const outer = module.resolve(name, node);
  const uses: readonly Node[] = outer ? outer.references.map(({ identifier }) => identifier) : module.globalUses(name);
  return uses.some((use) => contains(node, use));
}

const declaring = new WeakMap<SourceModule, ReadonlyMap<string, readonly Node[]>>();

/** By name, the blocks of the scopes that declare it. */
function declaringIn(module: SourceModule): ReadonlyMap<string, readonly Node[]> {
  const known = declaring.get(module);
  if (known) return known;
  const found = new Map<string, Node[]>();
  for (const { block, set } of module.file.scopes.scopes) {
    for (const name of set.keys()) {
      const blocks = found.get(name);
      if (blocks) blocks.push(block);
      else found.set(name, [block]);
    }
  }
  declaring.set(module, found);
  return found;
}
