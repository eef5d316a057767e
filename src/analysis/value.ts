/** Values that text can tell, and the parts of them: members, patterns. No scope is needed here. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { SourceModule, Variable } from './module.ts';
import type { Node } from './nodes.ts';
import { staticName } from './nodes.ts';

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
export const NO_BINDINGS: Bindings = new Map();

export function numberOf(value: Value | undefined): number | undefined {
  return value?.type === 'scalar' && typeof value.value === 'number' ? value.value : undefined;
}

/** A nameless literal takes the name of the variable or parameter that receives it. */
export function named(value: Value, name: string): Value {
  const [leaf] = value.type === 'scalar' ? value.leaves : [];
  if (value.type !== 'scalar' || !leaf || value.leaves.length > 1 || leaf.name !== undefined) return value;
  return { ...value, leaves: [{ ...leaf, name }] };
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
