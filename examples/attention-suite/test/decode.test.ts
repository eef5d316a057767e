import { beforeEach, describe, expect, test } from 'vitest';
import { maxAbsDiff } from '../src/compare.ts';
import { compileAttention } from '../src/compile.ts';
import { decodeStep, KVCache, sliceTokens } from '../src/decode.ts';
import { manualSeed, randn, zeros } from '../src/tensor.ts';

beforeEach(() => {
  manualSeed(41);
});

describe('decodeStep', () => {
  test('token by token is one causal pass', () => {
    const { batchSize, numHeads, seqLen, headDim } = { batchSize: 2, numHeads: 8, seqLen: 512, headDim: 64 };
    const query = randn([batchSize, numHeads, seqLen, headDim]);
    const key = randn([batchSize, numHeads, seqLen, headDim]);
    const value = randn([batchSize, numHeads, seqLen, headDim]);
    const whole = compileAttention({ pattern: 'causal', batchSize, numHeads, seqLen, headDim }).forward(query, key, value);

    const cache = new KVCache(batchSize, numHeads, seqLen, headDim);
    for (let token = 0; token < seqLen; token++) {
      cache.append(sliceTokens(key, token, token + 1), sliceTokens(value, token, token + 1));
      const step = decodeStep(sliceTokens(query, token, token + 1), cache);
      expect(maxAbsDiff(step, sliceTokens(whole, token, token + 1))).toBeLessThan(1e-6);
    }
    expect(cache.length).toBe(seqLen);
  });

  test('a prefilled cache gives the last row of the causal pass', () => {
    const [B, H, S, D] = [2, 8, 512, 64] as const;
    const query = randn([B, H, S, D]);
    const key = randn([B, H, S, D]);
    const value = randn([B, H, S, D]);
    const cache = new KVCache(B, H, S, D);
    cache.append(key, value);
    const compiled = compileAttention({ pattern: 'causal', batchSize: B, numHeads: H, seqLen: S, headDim: D });
    const last = sliceTokens(compiled.forward(query, key, value), S - 1, S);
    expect(maxAbsDiff(decodeStep(sliceTokens(query, S - 1, S), cache), last)).toBeLessThan(1e-6);
  });

  test('refuses an empty cache and more than one query', () => {
    const cache = new KVCache(1, 2, 4, 8);
    expect(() => decodeStep(zeros([1, 2, 1, 8]), cache)).toThrow('the cache is empty');
    expect(() => decodeStep(zeros([1, 2, 2, 8]), cache)).toThrow('one query per head, got 2');
  });
});

describe('KVCache', () => {
  test('appends behind what it has, head by head', () => {
    const cache = new KVCache(2, 2, 3, 1);
    cache.append(randn([2, 2, 1, 1]), randn([2, 2, 1, 1]));
    const key = randn([2, 2, 2, 1]);
    const value = randn([2, 2, 2, 1]);
    cache.append(key, value);
    expect(cache.length).toBe(3);
    expect(maxAbsDiff(sliceTokens(cache.key, 1, 3), key)).toBe(0);
    expect(maxAbsDiff(sliceTokens(cache.value, 1, 3), value)).toBe(0);
  });

  test('refuses tokens that do not fit', () => {
    const cache = new KVCache(1, 1, 2, 4);
    cache.append(zeros([1, 1, 2, 4]), zeros([1, 1, 2, 4]));
    expect(() => cache.append(zeros([1, 1, 1, 4]), zeros([1, 1, 1, 4]))).toThrow('1 more after 2 do not fit into 2');
  });

  test('reserves its memory once', () => {
    const cache = new KVCache(1, 8, 2048, 64);
    expect(cache.key.size).toBe(1_048_576);
    expect(cache.length).toBe(0);
  });
});
