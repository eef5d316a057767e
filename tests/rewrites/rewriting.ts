/** Applies a rewrite to the text of a test file, as both hosts do, and reads the result again. */
import type { Analysis } from '../../src/analysis/analyze.ts';
import type { Declaration } from '../../src/analysis/declarations.ts';
import type { Edit, Rewrite } from '../../src/rewrites/edit.ts';
import type { ReadOptions } from '../analysis/reading-of.ts';
import { analysisOf } from '../analysis/reading-of.ts';

export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const { range, text: inserted } of edits) {
    if (range[0] < at) throw new Error(`Edits overlap at ${String(range[0])}: ${inserted}`);
    result += text.slice(at, range[0]) + inserted;
    at = range[1];
  }
  return result + text.slice(at);
}

/** The text after a rewrite, or `refused: reason`. */
export function rewriteText(text: string, rewrite: (analysis: Analysis) => Rewrite, options: ReadOptions = {}): string {
  const bare = text.replace(/^\uFEFF/, '');
  const analysis = analysisOf(bare, options);
  if (!analysis) throw new Error(`No tests:\n${text}`);
  const answer = rewrite(analysis);
  if (answer.type === 'refusal') return `refused: ${answer.reason}`;
  const output = applyEdits(bare, answer.edits);
  if (!analysisOf(output, options)) throw new Error(`No tests left:\n${output}`);
  return text.slice(0, text.length - bare.length) + output;
}

/** The test or group whose title begins with these words; the first one without them. */
export function declarationOf({ reading }: Analysis, title = '', kind: Declaration['kind'] = 'test'): Declaration {
  const found = reading.declarations.find((declaration) => declaration.kind === kind && reading.tests.place(declaration).title.startsWith(title));
  if (!found) throw new Error(`No ${kind} ${title}`);
  return found;
}
