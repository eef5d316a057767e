// One tile of four queries in plain JavaScript. Letters: D head size (`dim`). Scratch arrays hold doubles, which every operation
// of the language works on: queries [D][4], strip [key][4], output [D][4]; rows of key and value are D apart times `step`.
// Four queries by two keys (or coordinates) keep eight sums in registers; wider tiles were measured to be no faster. The innermost functions hold
// one loop, over pairs: with a second one for what is left, V8 keeps the sums in memory.

function scoresOfTwo(queries: Float64Array, k: Float64Array, even: number, first: number, second: number, strip: Float64Array, to: number): void {
  let a0 = 0, a1 = 0, a2 = 0, a3 = 0, b0 = 0, b1 = 0, b2 = 0, b3 = 0;
  let q = 0;
  for (let d = 0; d < even; d += 2) {
    let x = k[first + d]!;
    let y = k[second + d]!;
    let f = queries[q]!;
    a0 += f * x; b0 += f * y;
    f = queries[q + 1]!;
    a1 += f * x; b1 += f * y;
    f = queries[q + 2]!;
    a2 += f * x; b2 += f * y;
    f = queries[q + 3]!;
    a3 += f * x; b3 += f * y;
    x = k[first + d + 1]!;
    y = k[second + d + 1]!;
    f = queries[q + 4]!;
    a0 += f * x; b0 += f * y;
    f = queries[q + 5]!;
    a1 += f * x; b1 += f * y;
    f = queries[q + 6]!;
    a2 += f * x; b2 += f * y;
    f = queries[q + 7]!;
    a3 += f * x; b3 += f * y;
    q += 8;
  }
  strip[to] = a0; strip[to + 1] = a1; strip[to + 2] = a2; strip[to + 3] = a3;
  strip[to + 4] = b0; strip[to + 5] = b1; strip[to + 6] = b2; strip[to + 7] = b3;
}

/** strip += one coordinate of four queries times that coordinate of each key. */
function addCoordinate(queries: Float64Array, q: number, k: Float64Array, at: number, stride: number, count: number, strip: Float64Array, to: number): void {
  const f0 = queries[q]!, f1 = queries[q + 1]!, f2 = queries[q + 2]!, f3 = queries[q + 3]!;
  for (let n = 0; n < count; n++) {
    const x = k[at + n * stride]!;
    const s = to + 4 * n;
    strip[s]! += f0 * x;
    strip[s + 1]! += f1 * x;
    strip[s + 2]! += f2 * x;
    strip[s + 3]! += f3 * x;
  }
}

/** strip[n][0..3] = query tile times key row `key + n * step`, for n below `count`. The strip has room for one row more. */
export function scores(queries: Float64Array, k: Float64Array, dim: number, key: number, step: number, count: number, strip: Float64Array, to: number): void {
  const stride = dim * step;
  const first = key * dim;
  const even = dim & ~1;
  for (let n = 0; n < count; n += 2) {
    const at = first + n * stride;
    // An odd last key is computed twice; the second result lands in the spare row.
    scoresOfTwo(queries, k, even, at, n + 1 < count ? at + stride : at, strip, to + 4 * n);
  }
  if (even < dim) addCoordinate(queries, 4 * even, k, first + even, stride, count, strip, to);
}

function valuesOfTwo(strip: Float64Array, from: number, end: number, v: Float64Array, first: number, stride: number, output: Float64Array, to: number): void {
  let a0 = output[to]!, a1 = output[to + 1]!, a2 = output[to + 2]!, a3 = output[to + 3]!;
  let b0 = output[to + 4]!, b1 = output[to + 5]!, b2 = output[to + 6]!, b3 = output[to + 7]!;
  let at = first;
  for (let s = from; s < end; s += 8) {
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

/** output += four weights of one key times its value. */
function addKey(strip: Float64Array, s: number, v: Float64Array, at: number, dim: number, output: Float64Array): void {
  const p0 = strip[s]!, p1 = strip[s + 1]!, p2 = strip[s + 2]!, p3 = strip[s + 3]!;
  for (let d = 0; d < dim; d++) {
    const x = v[at + d]!;
    output[4 * d]! += p0 * x;
    output[4 * d + 1]! += p1 * x;
    output[4 * d + 2]! += p2 * x;
    output[4 * d + 3]! += p3 * x;
  }
}

/** The same for one coordinate and all keys. */
function addValueCoordinate(strip: Float64Array, from: number, end: number, v: Float64Array, first: number, stride: number, output: Float64Array, to: number): void {
  let at = first;
  for (let s = from; s < end; s += 4) {
    const x = v[at]!;
    output[to]! += strip[s]! * x;
    output[to + 1]! += strip[s + 1]! * x;
    output[to + 2]! += strip[s + 2]! * x;
    output[to + 3]! += strip[s + 3]! * x;
    at += stride;
  }
}

/** output[d][0..3] += strip[n][0..3] times value row `key + n * step`, for n below `count`. */
export function values(strip: Float64Array, from: number, v: Float64Array, dim: number, key: number, step: number, count: number, output: Float64Array): void {
  const stride = dim * step;
  const first = key * dim;
  const pairs = count & ~1;
  const even = dim & ~1;
  const end = from + 4 * pairs;
  for (let d = 0; d < even; d += 2) valuesOfTwo(strip, from, end, v, first + d, stride, output, 4 * d);
  if (even < dim) addValueCoordinate(strip, from, end, v, first + even, stride, output, 4 * even);
  if (pairs < count) addKey(strip, end, v, first + pairs * stride, dim, output);
}
