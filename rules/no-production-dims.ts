import { defineRule } from '../src/host/define-rule.ts';
import type { SizeFact } from '../src/analysis/facts.ts';
import type { TierSizes } from '../src/analysis/settings.ts';
import type { Rewrite } from '../src/rewrites/edit.ts';
import { shrinkSize } from '../src/rewrites/shrink-size.ts';
import type { Excess, ProductionLimits } from '../src/rewrites/size-units.ts';
import { excessOf } from '../src/rewrites/size-units.ts';
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
      const excess = excessOf(fact, options);
      if (excess === undefined) continue;
      // What the codemod does, for whoever looks at it; the fix may only shrink.
      const tiered = tiers.filter(({ sizes }) => sizes.includes(size)).map(({ rewrite }) => suggested(rewrite));
      report(excess, fact, dataOf(excess, fact, settings.sizes, options), [...shrinkSize(analysis, size, settings.sizes, limits), ...tiered]);
    }
  },
});

function suggested(rewrite: Rewrite): Rewrite {
  return rewrite.type === 'edits' ? { ...rewrite, isProven: false } : rewrite;
}

function dataOf(excess: Excess, fact: SizeFact, sizes: TierSizes, limits: ProductionLimits): Readonly<Record<string, string | number>> {
  const where = whereOf(fact);
  switch (excess) {
    case 'weights':
      return { elements: grouped(fact.elements), where, limit: grouped(limits.maxWeights), target: sizes.headSize };
    case 'sequence':
      return { scores: `${grouped(fact.sequence ?? 0)} × ${grouped(fact.sequence ?? 0)}`, where, target: sizes.sequence };
    case 'samples':
      return { samples: grouped(fact.samples ?? 0), where, limit: grouped(limits.maxSamples) };
    case 'elements': {
      const shape = fact.dimensions.map((dimension) => dimension ?? '?').join(' × ');
      return { elements: grouped(fact.elements), shape, where, limit: grouped(limits.maxElements), target: targetOf(sizes) };
    }
  }
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
