/** Functions imported from the file next door: where they stand and what they call. One hop; re-exports are not a hop. */
import { TYPED_ARRAYS } from '../knowledge/vocabulary.ts';
import type { SourceModule } from './module.ts';
import { moduleAt, resolveOwn, resolveRelative } from './neighbours.ts';
import type { FunctionNode, Node } from './nodes.ts';
import { isCall, isFunction, staticName, unwrap } from './nodes.ts';
import type { Origin, Origins } from './origins.ts';
import { readOrigins } from './origins.ts';
import type { Reading } from './reading.ts';

export interface NeighbourFunction {
  readonly module: SourceModule;
  readonly callback: FunctionNode;
  readonly name: string;
}

const MAX_REEXPORTS = 3;
const readings = new WeakMap<SourceModule, Origins>();

export function readNeighbourOrigins(module: SourceModule, globals: Iterable<string> = []): Origins {
  let origins = readings.get(module);
  if (!origins) {
    origins = readOrigins(module, {
      globals: new Set([...TYPED_ARRAYS, 'Array', 'WebAssembly', 'Function', 'performance', 'navigator', 'eval', 'process', ...globals]),
      followsModule: (specifier) => !/^node:(?!child_process|worker_threads)/.test(specifier),
    });
    readings.set(module, origins);
  }
  return origins;
}

export function findNeighbourFunction(reading: Reading, origin: Origin): NeighbourFunction | undefined {
  const [first, second] = origin.path;
  if (origin.specifier === null || origin.path.length > 2 || second === '()') return undefined;
  const path = resolveOwn(origin.specifier, reading.module.file.path, reading.rows.packageName);
  if (path === undefined) return undefined;
  // `helper(…)`, `helpers.compile(…)` on a namespace, `require('./helper')(…)`.
  const direct = functionExported(path, first ?? 'default', 0);
  if (direct && second === undefined) return direct;
  if (second === undefined || first === undefined) return undefined;
  return memberExported(path, first, second) ?? (first === 'default' ? functionExported(path, second, 0) : undefined);
}

/** `export const build = { webpack, vite: buildVite }`: a function kept in an exported object. */
function memberExported(path: string, name: string, member: string): NeighbourFunction | undefined {
  const module = moduleAt(path);
  const target = module?.exportOf(name);
  if (!module || target?.type !== 'node') return undefined;
  const value = memberOfObject(module, target.node, member);
  if (!value) return undefined;
  const callback = functionOf(module, value);
  return callback ? { module, callback, name: member } : reexportedImport(module, value, path, 0);
}

/** The library function that an exported name only renames, also inside an exported object. */
export function findNeighbourAlias(reading: Reading, origin: Origin): Origin | undefined {
  const [first, second] = origin.path;
  if (origin.specifier === null || first === undefined || origin.path.length > 2 || second === '()') return undefined;
  const path = resolveOwn(origin.specifier, reading.module.file.path, reading.rows.packageName);
  const module = path === undefined ? undefined : moduleAt(path);
  const target = module?.exportOf(first);
  if (!module || target?.type !== 'node') return undefined;
  const node = second === undefined ? target.node : memberOfObject(module, target.node, second);
  return node && originOfExpression(module, node);
}

function memberOfObject(module: SourceModule, node: Node, member: string): Node | undefined {
  const definition = node.type === 'Identifier' ? module.variableOf(node)?.defs[0]?.node : undefined;
  const init = definition?.type === 'VariableDeclarator' && definition.init ? unwrap(definition.init) : unwrap(node);
  if (init.type !== 'ObjectExpression') return undefined;
  for (const property of init.properties) {
    if (property.type === 'Property' && staticName(property) === member) return property.value;
    if (property.type !== 'SpreadElement') continue;
  }
  return undefined;
}

function originOfExpression(module: SourceModule, node: Node): Origin | undefined {
  const inner = unwrap(node);
  const variable = inner.type === 'Identifier' ? module.variableOf(inner) : undefined;
  return variable && readNeighbourOrigins(module).byVariable.get(variable)?.[0];
}

function functionExported(path: string, name: string, depth: number): NeighbourFunction | undefined {
  const module = moduleAt(path);
  if (!module) return undefined;
  const target = module.exportOf(name);
  if (!target) {
    if (depth >= MAX_REEXPORTS) return undefined;
    for (const specifier of module.exportAll.slice(0, 12)) {
      const next = specifier.startsWith('.') ? resolveRelative(specifier, path) : undefined;
      const found = next === undefined ? undefined : functionExported(next, name, depth + 1);
      if (found) return found;
    }
    return undefined;
  }
  if (target.type === 'reexport') {
    const next = depth < MAX_REEXPORTS && target.specifier.startsWith('.') ? resolveRelative(target.specifier, path) : undefined;
    return next === undefined ? undefined : functionExported(next, target.name, depth + 1);
  }
  const callback = functionOf(module, target.node);
  if (callback) return { module, callback, name };
  return reexportedImport(module, target.node, path, depth);
}

/** `import compile from './compile.js'; export { compile };` */
function reexportedImport(module: SourceModule, node: Node, path: string, depth: number): NeighbourFunction | undefined {
  if (node.type !== 'Identifier' || depth >= MAX_REEXPORTS) return undefined;
  const definition = module.variableOf(node)?.defs[0];
  if (definition?.type !== 'ImportBinding' || definition.parent?.type !== 'ImportDeclaration') return undefined;
  const specifier = definition.parent.source.value;
  const next = specifier.startsWith('.') ? resolveRelative(specifier, path) : undefined;
  if (next === undefined) return undefined;
  const { node: binding } = definition;
  if (binding.type === 'ImportDefaultSpecifier') return functionExported(next, 'default', depth + 1);
  if (binding.type !== 'ImportSpecifier') return undefined;
  return functionExported(next, binding.imported.type === 'Identifier' ? binding.imported.name : binding.imported.value, depth + 1);
}

function functionOf(module: SourceModule, node: Node): FunctionNode | undefined {
  const inner = unwrap(node);
  if (isFunction(inner)) return inner;
  if (inner.type !== 'Identifier') {
    // `export default memoize(async (…) => …)`.
    if (!isCall(inner)) return undefined;
    return inner.arguments.map((argument) => unwrap(argument)).find((argument) => isFunction(argument)) as FunctionNode | undefined;
  }
  const definition = module.variableOf(inner)?.defs[0];
  if (!definition) return undefined;
  if (definition.node.type === 'FunctionDeclaration') return definition.node;
  if (definition.node.type === 'VariableDeclarator' && definition.node.init) {
    const init = unwrap(definition.node.init);
    if (isFunction(init)) return init;
    if (isCall(init)) return init.arguments.map((argument) => unwrap(argument)).find((argument) => isFunction(argument)) as FunctionNode | undefined;
  }
  return undefined;
}
