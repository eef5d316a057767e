/** The gradients of attention, by the formula: weights are computed again, row by row. */

import { attentionWeights, type AttentionOptions } from './reference.ts';
import { shape4, zeros, type Tensor } from './tensor.ts';

export interface AttentionGradients {
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
}

/** All tensors are [batch, heads, length, depth]; `grad` is the gradient of the output. */
export function attentionBackward(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  grad: Tensor,
  options: AttentionOptions = {},
): AttentionGradients {
  const [batch, heads, length, depth] = shape4(query, 'query');
  const scale = options.scale ?? 1 / Math.sqrt(depth);
  const gradients = { query: zeros(query.shape), key: zeros(key.shape), value: zeros(value.shape) };
  const weightGrads = new Float64Array(length);
  for (let head = 0; head < batch * heads; head++) {
    const headAt = head * length * depth;
    for (let row = 0; row < length; row++) {
      const rowAt = headAt + row * depth;
      const weights = attentionWeights(query, key, rowAt, headAt, row, length, depth, options);
      let mean = 0;
      for (let column = 0; column < length; column++) {
        const columnAt = headAt + column * depth;
        let product = 0;
        for (let d = 0; d < depth; d++) {
          product += grad.data[rowAt + d]! * value.data[columnAt + d]!;
          gradients.value.data[columnAt + d]! += weights[column]! * grad.data[rowAt + d]!;
        }
        weightGrads[column] = product;
        mean += weights[column]! * product;
      }
      for (let column = 0; column < length; column++) {
        const columnAt = headAt + column * depth;
        const scoreGrad = weights[column]! * (weightGrads[column]! - mean) * scale;
        for (let d = 0; d < depth; d++) {
          gradients.query.data[rowAt + d]! += scoreGrad * key.data[columnAt + d]!;
          gradients.key.data[columnAt + d]! += scoreGrad * query.data[rowAt + d]!;
        }
      }
    }
  }
  return gradients;
}
