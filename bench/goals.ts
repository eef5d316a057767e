/** What the benchmarks have in common: goals, and where their figures go. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** One that is not reached is said to be so. */
export interface Goal {
  readonly name: string;
  readonly value: number;
  readonly unit?: string;
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface Figures {
  readonly goals: readonly Goal[];
  readonly [name: string]: unknown;
}

const FOLDER = resolve(import.meta.dirname, '../.slow-tests');

export function isReached({ value, atMost = Infinity, atLeast = -Infinity }: Goal): boolean {
  return value <= atMost && value >= atLeast;
}

export function goalText(goal: Goal): string {
  const { name, value, unit = '', atMost, atLeast } = goal;
  const limit = atMost === undefined ? `at least ${String(atLeast)}` : `at most ${atMost}`;
  return `${name}: ${limit}${unit} ${isReached(goal) ? 'is reached' : 'is not reached'} (${value >= 100 ? value.toFixed(0) : value.toPrecision(3)}${unit}).`;
}

/** Returns the path of the written file. */
export function writeFigures(benchmark: string, figures: Figures): string {
  const path = pathOf(benchmark);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(figures, undefined, 2)}\n`);
  return path;
}

export function readFigures(benchmark: string): Figures {
  return JSON.parse(readFileSync(pathOf(benchmark), 'utf8')) as Figures;
}

function pathOf(benchmark: string): string {
  return resolve(FOLDER, benchmark === '' ? 'bench.json' : `bench-${benchmark}.json`);
}
