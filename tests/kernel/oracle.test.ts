// Every implementation that this engine has against the float64 formula, on random problems.
import { describe, expect, it } from 'vitest';
import { attention, attentionImplementations, type AttentionPattern, attentionReference } from '../../src/kernel/index.ts';
import { type CaseShape, describeCase, errorBound, randomCase, randomFrom, tensor } from './cases.ts';

const CASES = 2400;

describe.each(attentionImplementations())('%s', (implementation) => {
  it.each([
    ['1 to 200', 1, 200],
    ['201 to 1300 @slow', 201, 1300],
    [`1301 to ${CASES} @slow`, 1301, CASES],
  ])('stays within the error bound in cases %s', (_cases, first, last) => {
    for (let seed = first; seed <= last; seed++) {
      const problem = randomCase(seed);
      const expected = attentionReference(problem);
      const actual = attention({ ...problem, implementation });
      const bound = errorBound(problem);
      // Only rows without keys are 0 in the formula; they are no nearly 0.
      const wrong = actual.findIndex((x, i) => !(Math.abs(x - expected[i]!) <= bound) || (expected[i] === 0 && x !== 0));
      if (wrong >= 0) expect.fail(`${describeCase(seed, problem)}: element ${wrong} is ${actual[wrong]}, expected ${expected[wrong]} ± ${bound}`);
    }
  });

  it.each([
    { batchSize: 1, numHeads: 1, seqLen: 600, headDim: 64, kvHeads: 1, kvLen: 600 },
    { batchSize: 1, numHeads: 2, seqLen: 599, headDim: 3, kvHeads: 1, kvLen: 600 },
    { batchSize: 1, numHeads: 1, seqLen: 131, headDim: 256, kvHeads: 1, kvLen: 257 },
    { batchSize: 1, numHeads: 4, seqLen: 1, headDim: 255, kvHeads: 2, kvLen: 600 },
  ])('stays within the error bound at $seqLen queries, $kvLen keys, head size $headDim @slow', (shape) => {
    const { query, key, value } = tensorsOf(shape);
    const scale = 1 / Math.sqrt(shape.headDim);
    for (const pattern of ['full', 'causal', 'sliding_window', 'dilated'] as const) {
      const problem = { query, key, value, shape, pattern, scale };
      const expected = attentionReference(problem);
      const actual = attention({ ...problem, implementation });
      const bound = errorBound(problem);
      expect(actual.every((x, i) => Math.abs(x - expected[i]!) <= bound)).toBe(true);
    }
  });
});

// The JavaScript implementation holds 2^17 floats of keys at once, and head sizes up to 2048 in its tile.
it.each<[string, CaseShape, AttentionPattern]>([
  ['all keys of a long head', { batchSize: 1, numHeads: 2, seqLen: 5, headDim: 64, kvHeads: 1, kvLen: 5000 }, 'full'],
  ['the keys before each query', { batchSize: 2, numHeads: 1, seqLen: 5000, headDim: 32, kvHeads: 1, kvLen: 5000 }, { type: 'sliding_window', window: 9, causal: true }],
  ['keys far apart', { batchSize: 1, numHeads: 1, seqLen: 7, headDim: 96, kvHeads: 1, kvLen: 4001 }, { type: 'dilated', window: 3000, dilation: 700 }],
  ['two of many blocks', { batchSize: 1, numHeads: 1, seqLen: 4, headDim: 256, kvHeads: 1, kvLen: 3000 }, { type: 'block_sparse', blockSize: 1000, blocks: [[true, false, true]] }],
  ['a mask', { batchSize: 1, numHeads: 1, seqLen: 5, headDim: 1024, kvHeads: 1, kvLen: 300 }, { type: 'mask', mask: (_b, _h, q, k) => k % (q + 2) === 0 }],
  ['the largest head size of a tile', { batchSize: 1, numHeads: 1, seqLen: 5, headDim: 2048, kvHeads: 1, kvLen: 130 }, 'causal'],
  ['larger head sizes', { batchSize: 1, numHeads: 2, seqLen: 5, headDim: 2049, kvHeads: 1, kvLen: 130 }, 'causal'],
])('stays within the error bound with %s @slow', (_name, shape, pattern) => {
  const problem = { ...tensorsOf(shape), shape, pattern, scale: 1 / Math.sqrt(shape.headDim) };
  const expected = attentionReference(problem);
  const bound = errorBound(problem);
  for (const implementation of attentionImplementations()) {
    const actual = attention({ ...problem, implementation });
    expect(actual.every((x, i) => Math.abs(x - expected[i]!) <= bound), implementation).toBe(true);
  }
});

it.each(attentionImplementations())('takes a scale that no f32 can hold (%s)', (implementation) => {
  const shape = { batchSize: 1, numHeads: 1, seqLen: 9, headDim: 4, kvHeads: 1, kvLen: 9 };
  const { query, key, value } = tensorsOf(shape);
  const problem = { query: query.map((x) => x * 1e-30), key: key.map((x) => x * 1e-10), value, shape, pattern: 'full', scale: 1e40 } as const;
  const expected = attentionReference(problem);
  expect(attention({ ...problem, implementation }).every((x, i) => Math.abs(x - expected[i]!) <= errorBound(problem))).toBe(true);
});

it('covers every pattern, grouped heads, decoding and rows without keys @slow', () => {
  const seen = new Map<string, number>();
  const count = (what: string): Map<string, number> => seen.set(what, (seen.get(what) ?? 0) + 1);
  for (let seed = 1; seed <= CASES; seed++) {
    const { pattern, shape, value } = randomCase(seed);
    count(typeof pattern === 'string' ? pattern : pattern.type);
    if (shape.kvHeads < shape.numHeads) count('grouped');
    if (shape.seqLen === 1 && shape.kvLen > 1) count('decode');
    if (shape.seqLen > 256) count('long');
    if (shape.headDim > 64) count('wide');
    if (pattern === 'causal' && shape.kvLen < shape.seqLen && value.length > 0) count('rows without keys');
  }
  for (const what of ['full', 'causal', 'sliding_window', 'dilated', 'block_sparse', 'mask', 'grouped', 'decode', 'long', 'wide', 'rows without keys']) {
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(15);
  }
});

function tensorsOf(shape: CaseShape): { query: Float32Array; key: Float32Array; value: Float32Array } {
  const random = randomFrom(7);
  const keys = shape.batchSize * shape.kvHeads * shape.kvLen * shape.headDim;
  return { query: tensor(random, shape.batchSize * shape.numHeads * shape.seqLen * shape.headDim), key: tensor(random, keys), value: tensor(random, keys) };
}
