// One tile of four queries in plain JavaScript. Letters: D head size (`dim`). Scratch arrays hold doubles, which every operation
// of the language works on: queries [D][4], strip [key][4], output [D][4]; key and value rows are D apart times `step`.
// Four queries by two keys (or coordinates) keep eight sums in registers; wider tiles were measured to be no faster.

/** strip[n][0..3] = query tile times key row `key + n * step`, for n below `count`; rows are D numbers. */
export function scores(queries: Float64Array, k: Float64Array, dim: number, key: number, step: number, count: number, strip: Float64Array, to: number): void {
  const stride = dim * step;
  const even = dim & ~1;
  let n = 0;
  for (; n + 2 <= count; n += 2) {
    let a0 = 0, a1 = 0, a2 = 0, a3 = 0, b0 = 0, b1 = 0, b2 = 0, b3 = 0;
    let ka = key * dim + n * stride;
    let kb = ka + stride;
    let q = 0;
    for (let d = 0; d < even; d += 2) {
      let x = k[ka]!;
      let y = k[kb]!;
      let f = queries[q]!;
      a0 += f * x; b0 += f * y;
      f = queries[q + 1]!;
      a1 += f * x; b1 += f * y;
      f = queries[q + 2]!;
      a2 += f * x; b2 += f * y;
      f = queries[q + 3]!;
      a3 += f * x; b3 += f * y;
      x = k[ka + 1]!;
      y = k[kb + 1]!;
      f = queries[q + 4]!;
      a0 += f * x; b0 += f * y;
      f = queries[q + 5]!;
      a1 += f * x; b1 += f * y;
      f = queries[q + 6]!;
      a2 += f * x; b2 += f * y;
      f = queries[q + 7]!;
      a3 += f * x; b3 += f * y;
      ka += 2;
      kb += 2;
      q += 8;
    }
    if (even < dim) {
      const x = k[ka]!;
      const y = k[kb]!;
      a0 += queries[q]! * x; b0 += queries[q]! * y;
      a1 += queries[q + 1]! * x; b1 += queries[q + 1]! * y;
      a2 += queries[q + 2]! * x; b2 += queries[q + 2]! * y;
      a3 += queries[q + 3]! * x; b3 += queries[q + 3]! * y;
    }
    strip[to] = a0; strip[to + 1] = a1; strip[to + 2] = a2; strip[to + 3] = a3;
    strip[to + 4] = b0; strip[to + 5] = b1; strip[to + 6] = b2; strip[to + 7] = b3;
    to += 8;
  }
  if (n === count) return;
  let a0 = 0, a1 = 0, a2 = 0, a3 = 0;
  const row = key * dim + n * stride;
  for (let d = 0; d < dim; d++) {
    const x = k[row + d]!;
    a0 += queries[4 * d]! * x;
    a1 += queries[4 * d + 1]! * x;
    a2 += queries[4 * d + 2]! * x;
    a3 += queries[4 * d + 3]! * x;
  }
  strip[to] = a0; strip[to + 1] = a1; strip[to + 2] = a2; strip[to + 3] = a3;
}

/** output[d][0..3] += strip[n][0..3] times value row `key + n * step`, for n below `count`. */
export function values(strip: Float64Array, from: number, v: Float64Array, dim: number, key: number, step: number, count: number, output: Float64Array): void {
  const stride = dim * step;
  const last = from + 4 * count;
  let d = 0;
  for (; d + 2 <= dim; d += 2) {
    const to = 4 * d;
    let a0 = output[to]!, a1 = output[to + 1]!, a2 = output[to + 2]!, a3 = output[to + 3]!;
    let b0 = output[to + 4]!, b1 = output[to + 5]!, b2 = output[to + 6]!, b3 = output[to + 7]!;
    let at = key * dim + d;
    let s = from;
    if (count & 1) {
      const x = v[at]!;
      const y = v[at + 1]!;
      a0 += strip[s]! * x; b0 += strip[s]! * y;
      a1 += strip[s + 1]! * x; b1 += strip[s + 1]! * y;
      a2 += strip[s + 2]! * x; b2 += strip[s + 2]! * y;
      a3 += strip[s + 3]! * x; b3 += strip[s + 3]! * y;
      s += 4;
      at += stride;
    }
    for (; s < last; s += 8) {
      let x = v[at]!;
      let y = v[at + 1]!;
      let p = strip[s]!;
      a0 += p * x; b0 += p * y;
      p = strip[s + 1]!;
      a1 += p * x; b1 += p * y;
      p = strip[s + 2]!;
      a2 += p * x; b2 += p * y;
      p = strip[s + 3]!;
      a3 += p * x; b3 += p * y;
      at += stride;
      x = v[at]!;
      y = v[at + 1]!;
      p = strip[s + 4]!;
      a0 += p * x; b0 += p * y;
      p = strip[s + 5]!;
      a1 += p * x; b1 += p * y;
      p = strip[s + 6]!;
      a2 += p * x; b2 += p * y;
      p = strip[s + 7]!;
      a3 += p * x; b3 += p * y;
      at += stride;
    }
    output[to] = a0; output[to + 1] = a1; output[to + 2] = a2; output[to + 3] = a3;
    output[to + 4] = b0; output[to + 5] = b1; output[to + 6] = b2; output[to + 7] = b3;
  }
  if (d === dim) return;
  const to = 4 * d;
  let a0 = output[to]!, a1 = output[to + 1]!, a2 = output[to + 2]!, a3 = output[to + 3]!;
  let at = key * dim + d;
  for (let s = from; s < last; s += 4) {
    const x = v[at]!;
    a0 += strip[s]! * x;
    a1 += strip[s + 1]! * x;
    a2 += strip[s + 2]! * x;
    a3 += strip[s + 3]! * x;
    at += stride;
  }
  output[to] = a0; output[to + 1] = a1; output[to + 2] = a2; output[to + 3] = a3;
}
