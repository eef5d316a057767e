/** Writes the source of one attention kernel, unrolled over a tile of queries and keys. */

import { allowedSource, EMPTY, FULL, type ResolvedPattern } from './patterns.ts';

export interface Tile {
  readonly rows: number;
  readonly columns: number;
}

/** Where a kernel learns which pairs count: from a stored mask, or by the rule of a pattern. */
export type MaskSource = 'stored' | ResolvedPattern;

/** Keys per block of the block map. */
export const BLOCK_COLUMNS = 32;

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const each = (count: number, line: (index: number) => string): string => range(count).map(line).join('\n');
const pairs = (rows: number, columns: number, line: (row: number, column: number) => string): string =>
  each(rows, (row) => each(columns, (column) => line(row, column)));

/** Scores of a strip of `rows` queries with the keys from `left` to `right`, `columns` keys at a time. */
function scoreFunction(name: string, rows: number, columns: number): string {
  const step = (width: number): string => `
      ${pairs(rows, width, (r, c) => `let s${r}_${c} = 0;`)}
      const start = column * depth;
      for (let d = 0; d < depth; d++) {
        ${each(rows, (r) => `const q${r} = query[at + ${r} * depth + d];`)}
        ${each(width, (c) => `const k${c} = keys[start + ${c} * depth + d];`)}
        ${pairs(rows, width, (r, c) => `s${r}_${c} += q${r} * k${c};`)}
      }
      ${pairs(rows, width, (r, c) => `scores[${r} * length + column + ${c}] = s${r}_${c} * scale;`)}`;
  return `
  function ${name}(query, at, keys, scores, left, right, length, depth, scale) {
    let column = left;
    for (; column + ${columns} <= right; column += ${columns}) { ${step(columns)} }
    for (; column < right; column++) { ${step(1)} }
  }`;
}

/** Adds the weighted values of the keys from `left` to `right` to the sums of a strip. */
function valueFunction(name: string, rows: number): string {
  return `
  function ${name}(scores, values, sums, left, right, length, depth) {
    for (let d = 0; d < depth; d++) {
      ${each(rows, (r) => `let a${r} = sums[${r} * depth + d];`)}
      for (let column = left; column < right; column++) {
        const value = values[column * depth + d];
        ${each(rows, (r) => `a${r} += scores[${r} * length + column] * value;`)}
      }
      ${each(rows, (r) => `sums[${r} * depth + d] = a${r};`)}
    }
  }`;
}

function maskFunction(source: MaskSource): string {
  const allowed = source === 'stored' ? 'mask[row * length + column] === 1' : allowedSource(source);
  return `
  function hide(mask, scores, start, row, left, right, length) {
    for (let column = left; column < right; column++) {
      if (!(${allowed})) scores[start + column] = -Infinity;
    }
  }`;
}

/** Turns the scores of one row into weights that are not divided yet, and returns their sum. */
const SOFTMAX = `
  function softmax(scores, start, length) {
    let largest = -Infinity;
    for (let column = 0; column < length; column++) {
      if (scores[start + column] > largest) largest = scores[start + column];
    }
    let total = 0;
    for (let column = 0; column < length; column++) {
      const score = scores[start + column];
      const weight = score === -Infinity ? 0 : Math.exp(score - largest);
      scores[start + column] = weight;
      total += weight;
    }
    return total;
  }`;

/** A loop over the blocks of one strip of queries that are not empty. */
function overBlocks(tile: Tile, body: string): string {
  return `
      for (let block = 0; block < across; block++) {
        const kind = blocks[Math.floor(top / ${tile.rows}) * across + block];
        if (kind === ${EMPTY}) continue;
        const left = block * ${BLOCK_COLUMNS};
        const right = Math.min(left + ${BLOCK_COLUMNS}, length);
        ${body}
      }`;
}

function strip(tile: Tile, rows: number, score: string, add: string): string {
  return `
      const at = (head * length + top) * depth;
      scores.fill(-Infinity);
      ${overBlocks(
        tile,
        `${score}(query, at, keys, scores, left, right, length, depth, scale);
        if (kind !== ${FULL}) for (let r = 0; r < ${rows}; r++) hide(mask, scores, r * length, top + r, left, right, length);`,
      )}
      for (let r = 0; r < ${rows}; r++) totals[r] = softmax(scores, r * length, length);
      sums.fill(0);
      ${overBlocks(tile, `${add}(scores, values, sums, left, right, length, depth);`)}
      for (let r = 0; r < ${rows}; r++) {
        for (let d = 0; d < depth; d++) out[at + r * depth + d] = sums[r * depth + d] / totals[r];
      }`;
}

/**
 * The body of a function without parameters that returns the kernel. The kernel fills `out` for the heads from
 * `firstHead` to `lastHead`; queries that no full tile covers go one by one.
 */
export function kernelSource(source: MaskSource, tile: Tile): string {
  return `'use strict';
  ${scoreFunction('scoreTile', tile.rows, tile.columns)}
  ${scoreFunction('scoreRow', 1, tile.columns)}
  ${valueFunction('addTile', tile.rows)}
  ${valueFunction('addRow', 1)}
  ${maskFunction(source)}
  ${SOFTMAX}
  return function kernel(query, key, value, out, firstHead, lastHead, sizes, blocks, mask) {
    const { heads, kvHeads, length, depth, scale } = sizes;
    const headSize = length * depth;
    const across = Math.ceil(length / ${BLOCK_COLUMNS});
    const keys = new Float64Array(headSize);
    const values = new Float64Array(headSize);
    const scores = new Float64Array(${tile.rows} * length);
    const sums = new Float64Array(${tile.rows} * depth);
    const totals = new Float64Array(${tile.rows});
    for (let head = firstHead; head < lastHead; head++) {
      const batch = Math.floor(head / heads);
      const kvHead = batch * kvHeads + Math.floor((head - batch * heads) / (heads / kvHeads));
      keys.set(key.subarray(kvHead * headSize, (kvHead + 1) * headSize));
      values.set(value.subarray(kvHead * headSize, (kvHead + 1) * headSize));
      let top = 0;
      for (; top + ${tile.rows} <= length; top += ${tile.rows}) { ${strip(tile, tile.rows, 'scoreTile', 'addTile')} }
      for (; top < length; top++) { ${strip(tile, 1, 'scoreRow', 'addRow')} }
    }
  };`;
}
