/**
 * A loop or table that generates a test for every variant -> the same tests with the same bodies, all but the essential ones
 * carrying the marker. Nothing moves and no case is lost; only titles gain a token.
 */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { Node } from '../analysis/nodes.ts';
import { contains, enclosingFunction, isFunction } from '../analysis/nodes.ts';
import type { Axis, PayingTest, VariantLoop } from '../analysis/variants.ts';
import { walk } from '../analysis/walk.ts';
import type { Edit, Rewrite } from './edit.ts';
import { refuse } from './edit.ts';
import type { MarkOptions } from './essential-cells.ts';
import { essentialCondition, inverse } from './essential-cells.ts';
import { gateSlow } from './gate-slow.ts';
import { markRows } from './mark-rows.ts';
import { markTitle } from './mark-title.ts';
import { findTitleKeyed } from './title-keyed.ts';

export function markVariants(analysis: Analysis, loop: VariantLoop, options: MarkOptions): readonly Rewrite[] {
  if (loop.fact.form === 'inside') return [markWhole(analysis, loop, options)];
  const places = placesOf(analysis, loop);
  if (typeof places === 'string') return [refuse(places)];
  const edits: Edit[] = [];
  for (const place of places) {
    const added = markPlace(analysis, loop, place, options);
    if (typeof added === 'string') return [refuse(added)];
    edits.push(...added);
  }
  const keyed = places.map(({ declaration }) => findTitleKeyed(analysis, declaration)).find(Boolean);
  if (keyed !== undefined && !options.renamesSnapshots) return [refuse(`${keyed} goes by the title.`)];
  const isGated = places.some(({ declaration }) => declaration.runner.commands.fast === undefined);
  const what = `Mark the other variants ${options.marker}`;
  const description = keyed !== undefined ? `${what}; ${keyed} goes by the title and must be updated.` : isGated ? `${what}, and run them when SLOW is set.` : `${what}.`;
  return [{ type: 'edits', edits, isProven: keyed === undefined && !isGated, description }];
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
  return chosen ? { declaration: chosen, axes: around, isTable: false } : 'A hook pays for all tests of the loop.';
}

/** Do most fast tests of a group pay for the work? Else its cheap tests stay in the fast run. */
function paysMostly({ reading }: Analysis, { payers }: VariantLoop, group: Declaration): boolean {
  const paying = payers.flatMap(({ payer }) => (payer.placed?.groups.includes(group) ? [payer.placed.declaration] : []));
  if (paying.some(({ kind }) => kind !== 'test')) return true;
  const tests = reading.declarations.filter((declaration) => declaration.kind === 'test' && reading.tests.place(declaration).groups.includes(group) && reading.tests.place(declaration).isFast);
  return paying.length * 2 >= tests.length;
}

function markPlace(analysis: Analysis, loop: VariantLoop, { declaration, axes, isTable }: Place, options: MarkOptions): Edit[] | string {
  const { marker, essential } = options;
  if (isTable) return markRows(analysis, declaration, axes, options);
  if (leavesVariantsOut(analysis, axes, declaration)) return 'Some variants are left out in the loop.';
  const condition = essentialCondition(analysis, axes, essential, loop.milliseconds, declaration.title ?? declaration.call, declaration);
  if (condition === undefined) return 'Nothing that the title could ask tells the variants apart.';
  const title = markTitle(analysis, declaration.title, marker, condition);
  if (!title) return 'A title is computed elsewhere.';
  if (declaration.runner.commands.fast !== undefined) return [title];
  const gate = gateSlow(analysis, declaration, inverse(condition));
  return typeof gate === 'string' ? gate : [title, ...gate];
}

/** `if (format === 'esm') continue;`, or a test behind an `if`: the variant that should stay fast may never run. */
function leavesVariantsOut({ reading }: Analysis, axes: readonly Axis[], { call }: Declaration): boolean {
  const [around] = reading.executions.executionsOf(call);
  return axes.some(({ repeat: { node, callback, type } }) => {
    const body = type === 'table' ? callback : node;
    if (!body) return false;
    if (contains(body, call)) return isConditional(call, body) || isLeftEarly(body, call);
    // The declaration stands in a helper that the loop calls.
    const { via, helper } = around ?? {};
    return !via || !helper || isConditional(call, helper) || isLeftEarly(helper, call) || isConditional(via, body) || isLeftEarly(body, via);
  });
}

function isConditional(call: Node, body: Node): boolean {
  for (let current: Node | undefined = call.parent; current && current !== body; current = current.parent) {
    if (/^(?:If|Switch|Try)Statement$|^(?:Conditional|Logical)Expression$/.test(current.type)) return true;
  }
  return false;
}

/** A `continue`, `break` or `return` of the loop itself before a declaration, not of a function in it. */
function isLeftEarly(body: Node, call: Node): boolean {
  const [callback] = body.type === 'CallExpression' ? body.arguments : [body];
  if (!callback) return false;
  const owner = isFunction(callback) ? callback : enclosingFunction(callback);
  let isLeft = false;
  walk(body, (node) => {
    if (!/^(?:Continue|Break|Return)Statement$/.test(node.type) || node.range[0] > call.range[0]) return;
    if (enclosingFunction(node) === owner) isLeft = true;
  });
  return isLeft;
}

/** One test that runs all variants. */
function markWhole(analysis: Analysis, { payers }: VariantLoop, { marker }: MarkOptions): Rewrite {
  const declaration = payers[0]?.payer.placed?.declaration;
  if (declaration?.kind !== 'test') return refuse('What pays is no test.');
  if (declaration.runner.commands.fast === undefined) return refuse(`${declaration.runner.name} cannot leave tests out by title.`);
  const edit = markTitle(analysis, declaration.title, marker);
  if (!edit) return refuse('The title is computed elsewhere.');
  return { type: 'edits', edits: [edit], isProven: false, description: `Mark this test ${marker}; keep one variant in a fast test of its own.` };
}
