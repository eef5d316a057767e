import { defineRule } from '../src/host/define-rule.ts';
import type { SizeFact } from '../src/analysis/facts.ts';
import type { TierSizes } from '../src/analysis/settings.ts';
import type { Rewrite } from '../src/rewrites/edit.ts';
import { shrinkSize } from '../src/rewrites/shrink-size.ts';
import type { Excess, ProductionLimits } from '../src/rewrites/size-units.ts';
import { excessOf } from '../src/rewrites/size-units.ts';
import type { SizeTier } from '../src/rewrites/tier-sizes.ts';
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
    sequence: '{{scores}} scores per head in {{where}}; the test size is {{target}}{{took}}.',
    elements: '{{elements}} elements ({{shape}}) in {{where}}; {{limit}} or more is production size, test with {{target}} per dimension{{took}}.',
    weights: '{{elements}} weights in {{where}}; {{limit}} or more is production size, a test layer has {{target}} per dimension{{took}}.',
    samples: '{{samples}} {{unit}} in {{where}}; {{limit}} or more is production size{{took}}.',
    measured: '{{size}} in {{where}}, which took {{duration}} when it was profiled; its budget is {{budget}}.',
  },
  check({ analysis, options, settings, measured, report }) {
    const limits = { elements: options.maxElements, sequence: options.maxSequence };
    const worth = worthShrinking(options, settings.sizes);
    if (!analysis.mayExceed(measured.isRecorded ? worth : options)) return;
    const tiers = bySize(tierSizes(analysis, options));
    let measuredTiers: ReturnType<typeof bySize> | undefined;
    for (const size of analysis.sizes) {
      const { fact } = size;
      const verdict = measured.verdictOn(fact.tests);
      if (verdict?.type === 'under') continue;
      const excess = excessOf(fact, options);
      const shrunk = (): readonly Rewrite[] => shrinkSize(analysis, size, settings.sizes, limits);
      // What the codemod does, for whoever looks at it; the fix may only shrink.
      const tieredBy = (all: ReturnType<typeof bySize>): readonly Rewrite[] => all.get(size) ?? [];
      const took = verdict ? `; the longest took ${verdict.duration} when it was profiled` : '';
      if (excess !== undefined) {
        report(excess, fact, { ...dataOf(excess, fact, settings.sizes, options), took }, [...shrunk(), ...tieredBy(tiers)]);
      } else if (verdict && excessOf(fact, worth) !== undefined) {
        measuredTiers ??= bySize(tierSizes(analysis, worth));
        // What is worth shrinking by a measurement alone is for a person to judge.
        report('measured', fact, { size: sizeOf(fact), where: whereOf(fact), duration: verdict.duration, budget: verdict.budget }, [...shrunk().map(suggested), ...tieredBy(measuredTiers)]);
      }
    }
  },
});

/** In a test that is measured over its budget, whatever is well above the test size is worth a look. */
function worthShrinking(limits: ProductionLimits, { sequence }: TierSizes): ProductionLimits {
  return {
    maxElements: Math.min(limits.maxElements, 4_096),
    maxSequence: Math.min(limits.maxSequence, 2 * sequence),
    maxWeights: Math.min(limits.maxWeights, 4_096),
    maxSamples: Math.min(limits.maxSamples, 500),
  };
}

function sizeOf(fact: SizeFact): string {
  const { samples, sequence, elements, kind } = fact;
  if (samples !== undefined) return `${grouped(samples)} ${unitOf(fact)}`;
  if (kind === 'layer' || kind === 'model') return `${grouped(elements)} weights`;
  return elements === 0 ? `A sequence of ${grouped(sequence ?? 0)}` : `${grouped(elements)} elements`;
}

function unitOf({ isRounds }: SizeFact): string {
  return isRounds ? 'rounds of a loop' : 'samples';
}

function bySize(tiers: readonly SizeTier[]): ReadonlyMap<SizeTier['sizes'][number], readonly Rewrite[]> {
  const found = new Map<SizeTier['sizes'][number], Rewrite[]>();
  for (const { sizes, rewrite } of tiers) {
    for (const size of new Set(sizes)) found.set(size, [...(found.get(size) ?? []), suggested(rewrite)]);
  }
  return found;
}

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
      return { samples: grouped(fact.samples ?? 0), unit: unitOf(fact), where, limit: grouped(limits.maxSamples) };
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
