/** Attention as the formula says it, with no tricks: what every compiled kernel is compared with. */

import { isAllowed, resolvePattern, type PatternOptions } from './patterns.ts';
import { shape4, zeros, type Tensor } from './tensor.ts';

export interface AttentionOptions extends PatternOptions {
  /** The factor of the scores; 1 / sqrt(depth) if not given. */
  readonly scale?: number;
}

/** The weights of one query over all keys, masked ones an exact 0. `queryAt` and `keyAt` are offsets of the head's data. */
export function attentionWeights(
  query: Tensor,
  key: Tensor,
  queryAt: number,
  keyAt: number,
  row: number,
  keyLength: number,
  depth: number,
  options: AttentionOptions,
): Float64Array {
  const pattern = resolvePattern(options);
  const scale = options.scale ?? 1 / Math.sqrt(depth);
  const weights = new Float64Array(keyLength);
  let largest = -Infinity;
  for (let column = 0; column < keyLength; column++) {
    let score = 0;
    for (let d = 0; d < depth; d++) score += query.data[queryAt + d]! * key.data[keyAt + column * depth + d]!;
    weights[column] = isAllowed(pattern, row, column) ? score * scale : -Infinity;
    largest = Math.max(largest, weights[column]!);
  }
  let total = 0;
  for (let column = 0; column < keyLength; column++) {
    weights[column] = Math.exp(weights[column]! - largest);
    total += weights[column]!;
  }
  for (let column = 0; column < keyLength; column++) weights[column]! /= total;
  return weights;
}

/**
 * `query` is [batch, heads, length, depth]; `key` and `value` may have fewer heads, each then serves a group of
 * neighbouring query heads.
 */
export function referenceAttention(query: Tensor, key: Tensor, value: Tensor, options: AttentionOptions = {}): Tensor {
  const [batch, heads, length, depth] = shape4(query, 'query');
  const [, kvHeads, keyLength] = shape4(key, 'key');
  const out = zeros(query.shape);
  for (let index = 0; index < batch * heads; index++) {
    const kvHead = Math.floor(index / heads) * kvHeads + Math.floor(((index % heads) * kvHeads) / heads);
    const keyAt = kvHead * keyLength * depth;
    for (let row = 0; row < length; row++) {
      const rowAt = (index * length + row) * depth;
      const weights = attentionWeights(query, key, rowAt, keyAt, row, keyLength, depth, options);
      for (let d = 0; d < depth; d++) {
        let total = 0;
        for (let column = 0; column < keyLength; column++) total += weights[column]! * value.data[keyAt + column * depth + d]!;
        out.data[rowAt + d] = total;
      }
    }
  }
  return out;
}
