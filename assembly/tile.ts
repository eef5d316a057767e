// Eight queries at a time lie transposed, [D][8], so that one vector holds one coordinate of four queries: scores, maxima
// and sums are then vertical, keys and values are read where they are, and no key is ever padding.

import { ROW } from './lanes';

/**
 * Gathers up to eight query rows, `step` bytes apart, to [D][8], times `factor`. Missing rows repeat the last one: their
 * lanes compute something finite that is never stored.
 */
export function packQueries(q: usize, step: usize, rows: i32, dim: i32, factor: f32, tile: usize): void {
  const last = rows - 1;
  const times = f32x4.splat(factor);
  for (let half: i32 = 0; half < 8; half += 4) {
    const r0 = q + step * min(half, last);
    const r1 = q + step * min(half + 1, last);
    const r2 = q + step * min(half + 2, last);
    const r3 = q + step * min(half + 3, last);
    let to = tile + half * 4;
    let at: usize = 0;
    const whole: usize = (dim & ~3) * 4;
    const end: usize = dim * 4;
    for (; at < whole; at += 16) {
      const a = f32x4.mul(v128.load(r0 + at), times);
      const b = f32x4.mul(v128.load(r1 + at), times);
      const c = f32x4.mul(v128.load(r2 + at), times);
      const d = f32x4.mul(v128.load(r3 + at), times);
      const ab01 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const ab23 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cd01 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const cd23 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(ab01, cd01, 0, 1, 4, 5));
      v128.store(to, v128.shuffle<f32>(ab01, cd01, 2, 3, 6, 7), 32);
      v128.store(to, v128.shuffle<f32>(ab23, cd23, 0, 1, 4, 5), 64);
      v128.store(to, v128.shuffle<f32>(ab23, cd23, 2, 3, 6, 7), 96);
      to += 4 * ROW;
    }
    for (; at < end; at += 4) {
      store<f32>(to, load<f32>(r0 + at) * factor);
      store<f32>(to, load<f32>(r1 + at) * factor, 4);
      store<f32>(to, load<f32>(r2 + at) * factor, 8);
      store<f32>(to, load<f32>(r3 + at) * factor, 12);
      to += ROW;
    }
  }
}

/**
 * Divides the [D][8] sums by the weights' sum of each lane and scatters them to output rows, `step` bytes apart. A lane whose sum
 * is 0 had every key masked: its row is exactly 0. Lanes go from the last to the first, so that a
 * missing row's lane is overwritten by the row that it repeats.
 */
export function unpackOutput(tile: usize, sums: usize, step: usize, rows: i32, dim: i32, o: usize): void {
  const last = rows - 1;
  const zero = f32x4.splat(0);
  for (let half: i32 = 4; half >= 0; half -= 4) {
    if (half > last) continue;
    const sum = v128.load(sums + half * 4);
    const inverse = v128.andnot(f32x4.div(f32x4.splat(1), sum), f32x4.eq(sum, zero));
    const r0 = o + step * min(half, last);
    const r1 = o + step * min(half + 1, last);
    const r2 = o + step * min(half + 2, last);
    const r3 = o + step * min(half + 3, last);
    let from = tile + half * 4;
    let at: usize = 0;
    const whole: usize = (dim & ~3) * 4;
    const end: usize = dim * 4;
    for (; at < whole; at += 16) {
      const a = f32x4.mul(v128.load(from), inverse);
      const b = f32x4.mul(v128.load(from, 32), inverse);
      const c = f32x4.mul(v128.load(from, 64), inverse);
      const d = f32x4.mul(v128.load(from, 96), inverse);
      const ab01 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const ab23 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cd01 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const cd23 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(r3 + at, v128.shuffle<f32>(ab23, cd23, 2, 3, 6, 7));
      v128.store(r2 + at, v128.shuffle<f32>(ab23, cd23, 0, 1, 4, 5));
      v128.store(r1 + at, v128.shuffle<f32>(ab01, cd01, 2, 3, 6, 7));
      v128.store(r0 + at, v128.shuffle<f32>(ab01, cd01, 0, 1, 4, 5));
      from += 4 * ROW;
    }
    for (; at < end; at += 4) {
      const a = f32x4.mul(v128.load(from), inverse);
      store<f32>(r3 + at, f32x4.extract_lane(a, 3));
      store<f32>(r2 + at, f32x4.extract_lane(a, 2));
      store<f32>(r1 + at, f32x4.extract_lane(a, 1));
      store<f32>(r0 + at, f32x4.extract_lane(a, 0));
      from += ROW;
    }
  }
}
