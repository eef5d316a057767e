import { beforeEach, describe, expect, test } from 'vitest';
import { allFinite, maxAbsDiff, sum } from '../src/compare.ts';
import { compileAttention } from '../src/compile.ts';
import { referenceAttention } from '../src/reference.ts';
import { full, manualSeed, ones, rand, randn, tensor, zeros } from '../src/tensor.ts';

beforeEach(() => {
  manualSeed(5);
});

describe('numerics', () => {
  test('a case worked out by hand', () => {
    // Scores of the second query are 0 and ln 3 after scaling, so its weights are 1/4 and 3/4.
    const query = tensor([0, Math.log(3)], [1, 1, 2, 1]);
    const key = tensor([0, 1], [1, 1, 2, 1]);
    const value = tensor([10, 20], [1, 1, 2, 1]);
    const compiled = compileAttention({ pattern: 'causal', batchSize: 1, numHeads: 1, seqLen: 2, headDim: 1 });
    const out = compiled.forward(query, key, value);
    expect(out.at(0, 0, 0, 0)).toBeCloseTo(10);
    expect(out.at(0, 0, 1, 0)).toBeCloseTo(17.5);
  });

  test('matches the reference', () => {
    const query = randn([2, 8, 512, 64]);
    const key = randn([2, 8, 512, 64]);
    const value = randn([2, 8, 512, 64]);
    const compiled = compileAttention({ batchSize: 2, numHeads: 8, seqLen: 512, headDim: 64 });
    const out = compiled.forward(query, key, value);
    expect(out.shape).toEqual([2, 8, 512, 64]);
    expect(maxAbsDiff(out, referenceAttention(query, key, value))).toBeLessThan(1e-6);
  });

  test('weights sum to one', () => {
    const query = randn([2, 8, 512, 64]);
    const key = randn([2, 8, 512, 64]);
    const compiled = compileAttention({ pattern: 'causal', batchSize: 2, numHeads: 8, seqLen: 512, headDim: 64 });
    const out = compiled.forward(query, key, ones([2, 8, 512, 64]));
    expect(maxAbsDiff(out, ones([2, 8, 512, 64]))).toBeLessThan(1e-6);
  });

  test('equal keys give the running mean of the values', () => {
    const batchSize = 2;
    const numHeads = 8;
    const seqLen = 512;
    const headDim = 64;
    const query = randn([batchSize, numHeads, seqLen, headDim]);
    const key = zeros([batchSize, numHeads, seqLen, headDim]);
    const value = randn([batchSize, numHeads, seqLen, headDim]);
    const compiled = compileAttention({ pattern: 'causal', batchSize, numHeads, seqLen, headDim });
    const out = compiled.forward(query, key, value);
    let total = 0;
    for (let row = 0; row < seqLen; row++) {
      total += value.at(batchSize - 1, numHeads - 1, row, headDim - 1);
      expect(out.at(batchSize - 1, numHeads - 1, row, headDim - 1)).toBeCloseTo(total / (row + 1), 5);
    }
  });

  test('the scale multiplies the scores', () => {
    const query = randn([2, 8, 512, 64]);
    const key = randn([2, 8, 512, 64]);
    const value = randn([2, 8, 512, 64]);
    const quarter = query.clone();
    quarter.data.forEach((number, index) => {
      quarter.data[index] = number / 4;
    });
    const scaled = compileAttention({ scale: 0.25, batchSize: 2, numHeads: 8, seqLen: 512, headDim: 64 });
    const plain = compileAttention({ scale: 1, batchSize: 2, numHeads: 8, seqLen: 512, headDim: 64 });
    expect(maxAbsDiff(scaled.forward(query, key, value), plain.forward(quarter, key, value))).toBeLessThan(1e-5);
  });

  test('extreme scores give finite values', () => {
    const query = full([2, 8, 512, 64], 300);
    const key = full([2, 8, 512, 64], 300);
    const value = randn([2, 8, 512, 64]);
    const out = compileAttention({ batchSize: 2, numHeads: 8, seqLen: 512, headDim: 64 }).forward(query, key, value);
    expect(allFinite(out)).toBe(true);
  });

  test('results stay inside the range of the values', () => {
    const query = randn([2, 8, 512, 64]);
    const value = rand([2, 8, 512, 64]);
    const compiled = compileAttention({ pattern: 'sliding_window', batchSize: 2, numHeads: 8, seqLen: 512, headDim: 64 });
    const out = compiled.forward(query, query, value);
    expect(out.data.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(sum(out)).toBeGreaterThan(0);
  });

  test('keeps the known result of one seed', () => {
    manualSeed(2024);
    const query = randn([1, 2, 512, 32]);
    const key = randn([1, 2, 512, 32]);
    const value = randn([1, 2, 512, 32]);
    const out = compileAttention({ pattern: 'causal', batchSize: 1, numHeads: 2, seqLen: 512, headDim: 32 }).forward(query, key, value);
    expect(sum(out).toFixed(2)).toMatchInlineSnapshot(`"-454.37"`);
    expect(out.at(0, 1, 511, 31)).toBeCloseTo(-0.0755393, 6);
  });
});
