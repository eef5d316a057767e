/**
 * What is done with the value that a call gives: it is called, read, asserted, handed on, closed or changed. Followed through `await`,
 * constants, destructuring and `then`; whatever leaves the text's sight is handed on.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { SourceModule, Variable } from './module.ts';
import type { CallNode, Node } from './nodes.ts';
import { chainRoot, isCall, isFunction, outerUse, staticName, unwrap } from './nodes.ts';

export type ResultUse =
  /** `value(…)`. */
  | { readonly type: 'called'; readonly call: CallNode }
  /** `value.name(…)`, `value.a.name(…)`. */
  | { readonly type: 'method'; readonly path: readonly string[]; readonly call: CallNode }
  /** `value.a.b`, not called. */
  | { readonly type: 'member'; readonly path: readonly string[]; readonly node: Node }
  /** `expect(value)`, `assert.ok(value)`, a comparison, a condition. */
  | { readonly type: 'read'; readonly node: Node }
  /** `f(value)`, a return, a list: somebody else's from here on. */
  | { readonly type: 'passed'; readonly node: Node }
  /** Assigned to, deleted, counted up. */
  | { readonly type: 'changed'; readonly node: Node };

export interface Result {
  readonly uses: readonly ResultUse[];
  /** The constant or variable that first takes the whole value. */
  readonly variable: Variable | undefined;
}

const LIST_CHANGE = /^(?:push|pop|shift|unshift|splice|fill|sort|reverse|set|delete|clear|add|copyWithin)$/;
const ASSERTION = /^(?:expect\w*|assert\w*|should|t|ok|equal|is)$/;
const MAX_USES = 400;

export function resultOf(module: SourceModule, call: CallNode): Result {
  const reader = new ResultReader(module);
  reader.follow(call, []);
  return reader;
}

/** What a function does with what its parameter is given. */
export function usesOfParameter(module: SourceModule, parameter: Node): readonly ResultUse[] {
  const reader = new ResultReader(module);
  reader.bind(parameter, []);
  return reader.uses;
}

class ResultReader implements Result {
  readonly uses: ResultUse[] = [];
  variable: Variable | undefined;
  readonly #module: SourceModule;
  readonly #seen = new Set<Variable>();

  constructor(module: SourceModule) {
    this.#module = module;
  }

  follow(start: Node, path: readonly string[]): void {
    if (this.uses.length > MAX_USES) return;
    const { child, parent } = outerUse(start);
    if (!parent || parent.type === 'ExpressionStatement') return;
    if (parent.type === 'MemberExpression' && parent.object === child) this.#member(parent, path);
    else if (isCall(parent) && parent.callee === child) this.uses.push(path.length === 0 ? { type: 'called', call: parent } : { type: 'method', path, call: parent });
    else if (parent.type === 'VariableDeclarator' && parent.init === child) this.bind(parent.id, path);
    else if (parent.type === 'AssignmentExpression' && parent.right === child && parent.operator === '=') this.#assign(parent.left, path, parent);
    else this.#end(child, parent, path);
  }

  #member(node: TSESTree.MemberExpression, path: readonly string[]): void {
    const name = staticName(node);
    if (path.length === 0 && (name === 'then' || name === 'finally' || name === 'catch')) {
      this.#then(node, name);
      return;
    }
    const { child, parent } = outerUse(node);
    const longer = [...path, name ?? '*'];
    if (parent?.type === 'AssignmentExpression' && parent.left === child) this.uses.push({ type: 'changed', node: parent });
    else if (parent?.type === 'UpdateExpression' || (parent?.type === 'UnaryExpression' && parent.operator === 'delete')) this.uses.push({ type: 'changed', node: parent });
    else if (parent && isCall(parent) && parent.callee === child && longer.length > 1 && LIST_CHANGE.test(name ?? '')) this.uses.push({ type: 'changed', node: parent });
    else if (parent?.type === 'ExpressionStatement') this.uses.push({ type: 'member', path: longer, node });
    else this.follow(node, longer);
  }

  /** `load().then((model) => …)`. */
  #then(member: TSESTree.MemberExpression, name: string): void {
    const call = member.parent;
    if (!isCall(call) || call.callee !== member) {
      this.uses.push({ type: 'passed', node: member });
      return;
    }
    const callback = call.arguments[0] && unwrap(call.arguments[0]);
    if (name === 'then' && isFunction(callback)) {
      if (callback.params[0]) this.bind(callback.params[0], []);
    } else if (name === 'then') this.uses.push({ type: 'passed', node: call });
    else this.follow(call, []);
  }

  #assign(target: Node, path: readonly string[], assignment: Node): void {
    if (target.type === 'Identifier' || target.type === 'ObjectPattern' || target.type === 'ArrayPattern') this.bind(target, path);
    else this.uses.push({ type: 'passed', node: assignment });
  }

  bind(pattern: Node, path: readonly string[]): void {
    switch (pattern.type) {
      case 'Identifier': {
        const variable = this.#module.variableOf(pattern);
        if (!variable || this.#seen.has(variable)) return;
        this.#seen.add(variable);
        if (path.length === 0) this.variable ??= variable;
        for (const reference of variable.references) if (reference.isRead()) this.follow(reference.identifier, path);
        return;
      }
      case 'ObjectPattern':
        for (const property of pattern.properties) {
          if (property.type === 'RestElement') this.bind(property.argument, [...path, '*']);
          else this.bind(property.value, [...path, staticName(property) ?? '*']);
        }
        return;
      case 'ArrayPattern':
        pattern.elements.forEach((element, index) => element && this.bind(element, [...path, String(index)]));
        return;
      case 'AssignmentPattern':
        this.bind(pattern.left, path);
        return;
      case 'RestElement':
        this.bind(pattern.argument, path);
        return;
      default:
        this.uses.push({ type: 'passed', node: pattern });
    }
  }

  #end(child: Node, parent: Node, path: readonly string[]): void {
    if (isReading(child, parent)) this.uses.push(path.length > 0 ? { type: 'member', path, node: child } : { type: 'read', node: child });
    else this.uses.push({ type: 'passed', node: child });
  }
}

function isReading(child: Node, parent: Node): boolean {
  switch (parent.type) {
    case 'BinaryExpression':
    case 'UnaryExpression':
    case 'TemplateLiteral':
    case 'SpreadElement':
    case 'IfStatement':
      return true;
    case 'MemberExpression':
      return parent.property === child;
    case 'ConditionalExpression':
      return parent.test === child;
    case 'LogicalExpression':
      return parent.parent.type === 'IfStatement';
    case 'ForOfStatement':
      return parent.right === child;
    case 'CallExpression': {
      const root = chainRoot(parent.callee);
      return root.type === 'Identifier' && ASSERTION.test(root.name);
    }
    default:
      return false;
  }
}
