/** Which smaller sizes are taken for small rows that take too long? Half of them, step by step, while something is gained and nothing is covered less. */
import type { TierSizes } from '../../analysis/settings.ts';
import type { ChangeOwner } from '../../host/change-owner.ts';
import type { Grown } from './fit-sizes.ts';

/** `times`: what the small rows of each item took. */
export type Attempted<T, V> = { readonly type: 'holds'; readonly times: ReadonlyMap<T, number>; readonly value: V } | { readonly type: 'fails'; readonly isBlamed: (item: T) => boolean };

export interface Shrinking<T, V> {
  /** What takes longer than `limit`, and how long it takes, in ms. */
  readonly times: ReadonlyMap<T, number>;
  readonly limit: number;
  readonly ownerOf: (item: T) => ChangeOwner;
  readonly sizes: TierSizes;
  readonly attempt: (sized: readonly Grown[]) => Promise<Attempted<T, V> | 'stopped'>;
  /** Does it cover what was covered at the usual sizes? */
  readonly covers: (value: V) => Promise<boolean | 'stopped'>;
}

export interface Shrunk<T, V> {
  readonly value: V;
  readonly items: ReadonlySet<T>;
}

const SHARES = [2, 4, 8];

/** What divides the sizes of a test still divides them: the codemod sees to that. */
function smaller({ batch, heads, sequence, headSize }: TierSizes, share: number): TierSizes {
  const part = (size: number): number => Math.max(1, Math.floor(size / share));
  return { batch: part(batch), heads, sequence: part(sequence), headSize };
}

/** Measured times scatter: a gain below that is none. */
const NOISE = { share: 0.25, ms: 20 };

/** Undefined where the usual sizes stay. Three steps at most, each with a second attempt for those that the first does not blame. */
export async function shrinkSizes<T, V>({ times, limit, ownerOf, sizes, attempt, covers }: Shrinking<T, V>): Promise<Shrunk<T, V> | 'stopped' | undefined> {
  let settled: readonly Grown[] = [];
  let open = times;
  let shrunk: Shrunk<T, V> | undefined;
  const sized = (items: Iterable<T>, share: number): Grown => {
    const keys = new Set([...items].map((item) => ownerOf(item).key));
    return { sizes: smaller(sizes, share), isFor: ({ key }) => keys.has(key) };
  };
  let last = 1;
  for (const share of SHARES) {
    if (open.size === 0) break;
    let items = [...open.keys()];
    let next = settled;
    let result = await attempt([...next, sized(items, share)]);
    if (result !== 'stopped' && result.type === 'fails') {
      const { isBlamed } = result;
      const blamed = items.filter(isBlamed);
      items = items.filter((item) => !isBlamed(item));
      if (items.length === 0 || blamed.length === 0) break;
      if (last > 1) next = [...next, sized(blamed, last)];
      result = await attempt([...next, sized(items, share)]);
    }
    if (result === 'stopped') return 'stopped';
    if (result.type === 'fails') break;
    const { times: now, value } = result;
    const sum = (of: ReadonlyMap<T, number>): number => items.reduce((total, item) => total + (of.get(item) ?? 0), 0);
    const gain = sum(open) - sum(now);
    if (gain < NOISE.ms || gain < sum(open) * NOISE.share) break;
    const isCovered = await covers(value);
    if (isCovered === 'stopped') return 'stopped';
    if (!isCovered) break;
    shrunk = { value, items: new Set([...(shrunk?.items ?? []), ...items]) };
    const done = items.filter((item) => (now.get(item) ?? 0) <= limit);
    settled = done.length > 0 ? [...next, sized(done, share)] : next;
    open = new Map(items.filter((item) => !done.includes(item)).map((item) => [item, now.get(item) ?? 0]));
    last = share;
  }
  return shrunk;
}
