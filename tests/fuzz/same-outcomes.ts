/** A rewritten file has lost nothing: what the fast and the slow run do together is what the file did before. */
import type { Transformed } from './invariants.ts';
import { Broken } from './invariants.ts';
import type { Outcome, Run } from './miniature-runner.ts';
import { runProgram } from './miniature-runner.ts';
import type { Program } from './grammar.ts';

const isMarked = (title: string): boolean => title.includes('@slow');

/** A title as it was before it was marked and split into tiers. */
function bare(title: string): string {
  return title.replace(/ ?@slow\b/g, '').replace(/ \((?:small|full|stub|real)\)(?= > |$)/g, '');
}

export async function checkOutcomes({ text, style: { isTypeScript } }: Program, transformed: readonly Transformed[]): Promise<void> {
  // The compiler takes ten times as long as everything else.
  if (transformed.length === 0 || (isTypeScript && text.length % 5 > 0)) return;
  const before = await runProgram(text, () => true, true, isTypeScript);
  for (const { codemod, output } of transformed) {
    const fast = await runProgram(output, (title) => !isMarked(title), false, isTypeScript);
    const slow = await runProgram(output, isMarked, true, isTypeScript);
    const problem = compare(before, fast, slow, codemod);
    if (problem !== undefined) throw new Broken(`${codemod}: ${problem}`, text, output);
  }
}

function compare(before: Run, fast: Run, slow: Run, codemod: string): string | undefined {
  const after = [...fast.outcomes, ...slow.outcomes];
  const rest = new Map<string, Outcome[]>();
  for (const outcome of after) rest.set(bare(outcome.title), [...(rest.get(bare(outcome.title)) ?? []), outcome]);
  for (const outcome of before.outcomes) {
    const known = rest.get(bare(outcome.title)) ?? [];
    const same = known.filter(({ status }) => status === outcome.status);
    if (same.length === 0) return `"${outcome.title}" ${outcome.status} before, and now ${known.length === 0 ? 'does not run' : 'does not'}`;
    // What mock-compile shares is made in a hook.
    if (codemod !== 'mock-compile' && outcome.status === 'passed' && !same.some(({ made }) => made.join() === outcome.made.join())) return `"${outcome.title}" made ${outcome.made.join('; ')} before, and now ${same.map(({ made }) => made.join('; ')).join(' or ')}`;
    if (outcome.status === 'passed' && known.some(({ status }) => status === 'failed') && before.outcomes.every((other) => bare(other.title) !== bare(outcome.title) || other.status === 'passed')) return `"${outcome.title}" passed before, and now fails in ${known.map(({ title, status }) => `${title}: ${status}`).join(', ')}`;
  }
  const all = new Set([...fast.made, ...slow.made]);
  const lost = [...before.made].find((what) => !all.has(what));
  return lost === undefined ? undefined : `${lost} is never made`;
}
