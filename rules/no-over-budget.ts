import { defineRule } from '../src/host/define-rule.ts';
import { markMeasured } from '../src/rewrites/mark-measured.ts';
import { formatDuration } from '../src/timing/budgets.ts';

export default defineRule({
  name: 'no-over-budget',
  description: 'Disallow tests whose recorded duration is over the budget of their tier.',
  recommended: true,
  fixable: false,
  hasSuggestions: true,
  options: {},
  messages: {
    one: 'Took {{duration}} when it was profiled; the budget of {{tier}} is {{budget}}.',
    cases: '{{count}} of its {{total}} cases took more than the {{budget}} of {{tier}} when they were profiled, the longest {{duration}}.',
  },
  check({ analysis, settings, measured, report }) {
    for (const { declaration, range, tier, tests, over } of measured.declarations) {
      const [longest] = over;
      if (!longest) continue;
      const data = { duration: formatDuration(longest.duration), budget: formatDuration(settings.budgets[tier]), tier: TIERS[tier], count: over.length, total: tests.length };
      report(tests.length > 1 ? 'cases' : 'one', { range }, data, [markMeasured(analysis, declaration, { over: over.length, cases: tests.length })]);
    }
  },
});

const TIERS = { unit: 'a unit test', integration: 'an integration test', comprehensive: 'a slow test', stress: 'a stress test' };
