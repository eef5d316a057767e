/** What generated tests compute with. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly size: number;
  get(...index: number[]): number;
  sum(): number;
  reshape(shape: number[]): Tensor;
  slice(start: number[], size: number[]): Tensor;
  split(parts: number): Tensor[];
  matMul(other: Tensor): Tensor;
}

/** A tensor of ones that minds its bounds. */
export function ones(shape: readonly number[], value = 1): Tensor {
  const fail = (what: string): never => { throw new RangeError(`${what} of ${shape.join(' × ')}`); };
  const size = shape.reduce((a, b) => a * b, 1);
  if (!shape.every((n) => Number.isInteger(n) && n > 0)) fail('shape');
  return {
    shape,
    size,
    get: (...index) => (index.every((at, axis) => Number.isInteger(at) && at >= 0 && at < (shape[axis] ?? 0)) ? value : fail('index')),
    sum: () => size * value,
    reshape(given) {
      const known = given.reduce((product, n) => (n < 0 ? product : product * n), 1);
      const full = given.map((n) => (n < 0 ? size / known : n));
      return full.reduce((a, b) => a * b, 1) === size ? ones(full, value) : fail('reshape');
    },
    slice: (start, part) => (start.every((at, axis) => at + (part[axis] ?? 0) <= (shape[axis] ?? 0)) ? ones(part, value) : fail('slice')),
    split: (parts) => Array.from({ length: parts }, () => ones([(shape[0] ?? 0) / parts, ...shape.slice(1)], value)),
    matMul: (other) => (shape[1] === other.shape[0] ? ones([shape[0] ?? 0, other.shape[1] ?? 0], shape[1]) : fail('product')),
  };
}
