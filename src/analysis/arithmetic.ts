/** What do known numbers make? */
import type { Node } from './nodes.ts';
import { isFunction, unwrap } from './nodes.ts';
import type { Leaf, Value } from './value.ts';
import { numberOf } from './value.ts';

/** Arithmetic on numbers that the text tells. */
export function arithmetic(operator: string, left: number, right: number): number | undefined {
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

/** `Math.ceil(x)` and the like. */
export function mathFunction(name: string, numbers: readonly number[]): number | undefined {
  const [first = Number.NaN, second = Number.NaN] = numbers;
  switch (name) {
    case 'ceil':
      return Math.ceil(first);
    case 'floor':
      return Math.floor(first);
    case 'round':
      return Math.round(first);
    case 'trunc':
      return Math.trunc(first);
    case 'sqrt':
      return Math.sqrt(first);
    case 'pow':
      return first ** second;
    case 'max':
      return Math.max(...numbers);
    case 'min':
      return Math.min(...numbers);
    default:
      return undefined;
  }
}

/** `(a, b) => a * b`, `(a, b) => a * b, 1`: what `reduce` is given for the product of a list. */
export function isProduct([callback, first]: readonly Node[]): boolean {
  const given = callback && unwrap(callback);
  if (!isFunction(given) || given.body.type !== 'BinaryExpression' || given.body.operator !== '*') return false;
  const [a, b] = given.params;
  const { left, right } = given.body;
  const isBoth = a?.type === 'Identifier' && b?.type === 'Identifier' && left.type === 'Identifier' && right.type === 'Identifier' && [a.name, b.name].sort().join() === [left.name, right.name].sort().join();
  return isBoth && (!first || (first.type === 'Literal' && first.value === 1));
}

/** The product of the numbers of a list; undefined when one of them is not known. */
export function productOf(list: Value | undefined): Value | undefined {
  if (list?.type !== 'list') return undefined;
  const leaves: Leaf[] = [];
  let value = 1;
  for (const item of list.items) {
    const number = numberOf(item);
    if (number === undefined || item?.type !== 'scalar') return undefined;
    value *= number;
    leaves.push(...item.leaves);
  }
  return { type: 'scalar', value, leaves };
}
