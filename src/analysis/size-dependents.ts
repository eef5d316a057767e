/**
 * What hangs on a size: everything in its region (the test, or the group or file in whose scope the size is named) that could
 * change its meaning when the size changes. A size may be rewritten unseen only when nothing here speaks against it.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Analysis } from './analyze.ts';
import type { Node } from './nodes.ts';
import { calleeName, contains, isCall, staticName } from './nodes.ts';
import type { Block } from './size-assertions.ts';
import { CLOSENESS, readAssertion, readReceiver, readTuple } from './size-assertions.ts';
import type { FileScan, RegionScan } from './size-regions.ts';
import { regionOf, scanFile, scanRegion } from './size-regions.ts';
import type { MeasuredSize } from './sizes.ts';

export interface Dependents {
  /** The node whose text is looked at, and the functions of this file it calls. */
  readonly region: Node;
  /** Array literals that spell out the same dimensions: `[2, 8, 512, 64]`. */
  readonly tuples: readonly TSESTree.Literal[][];
  /** Whole numbers that are neither a size nor known to be something else. */
  readonly otherNumbers: readonly number[];
  /** Values of numbers named in the region, for divisibility. */
  readonly namedNumbers: readonly number[];
  /** Why the size must not be rewritten unseen; undefined when nothing speaks against it. */
  readonly obstacle: Obstacle | undefined;
}

export interface Obstacle {
  readonly line: number;
  readonly reason: string;
}

const NEUTRAL_KEY = /seed|timeout|retr(?:y|ies)|precision|digits|tolerance|atol|rtol|eps(?:ilon)?|port/i;

export function dependentsOf(analysis: Analysis, size: MeasuredSize): Dependents {
  const { module } = analysis.reading;
  const file = scanFile(analysis);
  const leaves = new Set<Node>(size.measure.dimensions.flatMap((dimension) => dimension?.leaves.map(({ node }) => node) ?? []));
  const region = regionOf(size, [...leaves]);
  const scan = scanRegion(file, region, module);
  const { numbers, arrays } = scan;
  const values = size.measure.dimensions.map((dimension) => dimension?.value);
  const tuples: TSESTree.Literal[][] = [];
  for (const array of arrays) readTuple(array, values, tuples);
  const inTuples = new Set<Node>(tuples.flat());
  const unnamed = numbers.filter((literal) => !leaves.has(literal) && !inTuples.has(literal));
  const others = unnamed.filter((literal) => file.dimensions.has(literal) || !isNeutral(literal, file.creators));
  return {
    region,
    tuples,
    otherNumbers: others.map(({ value }) => Math.abs(Number(value))).filter((value) => Number.isInteger(value) && value > 1),
    namedNumbers: numbers.filter((literal) => literal.parent.type === 'VariableDeclarator').map(({ value }) => Number(value)),
    obstacle: obstacleIn(analysis, file, size, { region, leaves, unnamed, values, scan }),
  };
}

interface Sight {
  readonly region: Node;
  readonly leaves: ReadonlySet<Node>;
  readonly unnamed: readonly TSESTree.Literal[];
  readonly values: readonly (number | undefined)[];
  readonly scan: RegionScan;
}

/** The first thing that speaks against a rewrite, cheap questions before dear ones; what comes after it is not looked for. */
function obstacleIn(analysis: Analysis, file: FileScan, size: MeasuredSize, { region, leaves, unnamed, values, scan }: Sight): Obstacle | undefined {
  const found: Obstacle[] = [];
  const block: Block = (node, reason) => found.push({ line: node.loc.start.line, reason });
  const { module } = analysis.reading;
  for (const literal of unnamed) {
    const value = Number(literal.value);
    if (value >= 32 && values.includes(value)) block(literal, `${value} stands here too, and nothing says that it is the same size`);
  }
  for (const { node, value } of file.typeLiterals) if (value >= 16 && values.includes(value)) block(node, `the type says ${value}`);
  for (const node of scan.statistics) block(node, `${node.name} is a statistic that needs its samples`);
  for (const { node, text } of scan.texts) if (mentions(text, values)) block(node, 'the size stands in a text');
  for (const { node, fact } of analysis.calls) {
    if ((fact.kind === 'load' || fact.kind === 'session') && contains(region, node)) block(node, 'what is loaded has sizes of its own');
  }
  for (const leaf of leaves) if (leaf.parent?.parent?.parent?.type === 'ExportNamedDeclaration') block(leaf, 'it is exported');
  if (takesData(size)) block(size.site.node, 'the data must fit the shape');
  for (const call of scan.calls) {
    if (found.length > 0) break;
    readAssertion(module, region, call, values, block);
    readReceiver(module, region, call, block);
  }
  return found[0];
}

export function mentions(text: string, values: readonly (number | undefined)[]): boolean {
  return values.some((value) => {
    if (value === undefined || value < 32) return false;
    const forms = [String(value), value.toLocaleString('en-US'), ...(value % 1_000 === 0 ? [`${value / 1_000} ?k`] : []), ...(value % 1_000_000 === 0 ? [`${value / 1_000_000} ?m`] : [])];
    return new RegExp(`(?<![\\d.])(?:${forms.join('|')})(?![\\da-z])`, 'i').test(text);
  });
}

/** `tensor(data, shape)`: ready-made data has the length of the old shape. */
function takesData({ site }: MeasuredSize): boolean {
  if (!isCall(site.node) || site.node.arguments.length < 2) return false;
  const name = calleeName(site.node) ?? '';
  return /tensor(?:\dd)?$|^(?:nd)?array$|^from|reshape/i.test(name) && !/rand|zeros|ones|full/i.test(name);
}

function isNeutral(literal: TSESTree.Literal, creators: ReadonlySet<Node>): boolean {
  const parent: Node = literal.parent.type === 'UnaryExpression' ? literal.parent.parent : literal.parent;
  if (parent.type === 'Property' && NEUTRAL_KEY.test(staticName(parent) ?? '')) return true;
  if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' && NEUTRAL_KEY.test(parent.id.name)) return true;
  if (!isCall(parent) || parent.callee === literal) return false;
  if (creators.has(parent)) return true;
  const name = calleeName(parent) ?? '';
  if (CLOSENESS.test(name)) return true;
  // A test's own timeout, `seed(42)`, `mulberry32(7)`.
  return /^(?:test|it|setTimeout|timeout|seed\w*|mulberry32|manualSeed|key|createRng|rng)$/.test(name);
}
