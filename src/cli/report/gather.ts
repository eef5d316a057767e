/** What a report says, whatever it is printed as: the slowest tests with their causes, time by tier and cause, and what could be saved. */
import { join } from 'node:path';
import plugin from '../../index.ts';
import type { Budgets, Settings } from '../../analysis/settings.ts';
import type { SlowTestsRule } from '../../host/define-rule.ts';
import type { Cause, Found } from '../../host/find-causes.ts';
import { findCauses } from '../../host/find-causes.ts';
import { projectSettings } from '../../host/project-settings.ts';
import { isFastTier, offenceOf } from '../../timing/budgets.ts';
import type { Profile, ProfiledTest } from '../../timing/profile.ts';
import type { PlacedTest, Summary } from '../../timing/summary.ts';
import { byDuration, summarise } from '../../timing/summary.ts';

export interface SlowTest extends PlacedTest {
  readonly line: number | undefined;
  readonly isOver: boolean;
  /** Undefined where nobody looked: the test is within its budget, or in the slow run already. */
  readonly cause: Cause | undefined;
}

export interface CauseSummary {
  /** The name of a rule, or `none`, `unknown`, `not looked at`. */
  readonly cause: string;
  readonly tests: number;
  /** In ms. */
  readonly duration: number;
}

export interface Savings {
  /** ms that fast tests with a finding take beyond the budget of a unit test. */
  readonly duration: number;
  readonly tests: number;
}

export interface Report {
  readonly profile: Profile;
  readonly budgets: Budgets;
  readonly summary: Summary;
  /** The longest first. */
  readonly slowest: readonly SlowTest[];
  /** Of the fast tests over their budget, the largest first. */
  readonly causes: readonly CauseSummary[];
  readonly savings: Savings;
}

/** Rules that say why a test is slow; the others say that it is. */
const EXPLAINS = ['no-unmocked-compile', 'no-exhaustive-patterns', 'no-production-dims', 'no-real-sleep', 'require-slow-marker'];
/** Files are read for causes until so many are; the tests in them are the slowest. */
const MAX_FILES = 100;

export function gather(profile: Profile, settings: Settings, root: string): Report {
  const { budgets } = settings;
  const tests = byDuration(profile);
  const readCause = causeReader(profile, root);
  const slowest = tests.map((placed): SlowTest => {
    const { tier, duration, line } = placed.test;
    const isOver = offenceOf(tier, duration, budgets) !== undefined;
    const found = isOver && isFastTier(tier) ? readCause(placed) : undefined;
    return { ...placed, isOver, line: found?.line ?? line, cause: found?.cause };
  });
  return { profile, budgets, summary: summarise(profile, budgets), slowest, causes: sumUp(slowest), savings: savingsOf(slowest, budgets) };
}

function causeReader({ files }: Profile, root: string): (placed: PlacedTest) => Found | undefined {
  const rules = Object.values(plugin.rules).map((rule) => (rule as SlowTestsRule).definition).filter(({ name }) => EXPLAINS.includes(name)).sort((a, b) => EXPLAINS.indexOf(a.name) - EXPLAINS.indexOf(b.name));
  const testsOf = new Map<string, readonly ProfiledTest[]>(files.map(({ file, tests }) => [file, tests]));
  const read = new Map<string, (test: ProfiledTest) => Found>();
  return ({ file, test }) => {
    let find = read.get(file);
    if (!find) {
      if (read.size >= MAX_FILES) return undefined;
      const path = join(root, file);
      find = findCauses(path, testsOf.get(file) ?? [], { rules, ...projectSettings(path) });
      read.set(file, find);
    }
    return find(test);
  };
}

export function nameOfCause(cause: Cause | undefined): string {
  return cause === undefined ? 'not looked at' : cause.type === 'finding' ? cause.rule : cause.type;
}

function sumUp(tests: readonly SlowTest[]): CauseSummary[] {
  const sums = new Map<string, CauseSummary>();
  for (const { test, cause, isOver } of tests) {
    if (!isOver || !isFastTier(test.tier)) continue;
    const name = nameOfCause(cause);
    const sum = sums.get(name) ?? { cause: name, tests: 0, duration: 0 };
    sums.set(name, { cause: name, tests: sum.tests + 1, duration: sum.duration + test.duration });
  }
  return [...sums.values()].sort((a, b) => b.duration - a.duration);
}

/** An upper bound: nobody knows what the small row of a test will take before it is written. */
function savingsOf(tests: readonly SlowTest[], { unit }: Budgets): Savings {
  const found = tests.filter(({ cause, test }) => cause?.type === 'finding' && isFastTier(test.tier));
  return { tests: found.length, duration: found.reduce((sum, { test }) => sum + Math.max(0, test.duration - unit), 0) };
}
