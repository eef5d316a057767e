// From scores to weights, in place: e = 2^(score - maximum), with the sum of each lane kept beside. Scores come in units of
// log2, because the queries were multiplied by scale * log2(e).

import { ROW, exp2 } from './lanes';

/** State of a tile: the maxima used so far, the sums of weights, the maxima of the strip at hand, and the factor for older sums. */
export const USED: usize = 0;
export const SUMS: usize = 32;
export const MAXIMA: usize = 64;
export const KEEP: usize = 96;
export const STATE_BYTES: usize = 128;

/** The lowest finite f32: a maximum that starts here, not at -Infinity, never meets it in a subtraction. */
const LOWEST: f32 = -3.4028234663852886e38;

export function start(state: usize): void {
  const lowest = f32x4.splat(LOWEST), zero = f32x4.splat(0);
  v128.store(state + USED, lowest);
  v128.store(state + USED, lowest, 16);
  v128.store(state + SUMS, zero);
  v128.store(state + SUMS, zero, 16);
  v128.store(state + MAXIMA, lowest);
  v128.store(state + MAXIMA, lowest, 16);
}

/** Turns `keys` rows of scores into weights. MAXIMA must already count them. */
export function weights(strip: usize, keys: i32, state: usize): void {
  const m0 = v128.load(state + MAXIMA), m1 = v128.load(state + MAXIMA, 16);
  const keep0 = exp2(f32x4.sub(v128.load(state + USED), m0));
  const keep1 = exp2(f32x4.sub(v128.load(state + USED, 16), m1));
  let sum0 = f32x4.splat(0), sum1 = sum0;
  const end = strip + ROW * keys;
  while (strip < end) {
    const e0 = exp2(f32x4.sub(v128.load(strip), m0));
    const e1 = exp2(f32x4.sub(v128.load(strip, 16), m1));
    v128.store(strip, e0);
    v128.store(strip, e1, 16);
    sum0 = f32x4.add(sum0, e0);
    sum1 = f32x4.add(sum1, e1);
    strip += ROW;
  }
  v128.store(state + USED, m0);
  v128.store(state + USED, m1, 16);
  v128.store(state + KEEP, keep0);
  v128.store(state + KEEP, keep1, 16);
  v128.store(state + SUMS, f32x4.add(f32x4.mul(v128.load(state + SUMS), keep0), sum0));
  v128.store(state + SUMS, f32x4.add(f32x4.mul(v128.load(state + SUMS, 16), keep1), sum1), 16);
}
