/** Is a measured suite within its budgets, and if not, which tests are to blame? */
import type { Budgets } from '../analysis/settings.ts';
import { fastRunOf, isMeasured, offenceOf } from './budgets.ts';
import type { FastRun, Offence } from './budgets.ts';
import type { MeasuredTest } from './measured.ts';
import type { Profile } from './profile.ts';

export interface Offender {
  readonly file: string;
  readonly test: MeasuredTest;
  readonly offence: Offence;
  /** ms that its tier may take on this machine. */
  readonly budget: number;
  /** ms that the baseline allows it, where it was over its budget when that was written. */
  readonly allowed: number | undefined;
}

export interface Judgement {
  /** The longest first; those that the baseline allows are not among them. */
  readonly offenders: readonly Offender[];
  /** Over the budget, and no longer than the baseline allows. */
  readonly tolerated: readonly Offender[];
  readonly fastRun: FastRun & { readonly budget: number; readonly isOver: boolean };
  readonly tests: number;
  /** A part of the suite was measured only: what is missing cannot be judged. */
  readonly isPartial: boolean;
}

export interface JudgeOptions {
  /** As they are for this machine. */
  readonly budgets: Budgets;
  /** 0.1: a tenth over the budget is within it. */
  readonly tolerance: number;
  readonly allowances?: Allowances | undefined;
}

/** What was over its budget before, in ms. */
export interface Allowances {
  readonly fastRun: number | undefined;
  /** Hands one out: of two tests with one title each has its own. */
  take(file: string, title: readonly string[]): number | undefined;
}

export function judge(profile: Profile, { budgets, tolerance, allowances }: JudgeOptions): Judgement {
  const slack = 1 + tolerance;
  const offenders: Offender[] = [];
  const tolerated: Offender[] = [];
  let tests = 0;
  for (const { file, tests: ofFile } of profile.files) {
    for (const test of ofFile) {
      if (!isMeasured(test)) continue;
      tests++;
      // Every offence begins at the test's own budget.
      const offence = offenceOf(test.tier, test.duration / slack, budgets);
      const allowed = allowances?.take(file, test.title);
      if (offence === undefined) continue;
      const offender = { file, test, offence, budget: budgets[test.tier], allowed };
      (allowed !== undefined && test.duration <= allowed * slack ? tolerated : offenders).push(offender);
    }
  }
  const fastRun = fastRunOf(profile);
  const budget = Math.max(budgets.fastRun, allowances?.fastRun ?? 0);
  return {
    offenders: offenders.sort((a, b) => b.test.duration - a.test.duration),
    tolerated,
    fastRun: { ...fastRun, budget: budgets.fastRun, isOver: fastRun.duration > budget * slack },
    tests,
    isPartial: profile.partial,
  };
}
