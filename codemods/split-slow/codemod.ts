import { defineCodemod } from '../../src/host/define-codemod.ts';
import { markVariants } from '../../src/rewrites/mark-variants.ts';

export default defineCodemod({
  name: 'split-slow',
  description: 'Keep the essential variants of tests in the fast run and mark the others slow.',
  options: {
    essential: { type: 'strings', default: [], description: 'Variants that stay in the fast run; the first one otherwise.' },
    minVariants: { type: 'integer', minimum: 2, default: 3, description: 'Variants from which a loop or table is split.' },
    snapshots: { type: 'boolean', default: false, description: 'Mark tests whose snapshots go by the title as well; update the snapshots afterwards.' },
  },
  plan({ analysis, settings, options }) {
    const essential = options.essential.length > 0 ? options.essential : settings.essential;
    return analysis.loops
      .filter(({ fact }) => fact.isOpen || fact.variants.length >= options.minVariants)
      .flatMap((loop) =>
        markVariants(analysis, loop, { essential, marker: settings.marker.slow, renamesSnapshots: options.snapshots }).map((rewrite) => ({ range: loop.fact.range, rewrite })),
      );
  },
});
