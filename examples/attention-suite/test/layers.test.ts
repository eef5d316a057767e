import { beforeEach, describe, expect, it, test } from 'vitest';
import { allFinite, layerNorm, Linear, manualSeed, maxAbsDiff, mergeHeads, MultiHeadAttention, randn, splitHeads, tensor, TransformerBlock, zeros } from '../src/index.ts';

beforeEach(() => {
  manualSeed(51);
});

describe('MultiHeadAttention', () => {
  test.each(['causal', 'sliding_window', 'dilated'] as const)('keeps the shape with %s attention', (pattern) => {
    const attention = new MultiHeadAttention(512, 8, { pattern });
    const out = attention.forward(randn([2, 256, 512]));
    expect(out.shape).toEqual([2, 256, 512]);
    expect(allFinite(out)).toBe(true);
  });

  it('a causal layer ignores the future', () => {
    const embedDim = 512;
    const seqLen = 256;
    const attention = new MultiHeadAttention(embedDim, 8, { pattern: 'causal' });
    const input = randn([1, seqLen, embedDim]);
    const changed = input.clone();
    changed.set(9, 0, seqLen - 1, 0);
    const before = attention.forward(input);
    const after = attention.forward(changed);
    expect(after.at(0, seqLen - 2, embedDim - 1)).toBe(before.at(0, seqLen - 2, embedDim - 1));
    expect(after.at(0, seqLen - 1, embedDim - 1)).not.toBe(before.at(0, seqLen - 1, embedDim - 1));
  });

  it('counts its parameters', () => {
    const attention = new MultiHeadAttention(512, 8);
    const layers = [attention.query, attention.key, attention.value, attention.output];
    expect(layers.reduce((total, layer) => total + layer.weight.size, 0)).toBe(1_048_576);
  });

  it('with one token is two linear layers', () => {
    const attention = new MultiHeadAttention(16, 4);
    const input = randn([3, 1, 16]);
    const expected = attention.output.forward(attention.value.forward(input));
    expect(maxAbsDiff(attention.forward(input), expected)).toBeLessThan(1e-6);
  });

  it('refuses an embedding that the heads do not divide', () => {
    expect(() => new MultiHeadAttention(500, 7)).toThrow('embedDim 500 is not a multiple of numHeads 7');
  });
});

describe('TransformerBlock', () => {
  it('keeps the shape', () => {
    const block = new TransformerBlock(512, 8, { pattern: 'causal' });
    const out = block.forward(randn([1, 256, 512]));
    expect(out.shape).toEqual([1, 256, 512]);
    expect(allFinite(out)).toBe(true);
  });

  it('adds its input when the weights are zero', () => {
    const block = new TransformerBlock(512, 8);
    for (const layer of [block.attention.output, block.down]) layer.weight.data.fill(0);
    const input = randn([1, 256, 512]);
    expect(maxAbsDiff(block.forward(input), input)).toBe(0);
  });
});

describe('parts', () => {
  it('Linear multiplies by the transposed weight', () => {
    const linear = new Linear(2, 3);
    linear.weight.data.set([1, 0, 0, 1, 1, 1]);
    expect([...linear.forward(tensor([2, 5], [1, 2])).data]).toEqual([2, 5, 7]);
    expect(() => linear.forward(zeros([1, 3]))).toThrow('expected [..., 2], got [1, 3]');
  });

  it('splitHeads gives each head its slice', () => {
    const input = randn([2, 3, 8]);
    const split = splitHeads(input, 4);
    expect(split.shape).toEqual([2, 4, 3, 2]);
    expect(split.at(1, 2, 0, 1)).toBe(input.at(1, 0, 5));
    expect(maxAbsDiff(mergeHeads(split), input)).toBe(0);
  });

  it('layerNorm gives mean 0 and variance 1', () => {
    const { data } = layerNorm(randn([4, 64]));
    const row = data.subarray(64, 128);
    expect(row.reduce((total, value) => total + value, 0)).toBeCloseTo(0, 4);
    expect(row.reduce((total, value) => total + value ** 2, 0) / 64).toBeCloseTo(1, 3);
  });
});
