/** Where an exported name is defined. Re-exports are looked through: they are how a library's index is written. */
import type { SourceModule } from './module.ts';
import { moduleAt, resolveRelative } from './neighbours.ts';
import type { Node } from './nodes.ts';

export interface ExportedNode {
  readonly module: SourceModule;
  /** The defining identifier or expression. */
  readonly node: Node;
  readonly name: string;
}

const MAX_REEXPORTS = 3;
const MAX_STARS = 12;

export function resolveExport(path: string, name: string, depth = 0): ExportedNode | undefined {
  const module = moduleAt(path);
  if (!module) return undefined;
  const target = module.exportOf(name);
  const next = (specifier: string, exported: string) => {
    const file = depth < MAX_REEXPORTS && specifier.startsWith('.') ? resolveRelative(specifier, path) : undefined;
    return file === undefined ? undefined : resolveExport(file, exported, depth + 1);
  };
  if (target?.type === 'reexport') return next(target.specifier, target.name);
  if (!target) {
    for (const specifier of module.exportAll.slice(0, MAX_STARS)) {
      const found = next(specifier, name);
      if (found) return found;
    }
    return undefined;
  }
  return importedAs(module, target.node, next) ?? { module, node: target.node, name };
}

/** `import compile from './compile.js'; export { compile };` */
function importedAs(
  module: SourceModule,
  node: Node,
  next: (specifier: string, exported: string) => ExportedNode | undefined,
): ExportedNode | undefined {
  const definition = node.type === 'Identifier' ? module.variableOf(node)?.defs[0] : undefined;
  if (definition?.type !== 'ImportBinding' || definition.parent?.type !== 'ImportDeclaration') return undefined;
  const exported = importedName(definition.node);
  return exported === undefined ? undefined : next(definition.parent.source.value, exported);
}

/** The name under which a module exports what an import specifier takes. */
export function importedName(specifier: Node): string | undefined {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  if (specifier.type !== 'ImportSpecifier') return undefined;
  return specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value;
}
