import { beforeEach, describe, expect, it } from 'vitest';
import { maxAbsDiff } from '../src/compare.ts';
import { compileAttention } from '../src/compile.ts';
import { allowedSource, buildMask, isAllowed, PATTERNS, type PatternOptions } from '../src/patterns.ts';
import { referenceAttention } from '../src/reference.ts';
import { manualSeed, randn, type Tensor } from '../src/tensor.ts';

const BATCH = 2;
const HEADS = 8;
const SEQ_LEN = 512;
const HEAD_DIM = 64;
const SHAPE = { batchSize: BATCH, numHeads: HEADS, seqLen: SEQ_LEN, headDim: HEAD_DIM };

/** Whether one row of the last head is the same in both. */
function sameRow(left: Tensor, right: Tensor, row: number): boolean {
  return Array.from({ length: HEAD_DIM }, (_, d) => d).every(
    (d) => left.at(BATCH - 1, HEADS - 1, row, d) === right.at(BATCH - 1, HEADS - 1, row, d),
  );
}

/** The tensor with one row of the last head changed. */
function withRow(tensor: Tensor, row: number): Tensor {
  const changed = tensor.clone();
  for (let d = 0; d < HEAD_DIM; d++) changed.set(9, BATCH - 1, HEADS - 1, row, d);
  return changed;
}

beforeEach(() => {
  manualSeed(21);
});

describe('compiled patterns', () => {
  it.each([
    ['causal', {}],
    ['sliding_window', { window: 16 }],
    ['dilated', { window: 8, dilation: 4 }],
  ] as const)('%s matches the reference', (pattern, options) => {
    const query = randn([BATCH, HEADS, SEQ_LEN, HEAD_DIM]);
    const key = randn([BATCH, HEADS, SEQ_LEN, HEAD_DIM]);
    const value = randn([BATCH, HEADS, SEQ_LEN, HEAD_DIM]);
    const out = compileAttention({ ...SHAPE, pattern, ...options }).forward(query, key, value);
    expect(out.shape).toEqual([BATCH, HEADS, SEQ_LEN, HEAD_DIM]);
    expect(maxAbsDiff(out, referenceAttention(query, key, value, { pattern, ...options }))).toBeLessThan(1e-6);
  });

  it('causal: the future changes nothing', () => {
    const query = randn([BATCH, HEADS, SEQ_LEN, HEAD_DIM]);
    const value = randn([BATCH, HEADS, SEQ_LEN, HEAD_DIM]);
    const compiled = compileAttention({ ...SHAPE, pattern: 'causal' });
    const before = compiled.forward(query, query, value);
    const after = compiled.forward(query, query, withRow(value, SEQ_LEN / 2));
    expect(sameRow(before, after, SEQ_LEN / 2 - 1)).toBe(true);
    expect(sameRow(before, after, SEQ_LEN / 2)).toBe(false);
    expect(sameRow(before, after, SEQ_LEN - 1)).toBe(false);
  });

  it('sliding_window: a value is seen by exactly `window` queries', () => {
    const query = randn([BATCH, HEADS, SEQ_LEN, HEAD_DIM]);
    const value = randn([BATCH, HEADS, SEQ_LEN, HEAD_DIM]);
    const compiled = compileAttention({ ...SHAPE, pattern: 'sliding_window', window: 12 });
    const position = SEQ_LEN / 4;
    const before = compiled.forward(query, query, value);
    const after = compiled.forward(query, query, withRow(value, position));
    for (let row = 0; row < SEQ_LEN; row++) {
      expect(sameRow(before, after, row)).toBe(row < position || row >= position + 12);
    }
  });

  it('dilated: every third query sees a value', () => {
    const query = randn([BATCH, HEADS, SEQ_LEN, HEAD_DIM]);
    const value = randn([BATCH, HEADS, SEQ_LEN, HEAD_DIM]);
    const compiled = compileAttention({ ...SHAPE, pattern: 'dilated', window: 4, dilation: 3 });
    const before = compiled.forward(query, query, value);
    const after = compiled.forward(query, query, withRow(value, 5));
    const changed = Array.from({ length: SEQ_LEN }, (_, row) => row).filter((row) => !sameRow(before, after, row));
    expect(changed).toEqual([5, 8, 11, 14]);
  });

  it('heads do not see each other', () => {
    const query = randn([BATCH, HEADS, SEQ_LEN, HEAD_DIM]);
    const value = randn([BATCH, HEADS, SEQ_LEN, HEAD_DIM]);
    const compiled = compileAttention({ ...SHAPE, pattern: 'full' });
    const before = compiled.forward(query, query, value);
    const after = compiled.forward(query, query, withRow(value, 0));
    expect(sameRow(before, after, SEQ_LEN - 1)).toBe(false);
    const others = after.size - SEQ_LEN * HEAD_DIM;
    expect(after.data.subarray(0, others).every((number, index) => number === before.data[index])).toBe(true);
  });

  it('a late token sees the last 16 only', () => {
    const query = randn([1, 1, 512, 32]);
    const value = randn([1, 1, 512, 32]);
    const compiled = compileAttention({ pattern: 'sliding_window', window: 16, batchSize: 1, numHeads: 1, seqLen: 512, headDim: 32 });
    const before = compiled.forward(query, query, value);
    const changed = value.clone();
    changed.set(9, 0, 0, 384, 0);
    const after = compiled.forward(query, query, changed);
    expect(after.at(0, 0, 383, 0)).toBe(before.at(0, 0, 383, 0));
    expect(after.at(0, 0, 399, 0)).not.toBe(before.at(0, 0, 399, 0));
    expect(after.at(0, 0, 400, 0)).toBe(before.at(0, 0, 400, 0));
  });
});

function picture(options: PatternOptions, length: number): string[] {
  const mask = buildMask(options, length);
  return Array.from({ length }, (_, row) => [...mask.subarray(row * length, (row + 1) * length)].map((bit) => (bit ? 'x' : '.')).join(''));
}

describe('buildMask', () => {
  it('full sees everything', () => {
    expect(picture({ pattern: 'full' }, 3)).toEqual(['xxx', 'xxx', 'xxx']);
  });

  it('causal sees the past and itself', () => {
    expect(picture({ pattern: 'causal' }, 4)).toEqual(['x...', 'xx..', 'xxx.', 'xxxx']);
  });

  it('sliding_window sees the last keys', () => {
    expect(picture({ pattern: 'sliding_window', window: 2 }, 5)).toEqual(['x....', 'xx...', '.xx..', '..xx.', '...xx']);
  });

  it('dilated leaves gaps', () => {
    expect(picture({ pattern: 'dilated', window: 2, dilation: 3 }, 7)).toEqual([
      'x......',
      '.x.....',
      '..x....',
      'x..x...',
      '.x..x..',
      '..x..x.',
      '...x..x',
    ]);
  });

  it('dilation 1 is a sliding window', () => {
    expect(buildMask({ pattern: 'dilated', window: 5, dilation: 1 }, 33)).toEqual(buildMask({ pattern: 'sliding_window', window: 5 }, 33));
  });

  it('counts the pairs of a causal mask of 512', () => {
    const mask = buildMask({ pattern: 'causal' }, 512);
    expect(mask.reduce((total, bit) => total + bit, 0)).toBe(131_328);
  });

  it.each([
    [{ pattern: 'sliding_window', window: 0 }, 'window: expected a positive integer, got 0'],
    [{ pattern: 'dilated', dilation: 1.5 }, 'dilation: expected a positive integer, got 1.5'],
    [{ pattern: 'spiral' }, 'Unknown attention pattern "spiral"'],
  ])('refuses %o', (options, message) => {
    expect(() => buildMask(options as PatternOptions, 512)).toThrow(message);
  });
});

describe('allowedSource', () => {
  it.each(PATTERNS)('%s asks the same as isAllowed', (pattern) => {
    const options = { pattern, window: 3, dilation: 2 };
    const asked = new Function('row', 'column', `return ${allowedSource(options)};`) as (row: number, column: number) => boolean;
    for (let row = 0; row < 12; row++) {
      for (let column = 0; column < 12; column++) expect(asked(row, column)).toBe(isAllowed(options, row, column));
    }
  });
});
