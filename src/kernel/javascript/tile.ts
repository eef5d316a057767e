// One tile of three queries in plain JavaScript: it takes strips of keys one after the other and keeps running maxima and sums, as
// assembly/index.ts does. Letters: D head size (`dim`). Scratch arrays hold doubles, which every operation of the language works on:
// queries [D][3], strip [key][3], output [D][3].
//
// Two measured facts about V8 shape it; together they double the speed. Scratch arrays are ordinary arrays: typed ones look at each access
// whether their buffer was detached, as soon as any buffer in the process was (every growing WebAssembly memory does that; version 13
// no longer minds). And three queries by two keys (or coordinates) make six sums, which stay in sixteen registers beside the five numbers of a
// step; with eight sums, or two steps at once, some go through memory. For the same reason the innermost functions hold one loop.

/** Queries of a tile. */
export const LANES = 3;
/** The largest head size of a tile. */
export const LARGEST_DIM = 2048;
/** Parts of a factor of two in which scores are counted: a score of PARTS more makes the weight twice as large. */
export const PARTS = 16;

/** Floats of keys, and of values, that are held as doubles: one head of 2048 keys and 64 coordinates. */
const HELD_FLOATS = 2 ** 17;
/** Floats of keys that one strip visits: values of a strip stay in the first-level cache. */
const STRIP_FLOATS = 4096;
const LONGEST_STRIP = 256;

type Floats = Float32Array | Float64Array;

export interface Tile {
  /** Names the head that strips are taken from: `length` rows of keys and values, from element `at` on. */
  open(key: Floats, value: Floats, at: number, length: number, dim: number): void;
  /** The most keys of a strip whose keys are `step` rows apart, an even number. */
  longestStrip(step: number): number;
  /** Begins with up to three queries, `stride` elements apart. Lanes without a row repeat another one and are not stored. */
  begin(query: Floats, at: number, stride: number, rows: number, factor: number): void;
  /** Makes a strip of the scores of `count` keys: key, key + step, … */
  score(key: number, step: number, count: number): void;
  /** Hides the keys [from, to) of the strip from one lane. */
  hide(lane: number, from: number, to: number): void;
  /** Hides the keys of the strip by one byte each, from `bits[at]` on: lane i sees the key where bit `shift` + i is set. */
  hideBits(bits: Uint8Array, at: number, shift: number): void;
  /** Turns the strip into weights and adds the weighted values. */
  accumulate(): void;
  /** Divides by the sums of weights and stores the rows, `stride` elements apart. A lane without keys becomes exact zeros. */
  finish(out: Float32Array, at: number, stride: number, rows: number): void;
}

/** Makes an array as long as that. */
function grow(array: number[], length: number): number[] {
  while (array.length < length) array.push(0);
  return array;
}

/** An array whose elements are doubles without holes, for good: an engine tells that by the first one. */
function doubles(length: number): number[] {
  return grow([0.5], length);
}

export function createTile(): Tile {
  // These grow with the problems. An odd last coordinate is computed with its neighbour: values and output have one more.
  const keys = doubles(1), values = doubles(1);
  const queries = doubles(1), output = doubles(1);
  const strip = doubles(LANES * (LONGEST_STRIP + 1));
  const maxima = doubles(LANES), sums = doubles(LANES);
  /** 2^(-n / PARTS). Below 2^-100 a weight is an exact 0 and no product of it becomes a denormal number. */
  const powers = doubles(100 * PARTS + 1);
  for (let n = 0; n <= 100 * PARTS; n++) powers[n] = 2 ** (-n / PARTS);

  const none = new Float32Array(0);
  let head: { readonly key: Floats; readonly value: Floats; readonly at: number; readonly length: number } = { key: none, value: none, at: 0, length: 0 };
  let dim = 0;
  // Rows [heldFrom, heldTo) of the head are in `keys` and `values`.
  let heldFrom = 0, heldTo = 0;
  // The strip at hand: its first row among those held, the elements from one key to the next, its keys.
  let first = 0, stride = 0, count = 0;

  /** Rows that can be held at once. */
  function room(): number {
    return Math.floor(HELD_FLOATS / dim);
  }

  function hold(from: number, last: number): void {
    if (from >= heldFrom && last < heldTo) return;
    heldFrom = head.length <= room() ? 0 : from;
    heldTo = Math.min(head.length, heldFrom + room());
    const { key, value } = head;
    const at = head.at + heldFrom * dim;
    const size = (heldTo - heldFrom) * dim;
    grow(keys, size);
    grow(values, size + 1);
    for (let i = 0; i < size; i++) {
      keys[i] = key[at + i]!;
      values[i] = value[at + i]!;
    }
  }

  /**
   * 2^(x / PARTS) for x <= 0 as a power from the table times a polynomial of degree 3 in the rest [-0.5, 0.5], fitted here by Lawson's
   * iteration for the smallest relative error (1.6e-9): Math.exp is exact to the last bit, which a result in f32 cannot show, and slower.
   */
  function exp2(x: number): number {
    if (x < -100 * PARTS) return 0;
    // n counts up: the index -n would be -0 for the largest score, on which V8 gives up its optimised code again and again.
    const n = (0.5 - x) | 0;
    const f = x + n;
    return (1 + f * (0.04332169891670438 + f * (0.0009384151876429886 + f * 0.00001355032591774275))) * powers[n]!;
  }

  function scoreTwo(one: number, other: number, to: number, D: number): void {
    let a0 = 0, a1 = 0, a2 = 0, b0 = 0, b1 = 0, b2 = 0;
    let q = 0;
    // `| 0` spares the check of each sum for overflow.
    for (let d = 0; d < D; d++) {
      const x = keys[(one + d) | 0]!;
      const y = keys[(other + d) | 0]!;
      const f0 = queries[q]!, f1 = queries[(q + 1) | 0]!, f2 = queries[(q + 2) | 0]!;
      a0 += f0 * x; b0 += f0 * y;
      a1 += f1 * x; b1 += f1 * y;
      a2 += f2 * x; b2 += f2 * y;
      q = (q + 3) | 0;
    }
    strip[to] = a0; strip[to + 1] = a1; strip[to + 2] = a2;
    strip[to + 3] = b0; strip[to + 4] = b1; strip[to + 5] = b2;
  }

  /** Takes what has been summed so far over to larger maxima. */
  function raise(m0: number, m1: number, m2: number): void {
    const u0 = maxima[0]!, u1 = maxima[1]!, u2 = maxima[2]!;
    maxima[0] = m0; maxima[1] = m1; maxima[2] = m2;
    // Nothing has been summed yet.
    if (sums[0] === 0 && sums[1] === 0 && sums[2] === 0) return;
    const keep0 = exp2(u0 - m0), keep1 = exp2(u1 - m1), keep2 = exp2(u2 - m2);
    sums[0]! *= keep0; sums[1]! *= keep1; sums[2]! *= keep2;
    const end = 3 * dim;
    for (let o = 0; o < end; o += 3) {
      output[o]! *= keep0; output[o + 1]! *= keep1; output[o + 2]! *= keep2;
    }
  }

  function weigh(): void {
    const end = 3 * count;
    const u0 = maxima[0]!, u1 = maxima[1]!, u2 = maxima[2]!;
    let m0 = u0, m1 = u1, m2 = u2;
    for (let s = 0; s < end; s += 3) {
      if (strip[s]! > m0) m0 = strip[s]!;
      if (strip[s + 1]! > m1) m1 = strip[s + 1]!;
      if (strip[s + 2]! > m2) m2 = strip[s + 2]!;
    }
    if (m0 > u0 || m1 > u1 || m2 > u2) raise(m0, m1, m2);
    let t0 = 0, t1 = 0, t2 = 0;
    for (let s = 0; s < end; s += 3) {
      const e0 = exp2(strip[s]! - m0), e1 = exp2(strip[s + 1]! - m1), e2 = exp2(strip[s + 2]! - m2);
      strip[s] = e0; strip[s + 1] = e1; strip[s + 2] = e2;
      t0 += e0; t1 += e1; t2 += e2;
    }
    sums[0]! += t0; sums[1]! += t1; sums[2]! += t2;
  }

  function addTwo(from: number, to: number, step: number, end: number): void {
    let a0 = output[to]!, a1 = output[to + 1]!, a2 = output[to + 2]!;
    let b0 = output[to + 3]!, b1 = output[to + 4]!, b2 = output[to + 5]!;
    let at = from;
    for (let s = 0; s < end; s += 3) {
      const x = values[at]!;
      const y = values[at + 1]!;
      const p0 = strip[s]!, p1 = strip[s + 1]!, p2 = strip[s + 2]!;
      a0 += p0 * x; b0 += p0 * y;
      a1 += p1 * x; b1 += p1 * y;
      a2 += p2 * x; b2 += p2 * y;
      at += step;
    }
    output[to] = a0; output[to + 1] = a1; output[to + 2] = a2;
    output[to + 3] = b0; output[to + 4] = b1; output[to + 5] = b2;
  }

  return {
    open(key, value, at, length, headDim) {
      head = { key, value, at, length };
      dim = headDim;
      heldFrom = heldTo = 0;
      grow(queries, LANES * dim);
      grow(output, LANES * (dim + 1));
    },
    longestStrip(step) {
      const inCache = Math.max(16, Math.min(LONGEST_STRIP, Math.floor(STRIP_FLOATS / dim))) & ~1;
      return head.length <= room() ? inCache : Math.min(inCache, Math.floor((room() - 1) / step) + 1);
    },
    begin(query, at, step, rows, factor) {
      const second = rows > 1 ? at + step : at;
      const third = rows > 2 ? second + step : second;
      let q = 0;
      const D = dim;
      for (let d = 0; d < D; d++) {
        queries[q] = query[at + d]! * factor;
        queries[q + 1] = query[second + d]! * factor;
        queries[q + 2] = query[third + d]! * factor;
        output[q] = output[q + 1] = output[q + 2] = 0;
        q += 3;
      }
      output[q] = output[q + 1] = output[q + 2] = 0;
      maxima[0] = maxima[1] = maxima[2] = -Number.MAX_VALUE;
      sums[0] = sums[1] = sums[2] = 0;
    },
    score(key, step, size) {
      hold(key, key + (size - 1) * step);
      first = (key - heldFrom) * dim;
      stride = step * dim;
      count = size;
      const from = first, apart = stride, D = dim;
      for (let n = 0; n < size; n += 2) {
        const at = from + n * apart;
        // An odd last key is computed twice; the second result lands in the spare row.
        scoreTwo(at, n + 1 < size ? at + apart : at, 3 * n, D);
      }
    },
    hide(lane, from, to) {
      for (let n = from; n < to; n++) strip[3 * n + lane] = -Infinity;
    },
    hideBits(bits, at, shift) {
      for (let n = 0; n < count; n++) {
        const hidden = ~(bits[at + n]! >> shift);
        for (let lane = 0; lane < LANES; lane++) if ((hidden >> lane) & 1) strip[3 * n + lane] = -Infinity;
      }
    },
    accumulate() {
      weigh();
      const D = dim, from = first, step = stride, end = 3 * count;
      for (let d = 0; d < D; d += 2) addTwo(from + d, 3 * d, step, end);
    },
    finish(out, at, step, rows) {
      for (let lane = 0; lane < rows; lane++) {
        const to = at + lane * step;
        const sum = sums[lane]!;
        if (sum === 0) {
          out.fill(0, to, to + dim);
          continue;
        }
        const inverse = 1 / sum;
        for (let d = 0, o = lane; d < dim; d++, o += LANES) out[to + d] = output[o]! * inverse;
      }
    },
  };
}
