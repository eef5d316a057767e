/** Where an exported name is defined. Re-exports are looked through: they are how a library's index is written. */
import type { SourceModule } from './module.ts';
import { asksText, isParsed, moduleAt, resolveRelative, textOf } from './neighbours.ts';
import type { Node } from './nodes.ts';

export interface ExportedNode {
  readonly module: SourceModule;
  /** The defining identifier or expression. */
  readonly node: Node;
  readonly name: string;
}

const MAX_REEXPORTS = 3;
const MAX_STARS = 12;

/** Is a file worth parsing for what is looked for, going by its text? */
export type WorthParsing = (path: string) => boolean;

export function resolveExport(path: string, name: string, isWorth: WorthParsing = () => true, depth = 0): ExportedNode | undefined {
  if (!(isParsed(path) || mayExport(path, name)) || !isWorth(path)) return undefined;
  const module = moduleAt(path);
  if (!module) return undefined;
  const target = module.exportOf(name);
  const next = (specifier: string, exported: string) => {
    const file = depth < MAX_REEXPORTS && specifier.startsWith('.') ? resolveRelative(specifier, path) : undefined;
    return file === undefined ? undefined : resolveExport(file, exported, isWorth, depth + 1);
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

const PASSES_ALL_ON = /export\s*\*/;

/** Cheaper than to parse: the name stands in the text, or everything of another file is passed on. */
function mayExport(path: string, name: string): boolean {
  const text = textOf(path);
  return text !== undefined && (name === 'default' || text.includes(name) || asksText(path, PASSES_ALL_ON));
}

/** `import compile from './compile.js'; export { compile };` */
function importedAs(
  module: SourceModule,
  node: Node,
  next: (specifier: string, exported: string) => ExportedNode | undefined,
): ExportedNode | undefined {
  const declaration = node.type === 'Identifier' ? module.topDeclaration(node.name) : undefined;
  if (declaration?.parent.type !== 'ImportDeclaration') return undefined;
  const exported = importedName(declaration);
  return exported === undefined ? undefined : next(declaration.parent.source.value, exported);
}

/** The name under which a module exports what an import specifier takes. */
export function importedName(specifier: Node): string | undefined {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  if (specifier.type !== 'ImportSpecifier') return undefined;
  return specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value;
}
