/**
 * What a piece of text evaluates to, as far as the text tells: literals, arithmetic, constants, destructuring, object and
 * array members, `as const`, spread, `Math.*`, lengths, and constants imported from the file next door. Whatever could change
 * while running (a reassigned `let`, a mutated object is not tracked further) is unknown.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import { arithmetic, isProduct, mathFunction, productOf } from './arithmetic.ts';
import type { ExportedNode } from './exports.ts';
import type { SourceModule, Variable } from './module.ts';
import { findConstant, importSourceOf } from './neighbour-constants.ts';
import type { FunctionNode, Node } from './nodes.ts';
import { calleeName, isCall, isFunction, staticName, unwrap, unwrapAwait } from './nodes.ts';
import { typedValue } from './typed-values.ts';
import type { Bindings, Leaf, List, Value } from './value.ts';
import { memberOf, NO_BINDINGS, numberOf, pickFromPattern } from './value.ts';
import { isWrittenOnce } from './written-once.ts';

const MAX_DEPTH = 24;
const MAX_ITEMS = 2_000;
const MAX_STEPS = 10_000;

export function evaluate(module: SourceModule, node: Node, bindings: Bindings = NO_BINDINGS): Value | undefined {
  return new Evaluator(module, bindings).value(node, 0);
}

/** Values of variables, when they depend on no parameter. */
const constants = new WeakMap<Variable, Value | null>();

class Evaluator {
  readonly #module: SourceModule;
  readonly #bindings: Bindings;
  /** Constants that double one another (`b = a + a; c = b + b; …`) would take exponential time. */
  #stepsLeft = MAX_STEPS;

  constructor(module: SourceModule, bindings: Bindings) {
    this.#module = module;
    this.#bindings = bindings;
  }

  value(given: Node, depth: number, name?: string): Value | undefined {
    if (depth > MAX_DEPTH || --this.#stepsLeft < 0) return undefined;
    const node = unwrap(given);
    const told = this.#told(node, depth, name);
    return told && told.type !== 'opaque' ? told : (typedValue(this.#module.file, node) ?? told);
  }

  /** By the text. */
  #told(node: Node, depth: number, name: string | undefined): Value | undefined {
    switch (node.type) {
      case 'Literal':
        return this.#literal(node, name);
      case 'TemplateLiteral':
        return this.#template(node, depth);
      case 'Identifier':
        return this.#identifier(node, depth);
      case 'UnaryExpression':
        return this.#unary(node, depth);
      case 'BinaryExpression':
        return this.#binary(node, depth);
      case 'LogicalExpression':
        return this.#logical(node, depth);
      case 'ConditionalExpression':
        return undefined;
      case 'ArrayExpression':
        return this.#array(node, depth, name);
      case 'ObjectExpression':
        return this.#object(node, depth);
      case 'MemberExpression':
        return this.#member(node, depth);
      case 'CallExpression':
      case 'NewExpression':
        return this.#call(node, depth);
      case 'AwaitExpression':
        return this.value(node.argument, depth + 1);
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
      case 'ClassExpression':
        return { type: 'opaque', node };
      default:
        return undefined;
    }
  }

  #literal(node: TSESTree.Literal, name: string | undefined): Value | undefined {
    const { value } = node;
    if (typeof value === 'bigint') return { type: 'scalar', value: Number(value), leaves: [{ node, module: this.#module, name }] };
    if (value === null && node.raw !== 'null') return undefined;
    if (typeof value === 'object' && value !== null) return undefined;
    return { type: 'scalar', value, leaves: [{ node, module: this.#module, name }] };
  }

  #template(node: TSESTree.TemplateLiteral, depth: number): Value | undefined {
    let text = node.quasis[0]?.value.cooked ?? '';
    const leaves: Leaf[] = [];
    for (const [index, expression] of node.expressions.entries()) {
      const part = this.value(expression, depth + 1);
      if (part?.type !== 'scalar') return undefined;
      text += String(part.value) + (node.quasis[index + 1]?.value.cooked ?? '');
      leaves.push(...part.leaves);
    }
    return { type: 'scalar', value: text, leaves };
  }

  #identifier(node: TSESTree.Identifier, depth: number): Value | undefined {
    if (node.name === 'undefined') return undefined;
    if (node.name === 'Infinity' || node.name === 'NaN') return { type: 'scalar', value: Number(node.name), leaves: [] };
    const variable = this.#module.variableOf(node);
    if (!variable) return undefined;
    const bound = this.#bindings.get(variable);
    if (bound) return bound;
    return this.#variable(variable, depth);
  }

  #variable(variable: Variable, depth: number): Value | undefined {
    if (this.#bindings.size > 0 || depth > 4) return this.#declared(variable, depth);
    const known = constants.get(variable);
    if (known !== undefined) return known ?? undefined;
    const value = this.#declared(variable, depth);
    if (this.#stepsLeft > 0) constants.set(variable, value ?? null);
    return value;
  }

  #declared(variable: Variable, depth: number): Value | undefined {
    const definition = variable.defs[0];
    if (!definition || variable.defs.length > 1) return undefined;
    if (definition.type === 'ImportBinding') return this.#imported(variable, depth);
    if (definition.type === 'FunctionName' || definition.type === 'ClassName') return { type: 'opaque', node: definition.name };
    if (definition.type !== 'Variable' || !definition.node.init) return undefined;
    if (!isWrittenOnce(variable, definition.node)) return undefined;
    return this.#required(variable, depth) ?? this.#destructured(definition.node.id, variable, definition.node.init, depth + 1);
  }

  /** `import { SEQ } from './sizes'`, `const { SEQ } = require('./sizes')`. */
  #required(variable: Variable, depth: number): Value | undefined {
    const found = this.#importedNode(variable);
    return found && new Evaluator(found.module, NO_BINDINGS).value(found.node, depth + 1);
  }

  #importedNode(variable: Variable): ExportedNode | undefined {
    const source = importSourceOf(variable);
    return source && findConstant(this.#module, source.specifier, source.name);
  }

  /** The part of `init` that a pattern gives to a variable. */
  #destructured(pattern: Node, variable: Variable, init: Node, depth: number): Value | undefined {
    if (pattern.type === 'Identifier') return pattern.name === variable.name ? this.value(init, depth, variable.name) : undefined;
    const whole = this.value(init, depth);
    return whole && pickFromPattern(pattern, variable.name, whole, (fallback) => this.value(fallback, depth, variable.name));
  }

  #imported(variable: Variable, depth: number): Value | undefined {
    const [definition] = variable.defs;
    return definition && (this.#required(variable, depth) ?? { type: 'opaque', node: definition.name });
  }

  #unary(node: TSESTree.UnaryExpression, depth: number): Value | undefined {
    const operand = this.value(node.argument, depth + 1);
    if (operand?.type !== 'scalar') return undefined;
    const { value, leaves } = operand;
    if (node.operator === '-' && typeof value === 'number') return { type: 'scalar', value: -value, leaves };
    if (node.operator === '+') return { type: 'scalar', value: Number(value), leaves };
    if (node.operator === '!') return { type: 'scalar', value: !value, leaves };
    if (node.operator === '~' && typeof value === 'number') return { type: 'scalar', value: ~value, leaves };
    return undefined;
  }

  #binary(node: TSESTree.BinaryExpression, depth: number): Value | undefined {
    if (node.left.type === 'PrivateIdentifier') return undefined;
    const left = this.value(node.left, depth + 1);
    const right = left && this.value(node.right, depth + 1);
    if (left?.type !== 'scalar' || right?.type !== 'scalar') return undefined;
    const leaves = [...left.leaves, ...right.leaves];
    if (node.operator === '+' && (typeof left.value === 'string' || typeof right.value === 'string')) {
      return { type: 'scalar', value: String(left.value) + String(right.value), leaves };
    }
    if (typeof left.value !== 'number' || typeof right.value !== 'number') return undefined;
    const value = arithmetic(node.operator, left.value, right.value);
    return value === undefined ? undefined : { type: 'scalar', value, leaves };
  }

  #logical(node: TSESTree.LogicalExpression, depth: number): Value | undefined {
    const left = this.value(node.left, depth + 1);
    if (left?.type === 'scalar' && node.operator === '||') return left.value ? left : this.value(node.right, depth + 1);
    if (left?.type === 'scalar' && node.operator === '??') return left.value === null ? this.value(node.right, depth + 1) : left;
    return undefined;
  }

  #array(node: TSESTree.ArrayExpression, depth: number, name: string | undefined): Value | undefined {
    if (node.elements.length > MAX_ITEMS) return undefined;
    const items: (Value | undefined)[] = [];
    for (const element of node.elements) {
      if (element?.type === 'SpreadElement') {
        const spread = this.value(element.argument, depth + 1);
        if (spread?.type !== 'list') return undefined;
        items.push(...spread.items);
      } else {
        items.push(element ? (this.value(element, depth + 1, name) ?? opaqueMember(element)) : undefined);
      }
    }
    return { type: 'list', node, items };
  }

  #object(node: TSESTree.ObjectExpression, depth: number): Value {
    const entries = new Map<string, Value | undefined>();
    let isOpen = false;
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') {
        const spread = this.value(property.argument, depth + 1);
        if (spread?.type === 'dictionary') for (const [key, value] of spread.entries) entries.set(key, value);
        else isOpen = true;
        continue;
      }
      const key = staticName(property);
      if (key === undefined) isOpen = true;
      else if (property.value.type === 'AssignmentPattern') isOpen = true;
      else entries.set(key, this.value(property.value, depth + 1, key));
    }
    return { type: 'dictionary', node, entries, isOpen };
  }

  #member(node: TSESTree.MemberExpression, depth: number): Value | undefined {
    let name = staticName(node);
    if (name === undefined && node.computed) {
      const key = this.value(node.property, depth + 1);
      if (key?.type === 'scalar') name = String(key.value);
    }
    if (name === undefined) return undefined;
    const exported = this.#exportedMember(node.object, name, depth);
    if (exported) return exported;
    const object = this.value(node.object, depth + 1);
    if (object) return memberOf(object, name) ?? (object.type === 'opaque' ? { type: 'opaque', node } : undefined);
    const global = unwrap(node.object);
    if (global.type === 'Identifier' && global.name === 'Math' && name === 'PI') return { type: 'scalar', value: Math.PI, leaves: [] };
    return undefined;
  }

  /** `sizes.SEQ` of `import * as sizes from './sizes'`. */
  #exportedMember(given: Node, name: string, depth: number): Value | undefined {
    const object = unwrap(given);
    const definition = object.type === 'Identifier' ? this.#module.variableOf(object)?.defs[0] : undefined;
    if (definition?.node.type !== 'ImportNamespaceSpecifier' || definition.parent?.type !== 'ImportDeclaration') return undefined;
    const found = findConstant(this.#module, definition.parent.source.value, name);
    return found && new Evaluator(found.module, NO_BINDINGS).value(found.node, depth + 1);
  }

  #call(node: TSESTree.CallExpression | TSESTree.NewExpression, depth: number): Value | undefined {
    const callee = unwrap(node.callee);
    const name = calleeName(node);
    if (callee.type === 'MemberExpression') {
      const object = unwrap(callee.object);
      if (object.type === 'Identifier' && object.name === 'Math') return this.#math(name, node.arguments, depth);
      if (object.type === 'Identifier' && object.name === 'Object') return this.#objectMethod(name, node.arguments, depth);
      if (name === 'reduce' && isProduct(node.arguments)) return productOf(this.value(object, depth + 1));
    }
    // `shape(1, 600, 384)`, `BigInt64Array.from([2, 3])`, `Object.freeze([…])`, `new Set([…])`: the list inside.
    if (name !== undefined && /^(?:shape|dims|Shape)$/.test(name) && node.arguments.every((argument) => argument.type !== 'SpreadElement')) {
      const items = node.arguments.map((argument) => this.value(argument, depth + 1));
      const [only] = items;
      return items.length === 1 && only?.type === 'list' ? only : { type: 'list', node, items };
    }
    if (callee.type === 'Identifier' && node.arguments.length === 0) {
      const returned = this.#returnedList(callee, depth);
      if (returned) return returned;
    }
    const [first] = node.arguments;
    // `Dictionary.Keys.BigInt(256)` is somebody else's.
    if (first && name !== undefined && (callee.type === 'Identifier' ? /^(?:Set|BigInt|Number)$/ : /^(?:from|of)$/).test(name)) {
      const inner = this.value(first, depth + 1);
      if (inner?.type === 'opaque' || inner?.type === 'dictionary') return undefined;
      // A set has no first member that could be named.
      return inner?.type === 'list' ? { ...inner, node } : inner;
    }
    return undefined;
  }

  /** `getImplementations()`: the array that a function without conditions in the way returns. */
  #returnedList(callee: TSESTree.Identifier, depth: number): List | undefined {
    const target = this.#module.variableOf(callee);
    const definition = target?.defs[0];
    if (!definition) return undefined;
    if (definition.type === 'ImportBinding') {
      const imported = this.#importedNode(target);
      if (!imported) return undefined;
      const { module, node } = imported;
      const inner = node.type === 'Identifier' ? module.variableOf(node)?.defs[0]?.node : node;
      return isFunction(inner) ? new Evaluator(module, NO_BINDINGS).#listReturnedBy(inner, depth + 1) : undefined;
    }
    return definition.node.type === 'FunctionDeclaration' ? this.#listReturnedBy(definition.node, depth + 1) : undefined;
  }

  #listReturnedBy(callback: FunctionNode, depth: number): List | undefined {
    if (callback.params.length > 0) return undefined;
    const last = callback.body.type === 'BlockStatement' ? callback.body.body.at(-1) : undefined;
    const returned = callback.body.type === 'BlockStatement' ? (last?.type === 'ReturnStatement' ? last.argument : null) : callback.body;
    const value = returned ? this.value(returned, depth) : undefined;
    return value?.type === 'list' ? value : undefined;
  }

  #math(name: string | undefined, given: readonly Node[], depth: number): Value | undefined {
    const leaves: Leaf[] = [];
    const numbers: number[] = [];
    for (const argument of given) {
      const value = this.value(argument, depth + 1);
      const number = numberOf(value);
      if (number === undefined || value?.type !== 'scalar') return undefined;
      leaves.push(...value.leaves);
      numbers.push(number);
    }
    const result = name === undefined ? undefined : mathFunction(name, numbers);
    return result === undefined ? undefined : { type: 'scalar', value: result, leaves };
  }

  #objectMethod(name: string | undefined, given: readonly Node[], depth: number): Value | undefined {
    const [first] = given;
    if (!first) return undefined;
    const inner = this.value(first, depth + 1);
    if (name === 'freeze') return inner;
    if (inner?.type !== 'dictionary' || inner.isOpen) return undefined;
    const key = (text: string): Value => ({ type: 'scalar', value: text, leaves: [] });
    const keys = [...inner.entries.keys()];
    if (name === 'keys') return { type: 'list', node: inner.node, items: keys.map(key) };
    if (name === 'values') return { type: 'list', node: inner.node, items: [...inner.entries.values()] };
    if (name === 'entries') {
      const items = [...inner.entries].map(([text, value]): Value => ({ type: 'list', node: inner.node, items: [key(text), value] }));
      return { type: 'list', node: inner.node, items };
    }
    return undefined;
  }
}

/** A member of an array literal that names something without telling its value. */
function opaqueMember(element: Node): Value | undefined {
  const node = unwrapAwait(element);
  if (node.type === 'Identifier' || node.type === 'MemberExpression' || isCall(node) || isFunction(node)) return { type: 'opaque', node };
  return undefined;
}
