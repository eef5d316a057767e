/** Which of many things are tried, when not all can be? The same ones for the same seed. */

export function sample<T>(items: readonly T[], count: number, seed: number): T[] {
  const shuffled = [...items];
  const next = numbersFrom(seed);
  for (let index = 0; index < Math.min(count, shuffled.length); index++) {
    const other = index + Math.floor(next() * (shuffled.length - index));
    [shuffled[index], shuffled[other]] = [shuffled[other] as T, shuffled[index] as T];
  }
  return shuffled.slice(0, count);
}

/** Mulberry32: 32 bits of state are enough to choose some of some thousands. */
function numbersFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Between which shares does the true one lie in 95 of 100 samples? Wilson's interval, which holds for small samples and near 0 and 1. */
export function shareBounds(hits: number, count: number): readonly [number, number] {
  if (count === 0) return [0, 1];
  const z = 1.96;
  const share = hits / count;
  const middle = share + z ** 2 / (2 * count);
  const reach = z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2));
  const whole = 1 + z ** 2 / count;
  return [Math.max(0, (middle - reach) / whole), Math.min(1, (middle + reach) / whole)];
}
