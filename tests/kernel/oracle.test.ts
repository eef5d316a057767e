// Every implementation that this engine has against the float64 formula, on random problems.
import { describe, expect, it } from 'vitest';
import { attention, attentionImplementations, attentionReference } from '../../src/kernel/index.ts';
import { type CaseShape, describeCase, errorBound, randomCase, randomFrom, tensor } from './cases.ts';

const CASES = 2400;
const BATCH = 400;

describe.each(attentionImplementations())('%s', (implementation) => {
  for (let first = 1; first <= CASES; first += BATCH) {
    it(`stays within the error bound in cases ${first} to ${first + BATCH - 1}`, () => {
      for (let seed = first; seed < first + BATCH; seed++) {
        const problem = randomCase(seed);
        const expected = attentionReference(problem);
        const actual = attention({ ...problem, implementation });
        const bound = errorBound(problem);
        const wrong = actual.findIndex((x, i) => !(Math.abs(x - expected[i]!) <= bound));
        if (wrong >= 0) expect.fail(`${describeCase(seed, problem)}: element ${wrong} is ${actual[wrong]}, expected ${expected[wrong]} ± ${bound}`);
      }
    });
  }

  it.each([
    { batchSize: 1, numHeads: 1, seqLen: 600, headDim: 64, kvHeads: 1, kvLen: 600 },
    { batchSize: 1, numHeads: 2, seqLen: 599, headDim: 3, kvHeads: 1, kvLen: 600 },
    { batchSize: 1, numHeads: 1, seqLen: 131, headDim: 256, kvHeads: 1, kvLen: 257 },
    { batchSize: 1, numHeads: 4, seqLen: 1, headDim: 255, kvHeads: 2, kvLen: 600 },
  ])('stays within the error bound at $seqLen queries, $kvLen keys, head size $headDim', (shape) => {
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

it('covers every pattern, grouped heads, decoding and rows without keys', () => {
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
