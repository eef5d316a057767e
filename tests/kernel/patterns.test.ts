// What the patterns mean, on problems small enough to read.
import { describe, expect, it } from 'vitest';
import { attention, type AttentionPattern, attentionImplementations, attentionReference, compileAttention } from '../../src/kernel/index.ts';
import { randomFrom, tensor } from './cases.ts';

/** Which keys each query sees: with equal scores and one-hot values a result row spells them out. */
function picture(pattern: AttentionPattern, seqLen: number, kvLen = seqLen, implementation = attentionImplementations()[0]): string[] {
  const headDim = kvLen;
  const value = Float32Array.from({ length: kvLen * kvLen }, (_, i) => (Math.floor(i / kvLen) === i % kvLen ? 1 : 0));
  const result = attention({
    query: new Float32Array(seqLen * headDim),
    key: new Float32Array(kvLen * headDim),
    value,
    shape: { batchSize: 1, numHeads: 1, seqLen, headDim, kvLen },
    pattern,
    implementation,
  });
  return Array.from({ length: seqLen }, (_, q) => Array.from(result.subarray(q * kvLen, (q + 1) * kvLen), (x) => (x === 0 ? '.' : 'x')).join(''));
}

describe.each(attentionImplementations())('%s', (implementation) => {
  const draw = (pattern: AttentionPattern, seqLen: number, kvLen?: number): string[] => picture(pattern, seqLen, kvLen, implementation);

  it('draws the patterns', () => {
    expect(draw('full', 2)).toEqual(['xx', 'xx']);
    expect(draw('causal', 3)).toEqual(['x..', 'xx.', 'xxx']);
    expect(draw('sliding_window', 5)).toEqual(['xxx..', 'xxxx.', 'xxxxx', '.xxxx', '..xxx']);
    expect(draw('dilated', 6)).toEqual(['x.x.x.', '.x.x.x', 'x.x.x.', '.x.x.x', 'x.x.x.', '.x.x.x']);
    expect(draw({ type: 'sliding_window', window: 1, causal: true }, 4)).toEqual(['x...', 'xx..', '.xx.', '..xx']);
    expect(draw({ type: 'sliding_window', window: 0 }, 3)).toEqual(['x..', '.x.', '..x']);
    expect(draw({ type: 'dilated', window: 1, dilation: 3 }, 6)).toEqual(['x..x..', '.x..x.', '..x..x', 'x..x..', '.x..x.', '..x..x']);
    expect(draw({ type: 'dilated', window: 1, dilation: 2, causal: true }, 5)).toEqual(['x....', '.x...', 'x.x..', '.x.x.', '..x.x']);
    expect(draw({ type: 'block_sparse', blockSize: 2, blocks: [[true, false, true], [false, true, false], [false, false, false]] }, 5)).toEqual(['xx..x', 'xx..x', '..xx.', '..xx.', '.....']);
    expect(draw({ type: 'mask', mask: (_b, _h, q, k) => (q + k) % 3 === 0 }, 3)).toEqual(['x..', '..x', '.x.']);
  });

  it('puts the last query at the last key', () => {
    expect(draw('causal', 2, 5)).toEqual(['xxxx.', 'xxxxx']);
    expect(draw('causal', 1, 3)).toEqual(['xxx']);
    expect(draw({ type: 'sliding_window', window: 1, causal: true }, 2, 5)).toEqual(['..xx.', '...xx']);
    expect(draw({ type: 'dilated', window: 1, dilation: 2, causal: true }, 2, 5)).toEqual(['.x.x.', '..x.x']);
    expect(draw('causal', 4, 2)).toEqual(['..', '..', 'x.', 'xx']);
  });

  it('gives a row without keys exact zeros, also into a used out', () => {
    const shape = { batchSize: 1, numHeads: 1, seqLen: 9, headDim: 5 };
    const random = randomFrom(1);
    const out = new Float32Array(45).fill(NaN);
    const arrays = { query: tensor(random, 45), key: tensor(random, 45), value: tensor(random, 45) };
    expect(attention({ ...arrays, shape, out, implementation, pattern: { type: 'mask', mask: () => false } })).toBe(out);
    expect(out.every((x) => Object.is(x, 0))).toBe(true);
    attention({ ...arrays, shape, out, implementation, pattern: { type: 'block_sparse', blockSize: 4, blocks: [[false, false, false], [true, true, true], [false, false, false]] } });
    expect(Array.from({ length: 9 }, (_, q) => out.subarray(5 * q, 5 * q + 5).every((x) => Object.is(x, 0)))).toEqual([true, true, true, true, false, false, false, false, true]);
  });

  it('computes the same by a mask as by the pattern that the mask spells out', () => {
    const shape = { batchSize: 2, numHeads: 2, seqLen: 33, headDim: 8 };
    const random = randomFrom(2);
    const arrays = { query: tensor(random, 1056), key: tensor(random, 1056), value: tensor(random, 1056) };
    const byMask = attention({ ...arrays, shape, implementation, pattern: { type: 'mask', mask: (_b, _h, q, k) => k <= q } });
    const byName = attention({ ...arrays, shape, implementation, pattern: 'causal' });
    expect(byMask.every((x, i) => Math.abs(x - byName[i]!) < 1e-6)).toBe(true);
  });

  it('asks a mask with batch, head, query and key, and lets it call attention itself', () => {
    const asked = new Set<string>();
    const one = Float32Array.of(1, 1, 1, 1);
    attention({
      query: new Float32Array(8), key: new Float32Array(4), value: one, implementation,
      shape: { batchSize: 2, numHeads: 2, kvHeads: 1, seqLen: 2, kvLen: 2, headDim: 1 },
      pattern: {
        type: 'mask',
        mask: (b, h, q, k) => {
          asked.add(`${b}${h}${q}${k}`);
          const inner = attention({ query: one, key: one, value: Float32Array.of(q, q, q, q), shape: { batchSize: 1, numHeads: 1, seqLen: 4, headDim: 1 }, implementation });
          return Math.abs(inner[0]! - q) < 1e-6;
        },
      },
    }).forEach((x) => expect(x).toBe(1));
    expect(asked.size).toBe(16);
  });

  it('shares key and value heads among groups of query heads', () => {
    const random = randomFrom(3);
    const query = tensor(random, 4 * 6 * 4);
    const key = tensor(random, 2 * 6 * 4);
    const value = tensor(random, 2 * 6 * 4);
    const repeat = (x: Float32Array): Float32Array => Float32Array.from({ length: 96 }, (_, i) => x[Math.floor(i / 48) * 24 + (i % 24)]!);
    const shape = { batchSize: 1, numHeads: 4, seqLen: 6, headDim: 4 };
    expect(attention({ query, key, value, implementation, shape: { ...shape, kvHeads: 2 } })).toEqual(attention({ query, key: repeat(key), value: repeat(value), implementation, shape }));
  });

  it('keeps large scores finite', () => {
    const big = Float32Array.of(1e4, -1e4, 1e4, 1e4);
    const result = attention({ query: big, key: big, value: Float32Array.of(1, 2, 3, 4), shape: { batchSize: 1, numHeads: 1, seqLen: 4, headDim: 1 }, implementation });
    const expected = attentionReference({ query: big, key: big, value: Float32Array.of(1, 2, 3, 4), shape: { batchSize: 1, numHeads: 1, seqLen: 4, headDim: 1 } });
    expect(Array.from(result, (x) => Math.round(x * 1e5))).toEqual(Array.from(expected, (x) => Math.round(x * 1e5)));
  });

  it('passes a NaN on to the rows that see it, and only to those', () => {
    const query = new Float32Array(32).fill(1);
    query[5] = NaN;
    const result = attention({ query, key: new Float32Array(32).fill(1), value: new Float32Array(32).fill(2), shape: { batchSize: 1, numHeads: 1, seqLen: 32, headDim: 1 }, implementation });
    expect(Array.from(result.keys()).filter((i) => Number.isNaN(result[i]!))).toEqual([5]);
  });
});

describe('compileAttention', () => {
  const shape = { batchSize: 1, numHeads: 2, seqLen: 7, headDim: 3 };
  const random = randomFrom(4);
  const [query, key, value] = [tensor(random, 42), tensor(random, 42), tensor(random, 42)];

  it('computes what attention computes', () => {
    expect(compileAttention('causal')(query, key, value, shape)).toEqual(attention({ query, key, value, shape, pattern: 'causal' }));
    const sharp = compileAttention({ type: 'dilated', window: 2, dilation: 2 }, { scale: 2, implementation: 'javascript' });
    expect(sharp(query, key, value, shape)).toEqual(attention({ query, key, value, shape, scale: 2, implementation: 'javascript', pattern: { type: 'dilated', window: 2, dilation: 2 } }));
  });

  it('returns a new array each time', () => {
    const compiled = compileAttention('full');
    expect(compiled(query, key, value, shape)).not.toBe(compiled(query, key, value, shape));
  });
});
