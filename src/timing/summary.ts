/** Where does the time of a suite go: by tier, and outside its tests? */
import type { Budgets } from '../analysis/settings.ts';
import type { Tier } from '../analysis/tests.ts';
import type { FastRun } from './budgets.ts';
import { fastRunOf, isMeasured, offenceOf } from './budgets.ts';
import type { MeasuredTest } from './measured.ts';
import type { OutsidePart, Profile } from './profile.ts';
import { OUTSIDE_PARTS, TIERS } from './profile.ts';

export interface TierSummary {
  readonly tier: Tier;
  readonly tests: number;
  /** Of all its tests, in ms. */
  readonly duration: number;
  readonly longest: number;
  readonly budget: number;
  readonly over: number;
}

export interface Summary {
  readonly tests: number;
  readonly files: number;
  /** In tests, one after the other, in ms. */
  readonly duration: number;
  readonly tiers: readonly TierSummary[];
  readonly fastRun: FastRun;
  /** Outside tests, in ms; parts that the runner does not tell are left out. */
  readonly outside: Partial<Readonly<Record<OutsidePart, number>>>;
  /** What part of the measured time is spent outside tests, from 0 to 1. */
  readonly outsideShare: number;
}

export interface PlacedTest {
  readonly file: string;
  readonly test: MeasuredTest;
}

export function summarise(profile: Profile, budgets: Budgets): Summary {
  const tiers = new Map(TIERS.map((tier) => [tier, { tier, tests: 0, duration: 0, longest: 0, budget: budgets[tier], over: 0 }]));
  const outside: Partial<Record<OutsidePart, number>> = {};
  for (const file of profile.files) {
    for (const test of file.tests) {
      const sum = tiers.get(test.tier);
      if (!sum || !isMeasured(test)) continue;
      sum.tests++;
      sum.duration += test.duration;
      sum.longest = Math.max(sum.longest, test.duration);
      if (offenceOf(test.tier, test.duration, budgets)) sum.over++;
    }
    for (const part of OUTSIDE_PARTS) {
      const time = file.outside?.[part];
      if (time !== undefined) outside[part] = (outside[part] ?? 0) + time;
    }
  }
  const all = [...tiers.values()];
  const duration = all.reduce((sum, tier) => sum + tier.duration, 0);
  const around = Object.values(outside).reduce((sum, time) => sum + time, 0);
  return {
    tests: all.reduce((sum, tier) => sum + tier.tests, 0),
    files: profile.files.length,
    duration,
    tiers: all.filter(({ tests }) => tests > 0),
    fastRun: fastRunOf(profile),
    outside,
    outsideShare: around === 0 ? 0 : around / (around + duration),
  };
}

/** Every test that was measured, the longest first. */
export function byDuration({ files }: Profile): PlacedTest[] {
  return files.flatMap(({ file, tests }) => tests.filter(isMeasured).map((test) => ({ file, test }))).sort((a, b) => b.test.duration - a.test.duration);
}
