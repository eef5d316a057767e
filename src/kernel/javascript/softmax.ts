// Scores of one tile to weights, in place. Scores come in units of log2 (the queries carry scale * log2(e)).

/** 2^-n for n = 0 … 100; below that a weight is an exact 0 and no product of it becomes a denormal number. */
const HALVINGS = Float64Array.from({ length: 101 }, (_, n) => 2 ** -n);

/**
 * 2^x for -100 <= x <= 0 as 2^-n times a polynomial of degree 6 in the rest [-0.5, 0.5], fitted here by Lawson's iteration for the
 * smallest relative error (2e-9): Math.exp is exact to the last bit, which a result in f32 cannot show, and slower.
 */
function exp2(x: number): number {
  if (x < -100) return 0;
  // n counts up: the index -n would be -0 for the largest score, on which V8 gives up its optimised code again and again.
  const n = (0.5 - x) | 0;
  const f = x + n;
  const p = 1 + f * (0.6931471824645996 + f * (0.24022647738456726 + f * (0.055503323674201965
    + f * (0.00961843691766262 + f * (0.0013398875016719103 + f * 0.00015353372145909816)))));
  return p * HALVINGS[n]!;
}

/** Turns `count` rows of four scores into weights and writes the four sums. A lane where all is -Infinity gets weights and sum 0. */
export function softmax(strip: Float64Array, count: number, sums: Float64Array): void {
  const end = 4 * count;
  let m0 = -Number.MAX_VALUE, m1 = m0, m2 = m0, m3 = m0;
  for (let s = 0; s < end; s += 4) {
    if (strip[s]! > m0) m0 = strip[s]!;
    if (strip[s + 1]! > m1) m1 = strip[s + 1]!;
    if (strip[s + 2]! > m2) m2 = strip[s + 2]!;
    if (strip[s + 3]! > m3) m3 = strip[s + 3]!;
  }
  let t0 = 0, t1 = 0, t2 = 0, t3 = 0;
  for (let s = 0; s < end; s += 4) {
    const e0 = exp2(strip[s]! - m0), e1 = exp2(strip[s + 1]! - m1);
    const e2 = exp2(strip[s + 2]! - m2), e3 = exp2(strip[s + 3]! - m3);
    strip[s] = e0; strip[s + 1] = e1; strip[s + 2] = e2; strip[s + 3] = e3;
    t0 += e0; t1 += e1; t2 += e2; t3 += e3;
  }
  sums[0] = t0; sums[1] = t1; sums[2] = t2; sums[3] = t3;
}
