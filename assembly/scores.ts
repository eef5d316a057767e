// Scores of one query tile against a run of keys: strip[key][8] = the sum over d of q[d][8] * k[key][d].
// Register tiles are two query vectors by six, four or one keys; six by two sums, two vectors, a broadcast and a product fill the
// sixteen vector registers of x86. Every function here is exported, so that the compiler does not fold it into its caller: an
// engine replaces a hot function when it is next called, and the first long call must profit.
// A tile has one loop, over pairs of coordinates. A second loop for an odd last one would make V8 up to version 12 keep sums in memory in both
// (measured: two thirds of the speed); so the last coordinate is added to the strip afterwards.

import { ROW, larger, madd } from './lanes';

/** Six keys, `step` bytes apart. */
export function scores6(q: usize, k: usize, step: usize, dim: i32, strip: usize): void {
  const zero = f32x4.splat(0);
  let k0 = k, k1 = k0 + step, k2 = k1 + step, k3 = k2 + step, k4 = k3 + step, k5 = k4 + step;
  let a0 = zero, a1 = zero, b0 = zero, b1 = zero;
  let c0 = zero, c1 = zero, d0 = zero, d1 = zero;
  let e0 = zero, e1 = zero, f0 = zero, f1 = zero;
  const end = q + ROW * (dim & ~1);
  let q0 = zero, q1 = zero, x = zero;
  while (q < end) {
    q0 = v128.load(q);
    q1 = v128.load(q, 16);
    x = v128.load_splat<f32>(k0); a0 = madd(x, q0, a0); a1 = madd(x, q1, a1);
    x = v128.load_splat<f32>(k1); b0 = madd(x, q0, b0); b1 = madd(x, q1, b1);
    x = v128.load_splat<f32>(k2); c0 = madd(x, q0, c0); c1 = madd(x, q1, c1);
    x = v128.load_splat<f32>(k3); d0 = madd(x, q0, d0); d1 = madd(x, q1, d1);
    x = v128.load_splat<f32>(k4); e0 = madd(x, q0, e0); e1 = madd(x, q1, e1);
    x = v128.load_splat<f32>(k5); f0 = madd(x, q0, f0); f1 = madd(x, q1, f1);
    q0 = v128.load(q, 32);
    q1 = v128.load(q, 48);
    x = v128.load_splat<f32>(k0, 4); a0 = madd(x, q0, a0); a1 = madd(x, q1, a1);
    x = v128.load_splat<f32>(k1, 4); b0 = madd(x, q0, b0); b1 = madd(x, q1, b1);
    x = v128.load_splat<f32>(k2, 4); c0 = madd(x, q0, c0); c1 = madd(x, q1, c1);
    x = v128.load_splat<f32>(k3, 4); d0 = madd(x, q0, d0); d1 = madd(x, q1, d1);
    x = v128.load_splat<f32>(k4, 4); e0 = madd(x, q0, e0); e1 = madd(x, q1, e1);
    x = v128.load_splat<f32>(k5, 4); f0 = madd(x, q0, f0); f1 = madd(x, q1, f1);
    q += 2 * ROW;
    k0 += 8; k1 += 8; k2 += 8; k3 += 8; k4 += 8; k5 += 8;
  }
  v128.store(strip, a0);
  v128.store(strip, a1, 16);
  v128.store(strip, b0, 32);
  v128.store(strip, b1, 48);
  v128.store(strip, c0, 64);
  v128.store(strip, c1, 80);
  v128.store(strip, d0, 96);
  v128.store(strip, d1, 112);
  v128.store(strip, e0, 128);
  v128.store(strip, e1, 144);
  v128.store(strip, f0, 160);
  v128.store(strip, f1, 176);
}

/** Four keys. */
export function scores4(q: usize, k: usize, step: usize, dim: i32, strip: usize): void {
  const zero = f32x4.splat(0);
  let k0 = k, k1 = k0 + step, k2 = k1 + step, k3 = k2 + step;
  let a0 = zero, a1 = zero, b0 = zero, b1 = zero;
  let c0 = zero, c1 = zero, d0 = zero, d1 = zero;
  const end = q + ROW * (dim & ~1);
  let q0 = zero, q1 = zero, x = zero;
  while (q < end) {
    q0 = v128.load(q);
    q1 = v128.load(q, 16);
    x = v128.load_splat<f32>(k0); a0 = madd(x, q0, a0); a1 = madd(x, q1, a1);
    x = v128.load_splat<f32>(k1); b0 = madd(x, q0, b0); b1 = madd(x, q1, b1);
    x = v128.load_splat<f32>(k2); c0 = madd(x, q0, c0); c1 = madd(x, q1, c1);
    x = v128.load_splat<f32>(k3); d0 = madd(x, q0, d0); d1 = madd(x, q1, d1);
    q0 = v128.load(q, 32);
    q1 = v128.load(q, 48);
    x = v128.load_splat<f32>(k0, 4); a0 = madd(x, q0, a0); a1 = madd(x, q1, a1);
    x = v128.load_splat<f32>(k1, 4); b0 = madd(x, q0, b0); b1 = madd(x, q1, b1);
    x = v128.load_splat<f32>(k2, 4); c0 = madd(x, q0, c0); c1 = madd(x, q1, c1);
    x = v128.load_splat<f32>(k3, 4); d0 = madd(x, q0, d0); d1 = madd(x, q1, d1);
    q += 2 * ROW;
    k0 += 8; k1 += 8; k2 += 8; k3 += 8;
  }
  v128.store(strip, a0);
  v128.store(strip, a1, 16);
  v128.store(strip, b0, 32);
  v128.store(strip, b1, 48);
  v128.store(strip, c0, 64);
  v128.store(strip, c1, 80);
  v128.store(strip, d0, 96);
  v128.store(strip, d1, 112);
}

/** One key. */
export function scores1(q: usize, k: usize, step: usize, dim: i32, strip: usize): void {
  const zero = f32x4.splat(0);
  let k0 = k;
  let a0 = zero, a1 = zero;
  const end = q + ROW * (dim & ~1);
  let q0 = zero, q1 = zero, x = zero;
  while (q < end) {
    q0 = v128.load(q);
    q1 = v128.load(q, 16);
    x = v128.load_splat<f32>(k0); a0 = madd(x, q0, a0); a1 = madd(x, q1, a1);
    q0 = v128.load(q, 32);
    q1 = v128.load(q, 48);
    x = v128.load_splat<f32>(k0, 4); a0 = madd(x, q0, a0); a1 = madd(x, q1, a1);
    q += 2 * ROW;
    k0 += 8;
  }
  v128.store(strip, a0);
  v128.store(strip, a1, 16);
}

/** Adds the product of the last of an odd number of coordinates. */
export function addLastCoordinate(q: usize, k: usize, step: usize, keys: i32, strip: usize): void {
  const q0 = v128.load(q), q1 = v128.load(q, 16);
  const end = strip + ROW * keys;
  while (strip < end) {
    const x = v128.load_splat<f32>(k);
    v128.store(strip, madd(x, q0, v128.load(strip)));
    v128.store(strip, madd(x, q1, v128.load(strip, 16)), 16);
    k += step;
    strip += ROW;
  }
}

/** A run of `keys` keys: as many sixes as leave a multiple of four, then fours, then single keys. */
export function scores(q: usize, k: usize, step: usize, dim: i32, keys: i32, strip: usize): void {
  let left = keys;
  while (left >= 6 && left != 8) {
    scores6(q, k, step, dim, strip);
    k += 6 * step;
    strip += 6 * ROW;
    left -= 6;
  }
  while (left >= 4) {
    scores4(q, k, step, dim, strip);
    k += 4 * step;
    strip += 4 * ROW;
    left -= 4;
  }
  while (left > 0) {
    scores1(q, k, step, dim, strip);
    k += step;
    strip += ROW;
    left -= 1;
  }
  if (dim & 1) {
    const last = dim - 1;
    addLastCoordinate(q + ROW * last, k - step * keys + 4 * last, step, keys, strip - ROW * keys);
  }
}

/** Raises the running maxima of the eight lanes, two vectors at `maxima`, to those of `keys` rows of the strip. */
export function raiseMaxima(strip: usize, keys: i32, maxima: usize): void {
  let m0 = v128.load(maxima), m1 = v128.load(maxima, 16);
  const end = strip + ROW * keys;
  while (strip < end) {
    m0 = larger(m0, v128.load(strip));
    m1 = larger(m1, v128.load(strip, 16));
    strip += ROW;
  }
  v128.store(maxima, m0);
  v128.store(maxima, m1, 16);
}
