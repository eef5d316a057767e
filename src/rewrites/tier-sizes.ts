/**
 * Production sizes -> one body over two rows: small sizes in the fast run, the original ones in the slow run. What hangs on the sizes
 * so that it cannot follow keeps the test whole, and marks it slow.
 */
import type { Analysis } from '../analysis/analyze.ts';
import { titleText } from '../analysis/declarations.ts';
import type { Node, Range } from '../analysis/nodes.ts';
import { isCase, ONE_OF_SEVERAL } from '../analysis/size-cases.ts';
import { hindranceTo } from '../analysis/size-hindrances.ts';
import { scanFile, wordsOf } from '../analysis/size-regions.ts';
import type { Dimension } from '../analysis/size-roles.ts';
import type { MeasuredSize } from '../analysis/sizes.ts';
import { SPEAKS_OF_SIZE, SPEAKS_OF_SPEED } from '../knowledge/vocabulary.ts';
import type { Rewrite } from './edit.ts';
import { refuse } from './edit.ts';
import { findCarriedOver, findLeftBehind } from './left-behind.ts';
import { markSlow } from './mark-slow.ts';
import { numbersIn } from './size-constants.ts';
import { brokenFactor } from './size-factors.ts';
import { followSizes } from './size-followers.ts';
import { lineAt } from './source-style.ts';
import { LARGE, targetsFor } from './size-targets.ts';
import type { ProductionLimits, SizeUnit } from './size-units.ts';
import { excessOf, unitsOf } from './size-units.ts';
import type { SizeVariable } from './size-variables.ts';
import { readUnit } from './size-variables.ts';
import { tierRows } from './tier-rows.ts';

export interface SizeTier {
  /** The first size that it is for. */
  readonly range: Range;
  readonly sizes: readonly MeasuredSize[];
  readonly rewrite: Rewrite;
}

/** One answer for each test or group that holds production sizes, and for each size that belongs to none. */
export function tierSizes(analysis: Analysis, limits: ProductionLimits): readonly SizeTier[] {
  const production = analysis.sizes.filter(({ fact }) => excessOf(fact, limits) !== undefined);
  if (production.length === 0) return [];
  const { units, refused } = unitsOf(analysis, production);
  return [
    ...units.map((unit) => ({ range: rangeOf(unit.sizes), sizes: unit.sizes, rewrite: tierUnit(analysis, unit, limits) })),
    ...refused.map(({ size, reason }) => ({ range: size.fact.range, sizes: [size], rewrite: refuse(reason) })),
  ].sort((a, b) => a.range[0] - b.range[0]);
}

function rangeOf(sizes: readonly MeasuredSize[]): Range {
  return sizes.map(({ fact }) => fact.range).reduce((first, range) => (range[0] < first[0] ? range : first));
}

function tierUnit(analysis: Analysis, unit: SizeUnit, limits: ProductionLimits): Rewrite {
  const { declaration } = unit;
  // A group that holds them all is not slow for one of them.
  const isCaseOf = ({ measure }: MeasuredSize) => measure.dimensions.some((dimension) => dimension?.leaves.some(({ node }) => isCase(analysis.reading.module, node)));
  if (declaration.kind === 'group' && unit.sizes.every(isCaseOf)) return refuse(`Cannot be smaller: ${ONE_OF_SEVERAL}.`);
  const { fixed } = titleText(analysis.reading.module, declaration.title);
  if (SPEAKS_OF_SIZE.test(wordsOf(fixed))) return markSlow(analysis, declaration, 'its title speaks of a large size');
  if (SPEAKS_OF_SPEED.test(wordsOf(fixed))) return markSlow(analysis, declaration, 'its title speaks of speed');
  const carried = findCarriedOver(analysis, declaration) ?? findLeftBehind(analysis, declaration, [declaration]);
  if (carried !== undefined) return markSlow(analysis, declaration, `${carried} goes from one run to the next`);
  const reading = readUnit(analysis, unit);
  const { sizes: tiers } = analysis.reading.settings;
  const isSmall = (target: (old: number) => number): boolean => unit.sizes.every((size) => excessOf(shrunk(size, ratios(reading.variables, target)), limits) === undefined);
  const targets = targetsFor(reading.wanted, tiers, reading.relations, isSmall);
  if (!targets) return markSlow(analysis, declaration, heldBack(reading.wanted));
  const changed = reading.variables.filter(({ old }) => (targets.get(old) ?? old) !== old);
  const followers = followSizes(analysis, declaration, reading, changed);
  if (typeof followers === 'string') return markSlow(analysis, declaration, followers);
  const values = changed.map(({ old }) => old);
  const target = (old: number): number => targets.get(old) ?? old;
  const hindrance = hindranceTo(analysis, scanFile(analysis), {
    region: declaration.call,
    bodies: reading.bodies,
    scan: reading.scan,
    followed: followers.followed,
    values,
    kept: followers.kept,
    makesUnknown: unit.sizes.some(({ site }) => site.makes === 'unknown' || site.makes === 'rounds'),
    samplers: unit.sizes.flatMap(({ fact, site }) => (fact.kind === 'samples' ? [site.node] : [])),
    smallest: Math.min(...values.filter((old) => old >= LARGE).map(target)),
  }) ?? brokenFactor(analysis.reading.module, reading, { changed, target, followed: followers.followed });
  if (hindrance) return markSlow(analysis, declaration, `${hindrance.reason} (line ${lineAt(analysis.reading.module.file.text, hindrance.node.range[0])})`);
  const parameters = followers.names.map(({ name, old, full }) => ({ name, small: String(target(old)), full }));
  const change = changed.map(({ old }) => `${old} to ${target(old)}`).join(', ');
  const rewrite = tierRows(analysis, declaration, parameters, { edits: followers.edits, hides: followers.hides, description: `Run it small (${change}), and at its own sizes in the slow run.` });
  return rewrite.type === 'refusal' ? markSlow(analysis, declaration, decapitalized(rewrite.reason)) : rewrite;
}

function decapitalized(sentence: string): string {
  return sentence.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase()).replace(/\.$/, '');
}

/** The fact with new sizes: elements shrink as the dimensions do. */
function shrunk({ fact, measure }: MeasuredSize, ratioOf: (leaf: Node) => number): MeasuredSize['fact'] {
  const ratio = (dimension: Dimension | undefined): number => dimension?.leaves.reduce((product, { node }) => product * ratioOf(node), 1) ?? 1;
  return {
    ...fact,
    elements: measure.dimensions.reduce((product, dimension) => product * ratio(dimension), fact.elements),
    sequence: fact.sequence === undefined ? undefined : fact.sequence * ratio(measure.sequence),
    samples: fact.samples === undefined ? undefined : fact.samples * ratio(measure.samples),
  };
}

/** By what a literal shrinks; in arithmetic of one constant, the first literal stands for the whole. */
function ratios(variables: readonly SizeVariable[], target: (old: number) => number): (leaf: Node) => number {
  const byLeaf = new Map<Node, number>();
  for (const { old, constants } of variables) {
    for (const { value } of constants) numbersIn(value).forEach((literal, index) => byLeaf.set(literal, index === 0 ? target(old) / old : 1));
  }
  return (leaf) => byLeaf.get(leaf) ?? (leaf.type === 'Literal' && typeof leaf.value === 'number' && leaf.value > 0 ? target(leaf.value) / leaf.value : 1);
}

function heldBack(wanted: readonly { readonly floor: number }[]): string {
  const floor = Math.max(0, ...wanted.map((size) => size.floor));
  return Number.isFinite(floor) && floor > 1 ? 'an index or a count in the test needs the larger size' : 'its sizes cannot be smaller together';
}
