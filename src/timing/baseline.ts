/** What was over its budget when somebody last looked: it may stay so for a while, and only become less. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { array, literal, minValue, number, object, optional, pipe, string } from 'valibot';
import writeFileAtomic from 'write-file-atomic';
import { check } from './profile-error.ts';
import { parseJson, readText } from './store.ts';
import type { Allowances, Judgement } from './judge.ts';

/** Beside the profile, and unlike it to be committed. */
export const BASELINE_PATH = '.slow-tests/baseline.json';

const duration = pipe(number(), minValue(0, 'a number of ms'));
const schema = object({
  version: literal(1),
  fastRun: optional(duration),
  tests: array(object({ file: string(), title: array(string()), duration })),
});

export interface BaselineTest {
  readonly file: string;
  readonly title: readonly string[];
  /** In ms. */
  readonly duration: number;
}

export class Baseline {
  /** ms of the fast run, where it was over its budget. */
  readonly fastRun: number | undefined;
  readonly tests: readonly BaselineTest[];

  constructor(tests: readonly BaselineTest[], fastRun: number | undefined) {
    this.tests = tests;
    this.fastRun = fastRun;
  }

  allowances(): Allowances {
    const left = new Map<string, number[]>();
    for (const test of this.tests) {
      const key = keyOf(test.file, test.title);
      left.set(key, [...(left.get(key) ?? []), test.duration]);
    }
    return { fastRun: this.fastRun, take: (file, title) => (left.size === 0 ? undefined : left.get(keyOf(file, title))?.shift()) };
  }

  /** Lower where the suite has become faster; never higher, and nothing new. */
  improvedBy(judgement: Judgement, isMeasured: (file: string, title: readonly string[]) => boolean): Baseline {
    const over = new Map<string, number[]>();
    for (const { file, test } of [...judgement.tolerated, ...judgement.offenders]) {
      const key = keyOf(file, test.title);
      over.set(key, [...(over.get(key) ?? []), test.duration]);
    }
    const tests = this.tests.flatMap((test) => {
      if (!isMeasured(test.file, test.title)) return [test];
      const now = over.get(keyOf(test.file, test.title))?.shift();
      return now === undefined ? [] : [{ ...test, duration: Math.min(test.duration, now) }];
    });
    const { duration: fast, budget } = judgement.fastRun;
    return new Baseline(tests, this.fastRun === undefined || fast <= budget ? undefined : Math.min(this.fastRun, fast));
  }
}

/** The suite as it is: whatever is over its budget now. */
export function baselineOf({ offenders, tolerated, fastRun }: Judgement): Baseline {
  const tests = [...tolerated, ...offenders].map(({ file, test }) => ({ file, title: test.title, duration: test.duration }));
  return new Baseline(tests, fastRun.duration > fastRun.budget ? fastRun.duration : undefined);
}

/** Undefined when there is none; throws a `ProfileError` for one that cannot be read. */
export function readBaseline(path: string): Baseline | undefined {
  if (!existsSync(path)) return undefined;
  const { tests, fastRun } = check(schema, parseJson(readText(path), path), path);
  return new Baseline(tests, fastRun);
}

/** One test, one line, in an order that does not hang on durations: so a diff shows what became better. */
export function writeBaseline(path: string, { tests, fastRun }: Baseline): void {
  const lines = [...tests]
    .sort((a, b) => compare(keyOf(a.file, a.title), keyOf(b.file, b.title)) || a.duration - b.duration)
    .map(({ file, title, duration: ms }) => `\n    ${JSON.stringify({ file, title, duration: Math.ceil(ms) })}`);
  mkdirSync(dirname(path), { recursive: true });
  const fast = fastRun === undefined ? '' : `  "fastRun": ${Math.ceil(fastRun)},\n`;
  writeFileAtomic.sync(path, `{\n  "version": 1,\n${fast}  "tests": [${lines.join(',')}${lines.length > 0 ? '\n  ' : ''}]\n}\n`);
}

function keyOf(file: string, title: readonly string[]): string {
  return JSON.stringify([file, ...title]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
