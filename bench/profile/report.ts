/** What the measured costs say against the goal; a goal that is not reached is said to be so. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Of the time of a suite of ten seconds or more. */
const GOAL_SHARE = 0.03;
const REPORT = resolve(import.meta.dirname, '../../.slow-tests/bench-profile.json');

/** In ms. */
export interface Cost {
  readonly wall: number;
  /** User and system time of all processes. */
  readonly computed: number;
}

export interface Measured {
  readonly name: string;
  readonly plain: readonly Cost[];
  readonly profiled: readonly Cost[];
}

export interface Figures {
  readonly suites: readonly (Measured & { readonly share: Cost })[];
  readonly goals: { readonly share: number; readonly isReached: boolean };
}

export function judge(measured: readonly Measured[]): { readonly text: string; readonly figures: Figures } {
  const suites = measured.map((suite) => ({ ...suite, share: { wall: shareOf(suite, 'wall'), computed: shareOf(suite, 'computed') } }));
  const isReached = suites.every(({ share }) => share.computed <= GOAL_SHARE);
  const lines = suites.flatMap(({ name, plain, profiled, share }) => [
    name,
    ...(['computed', 'wall'] as const).map((kind) =>
      `  ${(kind === 'wall' ? 'time passed' : 'time computed').padEnd(16)}${cell(middle(plain, kind))} without, ${cell(middle(profiled, kind))} with: ${share[kind] >= 0 ? '+' : ''}${(share[kind] * 100).toFixed(1)} %`),
  ]);
  const worst = Math.max(...suites.map(({ share }) => share.computed));
  lines.push('', `Goal at most ${GOAL_SHARE * 100} % of the time computed: ${isReached ? 'reached' : 'not reached'} (${(worst * 100).toFixed(1)} %).`);
  return { text: lines.join('\n'), figures: { suites, goals: { share: GOAL_SHARE, isReached } } };
}

/** What is added to the median. */
function shareOf({ plain, profiled }: Measured, kind: keyof Cost): number {
  return middle(profiled, kind) / middle(plain, kind) - 1;
}

function middle(costs: readonly Cost[], kind: keyof Cost): number {
  return costs.map((cost) => cost[kind]).sort((a, b) => a - b)[Math.floor(costs.length / 2)] ?? NaN;
}

function cell(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`.padStart(8);
}

/** Returns the path of the written file. */
export function writeReport(figures: object): string {
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, `${JSON.stringify(figures, undefined, 2)}\n`);
  return REPORT;
}
