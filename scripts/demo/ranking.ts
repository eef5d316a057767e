/** Which tests cost most. Only what a rule reported counts. */

import type { Expense } from './expenses.ts';
import type { Finding } from './findings.ts';

export interface RankedTest {
  readonly file: string;
  readonly line: number;
  readonly title: string;
  /** ms, good for an order only. */
  readonly cost: number;
  readonly rules: readonly string[];
}

export function rankTests(expenses: readonly Expense[], findings: readonly Finding[], count: number): RankedTest[] {
  const rulesAt = new Map<string, string[]>();
  for (const { file, line, rule } of findings) {
    const place = `${file}:${line}`;
    rulesAt.set(place, [...(rulesAt.get(place) ?? []), rule]);
  }
  const tests = new Map<string, RankedTest>();
  for (const { file, line, test, cost } of expenses) {
    const rules = rulesAt.get(`${file}:${line}`);
    if (!rules) continue;
    const place = JSON.stringify([file, test.line, test.title]);
    const known = tests.get(place);
    tests.set(place, {
      file,
      line: test.line,
      title: test.title,
      cost: (known?.cost ?? 0) + cost,
      rules: [...new Set([...(known?.rules ?? []), ...rules])],
    });
  }
  return [...tests.values()]
    .sort((left, right) => right.cost - left.cost || left.file.localeCompare(right.file) || left.line - right.line)
    .slice(0, count);
}
