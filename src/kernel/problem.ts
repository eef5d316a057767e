// The arguments of every function of this entry, and the one place that checks them: from cheap to dear, before any work.

import { type AttentionPattern, resolvePattern, type ResolvedPattern } from './pattern.ts';
import { type AttentionShape, resolveShape, show, type Sizes } from './shape.ts';

/** `relaxed` is SIMD with fused multiply-add, `simd128` without, `javascript` plain typed arrays. */
export type Implementation = 'relaxed' | 'simd128' | 'javascript';

export interface AttentionArguments {
  /** [B, H, S, D], row-major. */
  readonly query: Float32Array;
  /** [B, Hk, K, D]. */
  readonly key: Float32Array;
  /** [B, Hk, K, D]. */
  readonly value: Float32Array;
  readonly shape: AttentionShape;
  /** Default: 'full'. */
  readonly pattern?: AttentionPattern | undefined;
  /** Factor of the scores before the softmax. Default: 1 / sqrt(headDim). */
  readonly scale?: number | undefined;
  /** Receives the result, [B, H, S, D]. It may share no byte with an input. Default: a new array. */
  readonly out?: Float32Array | undefined;
  /** Forces one implementation, for tests and benchmarks. Default: the fastest that this engine has. */
  readonly implementation?: Implementation | undefined;
}

/** Arguments of the float64 functions, which take either precision and need no `out`. */
export interface ReferenceArguments extends Omit<AttentionArguments, 'query' | 'key' | 'value'> {
  readonly query: Float32Array | Float64Array;
  readonly key: Float32Array | Float64Array;
  readonly value: Float32Array | Float64Array;
}

/** A checked problem without its tensors. */
export interface Problem {
  readonly sizes: Sizes;
  readonly pattern: ResolvedPattern;
  readonly scale: number;
}

function tag(value: unknown): string {
  return ArrayBuffer.isView(value) ? Object.prototype.toString.call(value) : '';
}

/** By brand, not by constructor: test runners hand over arrays of another realm. */
function isFloat32(value: unknown): value is Float32Array {
  return value instanceof Float32Array || tag(value) === '[object Float32Array]';
}

function isFloat64(value: unknown): value is Float64Array {
  return value instanceof Float64Array || tag(value) === '[object Float64Array]';
}

/** The letters of a tensor's dimensions and what they are here, made only for a message. */
function dimensions(ofKeys: boolean, { batchSize, numHeads, kvHeads, seqLen, kvLen, headDim }: Sizes): string {
  return ofKeys ? `[B, Hk, K, D] = [${batchSize}, ${kvHeads}, ${kvLen}, ${headDim}]` : `[B, H, S, D] = [${batchSize}, ${numHeads}, ${seqLen}, ${headDim}]`;
}

/** Throws unless `value` is a float array of the size of queries or of keys; a detached or empty buffer has length 0 and says so. */
export function checkTensor(caller: string, name: string, value: unknown, ofKeys: boolean, sizes: Sizes, allow64: boolean): void {
  if (!isFloat32(value) && !(allow64 && isFloat64(value))) {
    throw new TypeError(`${caller}: ${name} must be a Float32Array${allow64 ? ' or Float64Array' : ''}, got ${show(value)}.`);
  }
  const length = ofKeys ? sizes.keyLength : sizes.queryLength;
  if (value.length === length) return;
  const empty = value.length === 0 ? ' (empty, or its buffer was detached)' : '';
  throw new RangeError(`${caller}: ${name} needs ${length} elements for ${dimensions(ofKeys, sizes)}, got ${value.length}${empty}.`);
}

function overlaps(a: Float32Array, b: Float32Array): boolean {
  return a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}

/** Checks `out` where it is given: its length, and that it shares no byte with an input. */
export function checkOut(caller: string, { query, key, value, out }: AttentionArguments, sizes: Sizes): void {
  if (out === undefined) return;
  checkTensor(caller, 'out', out, false, sizes, false);
  const input = overlaps(out, query) ? 'query' : overlaps(out, key) ? 'key' : overlaps(out, value) ? 'value' : undefined;
  if (input !== undefined) throw new RangeError(`${caller}: out must share no memory with an input, got memory of ${input}.`);
}

/** Checks sizes, scale, pattern and the three tensors. Throws a TypeError or RangeError that names the argument. */
export function resolveProblem(caller: string, args: ReferenceArguments, allow64: boolean): Problem {
  if (typeof args !== 'object' || args === null) {
    throw new TypeError(`${caller}: expected one object { query, key, value, shape }, got ${show(args)}.`);
  }
  const sizes = resolveShape(caller, args.shape);
  const scale: unknown = args.scale === undefined ? 1 / Math.sqrt(sizes.headDim) : args.scale;
  if (typeof scale !== 'number') throw new TypeError(`${caller}: scale must be a finite number, got ${show(scale)}.`);
  if (!Number.isFinite(scale)) throw new RangeError(`${caller}: scale must be a finite number, got ${scale}.`);
  const pattern = resolvePattern(caller, args.pattern === undefined ? 'full' : args.pattern, sizes);
  checkTensor(caller, 'query', args.query, false, sizes, allow64);
  checkTensor(caller, 'key', args.key, true, sizes, allow64);
  checkTensor(caller, 'value', args.value, true, sizes, allow64);
  return { sizes, pattern, scale };
}
