/** Which variables does a pattern declare, and which part of a value does each get? */
import type { SourceModule, Variable } from './module.ts';
import type { Node } from './nodes.ts';
import { staticName } from './nodes.ts';
import { evaluate } from './static-value.ts';
import type { Value } from './value.ts';
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
