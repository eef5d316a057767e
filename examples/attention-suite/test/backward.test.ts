import { beforeEach, describe, expect, test } from 'vitest';
import { attentionBackward } from '../src/backward.ts';
import { allFinite, dot } from '../src/compare.ts';
import { compileAttention } from '../src/compile.ts';
import { referenceAttention } from '../src/reference.ts';
import { manualSeed, randn, type Tensor } from '../src/tensor.ts';

beforeEach(() => {
  manualSeed(61);
});

/** `tensor + step * direction`. */
function moved(tensor: Tensor, direction: Tensor, step: number): Tensor {
  const result = tensor.clone();
  for (let index = 0; index < result.size; index++) result.data[index]! += step * direction.data[index]!;
  return result;
}

const inputs = () => ({
  query: randn([2, 8, 512, 64]),
  key: randn([2, 8, 512, 64]),
  value: randn([2, 8, 512, 64]),
  grad: randn([2, 8, 512, 64]),
});

describe('attentionBackward', () => {
  test('gradients have the shapes of their inputs', () => {
    const { query, key, value, grad } = inputs();
    const gradients = attentionBackward(query, key, value, grad, { pattern: 'causal' });
    expect(gradients.query.shape).toEqual(query.shape);
    expect(gradients.key.shape).toEqual(key.shape);
    expect(gradients.value.shape).toEqual(value.shape);
    expect(allFinite(gradients.query)).toBe(true);
    expect(allFinite(gradients.key)).toBe(true);
  });

  test('agrees with the slope of the compiled kernel', () => {
    const batchSize = 1;
    const numHeads = 8;
    const seqLen = 512;
    const headDim = 64;
    const [query, key, value, grad, direction] = Array.from({ length: 5 }, () => randn([batchSize, numHeads, seqLen, headDim]));
    if (!query || !key || !value || !grad || !direction) throw new Error('five tensors');
    const compiled = compileAttention({ pattern: 'causal', batchSize, numHeads, seqLen, headDim });
    const up = dot(compiled.forward(moved(query, direction, 0.01), key, value), grad);
    const down = dot(compiled.forward(moved(query, direction, -0.01), key, value), grad);
    const gradients = attentionBackward(query, key, value, grad, { pattern: 'causal' });
    expect((up - down) / 0.02 / dot(gradients.query, direction)).toBeCloseTo(1, 2);
  });

  test.each(['query', 'key', 'value'] as const)('the gradient of %s is the slope of the reference', (name) => {
    const given = { query: randn([2, 2, 12, 4]), key: randn([2, 2, 12, 4]), value: randn([2, 2, 12, 4]) };
    const grad = randn([2, 2, 12, 4]);
    const direction = randn([2, 2, 12, 4]);
    const options = { pattern: 'dilated', window: 3, dilation: 2 } as const;
    const loss = (step: number): number => {
      const point = { ...given };
      point[name] = moved(given[name], direction, step);
      return dot(referenceAttention(point.query, point.key, point.value, options), grad);
    };
    const gradients = attentionBackward(given.query, given.key, given.value, grad, options);
    expect((loss(0.01) - loss(-0.01)) / 0.02 / dot(gradients[name], direction)).toBeCloseTo(1, 2);
  });

  test('the last value gets a gradient from the last query alone', () => {
    const grad = randn([1, 1, 8, 4]);
    const query = randn([1, 1, 8, 4]);
    const { value } = attentionBackward(query, query, query, grad, { pattern: 'sliding_window', window: 1 });
    expect([...value.data]).toEqual([...grad.data]);
  });
});
