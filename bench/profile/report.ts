/** What the measured costs say against the goal; a goal that is not reached is said to be so. */
import type { Goal } from '../goals.ts';
import { goalText } from '../goals.ts';

/** % of what a suite of ten seconds or more computes. */
const GOAL = 3;

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
  readonly goals: readonly Goal[];
}

export function judge(measured: readonly Measured[]): { readonly text: string; readonly figures: Figures } {
  const suites = measured.map((suite) => ({ ...suite, share: { wall: shareOf(suite, 'wall'), computed: shareOf(suite, 'computed') } }));
  const lines = suites.flatMap(({ name, plain, profiled, share }) => [
    name,
    ...(['computed', 'wall'] as const).map((kind) =>
      `  ${(kind === 'wall' ? 'time passed' : 'time computed').padEnd(16)}${cell(middle(plain, kind))} without, ${cell(middle(profiled, kind))} with: ${share[kind] >= 0 ? '+' : ''}${(share[kind] * 100).toFixed(1)} %`),
  ]);
  const goals = [{ name: 'time computed that profile adds', value: 100 * Math.max(...suites.map(({ share }) => share.computed)), unit: ' %', atMost: GOAL }];
  return { text: [...lines, '', ...goals.map(goalText)].join('\n'), figures: { suites, goals } };
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
