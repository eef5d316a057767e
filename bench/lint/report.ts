/** What the measured times say against the goals; a goal that is not reached is said to be so. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { FileTime } from './measure.ts';

const GOAL_MILLISECONDS = 0.3;
const GOAL_SHARE = 0.3;
const SLOWEST_SHOWN = 8;
const REPORT = resolve(import.meta.dirname, '../../.slow-tests/bench-lint.json');

interface Pass {
  readonly own: number;
  readonly jest: number;
  readonly parse: number;
  readonly ratio: number;
  readonly median: number;
  readonly p90: number;
}

interface Figures {
  readonly first: Pass;
  readonly second: Pass;
  readonly goals: { readonly milliseconds: number; readonly share: number; readonly isReached: boolean };
  readonly slowest: readonly FileTime[];
}

interface Measured {
  readonly first: readonly FileTime[];
  readonly second: readonly FileTime[];
  readonly ownRules: number;
  readonly jestRules: number;
}

export function judge({ first: firstTimes, second: secondTimes, ownRules, jestRules }: Measured): { readonly text: string; readonly figures: Figures } {
  const first = passOf(firstTimes);
  const second = passOf(secondTimes);
  const slowest = [...firstTimes].sort((a, b) => b.own - a.own).slice(0, SLOWEST_SHOWN);
  const isReached = first.own <= GOAL_MILLISECONDS && first.ratio <= GOAL_SHARE;
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
    goal(`at most ${GOAL_MILLISECONDS} ms per file`, first.own, second.own, GOAL_MILLISECONDS),
    goal(`at most ${GOAL_SHARE} × jest recommended`, first.ratio, second.ratio, GOAL_SHARE),
    '',
    'Slowest files for our rules, first pass:',
    ...slowest.map(({ file, own }) => `${cell(own)} ms  ${file}`),
  ];
  return { text: lines.join('\n'), figures: { first, second, goals: { milliseconds: GOAL_MILLISECONDS, share: GOAL_SHARE, isReached }, slowest } };
}

function goal(name: string, first: number, second: number, limit: number): string {
  const verdict = first <= limit ? 'reached' : second <= limit ? 'not reached at first, reached again' : 'not reached';
  return `Goal ${name}: ${verdict} (${first.toFixed(2)} at first, ${second.toFixed(2)} again).`;
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

/** Returns the path of the written file. */
export function writeReport(figures: object): string {
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, `${JSON.stringify(figures, undefined, 2)}\n`);
  return REPORT;
}
