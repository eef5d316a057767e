import { beforeEach, describe, expect, test } from 'vitest';
import { allFinite, maxAbsDiff } from '../src/compare.ts';
import { AttentionCompiler, compileAttention, MAX_STORED_MASK } from '../src/compile.ts';
import { PATTERNS } from '../src/patterns.ts';
import { referenceAttention } from '../src/reference.ts';
import { manualSeed, randn } from '../src/tensor.ts';

beforeEach(() => {
  manualSeed(11);
});

describe('compileAttention', () => {
  test('compiles several patterns', () => {
    const batchSize = 2;
    const numHeads = 8;
    const seqLen = 512;
    const headDim = 64;
    const query = randn([batchSize, numHeads, seqLen, headDim]);
    const key = randn([batchSize, numHeads, seqLen, headDim]);
    const value = randn([batchSize, numHeads, seqLen, headDim]);

    for (const pattern of ['causal', 'sliding_window', 'dilated'] as const) {
      const compiled = compileAttention({ pattern, batchSize, numHeads, seqLen, headDim });
      const out = compiled.forward(query, key, value);

      expect(compiled.pattern).toBe(pattern);
      expect(out.shape).toEqual([batchSize, numHeads, seqLen, headDim]);
      expect(allFinite(out)).toBe(true);
      expect(maxAbsDiff(out, referenceAttention(query, key, value, { pattern }))).toBeLessThan(1e-6);
    }
  });

  for (const pattern of PATTERNS) {
    test(`gives finite values for ${pattern}`, () => {
      const query = randn([2, 8, 512, 64]);
      const compiled = compileAttention({ pattern, batchSize: 2, numHeads: 8, seqLen: 512, headDim: 64 });
      const out = compiled.forward(query, query, query);
      expect(out.shape).toEqual([2, 8, 512, 64]);
      expect(allFinite(out)).toBe(true);
      // The first query of a pattern that looks back sees itself alone.
      if (pattern !== 'full') expect(out.at(0, 0, 0, 5)).toBe(query.at(0, 0, 0, 5));
    });
  }

  test('tunes to a tile that is in its code', () => {
    const compiled = compileAttention({ batchSize: 1, numHeads: 4, seqLen: 512, headDim: 64 });
    expect([1, 2, 4]).toContain(compiled.tile.rows);
    expect(compiled.source).toContain(`top += ${compiled.tile.rows}`);
    expect(compiled.source).toContain(`column += ${compiled.tile.columns}`);
  });

  test('two compilations of one description agree', () => {
    const batchSize = 2;
    const numHeads = 8;
    const seqLen = 512;
    const headDim = 64;
    const shape = [batchSize, numHeads, seqLen, headDim];
    const query = randn(shape);
    const key = randn(shape);
    const value = randn(shape);
    const first = compileAttention({ pattern: 'causal', batchSize, numHeads, seqLen, headDim });
    const second = compileAttention({ pattern: 'causal', batchSize, numHeads, seqLen, headDim });
    expect(maxAbsDiff(first.forward(query, key, value), second.forward(query, key, value))).toBeLessThan(1e-6);
  });

  test('computes masks over the limit instead of storing them', () => {
    const limit = Math.sqrt(MAX_STORED_MASK);
    const at = compileAttention({ pattern: 'causal', batchSize: 1, numHeads: 1, seqLen: 512, headDim: 4 });
    const over = compileAttention({ pattern: 'causal', batchSize: 1, numHeads: 1, seqLen: 513, headDim: 4 });
    expect(limit).toBe(512);
    expect(at.maskStorage).toBe('stored');
    expect(over.maskStorage).toBe('computed');
    const query = randn([1, 1, 513, 4]);
    expect(maxAbsDiff(over.forward(query, query, query), referenceAttention(query, query, query, { pattern: 'causal' }))).toBeLessThan(1e-6);
  });

  test.each([1, 7, 34, 61])('handles a length of %i, which no tile divides', (seqLen) => {
    const query = randn([2, 2, seqLen, 4]);
    const key = randn([2, 2, seqLen, 4]);
    const value = randn([2, 2, seqLen, 4]);
    const compiled = compileAttention({ pattern: 'sliding_window', window: 5, batchSize: 2, numHeads: 2, seqLen, headDim: 4 });
    const expected = referenceAttention(query, key, value, { pattern: 'sliding_window', window: 5 });
    expect(maxAbsDiff(compiled.forward(query, key, value), expected)).toBeLessThan(1e-6);
  });

  test('refuses what it was not compiled for', () => {
    const compiled = compileAttention({ batchSize: 1, numHeads: 2, seqLen: 8, headDim: 4 });
    const wrong = randn([1, 2, 9, 4]);
    expect(() => compiled.forward(wrong, wrong, wrong)).toThrow('query was compiled for [1, 2, 8, 4], got [1, 2, 9, 4]');
    expect(() => compileAttention({ batchSize: 1, numHeads: 8, kvHeads: 3, seqLen: 512, headDim: 64 })).toThrow('not a multiple');
    expect(() => compileAttention({ batchSize: 0, numHeads: 8, seqLen: 512, headDim: 64 })).toThrow('batchSize');
  });
});

describe('AttentionCompiler', () => {
  let compiler: AttentionCompiler;

  beforeEach(() => {
    compiler = new AttentionCompiler();
  });

  test('counts its compilations', () => {
    for (const pattern of ['causal', 'sliding_window', 'dilated'] as const) {
      expect(compiler.compile([2, 8, 512, 64], { pattern }).pattern).toBe(pattern);
    }
    expect(compiler.compilations).toBe(3);
  });

  test('keeps the shape of the query', () => {
    const query = randn([2, 8, 512, 64]);
    const out = compiler.compile([2, 8, 512, 64], { pattern: 'causal' }).forward(query, query, query);
    expect(out.shape).toEqual(query.shape);
    expect(allFinite(out)).toBe(true);
  });

  test('gives the options to the kernel', () => {
    const query = randn([1, 2, 40, 8]);
    const out = compiler.compile([1, 2, 40, 8], { pattern: 'dilated', window: 3, dilation: 4 }).forward(query, query, query);
    const expected = referenceAttention(query, query, query, { pattern: 'dilated', window: 3, dilation: 4 });
    expect(maxAbsDiff(out, expected)).toBeLessThan(1e-6);
  });
});
