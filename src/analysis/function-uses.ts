/** Where is a function of this file called: by its name, as a method of an object or a class, or as what another function returns? */
import type { TSESTree } from '@typescript-eslint/utils';
import { iterationOf } from './iteration.ts';
import type { SourceModule, Variable } from './module.ts';
import type { CallNode, FunctionNode, Node } from './nodes.ts';
import { enclosingFunction, isCall, outerUse, staticName } from './nodes.ts';
import { callOf } from './gathered.ts';

/** `const a = make(); const b = a;`: so often a result is renamed. */
const MAX_NAMES = 2;

export class FunctionUses {
  readonly #module: SourceModule;
  /** Calls whose result a declaration runs. */
  readonly #made: ReadonlyMap<Node, unknown>;
  readonly #calls = new Map<FunctionNode, readonly CallNode[]>();
  readonly #elsewhere = new Map<FunctionNode, readonly CallNode[]>();
  /** Functions whose results are being followed: one may return what it makes itself of less. */
  readonly #followed = new Set<FunctionNode>();

  constructor(module: SourceModule, made: ReadonlyMap<Node, unknown>) {
    this.#module = module;
    this.#made = made;
  }

  /** By its name. */
  callsOf(callback: FunctionNode): readonly CallNode[] {
    let calls = this.#calls.get(callback);
    if (!calls) {
      calls = this.#readsOf(callback).flatMap((read) => {
        const { child, parent } = outerUse(read);
        // A helper handed to a declaration or an iteration runs there too: `beforeEach(setUp)`, `list.map(make)`.
        return isCall(parent) && (parent.callee === child || iterationOf(parent)) ? [parent] : [];
      });
      this.#calls.set(callback, calls);
    }
    return calls;
  }

  /** As a method of an object or of a class, or as what another function returns. */
  callsElsewhere(callback: FunctionNode): readonly CallNode[] {
    const known = this.#elsewhere.get(callback);
    if (known) return known;
    // Until it is known: a function that returns itself is called nowhere else.
    this.#elsewhere.set(callback, []);
    const calls = [callback, ...this.#readsOf(callback)].flatMap((node) => this.#callsOfKept(node));
    this.#elsewhere.set(callback, calls);
    return calls;
  }

  #readsOf(callback: FunctionNode): readonly Node[] {
    const variable = this.variableOf(callback);
    return variable ? readsOf(variable) : [];
  }

  variableOf(callback: FunctionNode): Variable | undefined {
    // Its own scope may hold another variable of that name: `function bundle() { const bundle = …`.
    if (callback.type === 'FunctionDeclaration') return callback.id ? this.#module.resolve(callback.id.name, callback.parent) : undefined;
    const { child, parent } = outerUse(callback);
    if (parent?.type === 'VariableDeclarator' && parent.init === child && parent.id.type === 'Identifier') return this.#module.variableOf(parent.id);
    if (parent?.type === 'AssignmentExpression' && parent.left.type === 'Identifier') return this.#module.variableOf(parent.left);
    // `const make = useCallback(() => …)`, `const run = withRetry(async () => …)`.
    return undefined;
  }

  #callsOfKept(node: Node): readonly CallNode[] {
    const { child, parent } = outerUse(node);
    if (parent?.type === 'Property' && parent.value === child && parent.parent.type === 'ObjectExpression') {
      const name = staticName(parent);
      return name === undefined ? [] : this.#usesOf(parent.parent, name);
    }
    if (parent?.type === 'MethodDefinition') return this.#callsOfMethod(parent);
    return isReturned(child, parent) ? this.#usesOfResults(parent, undefined) : [];
  }

  #callsOfMethod(method: TSESTree.MethodDefinition): readonly CallNode[] {
    const owner = method.parent.parent;
    const name = staticName(method);
    const variable = owner.id ? this.#module.resolve(owner.id.name, owner.parent) : undefined;
    if (!variable || name === undefined) return [];
    return readsOf(variable).flatMap((read) => {
      if (method.static) return this.#usesOf(read, name);
      const made = callOf(read);
      if (made?.type !== 'NewExpression') return [];
      return method.kind === 'constructor' ? [made] : this.#usesOf(made, name);
    });
  }

  #usesOfResults(at: Node, name: string | undefined): readonly CallNode[] {
    const maker = at.type === 'ArrowFunctionExpression' ? at : enclosingFunction(at);
    if (!maker || this.#followed.has(maker)) return [];
    this.#followed.add(maker);
    const calls = this.callsOf(maker).flatMap((call) => this.#usesOf(call, name));
    this.#followed.delete(maker);
    return calls;
  }

  /** Calls of a value, or of its method of that name. */
  #usesOf(value: Node, name: string | undefined, names = 0): readonly CallNode[] {
    if (name === undefined && isCall(value) && this.#made.has(value)) return [value];
    const { child, parent } = outerUse(value);
    if (parent?.type === 'VariableDeclarator' && parent.init === child) return this.#usesOfPattern(parent.id, name, names);
    if (parent?.type === 'AssignmentExpression' && parent.right === child && parent.operator === '=') return this.#usesOfPattern(parent.left, name, names);
    if (isReturned(child, parent)) return names < MAX_NAMES ? this.#usesOfResults(parent, name) : [];
    const callee = name === undefined ? value : parent?.type === 'MemberExpression' && parent.object === child && staticName(parent) === name ? parent : undefined;
    const call = callee && callOf(callee);
    return call ? [call] : [];
  }

  #usesOfPattern(pattern: Node, name: string | undefined, names: number): readonly CallNode[] {
    if (pattern.type === 'ObjectPattern' && name !== undefined) {
      const property = pattern.properties.find((item) => item.type === 'Property' && staticName(item) === name);
      return property?.type === 'Property' ? this.#usesOfPattern(property.value, undefined, names) : [];
    }
    const variable = pattern.type === 'Identifier' && names < MAX_NAMES ? this.#module.variableOf(pattern) : undefined;
    return variable ? readsOf(variable).flatMap((read) => this.#usesOf(read, name, names + 1)) : [];
  }
}

function readsOf({ references }: Variable): Node[] {
  return references.filter((reference) => reference.isRead()).map(({ identifier }) => identifier);
}

function isReturned(child: Node, parent: Node | undefined): parent is TSESTree.ReturnStatement | TSESTree.ArrowFunctionExpression {
  return parent?.type === 'ReturnStatement' || (parent?.type === 'ArrowFunctionExpression' && parent.body === child);
}
