import type { ESLint, Linter } from 'eslint';
import { expect, test } from 'vitest';
import { countByRule, summarize } from '../../scripts/demo/findings.ts';

function result(filePath: string, messages: readonly Partial<Linter.LintMessage>[]): ESLint.LintResult {
  return {
    filePath,
    messages: messages.map((message) => ({ ruleId: null, severity: 2, line: 1, column: 1, message: '', ...message })),
    suppressedMessages: [],
    errorCount: 0,
    fatalErrorCount: 0,
    warningCount: 0,
    fixableErrorCount: 0,
    fixableWarningCount: 0,
    usedDeprecatedRules: [],
  };
}

test('keeps what the plugin found, and counts files that could not be read', () => {
  const summary = summarize(
    [
      result('/suite/test/a.test.ts', [
        { ruleId: 'slow-tests/no-production-dims', line: 4, message: 'Large.', fix: { range: [0, 1], text: '' } },
        { ruleId: 'other/rule', message: 'Definition for rule was not found.' },
      ]),
      result('/suite/test/b.test.ts', [{ fatal: true, message: 'Parsing error' }]),
    ],
    '/suite',
  );
  expect(summary).toEqual({
    files: 2,
    findings: [{ file: 'test/a.test.ts', line: 4, rule: 'no-production-dims', message: 'Large.', fixable: true }],
    syntaxErrors: [{ file: 'test/b.test.ts', message: 'Parsing error' }],
  });
});

test('counts per rule, most first', () => {
  const findings = ['b', 'a', 'c', 'c'].map((rule) => ({ file: 'a.ts', line: 1, rule, message: '', fixable: false }));
  expect([...countByRule(findings)]).toEqual([
    ['c', 2],
    ['a', 1],
    ['b', 1],
  ]);
});
