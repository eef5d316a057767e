// The portable implementation: the same work as the WebAssembly one on tiles of four queries, in doubles.

import type { Problem, ReferenceArguments } from '../problem.ts';
import { type BandWork, planWork, type RunsWork, type Work } from '../work.ts';
import { softmax } from './softmax.ts';
import { scores, values } from './tile.ts';

const LANES = 4;

/** Scratch of one call. */
interface Scratch {
  readonly dim: number;
  readonly key: Float64Array;
  readonly value: Float64Array;
  readonly queries: Float64Array;
  readonly output: Float64Array;
  readonly strip: Float64Array;
  readonly sums: Float64Array;
}

/** Where the query rows of one head come from and go to. */
interface Rows {
  readonly query: ReferenceArguments['query'];
  readonly out: Float32Array;
  readonly offset: number;
  readonly factor: number;
}

/** Rows beyond `rows` stay what they were: their lanes are computed and not stored. */
function pack({ query, offset, factor }: Rows, { queries, dim }: Scratch, row: number, step: number, rows: number): void {
  for (let lane = 0; lane < rows; lane++) {
    const from = offset + (row + lane * step) * dim;
    for (let d = 0; d < dim; d++) queries[LANES * d + lane] = query[from + d]! * factor;
  }
}

function unpack({ out, offset }: Rows, { output, sums, dim }: Scratch, row: number, step: number, rows: number): void {
  for (let lane = 0; lane < rows; lane++) {
    const to = offset + (row + lane * step) * dim;
    const sum = sums[lane]!;
    const inverse = sum === 0 ? 0 : 1 / sum;
    for (let d = 0; d < dim; d++) out[to + d] = sum === 0 ? 0 : output[LANES * d + lane]! * inverse;
  }
}

function runBand(work: BandWork, rows: Rows, scratch: Scratch): void {
  const { dim, key, value, queries, output, strip, sums } = scratch;
  const { firstRow, firstKey, step, low, high } = work;
  for (let tile = 0; tile < work.rows; tile += LANES) {
    const count = Math.min(LANES, work.rows - tile);
    const row = firstRow + tile * step;
    const from = Math.max(0, tile + low);
    const keys = Math.max(0, Math.min(work.keys, tile + count + high) - from);
    pack(rows, scratch, row, step, count);
    scores(queries, key, dim, firstKey + from * step, step, keys, strip, 0);
    for (let lane = 0; lane < count; lane++) {
      const first = Math.min(keys, tile + lane + low - from);
      const beyond = Math.max(0, tile + lane + high + 1 - from);
      for (let n = 0; n < first; n++) strip[LANES * n + lane] = -Infinity;
      for (let n = beyond; n < keys; n++) strip[LANES * n + lane] = -Infinity;
    }
    softmax(strip, keys, sums);
    output.fill(0);
    values(strip, 0, value, dim, firstKey + from * step, step, keys, output);
    unpack(rows, scratch, row, step, count);
  }
}

function runRuns(work: RunsWork, rows: Rows, scratch: Scratch): void {
  const { dim, key, value, queries, output, strip, sums } = scratch;
  const { firstRow, runs, bits } = work;
  for (let tile = 0; tile < work.rows; tile += LANES) {
    const count = Math.min(LANES, work.rows - tile);
    pack(rows, scratch, firstRow + tile, 1, count);
    let keys = 0;
    for (let n = 0; n < runs.length; n += 2) {
      const from = runs[n]!;
      const to = runs[n + 1]!;
      scores(queries, key, dim, from, 1, to - from, strip, LANES * keys);
      if (bits !== undefined) {
        for (let k = from; k < to; k++) {
          const hidden = ~(bits[k]! >> tile);
          for (let lane = 0; lane < LANES; lane++) if ((hidden >> lane) & 1) strip[LANES * (keys + k - from) + lane] = -Infinity;
        }
      }
      keys += to - from;
    }
    softmax(strip, keys, sums);
    output.fill(0);
    let at = 0;
    for (let n = 0; n < runs.length; n += 2) {
      const from = runs[n]!;
      const size = runs[n + 1]! - from;
      values(strip, LANES * at, value, dim, from, 1, size, output);
      at += size;
    }
    unpack(rows, scratch, firstRow + tile, 1, count);
  }
}

function run(work: Work, rows: Rows, scratch: Scratch): void {
  if (work.kind === 'band') runBand(work, rows, scratch);
  else runRuns(work, rows, scratch);
}

/** Writes attention to `out`. The caller has checked everything. */
export function attendInJavaScript(args: ReferenceArguments, { sizes, pattern, scale }: Problem, out: Float32Array): void {
  const { batchSize, numHeads, kvHeads, seqLen, kvLen, headDim: dim } = sizes;
  const work = planWork(pattern, sizes);
  const group = numHeads / kvHeads;
  const keyStride = kvLen * dim;
  const queryStride = seqLen * dim;
  const factor = scale * Math.LOG2E;
  const scratch: Scratch = {
    dim,
    key: new Float64Array(keyStride),
    value: new Float64Array(keyStride),
    queries: new Float64Array(LANES * dim),
    output: new Float64Array(LANES * dim),
    strip: new Float64Array(LANES * (kvLen + 1)),
    sums: new Float64Array(LANES),
  };
  for (let kvHead = 0; kvHead < batchSize * kvHeads; kvHead++) {
    scratch.key.set(args.key.subarray(kvHead * keyStride, (kvHead + 1) * keyStride));
    scratch.value.set(args.value.subarray(kvHead * keyStride, (kvHead + 1) * keyStride));
    for (let head = kvHead * group; head < (kvHead + 1) * group; head++) {
      const rows: Rows = { query: args.query, out, offset: head * queryStride, factor };
      for (const piece of work(Math.floor(head / numHeads), head % numHeads)) run(piece, rows, scratch);
    }
  }
}
