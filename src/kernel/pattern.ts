// Which keys a query sees: the public forms of a pattern, checked and reduced to three kinds.

import { checkInteger, show, type Sizes } from './shape.ts';

/** Patterns with default parameters: a window of ceil(seqLen / 4), and for `dilated` that window with a dilation of 2. */
export type PatternName = 'full' | 'causal' | 'sliding_window' | 'dilated';

/** Whether query `q` of head `h` in batch `b` sees key `k`; plain indices, no alignment. */
export type Mask = (b: number, h: number, q: number, k: number) => boolean;

/** |q - k| <= window, and k <= q too when `causal`. */
export interface SlidingWindowPattern {
  readonly type: 'sliding_window';
  readonly window: number;
  readonly causal?: boolean | undefined;
}

/** (q - k) divisible by `dilation` and |q - k| <= window * dilation, and k <= q too when `causal`. */
export interface DilatedPattern {
  readonly type: 'dilated';
  readonly window: number;
  readonly dilation: number;
  readonly causal?: boolean | undefined;
}

/** blocks[row][column] says whether queries [row * blockSize, …) see keys [column * blockSize, …). The last blocks may be cut. */
export interface BlockSparsePattern {
  readonly type: 'block_sparse';
  readonly blockSize: number;
  readonly blocks: readonly (readonly boolean[])[];
}

/** Anything else, asked once for each query and key of each head. */
export interface MaskPattern {
  readonly type: 'mask';
  readonly mask: Mask;
}

/**
 * Distances are measured with the last query at the last key: query i stands at key i + kvLen - seqLen. With as many
 * queries as keys that is i itself; a decoding step (one query, many keys) sees the newest keys.
 */
export type AttentionPattern = PatternName | SlidingWindowPattern | DilatedPattern | BlockSparsePattern | MaskPattern;

/** low <= (k - position of q) / dilation <= high, and divisible. */
export interface Band {
  readonly kind: 'band';
  readonly low: number;
  readonly high: number;
  readonly dilation: number;
}

export interface Blocks {
  readonly kind: 'blocks';
  readonly blockSize: number;
  readonly blocks: readonly (readonly boolean[])[];
}

export interface Masked {
  readonly kind: 'mask';
  readonly mask: Mask;
}

export type ResolvedPattern = Band | Blocks | Masked;

/** Farther than any key can be; still far from the limit of a 32-bit integer when indices are added. */
export const FAR = 0x3fffffff;

const EXPECTED = "'full', 'causal', 'sliding_window', 'dilated' or { type: 'sliding_window' | 'dilated' | 'block_sparse' | 'mask' }";

function band(window: number, dilation: number, causal: boolean): Band {
  const reach = Math.min(window, FAR);
  return { kind: 'band', low: -reach, high: causal ? 0 : reach, dilation };
}

function checkCausal(caller: string, causal: unknown): boolean {
  if (causal === undefined) return false;
  if (typeof causal !== 'boolean') throw new TypeError(`${caller}: pattern.causal must be a boolean, got ${show(causal)}.`);
  return causal;
}

/** Checks what can be checked without a shape. */
export function checkPattern(caller: string, pattern: AttentionPattern): void {
  if (typeof pattern === 'string') {
    if (pattern === 'full' || pattern === 'causal' || pattern === 'sliding_window' || pattern === 'dilated') return;
    throw new RangeError(`${caller}: pattern must be ${EXPECTED}, got ${show(pattern)}.`);
  }
  if (typeof pattern !== 'object' || pattern === null) throw new TypeError(`${caller}: pattern must be ${EXPECTED}, got ${show(pattern)}.`);
  const type: unknown = pattern.type;
  switch (pattern.type) {
    case 'sliding_window':
      checkInteger(caller, 'pattern.window', pattern.window, 0);
      checkCausal(caller, pattern.causal);
      return;
    case 'dilated':
      checkInteger(caller, 'pattern.window', pattern.window, 0);
      checkInteger(caller, 'pattern.dilation', pattern.dilation, 1);
      checkCausal(caller, pattern.causal);
      return;
    case 'block_sparse':
      checkInteger(caller, 'pattern.blockSize', pattern.blockSize, 1);
      checkBlocks(caller, pattern.blocks);
      return;
    case 'mask':
      if (typeof pattern.mask !== 'function') throw new TypeError(`${caller}: pattern.mask must be a function (b, h, q, k) => boolean, got ${show(pattern.mask)}.`);
      return;
    default:
      throw new RangeError(`${caller}: pattern.type must be 'sliding_window', 'dilated', 'block_sparse' or 'mask', got ${show(type)}.`);
  }
}

function checkBlocks(caller: string, blocks: unknown): void {
  if (!Array.isArray(blocks)) throw new TypeError(`${caller}: pattern.blocks must be an array of rows of booleans, got ${show(blocks)}.`);
  for (const [r, row] of blocks.entries()) {
    if (!Array.isArray(row)) throw new TypeError(`${caller}: pattern.blocks[${r}] must be an array of booleans, got ${show(row)}.`);
    for (const [c, seen] of row.entries()) {
      if (typeof seen !== 'boolean') throw new TypeError(`${caller}: pattern.blocks[${r}][${c}] must be a boolean, got ${show(seen)}.`);
    }
  }
}

/** Checks a pattern against the sizes and reduces it. Throws a TypeError or RangeError that names the part. */
export function resolvePattern(caller: string, pattern: AttentionPattern, sizes: Sizes): ResolvedPattern {
  checkPattern(caller, pattern);
  const quarter = Math.ceil(sizes.seqLen / 4);
  if (pattern === 'full') return { kind: 'band', low: -FAR, high: FAR, dilation: 1 };
  if (pattern === 'causal') return { kind: 'band', low: -FAR, high: 0, dilation: 1 };
  if (pattern === 'sliding_window') return band(quarter, 1, false);
  if (pattern === 'dilated') return band(quarter, 2, false);
  if (pattern.type === 'sliding_window') return band(pattern.window, 1, pattern.causal === true);
  if (pattern.type === 'dilated') return band(pattern.window, pattern.dilation, pattern.causal === true);
  if (pattern.type === 'mask') return { kind: 'mask', mask: pattern.mask };
  const { blockSize, blocks } = pattern;
  const rows = Math.ceil(sizes.seqLen / blockSize);
  const columns = Math.ceil(sizes.kvLen / blockSize);
  if (blocks.length !== rows) {
    throw new RangeError(`${caller}: pattern.blocks needs ${rows} rows for ${sizes.seqLen} queries in blocks of ${blockSize}, got ${blocks.length}.`);
  }
  for (const [r, row] of blocks.entries()) {
    if (row.length !== columns) {
      throw new RangeError(`${caller}: pattern.blocks[${r}] needs ${columns} columns for ${sizes.kvLen} keys in blocks of ${blockSize}, got ${row.length}.`);
    }
  }
  return { kind: 'blocks', blockSize, blocks };
}

/** The pattern as a question about one query and one key: the definition that everything faster is compared with. */
export function visibility(pattern: ResolvedPattern, sizes: Sizes): Mask {
  if (pattern.kind === 'mask') return pattern.mask;
  if (pattern.kind === 'blocks') {
    const { blockSize, blocks } = pattern;
    return (_b, _h, q, k) => blocks[Math.floor(q / blockSize)]?.[Math.floor(k / blockSize)] === true;
  }
  const { low, high, dilation } = pattern;
  const shift = sizes.kvLen - sizes.seqLen;
  return (_b, _h, q, k) => {
    const distance = (k - (q + shift)) / dilation;
    return Number.isInteger(distance) && distance >= low && distance <= high;
  };
}
