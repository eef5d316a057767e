/** A judgement for people, and for programs. */
import type { Baseline } from '../../timing/baseline.ts';
import { FAST_RUN_BASES, formatDuration } from '../../timing/budgets.ts';
import { REFERENCE_MS } from '../../timing/calibration.ts';
import type { Judgement, Offender } from '../../timing/judge.ts';
import { printable } from '../printable.ts';
import { formatTable } from '../table.ts';
import type { Terminal } from '../terminal.ts';

export interface JudgedWith {
  /** How much slower than the reference the machine was; 1 where budgets are absolute. */
  readonly factor: number;
  readonly tolerance: number;
}

export interface Ratchet {
  readonly path: string;
  readonly isFirst: boolean;
  readonly before: Baseline;
  readonly after: Baseline;
}

/** A suite that was never tiered has thousands; they are all in the JSON. */
const MAX_SHOWN = 50;

export function printJudgement(judgement: Judgement, { factor, tolerance, ratchet }: JudgedWith & { readonly ratchet?: Ratchet | undefined }, { say, style }: Terminal): void {
  const { offenders, tolerated, fastRun, tests, isPartial } = judgement;
  if (offenders.length > 0) {
    say(formatTable(['took', 'budget', '', 'test'], offenders.slice(0, MAX_SHOWN).map(rowOf), ['right', 'right', 'left', 'left']));
    if (offenders.length > MAX_SHOWN) say(`and ${offenders.length - MAX_SHOWN} more (--json lists them all)`);
    say();
  }
  const fast = `The fast run takes ${formatDuration(fastRun.duration)} (${FAST_RUN_BASES[fastRun.basis]}); its budget is ${formatDuration(fastRun.budget)}.`;
  say(fastRun.isOver ? style('red', fast) : fast);
  const over = `${offenders.length} of ${tests} tests ${offenders.length === 1 ? 'is' : 'are'} over budget.`;
  say(offenders.length > 0 ? style('red', over) : style('green', over));
  if (tolerated.length > 0) say(`${tolerated.length} more ${tolerated.length === 1 ? 'is' : 'are'} over budget and no longer than the baseline allows.`);
  if (tolerance > 0) say(style('dim', `Anything may take ${Number((tolerance * 100).toFixed(1))} % more than its budget.`));
  if (factor !== 1) say(style('dim', `Budgets times ${factor.toFixed(2)}: the fixed workload took ${(factor * REFERENCE_MS).toFixed(1)} ms, ${REFERENCE_MS} ms on the reference machine.`));
  if (ratchet) say(describeRatchet(ratchet));
  if (isPartial) say(style('yellow', 'The profile holds a part of the suite only: the run was broken off.'));
  if (tests === 0) say(style('yellow', 'The profile holds no test that was measured.'));
}

function rowOf({ file, test, offence, budget, allowed }: Offender): string[] {
  const why = offence === 'hidden' ? 'slow, unmarked' : test.tier;
  return [formatDuration(test.duration), formatDuration(allowed ?? budget), why, `${file}${test.line === undefined ? '' : `:${test.line}`}  ${printable(test.title.join(' > '))}`];
}

function describeRatchet({ path, isFirst, before, after }: Ratchet): string {
  if (isFirst) return `Wrote ${path}: ${after.tests.length} tests may stay over budget, and not become longer.`;
  const gone = before.tests.length - after.tests.length;
  return gone > 0 ? `${path}: ${gone} tests are within budget now, ${after.tests.length} are left.` : `${path}: ${after.tests.length} tests are left.`;
}

export function judgementAsJson({ offenders, tolerated, fastRun, tests, isPartial }: Judgement, { factor, tolerance }: JudgedWith): string {
  const plain = ({ file, test, offence, budget, allowed }: Offender) => ({ file, title: test.title, line: test.line, tier: test.tier, duration: test.duration, budget, offence, allowed });
  const passed = offenders.length === 0 && !fastRun.isOver;
  return JSON.stringify({ passed, tests, isPartial, factor, tolerance, fastRun, offenders: offenders.map(plain), tolerated: tolerated.map(plain) }, undefined, 2);
}
