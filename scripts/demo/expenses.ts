/** What each test pays for, in milliseconds that are good for an order only. */

import type { CallFact, FileFacts, SizeFact, TestFact } from '../../src/analysis/facts.ts';

export interface Expense {
  readonly file: string;
  /** Of the text that causes it. */
  readonly line: number;
  readonly test: { readonly title: string; readonly line: number };
  /** ms. */
  readonly cost: number;
}

/** Elements that plain JavaScript works through in a millisecond; naive attention on Node 20 reaches about this. */
const ELEMENTS_PER_MILLISECOND = 300_000;

/** How often an element without a known sequence is used: created, compared, reduced. */
const USES = 16;

/** Of one compile, build or load whose cost is not known. */
const CALL_MILLISECONDS = 200;

const sizeCost = ({ elements, sequence, samples }: SizeFact): number =>
  ((elements || (samples ?? 0)) * (sequence ?? USES)) / ELEMENTS_PER_MILLISECOND;

const callCost = ({ milliseconds }: CallFact): number => milliseconds ?? CALL_MILLISECONDS;

/**
 * One expense for each size, call and loop over variants, and each test that pays for it. A loop costs nothing itself: it
 * multiplies the rest. `lineOf` turns an offset into a line.
 */
export function expensesOf(facts: FileFacts, file: string, lineOf: (offset: number) => number): Expense[] {
  const times = new Map<TestFact, number>();
  for (const { tests, combinations } of facts.variants) {
    for (const test of tests) times.set(test, Math.max(times.get(test) ?? 1, combinations));
  }
  const paid = [
    ...facts.sizes.map((size) => ({ fact: size, cost: sizeCost(size) })),
    ...facts.calls.map((call) => ({ fact: call, cost: callCost(call) })),
    ...facts.variants.map((variant) => ({ fact: variant, cost: 0 })),
  ];
  return paid.flatMap(({ fact, cost }) =>
    fact.tests.map((test) => ({
      file,
      line: lineOf(fact.range[0]),
      test: { title: test.fullTitle || test.kind, line: lineOf(test.range[0]) },
      cost: cost * (times.get(test) ?? 1),
    })),
  );
}
