/** What may a test take, and what is wrong with what it took? */
import type { Budgets } from '../analysis/settings.ts';
import type { Tier } from '../analysis/tests.ts';
import type { Profile, ProfiledTest } from './profile.ts';

/** Budgets times `factor`, for a machine that is so much slower than the one they were written for. */
export function scaledBudgets(budgets: Budgets, factor: number): Budgets {
  return {
    unit: budgets.unit * factor,
    integration: budgets.integration * factor,
    comprehensive: budgets.comprehensive * factor,
    stress: budgets.stress * factor,
    fastRun: budgets.fastRun * factor,
  };
}

export function isFastTier(tier: Tier): boolean {
  return tier === 'unit' || tier === 'integration';
}

/** `hidden`: it takes longer than any test of the fast run may, and carries no marker. `over`: longer than its tier may. */
export type Offence = 'hidden' | 'over';

export function offenceOf(tier: Tier, duration: number | undefined, budgets: Budgets): Offence | undefined {
  if (duration === undefined || duration <= budgets[tier]) return undefined;
  return isFastTier(tier) && duration > budgets.integration ? 'hidden' : 'over';
}

/** So far below its budget that nothing in it can be worth shrinking. */
export function isFarUnder(tier: Tier, duration: number, budgets: Budgets): boolean {
  return duration * 4 <= budgets[tier];
}

/** A test that took time in some run. */
export function isMeasured(test: ProfiledTest): test is ProfiledTest & { readonly duration: number } {
  return test.duration !== undefined && test.outcome !== 'skipped';
}

export interface FastRun {
  /** ms that the fast run takes. */
  readonly duration: number;
  /** `wall`: only fast tests ran, and this is from start to end. `share`: their share of the whole run. `sum`: one after the other. */
  readonly basis: 'wall' | 'share' | 'sum';
}

export const FAST_RUN_BASES: Readonly<Record<FastRun['basis'], string>> = {
  wall: 'from start to end',
  share: 'its share of the whole run',
  sum: 'its tests and files one after the other',
};

/** Files run side by side, so that the wall time of a run is not the sum of its tests. */
export function fastRunOf({ files, wall }: Profile): FastRun {
  let fast = 0;
  let all = 0;
  let hasSlow = false;
  for (const { tests, outside } of files) {
    let isFast = false;
    for (const test of tests) {
      if (!isMeasured(test)) continue;
      all += test.duration;
      if (!isFastTier(test.tier)) {
        hasSlow = true;
        continue;
      }
      fast += test.duration;
      isFast = true;
    }
    const around = outside === undefined ? 0 : Object.values(outside).reduce((sum, part) => sum + part, 0);
    all += around;
    if (isFast) fast += around;
  }
  if (wall === undefined || all === 0) return { duration: fast, basis: 'sum' };
  return !hasSlow ? { duration: wall, basis: 'wall' } : { duration: (wall * fast) / all, basis: 'share' };
}

/** `3 ms`, `120 ms`, `1.25 s`, `75 s`: with as many digits as say something. */
export function formatDuration(ms: number): string {
  if (ms < 1) return '< 1 ms';
  if (ms < 1000) return `${ms.toFixed(0)} ms`;
  const seconds = ms / 1000;
  return seconds < 10 ? `${Number(seconds.toFixed(2))} s` : `${seconds.toFixed(seconds < 100 ? 1 : 0)} s`;
}
