/** A test or group that stays whole -> the same in the slow run, with the reason why it is not tiered. */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { Rewrite } from './edit.ts';
import { refuse } from './edit.ts';
import { gateSlow } from './gate-slow.ts';
import { markTitle } from './mark-title.ts';
import { findTitleKeyed } from './title-keyed.ts';

/** `reason` begins in lower case and ends without a full stop. */
export function markSlow(analysis: Analysis, declaration: Declaration, reason: string): Rewrite {
  const { slow } = analysis.reading.settings.marker;
  const keyed = findTitleKeyed(analysis, declaration);
  if (keyed !== undefined) return refuse(`Cannot be smaller: ${reason}; and ${keyed} goes by the title.`);
  const title = markTitle(analysis, declaration.title, slow);
  if (!title) return refuse(`Cannot be smaller: ${reason}; and the title is computed elsewhere.`);
  const gate = declaration.runner.commands.fast === undefined ? gateSlow(analysis, declaration) : [];
  if (typeof gate === 'string') return refuse(`Cannot be smaller: ${reason}. ${gate}`);
  return { type: 'edits', edits: [title, ...gate], isProven: false, description: `Mark it ${slow}: ${reason}.` };
}
