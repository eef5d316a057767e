/** A test that was measured over its budget gains the marker: that of the slow tests, or that of stress tests when it has the former. */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import { hasToken } from '../analysis/tier.ts';
import type { Rewrite } from './edit.ts';
import { refuse } from './edit.ts';
import { markDeclaration } from './mark-declaration.ts';

/** `over` of the `cases` that the call declares are over the budget. */
export interface CaseCounts {
  readonly over: number;
  readonly cases: number;
}

export function markMeasured(analysis: Analysis, declaration: Declaration, { over, cases }: CaseCounts, renamesSnapshots = true): Rewrite {
  const { settings, tests } = analysis.reading;
  const { slow, stress } = settings.marker;
  const { tier, fullTitle, isPartlyMarked } = tests.place(declaration);
  if (over * 2 < cases) return refuse(`Only ${over} of its ${cases} cases took so long; the others would leave the fast run with them.`);
  if (isPartlyMarked) return refuse('Some of its cases are marked already.');
  const isSlow = tier === 'comprehensive' || tier === 'stress';
  // One token in the title excludes both kinds, so a stress test carries both.
  if (isSlow && (tier === 'stress' || !hasToken(fullTitle, slow))) return refuse('It is in a slow tier already.');
  const marked = markDeclaration(analysis, declaration, { marker: isSlow ? stress : slow, renamesSnapshots });
  return marked.type === 'edits' ? { ...marked, isProven: false } : marked;
}
