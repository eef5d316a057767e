import { defineRule } from '../src/host/define-rule.ts';
import { markDeclaration } from '../src/rewrites/mark-declaration.ts';

export default defineRule({
  name: 'require-slow-marker',
  description: 'Require the slow marker on tests that declare themselves slow.',
  recommended: false,
  fixable: true,
  hasSuggestions: true,
  options: {
    timeout: { type: 'integer', minimum: 1, default: 10_000, description: 'Timeout in ms from which a test declares itself slow.' },
  },
  messages: {
    timeout: 'May take {{seconds}} s by its own timeout, and is in the fast run; mark it {{marker}}.',
    title: 'Measures performance by its title, and is in the fast run; mark it {{marker}}.',
    tier: 'Uses the large tier, and is in the fast run; mark it {{marker}}.',
  },
  check({ analysis, options, settings, measured, report }) {
    const marker = settings.marker.slow;
    for (const { fact, declaration } of analysis.declared) {
      const { evidence, timeout = 0 } = fact;
      if (evidence === 'timeout' && timeout < options.timeout) continue;
      if (measured.areQuick(fact.tests)) continue;
      report(evidence, fact, { seconds: timeout / 1000, marker }, [markDeclaration(analysis, declaration, { marker, renamesSnapshots: true })]);
    }
  },
});
