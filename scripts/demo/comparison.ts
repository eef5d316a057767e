/** The table of a suite before and after. */

import { countByRule, type Finding } from './findings.ts';
import type { Measurement } from './measure.ts';
import { formatTable } from '../../src/cli/table.ts';
import { secondsInTests, slowestTests, type TestReport } from './test-report.ts';

export interface State {
  readonly fast: Measurement;
  /** What the fast run leaves out. */
  readonly slow?: Measurement;
  readonly findings: readonly Finding[];
}

const inSeconds = (seconds: number): string => `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;

const ratio = (before: number, after: number): string => `${(before / after).toFixed(1)} x`;

function passed(report: TestReport): string {
  const all = report.passed.length + report.failed.length;
  return report.failed.length === 0 ? `${all} pass` : `${report.failed.length} of ${all} FAIL`;
}

export function compareStates(before: State, after: State): string {
  const [slowestBefore] = slowestTests(before.fast.report, 1);
  const [slowestAfter] = slowestTests(after.fast.report, 1);
  const countsBefore = countByRule(before.findings);
  const countsAfter = countByRule(after.findings);
  const rules = [...new Set([...countsBefore.keys(), ...countsAfter.keys()])];
  return formatTable(
    ['', 'before', 'after', 'ratio'],
    [
      row('fast run', before.fast.seconds, after.fast.seconds),
      row('of it in tests', secondsInTests(before.fast.report), secondsInTests(after.fast.report)),
      row('slowest test', (slowestBefore?.duration ?? 0) / 1000, (slowestAfter?.duration ?? 0) / 1000),
      ['tests in it', passed(before.fast.report), passed(after.fast.report), ''],
      ...slowRows(before.slow, after.slow),
      ['findings', String(before.findings.length), String(after.findings.length), ''],
      ...rules.map((rule) => [`  ${rule}`, String(countsBefore.get(rule) ?? 0), String(countsAfter.get(rule) ?? 0), '']),
    ],
    ['left', 'right', 'right', 'right'],
  );
}

function slowRows(before: Measurement | undefined, after: Measurement | undefined): string[][] {
  if (!after) return [];
  return [
    ['slow run', before ? inSeconds(before.seconds) : '', inSeconds(after.seconds), ''],
    ['tests in it', before ? passed(before.report) : '', passed(after.report), ''],
  ];
}

function row(name: string, before: number, after: number): string[] {
  return [name, inSeconds(before), inSeconds(after), ratio(before, after)];
}

/** What a codemod adds to a title: the marker, and the name of the row. */
const ADDED = / @slow| \((?:small|full|essential|all|stub|real)(?: @slow)?\)/g;

function originalName({ file, name }: { readonly file: string; readonly name: string }): string {
  return `${file} ${name.replace(ADDED, '')}`;
}

/** The slowest tests before, and what each takes now. */
export function compareSlowest(before: TestReport, after: TestReport, count: number): string {
  const now = new Map([...after.passed, ...after.failed].map((test) => [originalName(test), test.duration]));
  return formatTable(
    ['slowest tests', 'before', 'after'],
    slowestTests(before, count).map((test) => {
      const { file, name, duration } = test;
      const later = now.get(originalName(test));
      return [`${file}  ${name}`, inSeconds(duration / 1000), later === undefined ? 'not in it' : inSeconds(later / 1000)];
    }),
    ['left', 'right', 'right'],
  );
}

/** Names of tests that ran before and run in neither of the later reports; what a codemod adds to a title makes no other name. */
export function findLost(before: TestReport, later: readonly TestReport[]): string[] {
  const names = new Set(later.flatMap((report) => [...report.passed, ...report.failed].map(originalName)));
  return [...before.passed, ...before.failed].map(originalName).filter((name) => !names.has(name));
}
