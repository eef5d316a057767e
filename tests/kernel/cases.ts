// Random attention problems and the error that they may have.
import type { AttentionArguments, AttentionPattern, AttentionShape } from '../../src/kernel/index.ts';

export type Random = () => number;

/** A shape with every size given. */
export type CaseShape = { readonly [Size in keyof AttentionShape]-?: number };

/** mulberry32: numbers in [0, 1) from a 32-bit seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function integer(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[integer(random, 0, items.length - 1)]!;
}

/** Numbers in [-size, size), or in [0, size) when `positive`: then rounding errors have no opposite signs to cancel by. */
export function tensor(random: Random, length: number, size = 1, positive = false): Float32Array {
  return Float32Array.from({ length }, () => (positive ? random() : random() * 2 - 1) * size);
}

/** Many small problems, few large ones: the work of a case is bounded, its sizes are not. */
function randomShape(random: Random): CaseShape {
  const budget = 10 ** (3 + random() * 3);
  for (;;) {
    const seqLen = pick(random, [1, Math.ceil(600 ** random()), Math.ceil(600 ** random()), Math.ceil(600 * random())]);
    const headDim = pick(random, [Math.ceil(256 ** random()), 4 * Math.ceil(64 ** random())]);
    const kvLen = random() < 0.5 ? seqLen : pick(random, [Math.ceil(600 ** random()), Math.min(600, seqLen + integer(random, 0, 70))]);
    const kvHeads = integer(random, 1, 3);
    const numHeads = kvHeads * integer(random, 1, 3);
    const batchSize = integer(random, 1, 2);
    if (batchSize * numHeads * seqLen * kvLen * headDim <= budget) return { batchSize, numHeads, seqLen, headDim, kvHeads, kvLen };
  }
}

function randomPattern(random: Random, { seqLen, kvLen }: CaseShape): AttentionPattern {
  const window = pick(random, [0, 1, integer(random, 0, 8), integer(random, 0, 80), seqLen, 5000]);
  const causal = random() < 0.5;
  switch (integer(random, 0, 8)) {
    case 0: return 'full';
    case 1: return 'causal';
    case 2: return 'sliding_window';
    case 3: return 'dilated';
    case 4: return { type: 'sliding_window', window, causal };
    case 5: return { type: 'dilated', window, dilation: pick(random, [1, 2, 3, integer(random, 1, 20), 700]), causal };
    case 6:
    case 7: {
      const blockSize = pick(random, [1, 3, 8, 16, integer(random, 1, 100)]);
      const density = random();
      const rows = Math.ceil(seqLen / blockSize);
      const columns = Math.ceil(kvLen / blockSize);
      return { type: 'block_sparse', blockSize, blocks: Array.from({ length: rows }, () => Array.from({ length: columns }, () => random() < density)) };
    }
    default: {
      const salt = integer(random, 1, 1e9);
      const density = Math.floor(random() * 256);
      // Every third row sees nothing at all.
      return { type: 'mask', mask: (b, h, q, k) => q % 3 !== 1 && (Math.imul(salt ^ (b * 7 + h * 131 + q * 65_537 + k * 257), 0x9e3779b1) >>> 24) < density };
    }
  }
}

export interface Case extends Pick<AttentionArguments, 'query' | 'key' | 'value'> {
  readonly shape: CaseShape;
  readonly pattern: AttentionPattern;
  readonly scale: number;
}

export function randomCase(seed: number): Case {
  const random = randomFrom(seed);
  const shape = randomShape(random);
  const size = pick(random, [1, 1, 4, 16]);
  const positive = random() < 0.25;
  const keys = shape.batchSize * shape.kvHeads * shape.kvLen * shape.headDim;
  return {
    shape,
    pattern: randomPattern(random, shape),
    scale: pick(random, [1 / Math.sqrt(shape.headDim), 1, -0.3, 0]),
    query: tensor(random, shape.batchSize * shape.numHeads * shape.seqLen * shape.headDim, size, positive),
    key: tensor(random, keys, size, positive),
    value: tensor(random, keys, size, positive),
  };
}

export function describeCase(seed: number, { shape, pattern, scale }: Case): string {
  return `seed ${seed}: ${JSON.stringify(shape)} ${JSON.stringify(pattern).slice(0, 120)} scale ${scale}`;
}

function largest(values: Float32Array): number {
  let found = 0;
  for (const value of values) found = Math.max(found, Math.abs(value));
  return found;
}

function longestRow(values: Float32Array, headDim: number): number {
  let found = 0;
  for (let at = 0; at < values.length; at += headDim) {
    let sum = 0;
    for (let d = 0; d < headDim; d++) sum += values[at + d]! ** 2;
    found = Math.max(found, sum);
  }
  return Math.sqrt(found);
}

/**
 * The largest error that a result may have, as docs/kernel.md states it: 2^-23 * V * (3 + A + sqrt(K) / 4). V is the largest |value|; A is
 * |scale| times the longest query row times the longest key row, which no score exceeds; K is the number of keys.
 */
export function errorBound({ query, key, value, shape, scale }: Case): number {
  const a = Math.abs(scale) * longestRow(query, shape.headDim) * longestRow(key, shape.headDim);
  return 2 ** -23 * largest(value) * (3 + a + Math.sqrt(shape.kvLen) / 4);
}
