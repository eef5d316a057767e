/** Which variables does a pattern declare, and which part of a value does each get? */
import type { SourceModule, Variable } from './module.ts';
import type { FunctionNode, Node } from './nodes.ts';
import { staticName } from './nodes.ts';
import { evaluate } from './static-value.ts';
import type { Bindings, Value } from './value.ts';
import { memberOf, named } from './value.ts';

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

/** What the parameters of a function hold when it is given these. */
export function bindParameters(module: SourceModule, callback: FunctionNode, values: readonly (Value | undefined)[]): Bindings {
  const bindings = new Map<Variable, Value>();
  for (const [index, parameter] of callback.params.entries()) {
    const value = values[index];
    const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
    if (pattern.type === 'RestElement') bindPattern(module, pattern.argument, restOf(values.slice(index), pattern), bindings);
    else bindPattern(module, pattern, value, bindings);
  }
  return bindings;
}

/** `int32(token)` of `int32(...values)` makes a list of one, not as many as the token says. */
function restOf(values: readonly (Value | undefined)[], node: Node): Value {
  return { type: 'list', node, items: values };
}
