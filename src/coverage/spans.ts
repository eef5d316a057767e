/** Stretches of a text, as sorted pairs of offsets that do not touch: start, end, start, end, …. */

export type Spans = readonly number[];

export function joinSpans(a: Spans, b: Spans): Spans {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const pairs = [...pairsOf(a), ...pairsOf(b)].sort((x, y) => x[0] - y[0]);
  const joined: number[] = [];
  for (const [start, end] of pairs) {
    const last = joined.at(-1);
    if (last === undefined || start > last) joined.push(start, end);
    else if (end > last) joined[joined.length - 1] = end;
  }
  return joined;
}

/** What of `a` is not in `b`. */
export function withoutSpans(a: Spans, b: Spans): Spans {
  const left: number[] = [];
  let at = 0;
  for (const [from, end] of pairsOf(a)) {
    let start = from;
    while (at < b.length && (b[at + 1] ?? 0) <= start) at += 2;
    for (let next = at; next < b.length && (b[next] ?? 0) < end; next += 2) {
      const cut = b[next] ?? 0;
      if (cut > start) left.push(start, cut);
      start = Math.max(start, b[next + 1] ?? 0);
    }
    if (start < end) left.push(start, end);
  }
  return left;
}

export function lengthOf(spans: Spans): number {
  return pairsOf(spans).reduce((sum, [start, end]) => sum + end - start, 0);
}

function pairsOf(spans: Spans): (readonly [number, number])[] {
  return Array.from({ length: spans.length / 2 }, (_, index) => [spans[2 * index] ?? 0, spans[2 * index + 1] ?? 0]);
}
