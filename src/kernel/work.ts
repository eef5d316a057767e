// From a pattern to work that skips what nobody sees. Two forms are enough:
// a band of rows and keys in equal steps (full, causal, window; and each residue class of a dilated pattern, which is a plain
// window among the rows and keys of that class), and runs of keys seen by neighbouring rows (blocks, masks).

import { type Band, type Blocks, FAR, type Mask, type ResolvedPattern } from './pattern.ts';
import type { Sizes } from './shape.ts';

/** Rows firstRow, firstRow + step, … and keys firstKey, firstKey + step, …: row i sees key j where low <= j - i <= high. */
export interface BandWork {
  readonly kind: 'band';
  readonly firstRow: number;
  readonly rows: number;
  readonly firstKey: number;
  readonly keys: number;
  readonly step: number;
  readonly low: number;
  readonly high: number;
}

/** Rows firstRow … that see runs of keys: pairs [from, to). */
export interface RunsWork {
  readonly kind: 'runs';
  readonly firstRow: number;
  readonly rows: number;
  readonly runs: Int32Array;
  /** One byte a key, for at most eight rows: bit i is set where row firstRow + i sees the key. Without it all rows see all. */
  readonly bits: Uint8Array | undefined;
}

export type Work = BandWork | RunsWork;

/** Rows that one byte of `bits` speaks for. */
export const ROWS_PER_BYTE = 8;

function bandWork(pattern: Band, sizes: Sizes): BandWork[] {
  const { seqLen, kvLen } = sizes;
  const { dilation, low, high } = pattern;
  const works: BandWork[] = [];
  for (let firstRow = 0; firstRow < Math.min(dilation, seqLen); firstRow++) {
    const position = firstRow + kvLen - seqLen;
    const firstKey = ((position % dilation) + dilation) % dilation;
    const shift = (position - firstKey) / dilation;
    works.push({
      kind: 'band',
      firstRow,
      rows: Math.ceil((seqLen - firstRow) / dilation),
      firstKey,
      keys: firstKey < kvLen ? Math.ceil((kvLen - firstKey) / dilation) : 0,
      step: dilation,
      low: Math.max(-FAR, low + shift),
      high: Math.min(FAR, high + shift),
    });
  }
  return works;
}

function blockWork({ blockSize, blocks }: Blocks, sizes: Sizes): RunsWork[] {
  return blocks.map((row, index) => {
    const runs: number[] = [];
    for (const [column, seen] of row.entries()) {
      if (!seen) continue;
      const from = column * blockSize;
      const to = Math.min(from + blockSize, sizes.kvLen);
      if (runs.at(-1) === from) runs[runs.length - 1] = to;
      else runs.push(from, to);
    }
    const firstRow = index * blockSize;
    return { kind: 'runs', firstRow, rows: Math.min(blockSize, sizes.seqLen - firstRow), runs: Int32Array.from(runs), bits: undefined };
  });
}

function maskWork(mask: Mask, sizes: Sizes, batch: number, head: number): RunsWork[] {
  const works: RunsWork[] = [];
  for (let firstRow = 0; firstRow < sizes.seqLen; firstRow += ROWS_PER_BYTE) {
    const rows = Math.min(ROWS_PER_BYTE, sizes.seqLen - firstRow);
    const bits = new Uint8Array(sizes.kvLen);
    const runs: number[] = [];
    for (let key = 0; key < sizes.kvLen; key++) {
      let seen = 0;
      for (let row = 0; row < rows; row++) if (mask(batch, head, firstRow + row, key)) seen |= 1 << row;
      if (seen === 0) continue;
      bits[key] = seen;
      if (runs.at(-1) === key) runs[runs.length - 1] = key + 1;
      else runs.push(key, key + 1);
    }
    works.push({ kind: 'runs', firstRow, rows, runs: Int32Array.from(runs), bits });
  }
  return works;
}

/** The work of each head. Only a mask is asked again for every head. */
export function planWork(pattern: ResolvedPattern, sizes: Sizes): (batch: number, head: number) => readonly Work[] {
  if (pattern.kind === 'mask') return (batch, head) => maskWork(pattern.mask, sizes, batch, head);
  const works = pattern.kind === 'band' ? bandWork(pattern, sizes) : blockWork(pattern, sizes);
  return () => works;
}
