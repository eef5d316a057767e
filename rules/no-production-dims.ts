import { defineRule } from '../src/host/define-rule.ts';
import type { SizeFact } from '../src/analysis/facts.ts';
import type { TierSizes } from '../src/analysis/settings.ts';
import type { Rewrite } from '../src/rewrites/edit.ts';
import { shrinkSize } from '../src/rewrites/shrink-size.ts';
import { tierSizes } from '../src/rewrites/tier-sizes.ts';

export default defineRule({
  name: 'no-production-dims',
  description: 'Disallow production-size tensors, layers and samples in fast tests.',
  recommended: true,
  fixable: true,
  hasSuggestions: true,
  options: {
    maxElements: { type: 'integer', minimum: 1, default: 65_536, description: 'Elements from which a tensor or buffer is production size.' },
    maxSequence: { type: 'integer', minimum: 1, default: 256, description: 'Length from which a sequence-like dimension is production size.' },
    maxWeights: { type: 'integer', minimum: 1, default: 65_536, description: 'Weights from which a layer or model is production size.' },
    maxSamples: { type: 'integer', minimum: 1, default: 5_000, description: 'Samples from which a data set is production size.' },
  },
  messages: {
    sequence: '{{scores}} scores per head in {{where}}; the test size is {{target}}.',
    elements: '{{elements}} elements ({{shape}}) in {{where}}; {{limit}} or more is production size, test with {{target}} per dimension.',
    weights: '{{elements}} weights in {{where}}; {{limit}} or more is production size, a test layer has {{target}} per dimension.',
    samples: '{{samples}} samples in {{where}}; {{limit}} or more is production size.',
  },
  check({ analysis, options, settings, report }) {
    const limits = { elements: options.maxElements, sequence: options.maxSequence };
    const tiers = tierSizes(analysis, options);
    for (const size of analysis.sizes) {
      const { fact } = size;
      // What the codemod does, for whoever looks at it; the fix may only shrink.
      const tiered = tiers.filter(({ sizes }) => sizes.includes(size)).map(({ rewrite }) => suggested(rewrite));
      const where = whereOf(fact);
      if (fact.kind === 'layer' || fact.kind === 'model') {
        if (fact.elements < options.maxWeights) continue;
        const data = { elements: grouped(fact.elements), where, limit: grouped(options.maxWeights), target: settings.sizes.headSize };
        report('weights', fact, data, [...shrinkSize(analysis, size, settings.sizes, limits), ...tiered]);
      } else if (fact.sequence !== undefined && fact.sequence >= options.maxSequence && isWorthwhile(fact)) {
        const scores = `${grouped(fact.sequence)} × ${grouped(fact.sequence)}`;
        report('sequence', fact, { scores, where, target: settings.sizes.sequence }, [...shrinkSize(analysis, size, settings.sizes, limits), ...tiered]);
      } else if (fact.samples !== undefined && fact.samples >= options.maxSamples) {
        const data = { samples: grouped(fact.samples), where, limit: grouped(options.maxSamples) };
        report('samples', fact, data, [...shrinkSize(analysis, size, settings.sizes, limits), ...tiered]);
      } else if (fact.elements >= options.maxElements) {
        const data = {
          elements: grouped(fact.elements),
          shape: fact.dimensions.map((dimension) => dimension ?? '?').join(' × '),
          where,
          limit: grouped(options.maxElements),
          target: targetOf(settings.sizes),
        };
        report('elements', fact, data, [...shrinkSize(analysis, size, settings.sizes, limits), ...tiered]);
      }
    }
  },
});

function suggested(rewrite: Rewrite): Rewrite {
  return rewrite.type === 'edits' ? { ...rewrite, isProven: false } : rewrite;
}

/** A long but thin tensor (a row of token ids) has no quadratic cost. */
function isWorthwhile({ elements }: SizeFact): boolean {
  return elements === 0 || elements >= 4_096;
}

function targetOf(sizes: TierSizes): string {
  return `${sizes.headSize} to ${sizes.sequence}`;
}

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

function whereOf({ tests }: SizeFact): string {
  const [first] = tests;
  const kind = first?.kind === 'hook' ? 'a hook of fast tests' : first?.kind === 'test' ? 'a fast test' : 'what every fast test here loads';
  return tests.length > 1 && first?.kind === 'test' ? `${tests.length} fast tests` : kind;
}
