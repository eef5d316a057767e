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
