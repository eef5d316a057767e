import { describe, expect, test } from 'vitest';
import { enclosingTitle, rankTests } from '../../scripts/demo/ranking.ts';

const LINES = `
describe('attention', () => {
  beforeEach(() => {
    query = randn([2, 8, 512, 64]);
  });

  it('keeps the shape', () => {
    const query = randn([2, 8, 512, 64]);
    for (const pattern of PATTERNS) {
      compileAttention({ pattern });
    }
  });

  test.each([
    ['causal'],
  ])('%s is finite', () => {
    randn([2, 8, 512, 64]);
  });
});
`.split('\n');

describe('enclosingTitle', () => {
  test.each([
    [8, 'keeps the shape'],
    [10, 'keeps the shape'],
    [7, 'keeps the shape'],
    [17, '%s is finite'],
    [4, undefined],
  ])('of line %i is %s', (line, title) => {
    expect(enclosingTitle(LINES, line)).toBe(title);
  });
});

test('rankTests puts the test with most findings first', () => {
  const finding = (line: number, rule: string) => ({ file: 'a.test.ts', line, rule, message: '', fixable: false });
  const ranked = rankTests([finding(17, 'no-production-dims'), finding(8, 'no-production-dims'), finding(9, 'no-exhaustive-patterns')], () => LINES, 10);
  expect(ranked).toEqual([
    { file: 'a.test.ts', line: 8, title: 'keeps the shape', cost: 2, rules: ['no-production-dims', 'no-exhaustive-patterns'] },
    { file: 'a.test.ts', line: 17, title: '%s is finite', cost: 1, rules: ['no-production-dims'] },
  ]);
  expect(rankTests([], () => [], 10)).toEqual([]);
});
