import { defineRule } from '../src/host/define-rule.ts';
import { advanceClock } from '../src/rewrites/advance-clock.ts';
import { markDeclaration } from '../src/rewrites/mark-declaration.ts';

export default defineRule({
  name: 'no-real-sleep',
  description: 'Disallow waiting on the real clock in fast tests.',
  recommended: true,
  fixable: false,
  hasSuggestions: true,
  options: {},
  messages: {
    sleeps: 'Waits {{duration}} on the real clock in the fast run; use fake timers, wait for the event itself, or mark it {{marker}}.',
  },
  check({ analysis, settings, report }) {
    const marker = settings.marker.slow;
    for (const sleep of analysis.sleeps) {
      const { fact, payers } = sleep;
      const limit = settings.budgets[fact.tests.every(({ tier }) => tier === 'integration') ? 'integration' : 'unit'];
      if (fact.milliseconds <= limit) continue;
      const duration = fact.milliseconds < 1000 ? `${fact.milliseconds} ms` : `${fact.milliseconds / 1000} s`;
      const [only] = payers.length === 1 ? payers : [];
      const marked = only?.placed && fact.tests[0]?.kind === 'test' ? [markDeclaration(analysis, only.placed.declaration, { marker, renamesSnapshots: true })] : [];
      report('sleeps', fact, { duration, marker }, [advanceClock(analysis, sleep), ...marked]);
    }
  },
});
