/** What the measured times say against the goals; a goal that is not reached is said to be so. */
import type { Goal } from '../goals.ts';
import { goalText } from '../goals.ts';
import type { Times } from './measure.ts';

const GOAL_FILES_PER_SECOND = 400;
const GOAL_START_MS = 400;

export interface Figures {
  readonly times: readonly (Times & { readonly filesPerSecond: number })[];
  readonly starts: Readonly<Record<string, number>>;
  readonly goals: readonly Goal[];
}

export function judge(measured: readonly Times[], own: readonly string[], starts: Readonly<Record<string, number>>): { readonly text: string; readonly figures: Figures } {
  const times = measured.map((entry) => ({ ...entry, filesPerSecond: 1_000 / entry.best }));
  const slowest = Math.min(...times.filter(({ name }) => own.includes(name)).map(({ filesPerSecond }) => filesPerSecond));
  const longest = Math.max(...Object.values(starts));
  const goals: Goal[] = [
    { name: 'files per second of the slowest codemod', value: slowest, atLeast: GOAL_FILES_PER_SECOND },
    { name: 'start of the command', value: longest, unit: ' ms', atMost: GOAL_START_MS },
  ];
  const lines = [
    `${''.padEnd(34)}${'ms per file'.padStart(12)}${'median'.padStart(10)}${'files/s'.padStart(10)}${'failed'.padStart(9)}`,
    ...times.map(({ name, best, passes, filesPerSecond, failed }) =>
      `${name.padEnd(34)}${best.toFixed(2).padStart(12)}${median(passes).toFixed(2).padStart(10)}${filesPerSecond.toFixed(0).padStart(10)}${String(failed).padStart(9)}`),
    '',
    ...Object.entries(starts).map(([name, milliseconds]) => `start, ${name.padEnd(27)}${milliseconds.toFixed(0).padStart(12)}`),
    '',
    // Holds on a busy machine too, where files per second do not.
    `The slowest of ours is ${((times.find(({ name }) => name.startsWith('jscodeshift'))?.best ?? NaN) / (1_000 / slowest)).toFixed(1)} times as fast as jscodeshift's find, edit and print.`,
    ...goals.map(goalText),
  ];
  return { text: lines.join('\n'), figures: { times, starts, goals } };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
