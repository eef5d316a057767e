/** Dense row-major tensors of 32-bit floats, and the functions that create them. */

export type Shape = readonly number[];
export type Shape4 = readonly [batch: number, heads: number, length: number, depth: number];

export class Tensor {
  readonly shape: Shape;
  readonly data: Float32Array;

  constructor(shape: Shape, data: Float32Array) {
    if (data.length !== sizeOf(shape)) {
      throw new RangeError(`Tensor: shape [${shape.join(', ')}] needs ${sizeOf(shape)} values, got ${data.length}.`);
    }
    this.shape = shape;
    this.data = data;
  }

  get size(): number {
    return this.data.length;
  }

  /** The value at one index per dimension; throws a RangeError outside the shape. */
  at(...index: number[]): number {
    return this.data[this.offset(index)]!;
  }

  set(value: number, ...index: number[]): void {
    this.data[this.offset(index)] = value;
  }

  clone(): Tensor {
    return new Tensor(this.shape, this.data.slice());
  }

  /** The same values in another shape of the same size; shares the data. */
  reshape(shape: Shape): Tensor {
    return new Tensor(shape, this.data);
  }

  private offset(index: readonly number[]): number {
    if (index.length !== this.shape.length) {
      throw new RangeError(`Tensor: expected ${this.shape.length} indices, got ${index.length}.`);
    }
    let offset = 0;
    for (const [axis, size] of this.shape.entries()) {
      const position = index[axis]!;
      if (!Number.isInteger(position) || position < 0 || position >= size) {
        throw new RangeError(`Tensor: index ${position} is outside axis ${axis} of size ${size}.`);
      }
      offset = offset * size + position;
    }
    return offset;
  }
}

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** The shape of a tensor that must have four axes; `name` is used in the error. */
export function shape4(tensor: Tensor, name: string): Shape4 {
  const [batch, heads, length, depth, ...rest] = tensor.shape;
  if (batch === undefined || heads === undefined || length === undefined || depth === undefined || rest.length > 0) {
    throw new RangeError(`${name}: expected [batch, heads, length, depth], got [${tensor.shape.join(', ')}].`);
  }
  return [batch, heads, length, depth];
}

export function tensor(values: readonly number[], shape: Shape = [values.length]): Tensor {
  return new Tensor(shape, Float32Array.from(values));
}

export function full(shape: Shape, value: number): Tensor {
  return new Tensor(shape, new Float32Array(sizeOf(shape)).fill(value));
}

export function zeros(shape: Shape): Tensor {
  return new Tensor(shape, new Float32Array(sizeOf(shape)));
}

export function ones(shape: Shape): Tensor {
  return full(shape, 1);
}

export function arange(count: number): Tensor {
  return new Tensor([count], Float32Array.from({ length: count }, (_, index) => index));
}

let state = 1;

/** Starts the random numbers again, so that a test sees the same tensors each time. */
export function manualSeed(seed: number): void {
  state = seed >>> 0;
}

/** Mulberry32: 32 bits of state, uniform in [0, 1). */
function random(): number {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}

/** Uniform in [0, 1). */
export function rand(shape: Shape): Tensor {
  const result = zeros(shape);
  for (let index = 0; index < result.size; index++) result.data[index] = random();
  return result;
}

/** Standard normal, by Box and Muller, two values at a time. */
export function randn(shape: Shape): Tensor {
  const result = zeros(shape);
  for (let index = 0; index < result.size; index += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    result.data[index] = radius * Math.cos(angle);
    if (index + 1 < result.size) result.data[index + 1] = radius * Math.sin(angle);
  }
  return result;
}
