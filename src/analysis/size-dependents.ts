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
import { assetIn } from './size-cases.ts';
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
  readonly node: Node;
  readonly reason: string;
}

const NEUTRAL_KEY = /seed|timeout|retr(?:y|ies)|precision|digits|tolerance|atol|rtol|eps(?:ilon)?|port/i;

export function dependentsOf(analysis: Analysis, size: MeasuredSize): Dependents {
  const file = scanFile(analysis);
  const leaves = new Set<Node>(size.measure.dimensions.flatMap((dimension) => dimension?.leaves.map(({ node }) => node) ?? []));
  const region = regionOf(size, [...leaves]);
  const view = viewOf(analysis, file, region, size.measure.dimensions.map((dimension) => dimension?.value));
  return { region, tuples: view.tuples, otherNumbers: countedBut(view.others, leaves), namedNumbers: view.named, obstacle: obstacleIn(view, size, leaves) };
}

/** What a region holds for sizes of the same values, however many there are. */
interface View {
  readonly tuples: readonly TSESTree.Literal[][];
  readonly named: readonly number[];
  /** Whole numbers outside tuples that may mean something, by their value. */
  readonly others: ReadonlyMap<number, ReadonlySet<Node>>;
  /** Numbers outside tuples that have one of the values, in their order. */
  readonly same: readonly TSESTree.Literal[];
  /** The first thing that speaks against each of them: before, and after what the size itself says. */
  readonly before: () => Obstacle | undefined;
  readonly after: () => Obstacle | undefined;
}

const views = new WeakMap<FileScan, Map<Node, Map<string, View>>>();

function viewOf(analysis: Analysis, file: FileScan, region: Node, values: readonly (number | undefined)[]): View {
  const ofFile = views.get(file) ?? new Map<Node, Map<string, View>>();
  views.set(file, ofFile);
  const ofRegion = ofFile.get(region) ?? new Map<string, View>();
  ofFile.set(region, ofRegion);
  const key = values.join();
  const view = ofRegion.get(key) ?? readView(analysis, file, region, values);
  ofRegion.set(key, view);
  return view;
}

function readView(analysis: Analysis, file: FileScan, region: Node, values: readonly (number | undefined)[]): View {
  const scan = scanRegion(file, region, analysis.reading.module);
  const tuples: TSESTree.Literal[][] = [];
  for (const array of scan.arrays) readTuple(array, values, tuples);
  const inTuples = new Set<Node>(tuples.flat());
  const unnamed = scan.numbers.filter((literal) => !inTuples.has(literal));
  const others = new Map<number, Set<Node>>();
  for (const literal of unnamed) {
    const value = Math.abs(literal.value);
    if (!Number.isInteger(value) || value <= 1 || (!file.dimensions.has(literal) && isNeutral(literal, file.creators))) continue;
    others.set(value, (others.get(value) ?? new Set()).add(literal));
  }
  let before: { readonly found: Obstacle | undefined } | undefined;
  let after: { readonly found: Obstacle | undefined } | undefined;
  return {
    tuples,
    named: scan.numbers.filter((literal) => literal.parent.type === 'VariableDeclarator').map(({ value }) => value),
    others,
    same: unnamed.filter(({ value }) => value >= 32 && values.includes(value)),
    before: () => (before ??= { found: obstacleAround(analysis, file, region, values, scan) }).found,
    after: () => (after ??= { found: obstacleInCalls(analysis, region, values, scan) }).found,
  };
}

/** Two of each value at most: nobody asks for more. */
function countedBut(others: View['others'], leaves: ReadonlySet<Node>): number[] {
  return [...others].flatMap(([value, literals]) => {
    const count = literals.size - [...leaves].filter((leaf) => literals.has(leaf)).length;
    return Array.from({ length: Math.min(2, count) }, () => value);
  });
}

/** The first thing that speaks against a rewrite, cheap questions before dear ones; what comes after it is not looked for. */
function obstacleIn({ same, before, after }: View, size: MeasuredSize, leaves: ReadonlySet<Node>): Obstacle | undefined {
  const twin = same.find((literal) => !leaves.has(literal));
  if (twin) return obstacle(twin, `${String(twin.value)} stands here too, and nothing says that it is the same size`);
  const around = before();
  if (around) return around;
  for (const leaf of leaves) if (leaf.parent?.parent?.parent?.type === 'ExportNamedDeclaration') return obstacle(leaf, 'it is exported');
  return takesData(size) ? obstacle(size.site.node, 'the data must fit the shape') : after();
}

function obstacle(node: Node, reason: string): Obstacle {
  return { node, reason };
}

function obstacleAround(analysis: Analysis, file: FileScan, region: Node, values: readonly (number | undefined)[], scan: RegionScan): Obstacle | undefined {
  const type = file.typeLiterals.find(({ value }) => value >= 16 && values.includes(value));
  if (type) return obstacle(type.node, `the type says ${type.value}`);
  const [statistic] = scan.statistics;
  if (statistic) return obstacle(statistic, `${statistic.name} is a statistic that needs its samples`);
  const told = scan.texts.find(({ text }) => mentions(text, values));
  if (told) return obstacle(told.node, 'the size stands in a text');
  const stored = assetIn(analysis.reading.module, region);
  if (stored) return obstacle(stored, 'it is compared with a file');
  const load = analysis.calls.find(({ node, fact }) => (fact.kind === 'load' || fact.kind === 'session') && contains(region, node));
  return load && obstacle(load.node, 'what is loaded has sizes of its own');
}

function obstacleInCalls({ reading: { module } }: Analysis, region: Node, values: readonly (number | undefined)[], scan: RegionScan): Obstacle | undefined {
  const found: Obstacle[] = [];
  const block: Block = (node, reason) => found.push(obstacle(node, reason));
  for (const call of scan.calls) {
    readAssertion(module, region, call, values, block);
    readReceiver(module, region, call, block);
    if (found[0]) return found[0];
  }
  return undefined;
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
