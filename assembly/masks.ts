// Masks touch only the few keys where the lanes of a tile differ; runs of keys that nobody sees are never visited.
// A masked score is -Infinity, whose weight is an exact 0.

import { ROW } from './lanes';

/**
 * Masks `keys` rows of the strip for a band: with query i of the tile at row `first + i`, key j is seen where
 * low <= j - (first + i) <= high. `key` is the index of the strip's first row.
 */
export function maskBand(strip: usize, keys: i32, key: i32, first: i32, low: i32, high: i32): void {
  const hidden = f32x4.splat(-Infinity);
  const lanes = i32x4(0, 1, 2, 3);
  for (let n: i32 = 0; n < keys; n++) {
    const distance0 = i32x4.sub(i32x4.splat(key + n - first), lanes);
    const distance1 = i32x4.sub(distance0, i32x4.splat(4));
    const out0 = v128.or(i32x4.lt_s(distance0, i32x4.splat(low)), i32x4.gt_s(distance0, i32x4.splat(high)));
    const out1 = v128.or(i32x4.lt_s(distance1, i32x4.splat(low)), i32x4.gt_s(distance1, i32x4.splat(high)));
    v128.store(strip, v128.bitselect(hidden, v128.load(strip), out0));
    v128.store(strip, v128.bitselect(hidden, v128.load(strip, 16), out1), 16);
    strip += ROW;
  }
}

/** Masks `keys` rows of the strip by one byte each at `bits`: bit i is set where query i of the tile sees the key. */
export function maskBits(strip: usize, keys: i32, bits: usize): void {
  const hidden = f32x4.splat(-Infinity), none = i32x4.splat(0);
  const low = i32x4(1, 2, 4, 8), high = i32x4(16, 32, 64, 128);
  for (let n: i32 = 0; n < keys; n++) {
    const seen = i32x4.splat(<i32>load<u8>(bits + n));
    const out0 = i32x4.eq(v128.and(seen, low), none);
    const out1 = i32x4.eq(v128.and(seen, high), none);
    v128.store(strip, v128.bitselect(hidden, v128.load(strip), out0));
    v128.store(strip, v128.bitselect(hidden, v128.load(strip, 16), out1), 16);
    strip += ROW;
  }
}
