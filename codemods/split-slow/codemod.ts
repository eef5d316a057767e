import { defineCodemod } from '../../src/host/define-codemod.ts';
import { markDeclaration } from '../../src/rewrites/mark-declaration.ts';
import { markVariants } from '../../src/rewrites/mark-variants.ts';

export default defineCodemod({
  name: 'split-slow',
  description: 'Keep the essential variants of tests in the fast run and mark the others slow.',
  options: {
    essential: { type: 'strings', default: [], description: 'Variants that stay in the fast run; otherwise the first one, or one that a recorded profile shows to be far cheaper.' },
    minVariants: { type: 'integer', minimum: 2, default: 3, description: 'Variants, or combinations of nested lists of them, from which a loop or table is split.' },
    marker: { type: 'string', values: ['title', 'tags'], default: 'title', description: 'The token in the title alone, or the native tag of Playwright and node:test as well; Vitest gets it where its configuration declares it.' },
    declared: { type: 'boolean', default: true, description: 'Mark tests that declare themselves slow as well: by a long timeout, by their titles.' },
    timeout: { type: 'integer', minimum: 1, default: 10_000, description: 'Timeout in ms from which a test declares itself slow.' },
    snapshots: { type: 'boolean', default: false, description: 'Mark tests whose snapshots go by the title as well; update the snapshots afterwards.' },
  },
  plan({ analysis, settings, options, measured }) {
    const essential = options.essential.length > 0 ? options.essential : settings.essential;
    const marking = { essential, marker: settings.marker.slow, renamesSnapshots: options.snapshots, addsTags: options.marker === 'tags' };
    const loops = analysis.loops.filter(({ fact }) => (fact.isOpen || fact.combinations >= options.minVariants) && measured.verdictOn(fact.tests)?.type !== 'under');
    const declared = options.declared ? analysis.declared.filter(({ fact }) => (fact.evidence !== 'timeout' || (fact.timeout ?? 0) >= options.timeout) && !measured.areQuick(fact.tests)) : [];
    return [
      ...loops.flatMap((loop) => markVariants(analysis, loop, { ...marking, essential: measured.essentialOf(loop, essential) }).map((rewrite) => ({ range: loop.fact.range, rewrite }))),
      ...declared.map(({ fact, declaration }) => ({ range: fact.range, rewrite: markDeclaration(analysis, declaration, marking) })),
    ];
  },
});
