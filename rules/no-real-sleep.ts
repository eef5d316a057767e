import { defineRule } from '../src/host/define-rule.ts';
import { advanceClock } from '../src/rewrites/advance-clock.ts';
import { markDeclaration } from '../src/rewrites/mark-declaration.ts';

export default defineRule({
  name: 'no-real-sleep',
  description: 'Disallow waiting on the real clock in fast tests.',
  recommended: true,
  fixable: false,
  hasSuggestions: true,
  options: {
    limit: { type: 'integer', minimum: 0, default: 100, description: 'Milliseconds that a fast test may wait at once.' },
    integrationLimit: { type: 'integer', minimum: 0, default: 1_000, description: 'The same for tests of the integration tier.' },
  },
  messages: {
    sleeps: 'Waits {{duration}} on the real clock in the fast run; use fake timers, wait for the event itself, or mark it {{marker}}.',
  },
  check({ analysis, options, settings, report }) {
    const marker = settings.marker.slow;
    for (const sleep of analysis.sleeps) {
      const { fact, payers } = sleep;
      const limit = fact.tests.every(({ tier }) => tier === 'integration') ? options.integrationLimit : options.limit;
      if (fact.milliseconds <= limit) continue;
      const duration = fact.milliseconds < 1000 ? `${fact.milliseconds} ms` : `${fact.milliseconds / 1000} s`;
      const [only] = payers.length === 1 ? payers : [];
      const marked = only?.placed && fact.tests[0]?.kind === 'test' ? [markDeclaration(analysis, only.placed.declaration, { marker, renamesSnapshots: true })] : [];
      report('sleeps', fact, { duration, marker }, [advanceClock(analysis, sleep), ...marked]);
    }
  },
});
