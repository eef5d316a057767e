import { describe, expect, test } from 'vitest';
import { compareSlowest, compareStates, findLost } from '../../scripts/demo/comparison.ts';
import { readTestReport, type TestReport } from '../../scripts/demo/test-report.ts';

const json = (tests: Record<string, [status: string, duration?: number]>): string =>
  JSON.stringify({
    testResults: [
      {
        name: '/suite/test/a.test.ts',
        status: 'passed',
        assertionResults: Object.entries(tests).map(([fullName, [status, duration]]) => ({ fullName, status, duration })),
      },
    ],
  });

const report = (tests: Record<string, [status: string, duration?: number]>): TestReport => readTestReport(json(tests), '/suite');

const before = report({ slow: ['passed', 9000], quick: ['passed', 1000] });
const after = report({ slow: ['passed', 500], quick: ['passed', 500] });

describe('readTestReport', () => {
  test('sorts tests by their status', () => {
    const read = report({ good: ['passed', 1.5], bad: ['failed', 2], other: ['skipped'] });
    expect(read.passed).toEqual([{ file: 'test/a.test.ts', name: 'good', duration: 1.5 }]);
    expect(read.failed.map(({ name }) => name)).toEqual(['bad']);
    expect(read.skipped).toEqual([{ file: 'test/a.test.ts', name: 'other', duration: 0 }]);
  });

  test('a file that can not be loaded is an error', () => {
    const broken = JSON.stringify({ testResults: [{ name: '/suite/a.test.ts', status: 'failed', message: 'no such module', assertionResults: [] }] });
    expect(() => readTestReport(broken, '/suite')).toThrow('a.test.ts could not be loaded: no such module');
  });
});

describe('compareStates', () => {
  test('shows seconds, tests and findings', () => {
    const finding = { file: 'test/a.test.ts', line: 1, rule: 'no-production-dims', message: '', fixable: true };
    const table = compareStates(
      { fast: { report: before, seconds: 12 }, findings: [finding, finding] },
      { fast: { report: after, seconds: 2 }, findings: [] },
    );
    expect(table.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['before', 'after', 'ratio'],
      [expect.stringMatching(/^-+$/), '------', '------', '------'],
      ['fast run', '12.0 s', '2.00 s', '6.0 x'],
      ['of it in tests', '10.0 s', '1.00 s', '10.0 x'],
      ['slowest test', '9.00 s', '0.50 s', '18.0 x'],
      ['tests in it', '2 pass', '2 pass'],
      ['findings', '2', '0'],
      ['no-production-dims', '2', '0'],
    ]);
  });
});

test('compareSlowest follows a test by its name', () => {
  const lines = compareSlowest(before, report({ quick: ['passed', 500] }), 2).split('\n');
  expect(lines[2]).toMatch(/^test\/a\.test\.ts {2}slow +9\.00 s +not in it$/);
  expect(lines[3]).toMatch(/^test\/a\.test\.ts {2}quick +1\.00 s +0\.50 s$/);
});

test('findLost names tests that run nowhere any more', () => {
  const fast = report({ quick: ['passed', 1], slow: ['skipped'] });
  expect(findLost(before, [fast])).toEqual(['test/a.test.ts slow']);
  expect(findLost(before, [fast, report({ slow: ['passed', 1] })])).toEqual([]);
  expect(findLost(before, [fast, report({ 'slow @slow': ['passed', 1] })])).toEqual([]);
  expect(findLost(before, [fast, report({ 'slow (full @slow)': ['passed', 1] })])).toEqual([]);
  expect(findLost(before, [fast, report({ 'slow (fully)': ['passed', 1] })])).toEqual(['test/a.test.ts slow']);
});
