/** Which keys a query may see. Rows are queries, columns are keys; all patterns but `full` look back only. */

export const PATTERNS = ['full', 'causal', 'sliding_window', 'dilated'] as const;
export type Pattern = (typeof PATTERNS)[number];

export interface PatternOptions {
  readonly pattern?: Pattern;
  /** How many keys a query sees in `sliding_window` and `dilated`, itself included. */
  readonly window?: number;
  /** The distance between two seen keys in `dilated`. */
  readonly dilation?: number;
}

export type ResolvedPattern = Required<PatternOptions>;

export function resolvePattern({ pattern = 'full', window = 16, dilation = 2 }: PatternOptions): ResolvedPattern {
  if (!PATTERNS.includes(pattern)) throw new RangeError(`Unknown attention pattern "${pattern}"; known are ${PATTERNS.join(', ')}.`);
  if (!Number.isInteger(window) || window < 1) throw new RangeError(`window: expected a positive integer, got ${window}.`);
  if (!Number.isInteger(dilation) || dilation < 1) throw new RangeError(`dilation: expected a positive integer, got ${dilation}.`);
  return { pattern, window, dilation };
}

export function isAllowed({ pattern, window, dilation }: ResolvedPattern, row: number, column: number): boolean {
  const distance = row - column;
  switch (pattern) {
    case 'full':
      return true;
    case 'causal':
      return distance >= 0;
    case 'sliding_window':
      return distance >= 0 && distance < window;
    case 'dilated':
      return distance >= 0 && distance % dilation === 0 && distance < window * dilation;
  }
}

/** The same question as source text over the variables `row` and `column`. */
export function allowedSource({ pattern, window, dilation }: ResolvedPattern): string {
  const distance = '(row - column)';
  switch (pattern) {
    case 'full':
      return 'true';
    case 'causal':
      return `${distance} >= 0`;
    case 'sliding_window':
      return `${distance} >= 0 && ${distance} < ${window}`;
    case 'dilated':
      return `${distance} >= 0 && ${distance} % ${dilation} === 0 && ${distance} < ${window * dilation}`;
  }
}

/** One byte per pair, 1 where the query may see the key. */
export function buildMask(options: PatternOptions, length: number): Uint8Array {
  const resolved = resolvePattern(options);
  const mask = new Uint8Array(length * length);
  for (let row = 0; row < length; row++) {
    for (let column = 0; column < length; column++) {
      if (isAllowed(resolved, row, column)) mask[row * length + column] = 1;
    }
  }
  return mask;
}

export const EMPTY = 0;
export const FULL = 1;
export const PARTIAL = 2;

/** What each tile of the score matrix holds: nothing, everything, or something between. */
export function buildBlocks(options: ResolvedPattern, length: number, rows: number, columns: number): Uint8Array {
  const down = Math.ceil(length / rows);
  const across = Math.ceil(length / columns);
  const blocks = new Uint8Array(down * across);
  for (let block = 0; block < blocks.length; block++) {
    const top = Math.floor(block / across) * rows;
    const left = (block % across) * columns;
    let allowed = 0;
    let total = 0;
    for (let row = top; row < Math.min(top + rows, length); row++) {
      for (let column = left; column < Math.min(left + columns, length); column++) {
        total++;
        if (isAllowed(options, row, column)) allowed++;
      }
    }
    if (allowed > 0) blocks[block] = allowed === total ? FULL : PARTIAL;
  }
  return blocks;
}
