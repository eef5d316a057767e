import { defineCodemod } from '../../src/host/define-codemod.ts';
import { isFinding, planCall } from '../../src/rewrites/replace-call.ts';

export default defineCodemod({
  name: 'mock-compile',
  description: 'Run a stub in place of a real compile, share one between tests, or mark what needs its own slow.',
  options: {
    markFrom: { type: 'integer', default: 500, minimum: 0, description: 'ms of one call from which its test is marked slow, when it can be neither stubbed nor shared.' },
    unknownCost: { type: 'boolean', default: false, description: 'Also calls that only their name says to be a compile, and those that take a few milliseconds.' },
  },
  plan({ analysis, options, measured }) {
    const findings = analysis.calls.filter(({ fact }) => isFinding(fact, options.unknownCost) && measured.verdictOn(fact.tests)?.type !== 'under');
    return findings.map((call) => ({ range: call.fact.range, rewrite: planCall(analysis, call, options.markFrom) }));
  },
});
