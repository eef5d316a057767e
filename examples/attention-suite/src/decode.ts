/** Decoding one token at a time over keys and values that are kept. */

import { shape4, zeros, type Tensor } from './tensor.ts';

export class KVCache {
  length = 0;
  readonly key: Tensor;
  readonly value: Tensor;
  readonly maxLength: number;

  constructor(batchSize: number, numHeads: number, maxLength: number, headDim: number) {
    this.maxLength = maxLength;
    this.key = zeros([batchSize, numHeads, maxLength, headDim]);
    this.value = zeros([batchSize, numHeads, maxLength, headDim]);
  }

  /** Appends tokens, [batch, heads, tokens, depth]; throws a RangeError when the cache is full. */
  append(key: Tensor, value: Tensor): void {
    const [batch, heads, tokens, depth] = shape4(key, 'key');
    if (this.length + tokens > this.maxLength) {
      throw new RangeError(`KVCache: ${tokens} more after ${this.length} do not fit into ${this.maxLength}.`);
    }
    for (let head = 0; head < batch * heads; head++) {
      const from = head * tokens * depth;
      const to = (head * this.maxLength + this.length) * depth;
      this.key.data.set(key.data.subarray(from, from + tokens * depth), to);
      this.value.data.set(value.data.subarray(from, from + tokens * depth), to);
    }
    this.length += tokens;
  }
}

/** Attention of one new query per head, [batch, heads, 1, depth], over everything in the cache. */
export function decodeStep(query: Tensor, cache: KVCache): Tensor {
  const [batch, heads, tokens, depth] = shape4(query, 'query');
  if (tokens !== 1) throw new RangeError(`decodeStep: expected one query per head, got ${tokens}.`);
  if (cache.length === 0) throw new RangeError('decodeStep: the cache is empty.');
  const scale = 1 / Math.sqrt(depth);
  const out = zeros(query.shape);
  const weights = new Float64Array(cache.length);
  for (let head = 0; head < batch * heads; head++) {
    const queryAt = head * depth;
    const cacheAt = head * cache.maxLength * depth;
    let largest = -Infinity;
    for (let column = 0; column < cache.length; column++) {
      let score = 0;
      for (let d = 0; d < depth; d++) score += query.data[queryAt + d]! * cache.key.data[cacheAt + column * depth + d]!;
      weights[column] = score * scale;
      largest = Math.max(largest, weights[column]!);
    }
    let total = 0;
    for (let column = 0; column < cache.length; column++) {
      weights[column] = Math.exp(weights[column]! - largest);
      total += weights[column]!;
    }
    for (let d = 0; d < depth; d++) {
      let sum = 0;
      for (let column = 0; column < cache.length; column++) sum += weights[column]! * cache.value.data[cacheAt + column * depth + d]!;
      out.data[queryAt + d] = sum / total;
    }
  }
  return out;
}

/** The tokens from `start` up to `end` of every head. */
export function sliceTokens(source: Tensor, start: number, end: number): Tensor {
  const [batch, heads, length, depth] = shape4(source, 'source');
  if (start < 0 || end > length || start >= end) throw new RangeError(`sliceTokens: ${start} to ${end} is not inside ${length} tokens.`);
  const result = zeros([batch, heads, end - start, depth]);
  for (let head = 0; head < batch * heads; head++) {
    const from = (head * length + start) * depth;
    result.data.set(source.data.subarray(from, from + (end - start) * depth), head * (end - start) * depth);
  }
  return result;
}
