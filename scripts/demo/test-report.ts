/** Reads the JSON report of Vitest: how many tests passed, and how long each took. */

import path from 'node:path';

export interface TestDuration {
  /** Path from the folder of the suite, with forward slashes. */
  readonly file: string;
  readonly name: string;
  /** ms. */
  readonly duration: number;
}

export interface TestReport {
  readonly passed: readonly TestDuration[];
  readonly failed: readonly TestDuration[];
  /** Tests that the filter of the run left out. */
  readonly skipped: readonly TestDuration[];
}

interface VitestJson {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string; readonly duration?: number | null }[];
  }[];
}

/** Throws an Error when a test file could not be loaded: it has no tests to count then. */
export function readTestReport(json: string, folder: string): TestReport {
  const { testResults } = JSON.parse(json) as VitestJson;
  const broken = testResults.find((file) => file.status === 'failed' && file.assertionResults.length === 0);
  if (broken) throw new Error(`${path.relative(folder, broken.name)} could not be loaded: ${broken.message ?? 'no reason given'}`);
  const tests = testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({
      status: test.status,
      file: path.relative(folder, file.name).split(path.sep).join('/'),
      name: test.fullName,
      duration: test.duration ?? 0,
    })),
  );
  const withStatus = (matches: (status: string) => boolean): TestDuration[] =>
    tests.filter((test) => matches(test.status)).map(({ file, name, duration }) => ({ file, name, duration }));
  return {
    passed: withStatus((status) => status === 'passed'),
    failed: withStatus((status) => status === 'failed'),
    skipped: withStatus((status) => status !== 'passed' && status !== 'failed'),
  };
}

export function secondsInTests(report: TestReport): number {
  return [...report.passed, ...report.failed].reduce((total, test) => total + test.duration, 0) / 1000;
}

export function slowestTests(report: TestReport, count: number): TestDuration[] {
  return [...report.passed, ...report.failed].sort((left, right) => right.duration - left.duration).slice(0, count);
}
