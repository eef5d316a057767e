import { defineCodemod } from '../../src/host/define-codemod.ts';
import { markVariants } from '../../src/rewrites/mark-variants.ts';

export default defineCodemod({
  name: 'split-slow',
  description: 'Keep the essential variants of a generated test in the fast run and mark the others slow.',
  options: {
    essential: { type: 'strings', default: [], description: 'Variants that stay in the fast run; the first one otherwise.' },
    snapshots: { type: 'boolean', default: false, description: 'Mark tests whose snapshots go by the title as well; update the snapshots afterwards.' },
  },
  plan({ analysis, settings, options }) {
    const essential = options.essential.length > 0 ? options.essential : settings.essential;
    return analysis.loops.flatMap((loop) =>
      markVariants(analysis, loop, { essential, marker: settings.marker.slow, renamesSnapshots: options.snapshots }).map((rewrite) => ({ range: loop.fact.range, rewrite })),
    );
  },
});
