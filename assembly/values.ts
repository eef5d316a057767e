// Weighted values: out[d][8] = keep * out[d][8] + the sum over keys of strip[key][8] * v[key][d]. The register tiles are those of
// scores.ts with coordinates in the place of keys, and again with one loop each. `keep` takes older sums over to the new maximum.

import { ROW, madd } from './lanes';

/** Six coordinates. */
export function values6(strip: usize, v: usize, step: usize, keys: i32, out: usize, keep: usize): void {
  const keep0 = v128.load(keep), keep1 = v128.load(keep, 16);
  let a0 = f32x4.mul(v128.load(out), keep0), a1 = f32x4.mul(v128.load(out, 16), keep1);
  let b0 = f32x4.mul(v128.load(out, 32), keep0), b1 = f32x4.mul(v128.load(out, 48), keep1);
  let c0 = f32x4.mul(v128.load(out, 64), keep0), c1 = f32x4.mul(v128.load(out, 80), keep1);
  let d0 = f32x4.mul(v128.load(out, 96), keep0), d1 = f32x4.mul(v128.load(out, 112), keep1);
  let e0 = f32x4.mul(v128.load(out, 128), keep0), e1 = f32x4.mul(v128.load(out, 144), keep1);
  let f0 = f32x4.mul(v128.load(out, 160), keep0), f1 = f32x4.mul(v128.load(out, 176), keep1);
  const end = strip + ROW * (keys & ~1);
  let p0 = keep0, p1 = keep1, x = keep0;
  while (strip < end) {
    p0 = v128.load(strip);
    p1 = v128.load(strip, 16);
    x = v128.load_splat<f32>(v); a0 = madd(x, p0, a0); a1 = madd(x, p1, a1);
    x = v128.load_splat<f32>(v, 4); b0 = madd(x, p0, b0); b1 = madd(x, p1, b1);
    x = v128.load_splat<f32>(v, 8); c0 = madd(x, p0, c0); c1 = madd(x, p1, c1);
    x = v128.load_splat<f32>(v, 12); d0 = madd(x, p0, d0); d1 = madd(x, p1, d1);
    x = v128.load_splat<f32>(v, 16); e0 = madd(x, p0, e0); e1 = madd(x, p1, e1);
    x = v128.load_splat<f32>(v, 20); f0 = madd(x, p0, f0); f1 = madd(x, p1, f1);
    v += step;
    p0 = v128.load(strip, 32);
    p1 = v128.load(strip, 48);
    x = v128.load_splat<f32>(v); a0 = madd(x, p0, a0); a1 = madd(x, p1, a1);
    x = v128.load_splat<f32>(v, 4); b0 = madd(x, p0, b0); b1 = madd(x, p1, b1);
    x = v128.load_splat<f32>(v, 8); c0 = madd(x, p0, c0); c1 = madd(x, p1, c1);
    x = v128.load_splat<f32>(v, 12); d0 = madd(x, p0, d0); d1 = madd(x, p1, d1);
    x = v128.load_splat<f32>(v, 16); e0 = madd(x, p0, e0); e1 = madd(x, p1, e1);
    x = v128.load_splat<f32>(v, 20); f0 = madd(x, p0, f0); f1 = madd(x, p1, f1);
    v += step;
    strip += 2 * ROW;
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, b0, 32);
  v128.store(out, b1, 48);
  v128.store(out, c0, 64);
  v128.store(out, c1, 80);
  v128.store(out, d0, 96);
  v128.store(out, d1, 112);
  v128.store(out, e0, 128);
  v128.store(out, e1, 144);
  v128.store(out, f0, 160);
  v128.store(out, f1, 176);
}

/** Four coordinates. */
export function values4(strip: usize, v: usize, step: usize, keys: i32, out: usize, keep: usize): void {
  const keep0 = v128.load(keep), keep1 = v128.load(keep, 16);
  let a0 = f32x4.mul(v128.load(out), keep0), a1 = f32x4.mul(v128.load(out, 16), keep1);
  let b0 = f32x4.mul(v128.load(out, 32), keep0), b1 = f32x4.mul(v128.load(out, 48), keep1);
  let c0 = f32x4.mul(v128.load(out, 64), keep0), c1 = f32x4.mul(v128.load(out, 80), keep1);
  let d0 = f32x4.mul(v128.load(out, 96), keep0), d1 = f32x4.mul(v128.load(out, 112), keep1);
  const end = strip + ROW * (keys & ~1);
  let p0 = keep0, p1 = keep1, x = keep0;
  while (strip < end) {
    p0 = v128.load(strip);
    p1 = v128.load(strip, 16);
    x = v128.load_splat<f32>(v); a0 = madd(x, p0, a0); a1 = madd(x, p1, a1);
    x = v128.load_splat<f32>(v, 4); b0 = madd(x, p0, b0); b1 = madd(x, p1, b1);
    x = v128.load_splat<f32>(v, 8); c0 = madd(x, p0, c0); c1 = madd(x, p1, c1);
    x = v128.load_splat<f32>(v, 12); d0 = madd(x, p0, d0); d1 = madd(x, p1, d1);
    v += step;
    p0 = v128.load(strip, 32);
    p1 = v128.load(strip, 48);
    x = v128.load_splat<f32>(v); a0 = madd(x, p0, a0); a1 = madd(x, p1, a1);
    x = v128.load_splat<f32>(v, 4); b0 = madd(x, p0, b0); b1 = madd(x, p1, b1);
    x = v128.load_splat<f32>(v, 8); c0 = madd(x, p0, c0); c1 = madd(x, p1, c1);
    x = v128.load_splat<f32>(v, 12); d0 = madd(x, p0, d0); d1 = madd(x, p1, d1);
    v += step;
    strip += 2 * ROW;
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, b0, 32);
  v128.store(out, b1, 48);
  v128.store(out, c0, 64);
  v128.store(out, c1, 80);
  v128.store(out, d0, 96);
  v128.store(out, d1, 112);
}

/** One coordinate. */
export function values1(strip: usize, v: usize, step: usize, keys: i32, out: usize, keep: usize): void {
  const keep0 = v128.load(keep), keep1 = v128.load(keep, 16);
  let a0 = f32x4.mul(v128.load(out), keep0), a1 = f32x4.mul(v128.load(out, 16), keep1);
  const end = strip + ROW * (keys & ~1);
  let p0 = keep0, p1 = keep1, x = keep0;
  while (strip < end) {
    p0 = v128.load(strip);
    p1 = v128.load(strip, 16);
    x = v128.load_splat<f32>(v); a0 = madd(x, p0, a0); a1 = madd(x, p1, a1);
    v += step;
    p0 = v128.load(strip, 32);
    p1 = v128.load(strip, 48);
    x = v128.load_splat<f32>(v); a0 = madd(x, p0, a0); a1 = madd(x, p1, a1);
    v += step;
    strip += 2 * ROW;
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
}

/** Adds the last of an odd number of keys to all coordinates. */
export function addLastKey(strip: usize, v: usize, dim: i32, out: usize): void {
  const p0 = v128.load(strip), p1 = v128.load(strip, 16);
  const end = out + ROW * dim;
  while (out < end) {
    const x = v128.load_splat<f32>(v);
    v128.store(out, madd(x, p0, v128.load(out)));
    v128.store(out, madd(x, p1, v128.load(out, 16)), 16);
    v += 4;
    out += ROW;
  }
}

/** All coordinates, in sixes as long as they leave a multiple of four, then fours, then single ones. */
export function values(strip: usize, v: usize, step: usize, keys: i32, dim: i32, out: usize, keep: usize): void {
  let left = dim;
  while (left >= 6 && left != 8) {
    values6(strip, v, step, keys, out, keep);
    v += 6 * 4;
    out += 6 * ROW;
    left -= 6;
  }
  while (left >= 4) {
    values4(strip, v, step, keys, out, keep);
    v += 4 * 4;
    out += 4 * ROW;
    left -= 4;
  }
  while (left > 0) {
    values1(strip, v, step, keys, out, keep);
    v += 4;
    out += ROW;
    left -= 1;
  }
  if (keys & 1) {
    const last = keys - 1;
    addLastKey(strip + ROW * last, v - 4 * dim + step * last, dim, out - ROW * dim);
  }
}
