/** Who imports whom, read from the text of the source files by oxc's module records. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';

export interface Import {
  /** Path from the root of the repository, with `/`; a bare specifier stays as it is written. */
  readonly target: string;
  /** Nothing of it is left at run time. */
  readonly isTypeOnly: boolean;
}

/** TypeScript files under some folders, by path from the root. A folder that is not there holds none. */
export function sourceFiles(root: string, folders: readonly string[]): string[] {
  return folders.flatMap((folder) => {
    if (!existsSync(path.join(root, folder))) return [];
    return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[cm]?[jt]s$/.test(name) && !/(?:^|[\\/])(?:node_modules|dist)[\\/]/.test(name))
      .map((name) => path.posix.join(folder, ...name.split(path.sep)))
      .sort();
  });
}

export function importsOf(root: string, file: string): Import[] {
  return readImports(file, readFileSync(path.join(root, file), 'utf8'));
}

/** Throws for a text that does not parse: an unread file would hide what it imports. */
export function readImports(file: string, text: string): Import[] {
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0]?.message ?? ''}`);
  const found: Import[] = [];
  const add = (specifier: string, isTypeOnly: boolean) => {
    found.push({ target: specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier, isTypeOnly });
  };
  for (const { moduleRequest, entries } of module.staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every(({ isType }) => isType));
  }
  for (const { entries } of module.staticExports) {
    const requested = new Map<string, boolean>();
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest) requested.set(moduleRequest.value, isType && (requested.get(moduleRequest.value) ?? true));
    }
    for (const [specifier, isTypeOnly] of requested) add(specifier, isTypeOnly);
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^(['"`])(.+)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    if (literal?.[2] !== undefined) add(literal[2], false);
  }
  return found;
}

export type Graph = ReadonlyMap<string, readonly Import[]>;

export function readGraph(root: string, folders: readonly string[]): Graph {
  return new Map(sourceFiles(root, folders).map((file) => [file, importsOf(root, file)]));
}

/** Groups of files that import each other in a circle, each sorted by name (Tarjan 1972). */
export function cyclesIn(graph: Graph, includesTypes: boolean): string[][] {
  const indices = new Map<string, number>();
  const lows = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string): number => {
    const index = indices.size;
    indices.set(file, index);
    lows.set(file, index);
    stack.push(file);
    let low = index;
    for (const { target, isTypeOnly } of graph.get(file) ?? []) {
      if (!graph.has(target) || (isTypeOnly && !includesTypes)) continue;
      if (!indices.has(target)) low = Math.min(low, visit(target));
      else if (stack.includes(target)) low = Math.min(low, indices.get(target) ?? low);
    }
    lows.set(file, low);
    if (low === index) {
      const group = stack.splice(stack.indexOf(file)).sort();
      if (group.length > 1) cycles.push(group);
    }
    return low;
  };
  for (const file of graph.keys()) if (!indices.has(file)) visit(file);
  return cycles;
}
