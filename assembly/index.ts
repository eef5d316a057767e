// Attention of one head on raw memory. Letters: D coordinates of a row (`dim`), a tile of up to eight queries, a strip of at
// most `chunk` keys. Pointers and steps are in bytes; rows of D floats need not be neighbours (a residue class of a dilated
// pattern is a step of several rows). Nothing is allocated here and nothing is checked: the caller lays out the memory.
//
// Per tile: pack the queries; per strip of keys: scores, masks, maxima, weights, values with running sums (the online softmax of
// Milakov and Gimelshein, 2018, as used by FlashAttention); at the end divide and scatter.

import { ROW } from './lanes';
import { maskBand, maskBits } from './masks';
import { raiseMaxima, scores } from './scores';
import { packQueries, unpackOutput } from './tile';
import { values } from './values';
import { KEEP, MAXIMA, STATE_BYTES, SUMS, start, weights } from './weights';

export { raiseMaxima, scores, scores1, scores4, scores6 } from './scores';
export { values, values1, values4, values6 } from './values';
export { packQueries, unpackOutput } from './tile';
export { weights } from './weights';

const FAR: i32 = 0x3fffffff;

// Scratch, laid out by `scratch` bytes from the caller: state, queries [D][8], output [D][8], strip [chunk][8].
// @ts-ignore: decorator
@inline function queryTile(scratch: usize): usize { return scratch + STATE_BYTES; }
// @ts-ignore: decorator
@inline function outputTile(scratch: usize, dim: i32): usize { return queryTile(scratch) + ROW * dim; }
// @ts-ignore: decorator
@inline function stripOf(scratch: usize, dim: i32): usize { return outputTile(scratch, dim) + ROW * dim; }

/**
 * Adds the keys [from, to) to the tile whose first query is row `first`, at most `chunk` keys at a time.
 * low, high: the band; bits: one byte for each key from `from` on, or 0 for none.
 */
function addKeys(k: usize, v: usize, step: usize, dim: i32, from: i32, to: i32, first: i32, low: i32, high: i32, bits: usize, scratch: usize, chunk: i32): void {
  const strip = stripOf(scratch, dim);
  const chunks = (to - from + chunk - 1) / chunk;
  for (let n: i32 = 0; n < chunks; n++) {
    // Chunks of nearly one size, even, so that a strip is rarely left with single keys.
    const size = min(to - from, ((to - from) / (chunks - n) + 1) & ~1);
    const keys = n + 1 == chunks ? to - from : size;
    const end = from + keys;
    scores(queryTile(scratch), k + step * from, step, dim, keys, strip);
    if (bits != 0) {
      maskBits(strip, keys, bits);
      bits += keys;
    }
    // Every lane sees the keys [first + 7 + low, first + high]; the others are masked lane by lane.
    const left = min(max(first + 7 + low, from), end);
    const right = max(min(first + high + 1, end), left);
    if (left > from) maskBand(strip, left - from, from, first, low, high);
    if (end > right) maskBand(strip + ROW * (right - from), end - right, right, first, low, high);
    raiseMaxima(strip, keys, scratch + MAXIMA);
    weights(strip, keys, scratch);
    values(strip, v + step * from, step, keys, dim, outputTile(scratch, dim), scratch + KEEP);
    from = end;
  }
}

// @ts-ignore: decorator
@inline function begin(q: usize, step: usize, rows: i32, dim: i32, factor: f32, scratch: usize): void {
  packQueries(q, step, rows, dim, factor, queryTile(scratch));
  memory.fill(outputTile(scratch, dim), 0, ROW * dim);
  start(scratch);
}

/** Rows 0..rows-1 see the keys j with low <= j - row <= high. Everything outside is skipped, not masked. */
export function band(q: usize, k: usize, v: usize, o: usize, rows: i32, keys: i32, dim: i32, rowStep: usize, keyStep: usize, low: i32, high: i32, factor: f32, scratch: usize, chunk: i32): void {
  for (let first: i32 = 0; first < rows; first += 8) {
    const count = min(8, rows - first);
    begin(q + rowStep * first, rowStep, count, dim, factor, scratch);
    const from = max(0, first + low), to = min(keys, first + count + high);
    if (from < to) addKeys(k, v, keyStep, dim, from, to, first, low, high, 0, scratch, chunk);
    unpackOutput(outputTile(scratch, dim), scratch + SUMS, rowStep, count, dim, o + rowStep * first);
  }
}

/**
 * Rows 0..rows-1 all see the same runs of keys: `runs` holds `count` pairs [from, to) of i32. With `bits`, rows is at most eight
 * and byte j at `bits` says which rows see key j.
 */
export function sparse(q: usize, k: usize, v: usize, o: usize, rows: i32, dim: i32, step: usize, runs: usize, count: i32, bits: usize, factor: f32, scratch: usize, chunk: i32): void {
  for (let first: i32 = 0; first < rows; first += 8) {
    const inTile = min(8, rows - first);
    begin(q + step * first, step, inTile, dim, factor, scratch);
    for (let n: i32 = 0; n < count; n++) {
      const from = load<i32>(runs + n * 8), to = load<i32>(runs + n * 8, 4);
      addKeys(k, v, step, dim, from, to, 0, -FAR, FAR, bits == 0 ? 0 : bits + from, scratch, chunk);
    }
    unpackOutput(outputTile(scratch, dim), scratch + SUMS, step, inTile, dim, o + step * first);
  }
}
