/** What the measured times say against the goals; a goal that is not reached is said to be so. */
import type { Goal } from '../goals.ts';
import { goalText } from '../goals.ts';
import type { FileTime } from './measure.ts';

const GOAL_MILLISECONDS = 0.3;
const GOAL_SHARE = 0.3;
const SLOWEST_SHOWN = 8;

interface Pass {
  readonly own: number;
  readonly jest: number;
  readonly parse: number;
  readonly ratio: number;
  readonly median: number;
  readonly p90: number;
}

interface Figures {
  readonly cold: Pass;
  readonly first: Pass;
  readonly second: Pass;
  readonly goals: readonly Goal[];
  readonly slowest: readonly FileTime[];
}

interface Measured {
  /** The first files of the process, before the engine has compiled much. */
  readonly cold: readonly FileTime[];
  readonly first: readonly FileTime[];
  readonly second: readonly FileTime[];
  readonly ownRules: number;
  readonly jestRules: number;
}

export function judge({ cold: coldTimes, first: firstTimes, second: secondTimes, ownRules, jestRules }: Measured): { readonly text: string; readonly figures: Figures } {
  const cold = passOf(coldTimes);
  const first = passOf(firstTimes);
  const second = passOf(secondTimes);
  const slowest = [...firstTimes].sort((a, b) => b.own - a.own).slice(0, SLOWEST_SHOWN);
  const goalsOf = (pass: Pass, when: string): Goal[] => [
    { name: `time of all rules per file, ${when}`, value: pass.own, unit: ' ms', atMost: GOAL_MILLISECONDS },
    { name: `the same as a part of jest recommended, ${when}`, value: pass.ratio, atMost: GOAL_SHARE },
  ];
  const goals = [...goalsOf(first, 'first pass'), ...goalsOf(second, 'again')];
  const row = (name: string, read: (pass: Pass) => number) => `${name.padEnd(44)}${cell(read(first))}${cell(read(second))}`;
  const lines = [
    `${'ms per file'.padEnd(44)}${'first'.padStart(10)}${'again'.padStart(10)}`,
    row(`slow-tests, ${ownRules} rules together`, ({ own }) => own),
    row('  median file', ({ median }) => median),
    row('  90th percentile', ({ p90 }) => p90),
    row(`jest recommended, ${jestRules} rules together`, ({ jest }) => jest),
    row('parsing, for comparison', ({ parse }) => parse),
    row('slow-tests / jest', ({ ratio }) => ratio),
    '',
    ...goals.map(goalText),
    '',
    `The first ${coldTimes.length} files of the process, before anything is compiled: ${cold.own.toFixed(3)} ms a file, jest ${cold.jest.toFixed(3)}; not part of the goals.`,
    '',
    'Slowest files for our rules, first pass:',
    ...slowest.map(({ file, own }) => `${cell(own)} ms  ${file}`),
  ];
  return { text: lines.join('\n'), figures: { cold, first, second, goals, slowest } };
}

function passOf(times: readonly FileTime[]): Pass {
  const count = Math.max(1, times.length);
  const mean = (read: (time: FileTime) => number) => times.reduce((sum, time) => sum + read(time), 0) / count;
  const sorted = times.map(({ own }) => own).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const own = mean((time) => time.own);
  const jest = mean((time) => time.jest);
  return { own, jest, parse: mean(({ parse }) => parse), ratio: own / jest, median: at(0.5), p90: at(0.9) };
}

function cell(value: number): string {
  return value.toFixed(3).padStart(10);
}
