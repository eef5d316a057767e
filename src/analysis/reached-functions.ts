/** Which functions of its own file does a function run. */
import { isRemembered } from './expense.ts';
import type { SourceModule } from './module.ts';
import type { FunctionNode, Node } from './nodes.ts';
import { calleeName, contains, enclosingFunction, isCall, isFunction, outerUse, staticName, unwrap } from './nodes.ts';

const MAX_BODIES = 16;

/** By function: a helper is asked for by each of its calls. */
const reachedBy = new WeakMap<FunctionNode, ReadonlySet<FunctionNode>>();

/** A function with those of its own file that it calls, and those that they call. */
export function reachedFrom(module: SourceModule, callback: FunctionNode): ReadonlySet<FunctionNode> {
  let reached = reachedBy.get(callback);
  if (!reached) reachedBy.set(callback, (reached = readReached(module, callback)));
  return reached;
}

function readReached(module: SourceModule, callback: FunctionNode): ReadonlySet<FunctionNode> {
  const reached = new Set<FunctionNode>([callback]);
  for (const body of reached) {
    if (reached.size >= MAX_BODIES) break;
    for (const called of [...calledInside(module, body), ...methodsCalledInside(module, body)]) reached.add(called);
  }
  return reached;
}

/** The functions of the same file that it calls itself. */
export function calledInside(module: SourceModule, callback: FunctionNode): FunctionNode[] {
  const found: FunctionNode[] = [];
  const itself = new Set([callback]);
  for (const variable of module.topScope?.variables ?? []) {
    const definition = variable.defs[0];
    const init = definition?.node.type === 'VariableDeclarator' ? definition.node.init : undefined;
    const candidate = definition?.node.type === 'FunctionDeclaration' ? definition.node : init ? unwrap(init) : undefined;
    if (!isFunction(candidate) || candidate === callback) continue;
    const isCalled = variable.references.some(({ identifier }) => {
      if (!contains(callback, identifier)) return false;
      const { child, parent } = outerUse(identifier);
      return parent !== undefined && isCall(parent) && parent.callee === child && !isRemembered(parent) && !isMadeOnce(module, parent) && isInsideOf(module, parent, itself);
    });
    if (isCalled) found.push(candidate);
  }
  return found;
}

/** `this.bundle()` in a method of a class, `exports.compile()` beside what else a module exports. */
function methodsCalledInside(module: SourceModule, callback: FunctionNode): FunctionNode[] {
  const text = module.file.text.slice(...callback.range);
  const found: FunctionNode[] = [];
  const method = callback.parent;
  const own = method.type === 'MethodDefinition' ? method.parent.body : [];
  for (const member of own) {
    if (member.type !== 'MethodDefinition' || member === method || member.value.type !== 'FunctionExpression') continue;
    const name = member.key.type === 'PrivateIdentifier' ? `#${member.key.name}` : staticName(member);
    // `this.model ??= this.loadModel()`, `await this.getModel()`: made once for many calls.
    if (name === undefined || /^#?(?:get|ensure|lazy|maybe)/i.test(name)) continue;
    if (text.includes(`this.${name}(`) && !new RegExp(`=\\s*(?:await\\s+)?this\\.${name.replace(/[$]/g, '\\$&')}\\(`).test(text)) found.push(member.value);
  }
  for (const [, name] of text.matchAll(/\bexports\.([\w$]+)\(/g)) {
    const target = name === undefined ? undefined : module.exportOf(name);
    if (target?.type === 'node' && isFunction(target.node) && target.node !== callback) found.push(target.node);
  }
  return found;
}

/**
 * Runs a node when one of the bodies runs? Methods of an object that it makes, and closures that it only hands out, do not, unless
 * somebody is sure to use them.
 */
export function isInsideOf(module: SourceModule, node: Node, bodies: ReadonlySet<FunctionNode>, usesAll = false): boolean {
  for (let current = enclosingFunction(node); current; current = enclosingFunction(current)) {
    if (bodies.has(current)) return true;
    if (!usesAll && isHandedOut(module, current)) return false;
  }
  return false;
}

/** Is it made once for all tests of a group: `beforeAll(() => …)`, `loadFixture(deploy)`? */
export function isMadeOnce(module: SourceModule, node: Node): boolean {
  for (let current = enclosingFunction(node); current; current = enclosingFunction(current)) {
    const { parent } = outerUse(current);
    if (isCall(parent) && parent.callee !== current && ONCE.test(calleeName(parent) ?? '')) return true;
    const name = current.type === 'FunctionDeclaration' ? current.id : parent?.type === 'VariableDeclarator' ? parent.id : undefined;
    const uses = name?.type === 'Identifier' ? (module.resolve(name.name, current.parent)?.references ?? []) : [];
    if (uses.some(({ identifier }) => isCall(identifier.parent) && identifier.parent.callee !== identifier && ONCE.test(calleeName(identifier.parent) ?? ''))) return true;
  }
  return false;
}

const ONCE = /^(?:before|beforeAll|suiteSetup|after|afterAll|once|memoize|(?:load|create|use)Fixture|takeSnapshot)$/;

function isHandedOut(module: SourceModule, callback: FunctionNode): boolean {
  const { child, parent } = outerUse(callback);
  // `this.read = () => …`
  if (parent?.type === 'Property' || (parent?.type === 'AssignmentExpression' && parent.left.type === 'MemberExpression')) return true;
  const name = callback.type === 'FunctionDeclaration' ? callback.id : parent?.type === 'VariableDeclarator' && parent.init === child ? parent.id : undefined;
  const variable = name?.type === 'Identifier' ? module.resolve(name.name, callback.parent) : undefined;
  return variable !== undefined && !variable.references.some(({ identifier }) => isCall(outerUse(identifier).parent));
}
