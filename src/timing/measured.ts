/** What did the tests of a file take, declaration by declaration, and is that within the budgets? */
import type { Declaration } from '../analysis/declarations.ts';
import type { Range } from '../analysis/nodes.ts';
import type { Reading } from '../analysis/reading.ts';
import type { Budgets } from '../analysis/settings.ts';
import type { Tier } from '../analysis/tier.ts';
import { hasToken } from '../analysis/tier.ts';
import { isFarUnder, isMeasured, offenceOf } from './budgets.ts';
import { matchTests } from './match.ts';
import type { ProfiledTest } from './profile.ts';

export type MeasuredTest = ProfiledTest & { readonly duration: number };

/** One call with all the tests it declared: the cases of a table, the rounds of a loop. */
export interface MeasuredDeclaration {
  readonly declaration: Declaration;
  /** From the call's beginning to the end of its title. */
  readonly range: Range;
  /** By the source as it is now; what a test was when it was measured does not count. */
  readonly tier: Tier;
  /** Never empty; the longest first. */
  readonly tests: readonly MeasuredTest[];
  /** Those over the budget of their tier, the longest first. */
  readonly over: readonly MeasuredTest[];
  readonly isFarUnder: boolean;
}

/** In source order. What no call of the file declares any more is left out: the entry is stale. */
export function measureDeclarations(reading: Reading, profiled: readonly ProfiledTest[], budgets: Budgets): MeasuredDeclaration[] {
  const { declared } = matchTests(reading, profiled);
  const byDeclaration = new Map<Declaration, MeasuredTest[]>();
  for (const [test, declaration] of declared) {
    if (!isMeasured(test)) continue;
    const tests = byDeclaration.get(declaration);
    if (tests) tests.push(test);
    else byDeclaration.set(declaration, [test]);
  }
  return [...byDeclaration]
    .map(([declaration, tests]) => measure(reading, declaration, tests.sort((a, b) => b.duration - a.duration), budgets))
    .sort((a, b) => a.range[0] - b.range[0]);
}

function measure(reading: Reading, declaration: Declaration, tests: readonly MeasuredTest[], budgets: Budgets): MeasuredDeclaration {
  const { tier, isPartlyMarked } = reading.tests.place(declaration);
  const { slow, stress } = reading.settings.marker;
  const tierOf = ({ title }: MeasuredTest): Tier => {
    if (!isPartlyMarked || tier === 'stress') return tier;
    return title.some((part) => hasToken(part, stress)) ? 'stress' : title.some((part) => hasToken(part, slow)) ? 'comprehensive' : tier;
  };
  // Rows that gained the marker after they were measured look like fast ones in the report.
  const isStale = isPartlyMarked && tests.every((test) => tierOf(test) === tier);
  const { call, title } = declaration;
  return {
    declaration,
    range: [call.range[0], title ? title.range[1] : call.callee.range[1]],
    tier,
    tests,
    over: isStale ? [] : tests.filter((test) => offenceOf(tierOf(test), test.duration, budgets) !== undefined),
    isFarUnder: !isStale && tests.every((test) => isFarUnder(tierOf(test), test.duration, budgets)),
  };
}
