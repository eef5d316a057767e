// Lays out the memory of a WebAssembly kernel and runs the work of each head on it. Memory: scratch of a tile, runs, bits, then as many
// heads of key, value, query and output as fit into STAGE_BYTES (at least one): large inputs pass through head by head,
// so that the memory is bounded by one head.

import type { AttentionArguments, Problem } from '../problem.ts';
import { planWork, type Work } from '../work.ts';
import type { WasmKernel } from './load.ts';

/** Half of a common second-level cache. */
const STAGE_BYTES = 512 * 1024;
/** State of a tile: see assembly/weights.ts. */
const STATE_BYTES = 128;
/** Floats of keys that one strip visits: keys or values of a strip stay in the first-level cache. */
const STRIP_FLOATS = 8192;

function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

/** False where memory could not grow, or the scale is too large for f32: the result is then to be computed another way. */
export function attendInWasm(kernel: WasmKernel, args: AttentionArguments, { sizes, pattern, scale }: Problem, out: Float32Array): boolean {
  const { batchSize, numHeads, kvHeads, seqLen, kvLen, headDim: dim } = sizes;
  const group = numHeads / kvHeads;
  const keyStride = kvLen * dim;
  const queryStride = seqLen * dim;
  const factor = Math.fround(scale * Math.LOG2E);
  if (!Number.isFinite(factor)) return false;
  const row = 4 * dim;
  const chunk = Math.max(16, Math.min(512, Math.floor(STRIP_FLOATS / dim))) & ~1;

  const runsAt = align(STATE_BYTES + 64 * dim + 32 * (chunk + 1));
  const sparse = pattern.kind !== 'band';
  const bitsAt = runsAt + (sparse ? align(4 * kvLen + 8) : 0);
  const stageAt = bitsAt + (pattern.kind === 'mask' ? align(kvLen) : 0);
  const total = batchSize * kvHeads;
  const bytesPerHead = 8 * (keyStride + group * queryStride);
  const heads = Math.max(1, Math.min(total, Math.floor(STAGE_BYTES / bytesPerHead)));
  if (!kernel.reserve(stageAt + heads * bytesPerHead)) return false;

  const plan = planWork(pattern, sizes);
  const keyAt = stageAt;
  const valueAt = keyAt + 4 * heads * keyStride;
  const queryAt = valueAt + 4 * heads * keyStride;
  const outAt = queryAt + 4 * heads * group * queryStride;
  for (let first = 0; first < total; first += heads) {
    const staged = Math.min(heads, total - first);
    const firstHead = first * group;
    const queries = staged * group;
    // A mask is the caller's code and may call attention itself: all of it runs before the memory is filled.
    const works: (readonly Work[])[] = [];
    for (let head = firstHead; head < firstHead + queries; head++) works.push(plan(Math.floor(head / numHeads), head % numHeads));
    if (!kernel.reserve(stageAt + heads * bytesPerHead)) return false;

    const { exports } = kernel;
    const floats = kernel.floats();
    floats.set(args.key.subarray(first * keyStride, (first + staged) * keyStride), keyAt / 4);
    floats.set(args.value.subarray(first * keyStride, (first + staged) * keyStride), valueAt / 4);
    floats.set(args.query.subarray(firstHead * queryStride, (firstHead + queries) * queryStride), queryAt / 4);
    for (let head = 0; head < queries; head++) {
      const q = queryAt + 4 * head * queryStride;
      const o = outAt + 4 * head * queryStride;
      const k = keyAt + 4 * Math.floor(head / group) * keyStride;
      const v = valueAt + 4 * Math.floor(head / group) * keyStride;
      for (const work of works[head]!) {
        const at = row * work.firstRow;
        if (work.kind === 'band') {
          const step = row * work.step;
          const from = row * work.firstKey;
          exports.band(q + at, k + from, v + from, o + at, work.rows, work.keys, dim, step, step, work.low, work.high, factor, 0, chunk);
        } else {
          new Int32Array(floats.buffer, runsAt).set(work.runs);
          if (work.bits !== undefined) new Uint8Array(floats.buffer, bitsAt).set(work.bits);
          exports.sparse(q + at, k, v, o + at, work.rows, dim, row, runsAt, work.runs.length / 2, work.bits === undefined ? 0 : bitsAt, factor, 0, chunk);
        }
      }
    }
    out.set(floats.subarray(outAt / 4, outAt / 4 + queries * queryStride), firstHead * queryStride);
  }
  return true;
}
