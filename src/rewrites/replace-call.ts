/**
 * What can become of a real compile or load in a test: a stub in the fast run, one for several tests, one that is remembered, or a slow
 * test. Always for a person to look at; a codemod takes the first that is possible.
 */
import type { Analysis } from '../analysis/analyze.ts';
import { NOTICEABLE_MS } from '../analysis/expense.ts';
import type { ExpensiveCall } from '../analysis/expensive-calls.ts';
import type { CallFact } from '../analysis/facts.ts';
import { calleeName } from '../analysis/nodes.ts';
import type { Rewrite } from './edit.ts';
import { refuse } from './edit.ts';
import { isOwnCall } from './call-sites.ts';
import { markCall, whyFast } from './mark-call.ts';
import { rememberCall } from './remember-call.ts';
import { shareCall } from './share-call.ts';
import { shareHook } from './share-hook.ts';
import { stubCall } from './stub-call.ts';

/** Is a call paid for again and again, and can something be done about it? By its name alone it is only a suspicion. */
export function isFinding({ isRepeated, kind, evidence, milliseconds = Infinity }: CallFact, unknownCost: boolean): boolean {
  return isRepeated && kind !== 'train' && kind !== 'run' && (unknownCost || (evidence !== 'name' && milliseconds >= NOTICEABLE_MS));
}

/** What is possible, in the order of preference, and the reasons against the rest. */
export function replaceCall(analysis: Analysis, call: ExpensiveCall): readonly Rewrite[] {
  return [...withoutMark(analysis, call), markCall(analysis, call)];
}

function withoutMark(analysis: Analysis, call: ExpensiveCall): readonly Rewrite[] {
  // Calls change it, and a chain that is turned back between two tests takes it away.
  if (call.fact.kind === 'deploy') return [stubCall(analysis, call), refuse('Tests that shared one would share its state.')];
  if (call.fact.evidence === 'command') return [refuse('What a command makes lies on the disk.')];
  if (calleeName(call.node) === 'bind') return [refuse('It is handed on, and runs elsewhere.')];
  const isInHook = call.payers.some(({ execution }) => execution.kind === 'hook');
  const shared = isInHook ? shareHook(analysis, call) : shareCall(analysis, call);
  // One in a hook says more than one that is remembered.
  return [stubCall(analysis, call), shared, ...(shared.type === 'edits' ? [] : [rememberCall(analysis, call)])];
}

/** The rewrite to take, or why the call stays. Calls of `markFrom` ms or more are worth a slow test. */
export function planCall(analysis: Analysis, call: ExpensiveCall, markFrom: number): Rewrite {
  const options = withoutMark(analysis, call);
  const possible = options.find(({ type }) => type === 'edits');
  if (possible) return possible;
  const reason = whyFast(analysis, call, markFrom);
  const mark = reason === undefined ? markCall(analysis, call) : refuse(reason);
  return mark.type === 'edits' ? mark : refuse(reasonOf(analysis, call, [...options, mark]));
}

/** Why there is no stub where one is known, why it is not shared, why the test is not marked. */
function reasonOf(analysis: Analysis, call: ExpensiveCall, refusals: readonly Rewrite[]): string {
  const reasons = refusals.map((refusal) => (refusal.type === 'refusal' ? refusal.reason : undefined));
  const [stub, share] = reasons;
  const mark = reasons.at(-1);
  const isStubKnown = call.fact.stub !== undefined && !isOwnCall(analysis, call);
  return [isStubKnown ? stub : undefined, share, mark].filter((reason) => reason !== undefined).join(' ');
}
