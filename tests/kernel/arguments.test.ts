// Every refused argument: the kind of error, and a message that names function, argument, expectation and value.
import { describe, expect, it } from 'vitest';
import { attention, type AttentionArguments, attentionReference, compileAttention } from '../../src/kernel/index.ts';

const shape = { batchSize: 1, numHeads: 2, seqLen: 3, headDim: 2 };
const good: AttentionArguments = { query: new Float32Array(12), key: new Float32Array(12), value: new Float32Array(12), shape };

/** Arguments as a caller without types may pass them. */
function call(change: Record<string, unknown>): () => Float32Array {
  const args: AttentionArguments = Object.assign({}, good, change);
  return () => attention(args);
}

const RANGE: readonly [Record<string, unknown>, string][] = [
  [{ shape: { ...shape, seqLen: 0 } }, 'shape.seqLen must be a positive integer, got 0.'],
  [{ shape: { ...shape, batchSize: -1 } }, 'shape.batchSize must be a positive integer, got -1.'],
  [{ shape: { ...shape, numHeads: 1.5 } }, 'shape.numHeads must be a positive integer, got 1.5.'],
  [{ shape: { ...shape, headDim: NaN } }, 'shape.headDim must be a positive integer, got NaN.'],
  [{ shape: { ...shape, kvLen: Infinity } }, 'shape.kvLen must be a positive integer, got Infinity.'],
  [{ shape: { ...shape, kvHeads: 0 } }, 'shape.kvHeads must be a positive integer, got 0.'],
  [{ shape: { ...shape, kvHeads: 3 } }, 'shape.kvHeads must divide shape.numHeads (2), got 3.'],
  [{ scale: NaN }, 'scale must be a finite number, got NaN.'],
  [{ scale: Infinity }, 'scale must be a finite number, got Infinity.'],
  [{ query: new Float32Array(11) }, 'query needs 12 elements for [B, H, S, D] = [1, 2, 3, 2], got 11.'],
  [{ key: new Float32Array(13) }, 'key needs 12 elements for [B, Hk, K, D] = [1, 2, 3, 2], got 13.'],
  [{ value: new Float32Array(0) }, 'value needs 12 elements for [B, Hk, K, D] = [1, 2, 3, 2], got 0 (empty, or its buffer was detached).'],
  [{ out: new Float32Array(4) }, 'out needs 12 elements for [B, H, S, D] = [1, 2, 3, 2], got 4.'],
  [{ pattern: 'window' }, `pattern must be 'full', 'causal', 'sliding_window', 'dilated' or { type: 'sliding_window' | 'dilated' | 'block_sparse' | 'mask' }, got "window".`],
  [{ pattern: { type: 'full' } }, `pattern.type must be 'sliding_window', 'dilated', 'block_sparse' or 'mask', got "full".`],
  [{ pattern: { type: 'sliding_window', window: -1 } }, 'pattern.window must be an integer of at least 0, got -1.'],
  [{ pattern: { type: 'sliding_window', window: 0.5 } }, 'pattern.window must be an integer of at least 0, got 0.5.'],
  [{ pattern: { type: 'dilated', window: 1, dilation: 0 } }, 'pattern.dilation must be a positive integer, got 0.'],
  [{ pattern: { type: 'block_sparse', blockSize: 0, blocks: [] } }, 'pattern.blockSize must be a positive integer, got 0.'],
  [{ pattern: { type: 'block_sparse', blockSize: 2, blocks: [[true, true]] } }, 'pattern.blocks needs 2 rows for 3 queries in blocks of 2, got 1.'],
  [{ pattern: { type: 'block_sparse', blockSize: 2, blocks: [[true, true], [true]] } }, 'pattern.blocks[1] needs 2 columns for 3 keys in blocks of 2, got 1.'],
];

const TYPE: readonly [Record<string, unknown>, string][] = [
  [{ shape: undefined }, 'shape must be an object { batchSize, numHeads, seqLen, headDim }, got undefined.'],
  [{ shape: { ...shape, seqLen: '3' } }, 'shape.seqLen must be a positive integer, got "3".'],
  [{ shape: { ...shape, headDim: 2n } }, 'shape.headDim must be a positive integer, got 2n.'],
  [{ shape: { numHeads: 2, seqLen: 3, headDim: 2 } }, 'shape.batchSize must be a positive integer, got undefined.'],
  [{ scale: '1' }, 'scale must be a finite number, got "1".'],
  [{ query: [1, 2] }, 'query must be a Float32Array, got an array of length 2.'],
  [{ key: new Float64Array(12) }, 'key must be a Float32Array, got Float64Array.'],
  [{ value: null }, 'value must be a Float32Array, got null.'],
  [{ out: new ArrayBuffer(48) }, 'out must be a Float32Array, got ArrayBuffer.'],
  [{ pattern: 3 }, `pattern must be 'full', 'causal', 'sliding_window', 'dilated' or { type: 'sliding_window' | 'dilated' | 'block_sparse' | 'mask' }, got 3.`],
  [{ pattern: { type: 'sliding_window' } }, 'pattern.window must be an integer of at least 0, got undefined.'],
  [{ pattern: { type: 'sliding_window', window: 1, causal: 1 } }, 'pattern.causal must be a boolean, got 1.'],
  [{ pattern: { type: 'block_sparse', blockSize: 1, blocks: 'x' } }, 'pattern.blocks must be an array of rows of booleans, got "x".'],
  [{ pattern: { type: 'block_sparse', blockSize: 1, blocks: [1] } }, 'pattern.blocks[0] must be an array of booleans, got 1.'],
  [{ pattern: { type: 'block_sparse', blockSize: 1, blocks: [[true, 0]] } }, 'pattern.blocks[0][1] must be a boolean, got 0.'],
  [{ pattern: { type: 'mask', mask: true } }, 'pattern.mask must be a function (b, h, q, k) => boolean, got true.'],
];

describe('a RangeError', () => {
  it.each(RANGE.map(([change, message]) => [message, change] as const))('%s', (message, change) => {
    expect(call(change)).toThrow(new RangeError(`attention: ${message}`));
    expect(call(change)).toThrow(RangeError);
  });

  it('for an implementation that is not to be had', () => {
    expect(call({ implementation: 'gpu' })).toThrow(/^attention: implementation must be one of .*'javascript' in this engine, got "gpu"\.$/);
  });
});

describe('a TypeError', () => {
  it.each(TYPE.map(([change, message]) => [message, change] as const))('%s', (message, change) => {
    expect(call(change)).toThrow(new TypeError(`attention: ${message}`));
    expect(call(change)).toThrow(TypeError);
  });

  it('for no arguments', () => {
    // @ts-expect-error: a caller without types
    expect(() => attention()).toThrow(new TypeError('attention: expected one object { query, key, value, shape }, got undefined.'));
  });
});

it('comes before any work: out keeps what it held and a mask is not asked', () => {
  const out = new Float32Array(12).fill(7);
  let asked = 0;
  const mask = (): boolean => ++asked > 0;
  expect(call({ out, pattern: { type: 'mask', mask }, value: new Float32Array(1) })).toThrow(RangeError);
  expect(out.every((x) => x === 7)).toBe(true);
  expect(asked).toBe(0);
});

it('names the function that was called', () => {
  expect(() => attentionReference({ ...good, scale: NaN })).toThrow('attentionReference: scale');
  // @ts-expect-error: an unknown name
  expect(() => compileAttention('windowed')).toThrow('compileAttention: pattern must be');
  expect(() => compileAttention('full')(new Float32Array(3), good.key, good.value, shape)).toThrow('compileAttention: query needs 12');
});
