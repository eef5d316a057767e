/**
 * What a piece of text evaluates to, as far as the text tells: literals, arithmetic, constants, destructuring, object and
 * array members, `as const`, spread, `Math.*`, lengths, and constants imported from the file next door. Whatever could change
 * while running (a reassigned `let`, a mutated object is not tracked further) is unknown.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import { importedName, resolveExport } from './exports.ts';
import { packageOf, resolveOwn, textOf } from './neighbours.ts';
import { VARIANTS_NAME } from '../knowledge/vocabulary.ts';
import type { SourceModule, Variable } from './module.ts';
import type { FunctionNode, Node } from './nodes.ts';
import { calleeName, isCall, isFunction, staticName, unwrap, unwrapAwait } from './nodes.ts';

export type Primitive = number | string | boolean | null;

export interface Scalar {
  readonly type: 'scalar';
  readonly value: Primitive;
  /** The literals the value was computed from. */
  readonly leaves: readonly Leaf[];
}

/** A literal in a file, with the name it goes by nearest to it: `const seqLen = 512`, `{ seqLen: 512 }`. */
export interface Leaf {
  readonly node: TSESTree.Literal;
  readonly module: SourceModule;
  readonly name: string | undefined;
}

export interface List {
  readonly type: 'list';
  readonly node: Node;
  readonly items: readonly (Value | undefined)[];
}

export interface Dictionary {
  readonly type: 'dictionary';
  readonly node: Node;
  readonly entries: ReadonlyMap<string, Value | undefined>;
  /** Some keys come from elsewhere (`...rest`). */
  readonly isOpen: boolean;
}

/** Something that has a name but no value the text tells: `Dtype.Float32`, an imported backend, a function. */
export interface Opaque {
  readonly type: 'opaque';
  readonly node: Node;
}

export type Value = Scalar | List | Dictionary | Opaque;
/** Values of parameters and loop variables, when a particular call or row is looked at. */
export type Bindings = ReadonlyMap<Variable, Value>;

const NO_BINDINGS: Bindings = new Map();
const MAX_DEPTH = 24;
const MAX_ITEMS = 2_000;
const MAX_STEPS = 10_000;

export function numberOf(value: Value | undefined): number | undefined {
  return value?.type === 'scalar' && typeof value.value === 'number' ? value.value : undefined;
}

export function evaluate(module: SourceModule, node: Node, bindings: Bindings = NO_BINDINGS): Value | undefined {
  return new Evaluator(module, bindings).value(node, 0);
}

/** Names that somebody gives to a size or a list of variants: all capitals, a word for a size, a plural. */
const CAPITALS = /^[A-Z][A-Z\d_]*$/;
const CONSTANT_NAME = /size|len|dim|count|num|batch|heads|seq|samples|shape|rows|cols|width|height|config|params|options|cases|^get[A-Z]|^[nmk]$/i;

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
    // Written once, at its declaration.
    if (variable.references.some((reference) => reference.isWrite() && reference.init !== true)) return undefined;
    if (isMutated(variable)) return undefined;
    const declaration = definition.node.parent;
    if (declaration.type === 'VariableDeclaration' && isLoopHead(declaration)) return undefined;
    return this.#required(definition.node, variable, depth) ?? this.#destructured(definition.node.id, variable, definition.node.init, depth + 1);
  }

  /** `const { SEQ } = require('./sizes')`. */
  #required({ id, init }: TSESTree.VariableDeclarator, variable: Variable, depth: number): Value | undefined {
    const call = init && unwrap(init);
    if (id.type !== 'ObjectPattern' || call?.type !== 'CallExpression' || call.callee.type !== 'Identifier' || call.callee.name !== 'require') return undefined;
    const [source] = call.arguments;
    const property = id.properties.find((item) => item.type === 'Property' && item.value.type === 'Identifier' && item.value.name === variable.name);
    const name = property?.type === 'Property' ? staticName(property) : undefined;
    if (source?.type !== 'Literal' || name === undefined) return undefined;
    const { path: from } = this.#module.file;
    const path = resolveOwn(String(source.value), from, packageOf(from)?.name);
    const found = path !== undefined && maySay(path, name) ? resolveExport(path, name) : undefined;
    return found && new Evaluator(found.module, NO_BINDINGS).value(found.node, depth + 1);
  }

  /** The part of `init` that a pattern gives to a variable. */
  #destructured(pattern: Node, variable: Variable, init: Node, depth: number): Value | undefined {
    if (pattern.type === 'Identifier') return pattern.name === variable.name ? this.value(init, depth, variable.name) : undefined;
    const whole = this.value(init, depth);
    return whole && pickFromPattern(pattern, variable.name, whole, (fallback) => this.value(fallback, depth, variable.name));
  }

  #imported(variable: Variable, depth: number): Value | undefined {
    const definition = variable.defs[0];
    if (!definition) return undefined;
    const found = this.#importedNode(definition);
    const opaque: Opaque = { type: 'opaque', node: definition.name };
    return found ? (new Evaluator(found.module, NO_BINDINGS).value(found.node, depth + 1) ?? opaque) : opaque;
  }

  #importedNode(definition: Variable['defs'][number]): { module: SourceModule; node: Node } | undefined {
    const { node, parent } = definition;
    if (parent?.type !== 'ImportDeclaration') return undefined;
    const specifier = parent.source.value;
    const { path: from } = this.#module.file;
    const path = resolveOwn(specifier, from, packageOf(from)?.name);
    const name = importedName(node);
    return path === undefined || name === undefined || !maySay(path, name) ? undefined : resolveExport(path, name);
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
    const { path: from } = this.#module.file;
    const path = resolveOwn(definition.parent.source.value, from, packageOf(from)?.name);
    const found = path !== undefined && maySay(path, name) ? resolveExport(path, name) : undefined;
    return found && new Evaluator(found.module, NO_BINDINGS).value(found.node, depth + 1);
  }

  #call(node: TSESTree.CallExpression | TSESTree.NewExpression, depth: number): Value | undefined {
    const callee = unwrap(node.callee);
    const name = calleeName(node);
    if (callee.type === 'MemberExpression') {
      const object = unwrap(callee.object);
      if (object.type === 'Identifier' && object.name === 'Math') return this.#math(name, node.arguments, depth);
      if (object.type === 'Identifier' && object.name === 'Object') return this.#objectMethod(name, node.arguments, depth);
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
    if (first && name !== undefined && /^(?:from|of|Set|BigInt|Number)$/.test(name)) {
      const inner = this.value(first, depth + 1);
      return inner?.type === 'opaque' || inner?.type === 'dictionary' ? undefined : inner;
    }
    return undefined;
  }

  /** `getImplementations()`: the array that a function without conditions in the way returns. */
  #returnedList(callee: TSESTree.Identifier, depth: number): List | undefined {
    const target = this.#module.variableOf(callee);
    const definition = target?.defs[0];
    if (!definition) return undefined;
    if (definition.type === 'ImportBinding') {
      const imported = this.#importedNode(definition);
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
    const [first = Number.NaN, second = Number.NaN] = numbers;
    const result: Record<string, () => number> = {
      ceil: () => Math.ceil(first),
      floor: () => Math.floor(first),
      round: () => Math.round(first),
      trunc: () => Math.trunc(first),
      sqrt: () => Math.sqrt(first),
      pow: () => first ** second,
      max: () => Math.max(...numbers),
      min: () => Math.min(...numbers),
    };
    const compute = name !== undefined && Object.hasOwn(result, name) ? result[name] : undefined;
    return compute ? { type: 'scalar', value: compute(), leaves } : undefined;
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

function isBarrelFor(text: string, name: string): boolean {
  return text.length < 2_000 && new RegExp(`\\bexport\\s*\\{[^}]*\\b${name.replaceAll('$', '\\$')}\\b`).test(text);
}

/** Guards the parse: does the file declare this name, or only pass on what its neighbours declare? */
function maySay(path: string, name: string): boolean {
  if (name !== 'default' && !CAPITALS.test(name) && !CONSTANT_NAME.test(name) && !(/s$/i.test(name) && VARIANTS_NAME.test(name))) return false;
  const text = textOf(path);
  if (text === undefined) return false;
  if (name === 'default') return /\bexport\s+default\b|\bmodule\.exports\b/.test(text);
  const at = text.indexOf(name);
  if (at < 0) return text.length < 2_000 && /\bexport\s*\*/.test(text);
  // Only what begins like a literal, a list, an object or a computation of constants can be evaluated.
  return new RegExp(`\\b(?:const|let|var|function|exports\\.)\\s*${name.replaceAll('$', '\\$')}\\b\\s*(?::[^=;]*)?(?:=\\s*(?:[-\\d.'"\`[{]|Object\\.|[A-Z][A-Z_0-9]+\\b)|\\(\\))`).test(text) || isBarrelFor(text, name);
}

/** A member is written, or a method that changes a list is called. */
function isMutated(variable: Variable): boolean {
  return variable.references.some(({ identifier }) => {
    const member = identifier.parent;
    if (member?.type !== 'MemberExpression' || member.object !== identifier) return false;
    const { parent } = member;
    if (parent.type === 'AssignmentExpression' && parent.left === member) return true;
    if (parent.type === 'UpdateExpression' || (parent.type === 'UnaryExpression' && parent.operator === 'delete')) return true;
    return isCall(parent) && parent.callee === member && /^(?:push|pop|shift|unshift|splice|fill|sort|reverse)$/.test(staticName(member) ?? '');
  });
}

/** A member of an array literal that names something without telling its value. */
function opaqueMember(element: Node): Value | undefined {
  const node = unwrapAwait(element);
  if (node.type === 'Identifier' || node.type === 'MemberExpression' || isCall(node) || isFunction(node)) return { type: 'opaque', node };
  return undefined;
}

/** A nameless literal takes the name of the variable or parameter that receives it. */
export function named(value: Value, name: string): Value {
  const [leaf] = value.type === 'scalar' ? value.leaves : [];
  if (value.type !== 'scalar' || !leaf || value.leaves.length > 1 || leaf.name !== undefined) return value;
  return { ...value, leaves: [{ ...leaf, name }] };
}

/** The variables that a pattern declares, each with its part of a value. */
export function bindPattern(module: SourceModule, pattern: Node, value: Value | undefined, into: Map<Variable, Value>): void {
  switch (pattern.type) {
    case 'Identifier': {
      const variable = module.variableOf(pattern);
      if (variable && value) into.set(variable, named(value, pattern.name));
      return;
    }
    case 'AssignmentPattern':
      bindPattern(module, pattern.left, value ?? evaluate(module, pattern.right), into);
      return;
    case 'RestElement':
      bindPattern(module, pattern.argument, value, into);
      return;
    case 'ArrayPattern':
      for (const [index, element] of pattern.elements.entries()) {
        if (element) bindPattern(module, element, value && memberOf(value, String(index)), into);
      }
      return;
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') continue;
        const key = staticName(property);
        if (key !== undefined) bindPattern(module, property.value, value && memberOf(value, key), into);
      }
      return;
    default:
  }
}

export function memberOf(value: Value, name: string): Value | undefined {
  if (value.type === 'dictionary') return value.entries.get(name);
  if (value.type === 'list') {
    if (name === 'length') return { type: 'scalar', value: value.items.length, leaves: [] };
    return value.items[Number(name)];
  }
  if (value.type === 'scalar' && typeof value.value === 'string' && name === 'length') {
    return { type: 'scalar', value: value.value.length, leaves: value.leaves };
  }
  return undefined;
}

/** The value that a destructuring pattern gives to a name. */
export function pickFromPattern(
  pattern: Node,
  name: string,
  value: Value,
  evaluateDefault: (node: Node) => Value | undefined,
): Value | undefined {
  switch (pattern.type) {
    case 'Identifier':
      return pattern.name === name ? named(value, name) : undefined;
    case 'AssignmentPattern':
      return pickFromPattern(pattern.left, name, value, evaluateDefault);
    case 'ArrayPattern': {
      for (const [index, element] of pattern.elements.entries()) {
        const item = element && pickOrDefault(element, name, memberOf(value, String(index)), evaluateDefault);
        if (item) return item;
      }
      return undefined;
    }
    case 'ObjectPattern': {
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') continue;
        const key = staticName(property);
        const item = key === undefined ? undefined : pickOrDefault(property.value, name, memberOf(value, key), evaluateDefault);
        if (item) return item;
      }
      return undefined;
    }
    default:
      return undefined;
  }
}

function pickOrDefault(
  pattern: Node,
  name: string,
  value: Value | undefined,
  evaluateDefault: (node: Node) => Value | undefined,
): Value | undefined {
  if (value) return pickFromPattern(pattern, name, value, evaluateDefault);
  if (pattern.type === 'AssignmentPattern' && pattern.left.type === 'Identifier' && pattern.left.name === name) {
    return evaluateDefault(pattern.right);
  }
  return undefined;
}

function isLoopHead(declaration: TSESTree.VariableDeclaration): boolean {
  const parent = declaration.parent;
  return (
    (parent.type === 'ForOfStatement' || parent.type === 'ForInStatement') && parent.left === declaration
  ) || (parent.type === 'ForStatement' && parent.init === declaration);
}

function arithmetic(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '**':
      return left ** right;
    case '<<':
      return left << right;
    case '>>':
      return left >> right;
    case '>>>':
      return left >>> right;
    case '|':
      return left | right;
    case '&':
      return left & right;
    default:
      return undefined;
  }
}
