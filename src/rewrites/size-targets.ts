/**
 * How small may the sizes of a test be? By role where names or places tell, else 64, 32 … by rank; and so that what divided or
 * multiplied to something before still does, different sizes stay different, and no index or count in the test falls out.
 */
import type { TierSizes } from '../analysis/settings.ts';
import { SEQUENCE_NAME } from '../knowledge/vocabulary.ts';

export type Role = keyof TierSizes;

/** The role that a name tells. */
export function roleOf(name: string): Role | undefined {
  if (/batch|^[bB]$/i.test(name)) return 'batch';
  if (/head_?(?:dim|size)|d_?head|^d_?k$|^[dD]$/i.test(name)) return 'headSize';
  if (/heads|^[hH]$/i.test(name)) return 'heads';
  if (SEQUENCE_NAME.test(name) || /^[sStTnN]$|seq/.test(name)) return 'sequence';
  return undefined;
}

export interface Wanted {
  readonly old: number;
  readonly role: Role | 'samples' | undefined;
  /** The new size must be larger than this, or the size stays. */
  readonly floor: number;
  /** A width of layers: groups, heads and blocks of up to 64 divide it. */
  readonly isWidth: boolean;
  /** What the test needs to be about what it says: more than one batch. */
  readonly least: number;
}

export interface Relations {
  /** Numbers of the test that stay. */
  readonly fixed: readonly number[];
  /** `[a, b, c]` with a × b = c, where the three are sizes of the test. */
  readonly products: readonly (readonly [number, number, number])[];
  /** Dimensions of one shape: that one divides the other is chance. */
  readonly areBeside: (a: number, b: number) => boolean;
}

/** From which on a size counts as large: smaller ones shrink by role only. */
export const LARGE = 32;
/** Enough for a rough statistic, and cheap. */
export const TEST_SAMPLES = 500;

/** New sizes by old ones; undefined when the test would not be small whatever is tried. `isSmall` asks for the whole. */
export function targetsFor(sizes: readonly Wanted[], tiers: TierSizes, relations: Relations, isSmall: (target: (old: number) => number) => boolean): ReadonlyMap<number, number> | undefined {
  for (const share of [1, 2, 4, 8]) {
    const targets = assign(sizes, tiers, relations, share);
    if (isSmall((old) => targets.get(old) ?? old)) return targets;
  }
  return undefined;
}

function assign(sizes: readonly Wanted[], tiers: TierSizes, relations: Relations, share: number): ReadonlyMap<number, number> {
  const targets = new Map<number, number>();
  const ranked = sizes.filter(({ role, old }) => role === undefined && old >= LARGE).sort((a, b) => b.old - a.old);
  const widths = ranked.filter(({ isWidth }) => isWidth).reverse();
  const others = ranked.filter(({ isWidth }) => !isWidth);
  const ascending = [...sizes].sort((a, b) => a.old - b.old);
  for (const size of ascending) {
    const { old, role } = size;
    const byRank = size.isWidth ? tiers.sequence << widths.indexOf(size) : Math.max(8, tiers.sequence >> others.indexOf(size));
    const wanted = role === 'samples' ? TEST_SAMPLES : role === undefined ? byRank : Math.max(tiers[role], size.least);
    targets.set(old, fit(size, old >= LARGE ? Math.max(1, Math.floor(wanted / share)) : wanted, targets, relations));
  }
  return targets;
}

/** The size nearest to the wanted one that keeps the relations; the old one when there is none. */
function fit({ old, role, floor }: Wanted, wanted: number, targets: ReadonlyMap<number, number>, { fixed, products, areBeside }: Relations): number {
  const target = (value: number) => targets.get(value) ?? value;
  const product = products.find(([, , c]) => c === old);
  if (product) return inside(target(product[0]) * target(product[1]), old, floor);
  const divisors = [...fixed, ...targets.keys()].filter((value) => value > 1 && value < old && old % value === 0 && !areBeside(value, old));
  // An even share of a divisor stays even: half of a head is rotated, half of a pair is none.
  const multiple = divisors.reduce((all, value) => lcm(all, target(value) * ((old / value) % 2 === 0 ? 2 : 1)), 1);
  if (multiple > old / 2 && multiple > 1) return old;
  const isOdd = old % 2 === 1 && multiple % 2 === 1 && old > LARGE;
  const nearest = Math.max(1, Math.round(wanted / multiple)) * multiple;
  const least = nearest > floor ? nearest : Math.ceil(powerAbove(floor) / multiple) * multiple;
  const odd = isOdd && least % 2 === 0 ? least + (Number.isInteger(Math.log2(old - 1)) || least - 1 <= floor ? 1 : -1) * multiple : least;
  const isTaken = (value: number) => role === undefined && old >= LARGE && [...targets].some(([key, taken]) => key >= LARGE && taken === value);
  if (!isTaken(odd)) return inside(odd, old, floor);
  const step = isOdd ? multiple * 2 : multiple;
  const half = odd - Math.ceil(odd / 2 / step) * step;
  const free = [half, odd - step, odd + step, odd + 2 * step].find((value) => value >= 8 && value > floor && !isTaken(value));
  return inside(free ?? old, old, floor);
}

function inside(target: number, old: number, floor: number): number {
  return target < old && target > floor ? target : old;
}

function powerAbove(value: number): number {
  return 2 ** Math.ceil(Math.log2(value + 1));
}

function lcm(a: number, b: number): number {
  return (a * b) / gcd(a, b);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
