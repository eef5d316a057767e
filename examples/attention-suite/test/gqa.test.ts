import { beforeEach, describe, expect, it } from 'vitest';
import { maxAbsDiff } from '../src/compare.ts';
import { compileAttention, type CompiledAttention } from '../src/compile.ts';
import { referenceAttention } from '../src/reference.ts';
import { manualSeed, randn, shape4, zeros, type Tensor } from '../src/tensor.ts';

/** Every head of key or value, `times` in a row. */
function repeatHeads(source: Tensor, times: number): Tensor {
  const [batch, heads, length, depth] = shape4(source, 'source');
  const result = zeros([batch, heads * times, length, depth]);
  const headSize = length * depth;
  for (let head = 0; head < batch * heads * times; head++) {
    const from = Math.floor(head / times) * headSize;
    result.data.set(source.data.subarray(from, from + headSize), head * headSize);
  }
  return result;
}

describe('grouped query attention', () => {
  const batchSize = 2;
  const numHeads = 8;
  const kvHeads = 2;
  const seqLen = 512;
  const headDim = 64;
  let compiled: CompiledAttention;
  let query: Tensor;
  let key: Tensor;
  let value: Tensor;

  beforeEach(() => {
    manualSeed(31);
    query = randn([batchSize, numHeads, seqLen, headDim]);
    key = randn([batchSize, kvHeads, seqLen, headDim]);
    value = randn([batchSize, kvHeads, seqLen, headDim]);
    compiled = compileAttention({ pattern: 'causal', batchSize, numHeads, kvHeads, seqLen, headDim });
  });

  it('has the shape of the query', () => {
    expect(compiled.forward(query, key, value).shape).toEqual([batchSize, numHeads, seqLen, headDim]);
  });

  it('matches the reference', () => {
    const expected = referenceAttention(query, key, value, { pattern: 'causal' });
    expect(maxAbsDiff(compiled.forward(query, key, value), expected)).toBeLessThan(1e-6);
  });

  it('is attention with the heads of key and value repeated', () => {
    const plain = compileAttention({ pattern: 'causal', batchSize, numHeads, seqLen, headDim });
    const times = numHeads / kvHeads;
    const expected = plain.forward(query, repeatHeads(key, times), repeatHeads(value, times));
    expect(maxAbsDiff(compiled.forward(query, key, value), expected)).toBeLessThan(1e-6);
  });

  it('refuses keys with a head for each query head', () => {
    expect(() => compiled.forward(query, query, query)).toThrow('key was compiled for');
  });
});

describe('multi query attention', () => {
  it.each([1, 2, 4])('%i heads of key and value serve neighbouring query heads', (kvHeads) => {
    manualSeed(32);
    const query = randn([2, 4, 16, 8]);
    const key = randn([2, kvHeads, 16, 8]);
    const value = randn([2, kvHeads, 16, 8]);
    const compiled = compileAttention({ batchSize: 2, numHeads: 4, kvHeads, seqLen: 16, headDim: 8 });
    const expected = referenceAttention(query, repeatHeads(key, 4 / kvHeads), repeatHeads(value, 4 / kvHeads));
    expect(maxAbsDiff(compiled.forward(query, key, value), expected)).toBeLessThan(1e-6);
  });
});
