/** Which slow tests, made fast, win back the most of what the fast run misses, for the least time? */
import type { SlowTest, Tried } from './try-mutant.ts';

export interface Promotion extends SlowTest {
  /** Mutants that it kills, and none before it in the list. */
  readonly wins: number;
  /** Of the mutants killed before, those that the fast run kills when this test and all before it are fast. */
  readonly share: number;
}

/** The share of the mutants killed before that the fast run shall kill. */
export const AIM = 0.95;

/** Always the test with the most new kills a second, until the aim is reached or nothing is left to win. */
export function findPromotions(tried: readonly Tried[]): readonly Promotion[] {
  const before = tried.filter(({ isKilledBefore }) => isKilledBefore);
  let open = before.filter(({ isKilledFast }) => !isKilledFast);
  const tests = new Map(open.flatMap(({ killers }) => killers.map((test) => [keyOf(test), test] as const)));
  const promotions: Promotion[] = [];
  while (before.length - open.length < before.length * AIM) {
    const ranked = [...tests.values()].map((test) => ({ test, wins: open.filter(({ killers }) => killers.some((killer) => keyOf(killer) === keyOf(test))).length }));
    const best = ranked.filter(({ wins }) => wins > 0).reduce<(typeof ranked)[number] | undefined>((most, one) => (most === undefined || isBetter(one, most) ? one : most), undefined);
    if (!best) break;
    open = open.filter(({ killers }) => !killers.some((killer) => keyOf(killer) === keyOf(best.test)));
    promotions.push({ ...best.test, wins: best.wins, share: (before.length - open.length) / before.length });
  }
  return promotions;
}

interface Ranked {
  readonly test: SlowTest;
  readonly wins: number;
}

function isBetter(one: Ranked, other: Ranked): boolean {
  const [own, others] = [one, other].map(({ test, wins }) => wins / Math.max(test.ms, 1)) as [number, number];
  return own > others || (own === others && one.wins > other.wins);
}

function keyOf({ file, title }: SlowTest): string {
  return JSON.stringify([file, ...title]);
}
