import { defineRule } from '../src/host/define-rule.ts';
import { markVariants } from '../src/rewrites/mark-variants.ts';

export default defineRule({
  name: 'no-exhaustive-patterns',
  description: 'Disallow running every variant of a pattern, mode, dtype or backend through expensive work in fast tests.',
  recommended: true,
  fixable: true,
  hasSuggestions: true,
  options: {
    minVariants: { type: 'integer', minimum: 2, default: 3, description: 'Variants, or combinations of nested lists of them, from which a loop or table is exhaustive.' },
  },
  messages: {
    tests: 'Generates a fast test for {{count}} ({{variants}}), each running {{work}}; keep one in the fast run and mark the others {{marker}}{{took}}.',
    inside: 'One fast test runs {{count}} ({{variants}}) through {{work}}; keep one in the fast run and run the others {{marker}}{{took}}.',
  },
  check({ analysis, options, settings, measured, report }) {
    for (const loop of analysis.loops) {
      const { fact } = loop;
      const verdict = measured.verdictOn(fact.tests);
      if (verdict?.type === 'under') continue;
      if (!fact.isOpen && fact.combinations < (verdict ? 2 : options.minVariants)) continue;
      const shown = fact.variants.slice(0, 4).join(', ') + (fact.variants.length > 4 ? ', …' : '');
      const data = { count: fact.isOpen ? 'every variant' : fact.form === 'tests' ? `each of ${fact.combinations} variants` : `${fact.combinations} variants`, variants: shown, work: fact.work, took: verdict ? `; the longest took ${verdict.duration} when it was profiled` : '', marker: settings.marker.slow };
      report(fact.form, fact, data, markVariants(analysis, loop, { essential: measured.essentialOf(loop, settings.essential), marker: settings.marker.slow, renamesSnapshots: true }));
    }
  },
});
