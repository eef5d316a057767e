/** A test or group that stays whole -> the same in the slow run, with the reason why it has no small row. */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { Rewrite } from './edit.ts';
import { refuse } from './edit.ts';
import { markDeclaration } from './mark-declaration.ts';

/** `reason` begins in lower case and ends without a full stop. */
export function markSlow(analysis: Analysis, declaration: Declaration, reason: string): Rewrite {
  const { slow } = analysis.reading.settings.marker;
  const marked = markDeclaration(analysis, declaration, { marker: slow, renamesSnapshots: false });
  if (marked.type === 'refusal') return refuse(`Cannot be smaller: ${reason}. ${marked.reason}`);
  return { ...marked, isProven: false, description: `Mark it ${slow}: ${reason}.` };
}
