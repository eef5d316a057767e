/**
 * A loop or table that generates a test for every variant -> the same tests with the same bodies, all but the essential ones
 * carrying the marker. Nothing moves and no case is lost; only titles gain a token.
 */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { Node } from '../analysis/nodes.ts';
import { calleeName, contains, isFunction } from '../analysis/nodes.ts';
import type { Axis, PayingTest, VariantLoop } from '../analysis/variants.ts';
import { walk } from '../analysis/walk.ts';
import { isBuiltUpon } from './built-upon.ts';
import type { Edit, Rewrite } from './edit.ts';
import { refuse } from './edit.ts';
import type { MarkOptions } from './essential-cells.ts';
import { essentialCondition, inverse } from './essential-cells.ts';
import { gateSlow, needsGate } from './gate-slow.ts';
import { findLeftBehind } from './left-behind.ts';
import { markRows } from './mark-rows.ts';
import { markDeclaration } from './mark-declaration.ts';
import { markTitle } from './mark-title.ts';
import { splitInside } from './split-inside.ts';
import { tagSlow } from './native-tag.ts';
import { findTitleKeyed } from './title-keyed.ts';
import { mayBeLeftOut } from './variant-guards.ts';

export function markVariants(analysis: Analysis, loop: VariantLoop, options: MarkOptions): readonly Rewrite[] {
  if (loop.fact.form === 'inside') return [splitOrMark(analysis, loop, options)];
  const places = placesOf(analysis, loop);
  if (typeof places === 'string') return [refuse(places)];
  const all = places.map(({ declaration }) => declaration);
  const marked = places.map((place) => ({ place, edits: obstacleTo(analysis, place, all, options) ?? markPlace(analysis, loop, place, options) }));
  const done = marked.flatMap(({ place, edits }) => (typeof edits === 'string' ? [] : [{ ...place, edits }]));
  const [refusal] = marked.flatMap(({ edits }) => (typeof edits === 'string' ? [edits] : []));
  // What cannot be marked stays fast; it is found again when the rest is done.
  if (done.length === 0) return [refuse(refusal ?? 'What pays is no test.')];
  const keyed = done.map(({ declaration }) => findTitleKeyed(analysis, declaration)).find(Boolean);
  const isGated = done.some(({ declaration }) => needsGate(declaration.runner, analysis.reading.settings));
  const what = `Mark the other variants ${options.marker}`;
  const description = keyed !== undefined ? `${what}; ${keyed} goes by the title and must be updated.` : isGated ? `${what}, and run them when SLOW is set.` : `${what}.`;
  return [{ type: 'edits', edits: once(done.flatMap(({ edits }) => edits)), isProven: keyed === undefined && !isGated, description }];
}

/** Tests of one loop ask for the same parameter. */
function once(edits: readonly Edit[]): Edit[] {
  return edits.filter(({ range, text }, index) => edits.findIndex((other) => other.range[0] === range[0] && other.range[1] === range[1] && other.text === text) === index);
}

/** Why a test cannot leave the fast run, or have another title. */
function obstacleTo(analysis: Analysis, { declaration, axes }: Pick<Place, 'declaration' | 'axes'>, marked: readonly Declaration[], { essential, renamesSnapshots }: MarkOptions): string | undefined {
  const left = findLeftBehind(analysis, declaration, marked);
  if (left !== undefined) return `Other tests need the ${left} of this one.`;
  const keyed = renamesSnapshots ? undefined : findTitleKeyed(analysis, declaration);
  if (keyed !== undefined) return `${keyed} goes by the title.`;
  return mayBeLeftOut(analysis, axes, declaration, essential) ? 'The essential variant may be left out in the loop.' : undefined;
}

/** Where the marker goes: into the title of a declaration inside the innermost list, or into the rows of the declaration's own table. */
interface Place {
  readonly declaration: Declaration;
  readonly axes: readonly Axis[];
  readonly isTable: boolean;
}

function placesOf(analysis: Analysis, loop: VariantLoop): Place[] | string {
  const places: Place[] = [];
  for (const paying of loop.payers) {
    const place = placeOf(analysis, loop, paying);
    if (typeof place === 'string') return place;
    if (!places.some(({ declaration }) => declaration === place.declaration)) places.push(place);
  }
  // What stands in a marked group is marked with it.
  return places.filter(({ declaration }) => !places.some((other) => other.declaration !== declaration && contains(other.declaration.call, declaration.call)));
}

function placeOf(analysis: Analysis, loop: VariantLoop, { payer, around }: PayingTest): Place | string {
  const { placed } = payer;
  const last = around.at(-1);
  if (!placed || !last) return 'What pays is no test.';
  const isTest = placed.declaration.kind === 'test';
  const chain = isTest ? [...placed.groups, placed.declaration] : placed.groups;
  const { repeat } = last;
  const inside = chain.filter((declaration) => declaration.call !== repeat.node && analysis.reading.tests.place(declaration).repeats.some(({ node }) => node === repeat.node));
  const table = repeat.type === 'table' ? chain.find(({ call }) => call === repeat.node) : undefined;
  if (table && (table === chain.at(-1) || paysMostly(analysis, loop, table))) return { declaration: table, axes: around, isTable: true };
  const chosen = inside.find((declaration) => declaration === placed.declaration || paysMostly(analysis, loop, declaration));
  if (chosen?.kind === 'test' && isNeeded(analysis, loop, repeat.node)) return 'Other tests of the same variant may need what this one leaves.';
  return chosen ? { declaration: chosen, axes: around, isTable: false } : 'A hook pays for all tests of the loop.';
}

/** Do most fast tests of a group pay for the work, or need what those do that pay? Else its cheap tests stay in the fast run. */
function paysMostly(analysis: Analysis, loop: VariantLoop, group: Declaration): boolean {
  if (group.kind === 'test') return false;
  const { paying, tests } = testsIn(analysis, loop, group.call);
  return paying.some(({ kind }) => kind !== 'test') || paying.length * 2 >= tests.length || isNeeded(analysis, loop, group.call);
}

function isNeeded(analysis: Analysis, loop: VariantLoop, around: Node): boolean {
  const { paying, tests } = testsIn(analysis, loop, around);
  return isBuiltUpon(analysis, paying, tests.filter((declaration) => !paying.includes(declaration)));
}

/** Fast tests inside a group or loop, and what of it pays. */
function testsIn({ reading }: Analysis, { payers }: VariantLoop, around: Node): { readonly paying: readonly Declaration[]; readonly tests: readonly Declaration[] } {
  const paying = payers.flatMap(({ payer: { placed } }) => (placed && contains(around, placed.declaration.call) ? [placed.declaration] : []));
  const tests = reading.declarations.filter((declaration) => declaration.kind === 'test' && contains(around, declaration.call) && reading.tests.place(declaration).isFast);
  return { paying, tests };
}

function markPlace(analysis: Analysis, loop: VariantLoop, { declaration, axes, isTable }: Place, options: MarkOptions): Edit[] | string {
  const { marker, essential } = options;
  if (isTable) return markRows(analysis, declaration, axes, options);
  const condition = essentialCondition(analysis, axes, essential, loop.milliseconds, declaration.title ?? declaration.call, declaration);
  const counted = condition === undefined ? countedBy(analysis, axes, declaration) : undefined;
  const text = condition ?? counted?.condition;
  if (text === undefined) return 'Nothing that the title could ask tells the variants apart.';
  const title = markTitle(analysis, declaration.title, marker, text);
  if (!title) return 'A title is computed elsewhere.';
  const tags = tagSlow(analysis, declaration, marker, options.addsTags ?? false, text);
  const edits = [title, ...tags, ...(counted ? [counted.parameter] : [])];
  if (!needsGate(declaration.runner, analysis.reading.settings)) return edits;
  const gate = gateSlow(analysis, declaration, inverse(text));
  return typeof gate === 'string' ? gate : [...edits, ...gate];
}

/** `dirs.forEach((dir) => …)` -> `dirs.forEach((dir, index) => …)`: a list that is only known when it runs still has a first item. */
function countedBy({ reading }: Analysis, axes: readonly Axis[], { call }: Declaration): { condition: string; parameter: Edit } | undefined {
  const loop = axes.at(-1)?.repeat.node;
  const [callback] = loop?.type === 'CallExpression' && calleeName(loop) === 'forEach' ? loop.arguments : [];
  const [item, ...more] = isFunction(callback) ? callback.params : [];
  if (!loop || !isFunction(callback) || !item || more.length > 0 || !contains(callback, call) || mentions(loop, 'index') || reading.module.resolve('index', loop)) return undefined;
  const isBare = !reading.module.file.text.slice(callback.range[0], item.range[0]).includes('(');
  const own = reading.module.file.text.slice(item.range[0], item.range[1]);
  return { condition: 'index === 0', parameter: { range: item.range, text: isBare ? `(${own}, index)` : `${own}, index` } };
}

function mentions(node: Node, name: string): boolean {
  let isFound = false;
  walk(node, (inner) => {
    if (inner.type === 'Identifier' && inner.name === name) isFound = true;
  });
  return isFound;
}

/** Tests that run all variants themselves. */
function splitOrMark(analysis: Analysis, loop: VariantLoop, options: MarkOptions): Rewrite {
  const [paying, ...more] = loop.payers;
  if (!paying || more.length > 0) return refuse('Several tests share the loop.');
  const { placed, execution } = paying.payer;
  if (execution.helper || !placed) return refuse('The loop stands in a helper.');
  const split = splitInside(analysis, paying, options);
  return split.type === 'edits' ? split : markWhole(analysis, placed.declaration, split.reason, options);
}

/** The whole test is slow: nothing is lost, and nothing of it stays in the fast run. */
function markWhole(analysis: Analysis, declaration: Declaration, reason: string, options: MarkOptions): Rewrite {
  const marked = needsGate(declaration.runner, analysis.reading.settings) ? refuse(reason) : markDeclaration(analysis, declaration, options);
  if (marked.type === 'refusal') return marked;
  return { ...marked, isProven: false, description: `Mark this test ${options.marker}; keep one variant in a fast test of its own. ${reason}` };
}
