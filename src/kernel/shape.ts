// Sizes of an attention problem, checked once. Letters: B batch, H heads, Hk key and value heads, S queries, K keys, D head size.

/** Sizes of `query` [B, H, S, D] and of `key` and `value` [B, Hk, K, D], row-major. */
export interface AttentionShape {
  readonly batchSize: number;
  readonly numHeads: number;
  readonly seqLen: number;
  readonly headDim: number;
  /** Divides `numHeads` (grouped-query attention). Default: `numHeads`. */
  readonly kvHeads?: number | undefined;
  /** Default: `seqLen`. */
  readonly kvLen?: number | undefined;
}

/** A shape with its defaults filled in. */
export interface Sizes {
  readonly batchSize: number;
  readonly numHeads: number;
  readonly seqLen: number;
  readonly headDim: number;
  readonly kvHeads: number;
  readonly kvLen: number;
  /** Elements of `query` and of the result. */
  readonly queryLength: number;
  /** Elements of `key` and of `value`. */
  readonly keyLength: number;
}

/** How a value looks in an error message. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `an array of length ${value.length}`;
  if (typeof value === 'object' && value !== null) return Object.prototype.toString.call(value).slice(8, -1);
  return String(value);
}

/** Throws unless `value` is an integer of at least `minimum`: a TypeError for another type, a RangeError for another number. */
export function checkInteger(caller: string, name: string, value: unknown, minimum: number): number {
  const expected = minimum === 1 ? 'a positive integer' : `an integer of at least ${minimum}`;
  if (typeof value !== 'number') throw new TypeError(`${caller}: ${name} must be ${expected}, got ${show(value)}.`);
  if (!Number.isSafeInteger(value) || value < minimum) throw new RangeError(`${caller}: ${name} must be ${expected}, got ${value}.`);
  return value;
}

/** Fills in the defaults of a shape. Throws a TypeError or RangeError that names the size. */
export function resolveShape(caller: string, shape: AttentionShape): Sizes {
  if (typeof shape !== 'object' || shape === null) {
    throw new TypeError(`${caller}: shape must be an object { batchSize, numHeads, seqLen, headDim }, got ${show(shape)}.`);
  }
  const batchSize = checkInteger(caller, 'shape.batchSize', shape.batchSize, 1);
  const numHeads = checkInteger(caller, 'shape.numHeads', shape.numHeads, 1);
  const seqLen = checkInteger(caller, 'shape.seqLen', shape.seqLen, 1);
  const headDim = checkInteger(caller, 'shape.headDim', shape.headDim, 1);
  const kvHeads = shape.kvHeads === undefined ? numHeads : checkInteger(caller, 'shape.kvHeads', shape.kvHeads, 1);
  const kvLen = shape.kvLen === undefined ? seqLen : checkInteger(caller, 'shape.kvLen', shape.kvLen, 1);
  if (numHeads % kvHeads !== 0) {
    throw new RangeError(`${caller}: shape.kvHeads must divide shape.numHeads (${numHeads}), got ${kvHeads}.`);
  }
  const queryLength = batchSize * numHeads * seqLen * headDim;
  const keyLength = batchSize * kvHeads * kvLen * headDim;
  return { batchSize, numHeads, seqLen, headDim, kvHeads, kvLen, queryLength, keyLength };
}
