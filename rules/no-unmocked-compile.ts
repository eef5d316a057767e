import { defineRule } from '../src/host/define-rule.ts';
import { isFinding, replaceCall } from '../src/rewrites/replace-call.ts';
import type { CallFact } from '../src/analysis/facts.ts';

const WHAT: Readonly<Record<CallFact['kind'], string>> = {
  compile: 'compiles for real',
  build: 'runs a real build',
  session: 'creates a real session',
  load: 'loads a real model',
  launch: 'launches a real process',
  deploy: 'deploys for real',
  train: 'trains a real model',
  run: 'runs for real',
  prove: 'makes a real proof',
};

export default defineRule({
  name: 'no-unmocked-compile',
  description: 'Disallow real compiles, builds, sessions and model loads in fast tests.',
  recommended: true,
  strict: { unknownCost: true },
  fixable: false,
  hasSuggestions: true,
  options: {
    unknownCost: { type: 'boolean', default: false, description: 'Also report calls that only their name says to be a compile, and those that take a few milliseconds.' },
  },
  messages: {
    expensive: '{{callee}}(…) {{what}}{{inside}} in {{where}}{{cost}}; stub it, or share one in beforeAll{{took}}.',
  },
  check({ analysis, options, measured, report }) {
    if (!analysis.mayCall(options.unknownCost || measured.isRecorded)) return;
    for (const call of analysis.calls) {
      const { fact } = call;
      const verdict = measured.verdictOn(fact.tests);
      if (verdict?.type === 'under' || !isFinding(fact, options.unknownCost || verdict !== undefined)) continue;
      const data = {
        callee: fact.callee,
        what: WHAT[fact.kind],
        inside: fact.inside === undefined ? '' : ` (${fact.inside})`,
        where: fact.tests.length > 1 ? `${fact.tests.length} fast tests` : 'a fast test',
        cost: fact.milliseconds === undefined ? '' : `, about ${fact.milliseconds} ms each time`,
        took: verdict ? `; the longest took ${verdict.duration} when it was profiled` : '',
      };
      report('expensive', fact, data, replaceCall(analysis, call));
    }
  },
});
