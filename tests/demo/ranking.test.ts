import { expect, test } from 'vitest';
import { expensesOf, type Expense } from '../../scripts/demo/expenses.ts';
import { rankTests } from '../../scripts/demo/ranking.ts';
import type { FileFacts, SizeFact, TestFact } from '../../src/analysis/facts.ts';

const finding = (line: number, rule: string) => ({ file: 'a.test.ts', line, rule, message: '', fixable: false });
const expense = (line: number, title: string, cost: number): Expense => ({ file: 'a.test.ts', line, test: { title, line: 1 }, cost });

test('the test that pays most comes first', () => {
  const expenses = [expense(4, 'small', 10), expense(8, 'large', 30), expense(9, 'large', 5)];
  const findings = [finding(4, 'no-production-dims'), finding(8, 'no-production-dims'), finding(9, 'no-unmocked-compile')];
  expect(rankTests(expenses, findings, 10)).toEqual([
    { file: 'a.test.ts', line: 1, title: 'large', cost: 35, rules: ['no-production-dims', 'no-unmocked-compile'] },
    { file: 'a.test.ts', line: 1, title: 'small', cost: 10, rules: ['no-production-dims'] },
  ]);
  expect(rankTests(expenses, findings, 1)).toHaveLength(1);
});

test('what no rule reported does not count', () => {
  expect(rankTests([expense(4, 'small', 10)], [finding(5, 'no-production-dims')], 10)).toEqual([]);
});

test('every test that pays has its expense, once for each variant', () => {
  const tests = ['one', 'two'].map(
    (fullTitle, index): TestFact => ({ range: [index, index], kind: 'test', fullTitle, tier: 'unit', isFast: true, timeout: undefined }),
  );
  const size: SizeFact = {
    range: [40, 44],
    tests,
    kind: 'tensor',
    callee: 'randn',
    callRange: [38, 50],
    dimensions: [1, 512],
    elements: 300_000,
    sequence: 512,
    samples: undefined,
  };
  const variants = [{ range: [0, 9] as const, tests: tests.slice(1), form: 'inside' as const, variants: ['a', 'b'], combinations: 2, isOpen: false, work: 'randn' }];
  const facts: FileFacts = { tests, sizes: [size], calls: [], variants };
  expect(expensesOf(facts, 'a.test.ts', (offset) => offset + 1)).toEqual([
    { file: 'a.test.ts', line: 41, test: { title: 'one', line: 1 }, cost: 512 },
    { file: 'a.test.ts', line: 41, test: { title: 'two', line: 2 }, cost: 1024 },
    { file: 'a.test.ts', line: 1, test: { title: 'two', line: 2 }, cost: 0 },
  ]);
});
