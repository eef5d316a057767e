// The portable implementation: the same work as the WebAssembly one on tiles of three queries, in doubles.

import type { Problem, ReferenceArguments } from '../problem.ts';
import { attendByFormula } from '../reference.ts';
import { type BandWork, planWork, type RunsWork, type Work } from '../work.ts';
import { createTile, LANES, LARGEST_DIM, PARTS, type Tile } from './tile.ts';

/** The one tile, made when it is first needed. It belongs to one call at a time: no foreign code runs between its opening and its last row. */
let shared: Tile | undefined;

/** Where the query rows of one head come from and go to. */
interface Rows {
  readonly query: ReferenceArguments['query'];
  readonly out: Float32Array;
  readonly offset: number;
  readonly dim: number;
  readonly factor: number;
}

function runBand(tile: Tile, work: BandWork, { query, out, offset, dim, factor }: Rows): void {
  const { firstRow, firstKey, step, low, high } = work;
  const longest = tile.longestStrip(step);
  for (let row = 0; row < work.rows; row += LANES) {
    const rows = Math.min(LANES, work.rows - row);
    const at = offset + (firstRow + row * step) * dim;
    tile.begin(query, at, step * dim, rows, factor);
    const end = Math.min(work.keys, row + rows + high);
    for (let from = Math.max(0, row + low); from < end; from += longest) {
      const keys = Math.min(longest, end - from);
      tile.score(firstKey + from * step, step, keys);
      for (let lane = 0; lane < rows; lane++) {
        const seen = row + lane + low - from;
        const beyond = row + lane + high + 1 - from;
        if (seen > 0) tile.hide(lane, 0, Math.min(keys, seen));
        if (beyond < keys) tile.hide(lane, Math.max(0, beyond), keys);
      }
      tile.accumulate();
    }
    tile.finish(out, at, step * dim, rows);
  }
}

function runRuns(tile: Tile, work: RunsWork, { query, out, offset, dim, factor }: Rows): void {
  const { firstRow, runs, bits } = work;
  const longest = tile.longestStrip(1);
  for (let row = 0; row < work.rows; row += LANES) {
    const rows = Math.min(LANES, work.rows - row);
    const at = offset + (firstRow + row) * dim;
    tile.begin(query, at, dim, rows, factor);
    for (let n = 0; n < runs.length; n += 2) {
      const end = runs[n + 1]!;
      for (let from = runs[n]!; from < end; from += longest) {
        tile.score(from, 1, Math.min(longest, end - from));
        if (bits !== undefined) tile.hideBits(bits, from, row);
        tile.accumulate();
      }
    }
    tile.finish(out, at, dim, rows);
  }
}

/** Writes attention to `out`. The caller has checked everything. */
export function attendInJavaScript(args: ReferenceArguments, problem: Problem, out: Float32Array): void {
  const { batchSize, numHeads, kvHeads, seqLen, kvLen, headDim: dim } = problem.sizes;
  if (dim > LARGEST_DIM) {
    out.set(attendByFormula(args, problem));
    return;
  }
  const tile = shared ??= createTile();
  const plan = planWork(problem.pattern, problem.sizes);
  const group = numHeads / kvHeads;
  const factor = problem.scale * Math.LOG2E * PARTS;
  for (let kvHead = 0; kvHead < batchSize * kvHeads; kvHead++) {
    // A mask is the caller's code and may call attention itself: all of it runs before the tile is opened.
    const works: (readonly Work[])[] = [];
    for (let head = kvHead * group; head < (kvHead + 1) * group; head++) works.push(plan(Math.floor(head / numHeads), head % numHeads));
    tile.open(args.key, args.value, kvHead * kvLen * dim, kvLen, dim);
    for (const [index, pieces] of works.entries()) {
      const rows: Rows = { query: args.query, out, offset: (kvHead * group + index) * seqLen * dim, dim, factor };
      for (const work of pieces) {
        if (work.kind === 'band') runBand(tile, work, rows);
        else runRuns(tile, work, rows);
      }
    }
  }
}
