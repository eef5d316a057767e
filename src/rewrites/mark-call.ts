/** A test that needs its real compile -> the same test, marked slow. For a few tests of a file: marking most would leave nothing to the fast run. */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { ExpensiveCall } from '../analysis/expensive-calls.ts';
import { isOwnCall } from './call-sites.ts';
import { calleeName, isCall } from '../analysis/nodes.ts';
import { walk } from '../analysis/walk.ts';
import type { Edit, Rewrite } from './edit.ts';
import { refuse } from './edit.ts';
import { gateSlow, needsGate } from './gate-slow.ts';
import { findLeftBehind } from './left-behind.ts';
import { markTitle } from './mark-title.ts';
import { findTitleKeyed } from './title-keyed.ts';

export function markCall(analysis: Analysis, { payers, fact }: ExpensiveCall): Rewrite {
  const { slow } = analysis.reading.settings.marker;
  const tests = new Set(payers.map(({ placed }) => placed?.declaration));
  const edits: Edit[] = [];
  for (const test of tests) {
    if (test?.kind !== 'test') return refuse('A hook makes it for every test.');
    const keyed = findTitleKeyed(analysis, test);
    if (keyed !== undefined) return refuse(`${keyed} goes by the title.`);
    const title = markTitle(analysis, test.title, slow);
    const gate = needsGate(test.runner, analysis.reading.settings) ? gateSlow(analysis, test) : [];
    if (!title) return refuse('The title is computed elsewhere.');
    if (typeof gate === 'string') return refuse(gate);
    edits.push(title, ...gate);
  }
  const [which, make] = tests.size === 1 ? ['the test', 'makes'] : ['the tests', 'make'];
  return { type: 'edits', edits, isProven: false, description: `Mark ${which} that ${make} a real ${fact.callee} ${slow}.` };
}

/** A test that asks for so many ms takes long. */
const LONG_TIMEOUT = 5_000;

/**
 * Why the tests of a call stay in the fast run: they would gain too little, or too few tests of the file would be left. All calls of the
 * file count, also those that another rewrite takes care of. `markFrom`: ms of one call.
 */
export function whyFast(analysis: Analysis, call: ExpensiveCall, markFrom: number): string | undefined {
  const { fact, payers } = call;
  if (isOwnCall(analysis, call)) return 'It is what the library under test does.';
  if (fact.kind === 'deploy') return 'A deployment alone does not make a test slow.';
  const takesLong = payers.every(({ placed }) => (placed?.timeout ?? 0) >= LONG_TIMEOUT);
  if (!takesLong && (fact.milliseconds ?? 0) < markFrom) return fact.milliseconds === undefined ? 'Nothing tells that it takes long.' : 'A fast test may take that long.';
  if (analysis.calls.some((other) => !other.fact.isRepeated && other.fact.evidence !== 'name')) return 'The file makes real ones for all its tests.';
  const effect = payers.map(({ placed }) => placed && lastingEffect(analysis, call, placed.declaration)).find((found) => found !== undefined);
  if (effect !== undefined) return effect;
  const fast = analysis.facts.tests.filter(({ isFast }) => isFast);
  const marked = new Set(analysis.calls.flatMap((other) => (other.fact.evidence === 'name' ? [] : other.fact.tests.filter(({ kind }) => kind === 'test'))));
  return marked.size * 2 <= fast.length ? undefined : 'Most fast tests of the file make one: marked slow, they would leave little to the fast run.';
}

/** What later tests may need of this one: files that it writes, variables that it fills. */
function lastingEffect(analysis: Analysis, { fact, node, payers }: ExpensiveCall, test: Declaration): string | undefined {
  if (!test.callback || test.kind !== 'test') return undefined;
  const left = findLeftBehind(analysis, test, payers.flatMap(({ placed }) => placed?.declaration ?? []));
  if (left !== undefined) return `Later tests may need what it keeps: ${left}.`;
  let writes = false;
  walk(test.callback, (inner) => {
    if (isCall(inner) && /^(?:write|save|writeFile\w*|mkdir\w*)$/.test(calleeName(inner) ?? '')) writes = true;
  });
  const { text } = analysis.reading.module.file;
  const build = text.slice(node.range[0], node.range[1]);
  if (fact.kind === 'build' && /\b(?:outfile|outdir|outDir|outputPath|output\s*:\s*\{[^}]*path)\b/.test(build) && !/\bwrite\s*:\s*false/.test(build)) writes = true;
  return writes ? 'Later tests may read what it writes.' : undefined;
}
