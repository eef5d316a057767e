/** One test that runs every variant itself -> the same body over two rows: the essential variants in the fast run, all of them in the slow one. */
import type { Analysis } from '../analysis/analyze.ts';
import type { PayingTest } from '../analysis/variants.ts';
import type { Edit, Rewrite } from './edit.ts';
import { refuse } from './edit.ts';
import type { MarkOptions } from './essential-cells.ts';
import { changedOutside } from './left-behind.ts';
import { tierRows } from './tier-rows.ts';
import { chosenOf } from './variant-condition.ts';
import { countsThat } from './variant-counts.ts';
import type { ListPart } from './variant-lists.ts';
import { listPart } from './variant-lists.ts';

export function splitInside(analysis: Analysis, { payer, inside }: PayingTest, { essential, marker }: MarkOptions): Rewrite {
  const declaration = payer.placed?.declaration;
  if (declaration?.kind !== 'test' || !declaration.callback) return refuse('What pays is no test.');
  const parts: ListPart[] = [];
  const counts: Edit[] = [];
  for (const axis of inside) {
    const part = listPart(analysis, declaration, axis, essential, new Set(parts.map(({ parameter }) => parameter.name)));
    if (typeof part === 'string') return refuse(part);
    const follow = countsThat(analysis, declaration, axis, part.count);
    if (typeof follow === 'string') return refuse(follow);
    parts.push(part);
    counts.push(...follow);
  }
  return tierRows(analysis, declaration, parts.map(({ parameter }) => parameter), {
    edits: [...parts.flatMap(({ edits }) => edits), ...counts],
    // What runs twice may not build on what it left behind the first time; a prefix of the list asks nothing that the list did not.
    isProven: changedOutside(analysis, declaration.call).size === 0 && inside.every((axis) => chosenOf(axis, essential).every((place, index) => place === index)),
    description: `Run all variants ${marker}, and the essential ones in the fast run.`,
  });
}
