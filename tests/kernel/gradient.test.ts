// Gradients against central differences of the float64 formula.
import { describe, expect, it } from 'vitest';
import { attentionGradient, type AttentionPattern, attentionReference } from '../../src/kernel/index.ts';
import { type CaseShape, randomFrom, tensor } from './cases.ts';

const patterns: readonly AttentionPattern[] = [
  'full', 'causal', 'sliding_window', 'dilated',
  { type: 'sliding_window', window: 1, causal: true },
  { type: 'dilated', window: 1, dilation: 3 },
  { type: 'block_sparse', blockSize: 2, blocks: [[true, false, true], [false, false, false], [true, true, true]] },
  { type: 'mask', mask: (b, h, q, k) => (b + h + q * k) % 3 !== 1 },
];

const shapes: readonly CaseShape[] = [
  { batchSize: 2, numHeads: 4, kvHeads: 2, seqLen: 5, kvLen: 6, headDim: 3 },
  { batchSize: 1, numHeads: 2, kvHeads: 2, seqLen: 6, kvLen: 5, headDim: 2 },
];

describe.each(shapes)('$seqLen queries, $kvLen keys, $numHeads heads on $kvHeads', (shape) => {
  it.each(patterns.map((pattern) => [JSON.stringify(pattern), pattern] as const))('%s', (_name, pattern) => {
    const random = randomFrom(11);
    const queries = shape.batchSize * shape.numHeads * shape.seqLen * shape.headDim;
    const keys = shape.batchSize * shape.kvHeads * shape.kvLen * shape.headDim;
    const inputs = { query: Float64Array.from(tensor(random, queries, 2)), key: Float64Array.from(tensor(random, keys, 2)), value: Float64Array.from(tensor(random, keys, 2)) };
    const gradOut = Float64Array.from(tensor(random, queries));
    const scale = 0.7;
    const loss = (): number => attentionReference({ ...inputs, shape, pattern, scale }).reduce((sum, x, i) => sum + x * gradOut[i]!, 0);
    const gradient = attentionGradient({ ...inputs, shape, pattern, scale, gradOut });
    for (const name of ['query', 'key', 'value'] as const) {
      const input = inputs[name];
      for (let i = 0; i < input.length; i += 2) {
        const kept = input[i]!;
        const step = 1e-5;
        input[i] = kept + step;
        const above = loss();
        input[i] = kept - step;
        const below = loss();
        input[i] = kept;
        expect(Math.abs((above - below) / (2 * step) - gradient[name][i]!), `${name}[${i}]`).toBeLessThan(1e-8);
      }
    }
  });
});

it('gives queries and keys that see nothing a zero gradient', () => {
  const shape = { batchSize: 1, numHeads: 1, seqLen: 2, headDim: 2 };
  const ones = Float32Array.of(1, 2, 3, 4);
  const { query, key, value } = attentionGradient({ query: ones, key: ones, value: ones, gradOut: ones, shape, pattern: { type: 'mask', mask: () => false } });
  expect([...query, ...key, ...value].every((x) => x === 0)).toBe(true);
});

it('names gradOut when its length is wrong', () => {
  const ones = Float32Array.of(1, 2, 3, 4);
  const shape = { batchSize: 1, numHeads: 1, seqLen: 2, headDim: 2 };
  expect(() => attentionGradient({ query: ones, key: ones, value: ones, gradOut: ones.subarray(1), shape })).toThrow(
    new RangeError('attentionGradient: gradOut needs 4 elements for [B, H, S, D] = [1, 1, 2, 2], got 3.'),
  );
});
