/** A whole test or group gains the marker, unless something hangs on its title or on what it leaves behind. */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { Rewrite } from './edit.ts';
import { refuse } from './edit.ts';
import type { MarkOptions } from './essential-cells.ts';
import { gateSlow, needsGate } from './gate-slow.ts';
import { findLeftBehind } from './left-behind.ts';
import { markTitle } from './mark-title.ts';
import { tagSlow } from './native-tag.ts';
import { findTitleKeyed } from './title-keyed.ts';

export function markDeclaration(analysis: Analysis, declaration: Declaration, { marker, renamesSnapshots, addsTags = false }: Omit<MarkOptions, 'essential'>): Rewrite {
  if (declaration.kind === 'hook') return refuse('A hook has no title.');
  const title = markTitle(analysis, declaration.title, marker);
  if (!title) return refuse('The title is computed elsewhere.');
  const left = findLeftBehind(analysis, declaration, [declaration]);
  if (left !== undefined) return refuse(`Other tests need the ${left} of this one.`);
  const keyed = findTitleKeyed(analysis, declaration);
  if (keyed !== undefined && !renamesSnapshots) return refuse(`${keyed} goes by the title.`);
  const { settings } = analysis.reading;
  // What is stress now was slow before, and is held back already.
  const gate = marker === settings.marker.slow && needsGate(declaration.runner, settings) ? gateSlow(analysis, declaration) : [];
  if (typeof gate === 'string') return refuse(gate);
  const what = `Mark it ${marker}`;
  const description = keyed !== undefined ? `${what}; ${keyed} goes by the title and must be updated.` : gate.length > 0 ? `${what}, and run it when SLOW is set.` : `${what}.`;
  return { type: 'edits', edits: [title, ...gate, ...tagSlow(analysis, declaration, marker, addsTags)], isProven: keyed === undefined && gate.length === 0, description };
}
