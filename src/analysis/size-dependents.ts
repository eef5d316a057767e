/**
 * What hangs on a size: everything in its region (the test, or the group or file in whose scope the size is named) that could
 * change its meaning when the size changes. A size may be rewritten unseen only when nothing here speaks against it.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Analysis } from './analyze.ts';
import type { FunctionNode, Node } from './nodes.ts';
import { calleeName, chainRoot, contains, isCall, isFunction, outerUse, staticName, unwrap, unwrapAwait } from './nodes.ts';
import type { SourceModule } from './module.ts';
import { sizeSites } from './size-sites.ts';
import type { MeasuredSize } from './sizes.ts';
import { evaluate } from './static-value.ts';
import { walk } from './walk.ts';

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
const STATISTIC = /\b(?:mean|average|std|stdev|variance|histogram|distribution|percentile|median|skew|kurtosis|entropy|chi2?|p_?value)\b/i;
const CLOSENESS = /^(?:toBeCloseTo|closeTo|approximately|toBeLessThan\w*|toBeGreaterThan\w*|below|above|least|most|lessThan\w*|greaterThan\w*|lt|gt|lte|gte)$/;

/** What a walk over a region finds, kept so that ten sizes of one test need one walk. */
interface RegionScan {
  readonly numbers: readonly TSESTree.Literal[];
  readonly arrays: readonly TSESTree.ArrayExpression[];
  readonly calls: readonly TSESTree.CallExpression[];
  readonly texts: readonly { readonly node: Node; readonly text: string }[];
  readonly statistics: readonly TSESTree.Identifier[];
}

/** What is the same for all sizes of a file. */
interface FileScan {
  readonly regions: Map<Node, RegionScan>;
  /** Literals that are dimensions, and the calls they are given to. */
  readonly dimensions: ReadonlySet<Node>;
  readonly creators: ReadonlySet<Node>;
  readonly typeLiterals: readonly { readonly node: Node; readonly value: number }[];
}

const scans = new WeakMap<Analysis, FileScan>();

function scanFile(analysis: Analysis): FileScan {
  let scan = scans.get(analysis);
  if (scan) return scan;
  const { reading } = analysis;
  const dimensions = new Set<Node>();
  const creators = new Set<Node>();
  for (const site of sizeSites(reading)) {
    const found = site.measure(new Map());
    if (!found) continue;
    creators.add(site.node);
    for (const dimension of found.dimensions) for (const { node } of dimension?.leaves ?? []) dimensions.add(node);
  }
  const typeLiterals: { node: Node; value: number }[] = [];
  walk(reading.module.file.ast, (node) => {
    if (node.type === 'TSLiteralType' && node.literal.type === 'Literal') typeLiterals.push({ node, value: Number(node.literal.value) });
  });
  scan = { regions: new Map(), dimensions, creators, typeLiterals };
  scans.set(analysis, scan);
  return scan;
}

function scanRegion(file: FileScan, region: Node, module: SourceModule): RegionScan {
  const known = file.regions.get(region);
  if (known) return known;
  const numbers: TSESTree.Literal[] = [];
  const arrays: TSESTree.ArrayExpression[] = [];
  const calls: TSESTree.CallExpression[] = [];
  const texts: { node: Node; text: string }[] = [];
  const statistics: TSESTree.Identifier[] = [];
  for (const body of [region, ...calledFunctions(region, module)]) {
    walk(body, (node) => {
      if (node.type === 'Literal' && typeof node.value === 'number') numbers.push(node);
      else if (node.type === 'Literal' && typeof node.value === 'string') texts.push({ node, text: node.value });
      else if (node.type === 'TemplateElement') texts.push({ node, text: node.value.raw });
      else if (node.type === 'ArrayExpression') arrays.push(node);
      else if (node.type === 'CallExpression') calls.push(node);
      else if (node.type === 'Identifier' && STATISTIC.test(node.name)) statistics.push(node);
    });
  }
  const scan = { numbers, arrays, calls, texts, statistics };
  file.regions.set(region, scan);
  return scan;
}

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

/** The test that holds all the literals; else the group, else the file, in whose scope they are named. */
function regionOf(size: MeasuredSize, leaves: readonly Node[]): Node {
  const candidates: Node[] = [];
  for (const { placed } of size.payers) {
    if (!placed) continue;
    // What a hook makes is used by the tests beside it.
    if (placed.declaration.kind !== 'hook') candidates.push(placed.declaration.call);
    candidates.push(...placed.groups.map(({ call }) => call).reverse());
  }
  const inner = candidates.filter((call) => leaves.every((leaf) => contains(call, leaf))).sort((a, b) => width(a) - width(b))[0];
  if (inner) return inner;
  let top: Node = size.site.node;
  while (top.parent) top = top.parent;
  return top;
}

function width({ range }: Node): number {
  return range[1] - range[0];
}

/** Functions of this file that the region calls and that stand outside it. */
function calledFunctions(region: Node, module: Analysis['reading']['module']): FunctionNode[] {
  const found = new Set<FunctionNode>();
  walk(region, (node) => {
    if (!isCall(node) || node.callee.type !== 'Identifier') return;
    const definition = module.variableOf(node.callee)?.defs[0]?.node;
    const callback = definition?.type === 'VariableDeclarator' && definition.init ? unwrap(definition.init) : definition;
    if (isFunction(callback) && !contains(region, callback)) found.add(callback);
  });
  return [...found];
}

function readTuple(node: TSESTree.ArrayExpression, values: readonly (number | undefined)[], tuples: TSESTree.Literal[][]): void {
  if (values.length < 2 || node.elements.length !== values.length) return;
  const literals = node.elements.flatMap((element) => (element?.type === 'Literal' && typeof element.value === 'number' ? [element] : []));
  if (literals.length === values.length && literals.every((literal, index) => literal.value === values[index])) tuples.push(literals);
}

function mentions(text: string, values: readonly (number | undefined)[]): boolean {
  return values.some((value) => value !== undefined && value >= 32 && new RegExp(`(?<!\\d)${value}(?!\\d)`).test(text));
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

type Block = (node: Node, reason: string) => unknown;

/** Blocks on results that are written down, since they were computed at the original size. */
function readAssertion(module: SourceModule, region: Node, call: TSESTree.CallExpression, values: readonly (number | undefined)[], block: Block): void {
  const name = calleeName(call) ?? '';
  if (/snapshot/i.test(name)) return void block(call, 'a snapshot holds the result');
  const root = chainRoot(call.callee);
  const isAssertion = root.type === 'Identifier' && /^(?:expect\w*|assert\w*|should|t|check\w*|verify\w*)$/.test(root.name);
  if (!isAssertion || /^(?:toThrow\w*|throws?\w*|rejects)$/.test(name)) return;
  if (root === unwrap(call.callee) && call.arguments.length === 1 && isFromElsewhere(module, root) && !/finite|nan|defined|expect$/i.test(root.name)) {
    return void block(call, `${root.name} is in another file`);
  }
  for (const argument of call.arguments) walk(argument, (node) => readFraction(node, name, block));
  // `expect(actual)` itself: only what it is compared with counts.
  if (root === unwrap(call.callee) && /^expect$/.test(name)) return;
  for (const [index, argument] of call.arguments.entries()) {
    if (argument.type === 'SpreadElement' || isFunction(unwrap(argument))) continue;
    const isTolerance = CLOSENESS.test(name) && (index > 0 || !/close/i.test(name));
    if (!isFreeOfSize(module, region, argument, values, isTolerance)) block(argument, 'a result is written down');
  }
}

/** `model.predict(x)` with a model made outside the region: its sizes were chosen together with this one. */
function readReceiver(module: SourceModule, region: Node, call: TSESTree.CallExpression, block: Block): void {
  for (const argument of call.arguments.length > 1 ? call.arguments : []) {
    const node = unwrap(argument);
    const definition = node.type === 'Identifier' ? module.variableOf(node)?.defs[0] : undefined;
    if (definition?.type === 'ImportBinding' && !isFunction(node)) block(node, `${definition.name.name} is made elsewhere and may have sizes of its own`);
  }
  const root = chainRoot(call.callee);
  if (root.type !== 'Identifier' || call.arguments.length === 0 || call.arguments.every(({ type }) => type === 'Literal')) return;
  const definition = module.variableOf(root)?.defs[0];
  if (definition?.type !== 'Variable' || contains(region, definition.name) || /rng|random|seed/i.test(root.name)) return;
  const init = definition.node.init && unwrapAwait(definition.node.init);
  // A function, or a name for something imported, keeps no sizes.
  if (isFunction(init) || init?.type === 'MemberExpression' || init?.type === 'Identifier') return;
  if (init && isCall(init) && calleeName(init) === 'require') return;
  block(call, `${root.name} is made elsewhere and may have sizes of its own`);
}

/** A fraction in an assertion is a result, unless it bounds a difference. */
function readFraction(node: Node, matcher: string, block: Block): void {
  if (node.type !== 'Literal' || typeof node.value !== 'number' || Number.isInteger(node.value)) return;
  const { parent } = node;
  const isBound = parent.type === 'BinaryExpression' && /^[<>]=?$/.test(parent.operator) && Math.abs(node.value) <= 1;
  const isTolerance = isCall(parent) && (CLOSENESS.test(matcher) ? Math.abs(node.value) <= 1 : parent.arguments.indexOf(node) > 1);
  if (!isBound && !isTolerance) block(node, 'a result is written down');
}

function isFromElsewhere(module: SourceModule, node: Node): boolean {
  return node.type === 'Identifier' && module.variableOf(node)?.defs[0]?.type === 'ImportBinding' && node.name !== 'expect' && !/^assert$/.test(node.name);
}

function isFreeOfSize(module: SourceModule, region: Node, argument: Node, values: readonly (number | undefined)[], isTolerance: boolean): boolean {
  const node = unwrapAwait(argument);
  if (node.type === 'ArrayExpression') {
    const tuples: TSESTree.Literal[][] = [];
    readTuple(node, values, tuples);
    if (tuples.length > 0) return true;
    const isShape = node.elements.length === values.length;
    return node.elements.every((element, index) => {
      if (element === null || element.type === 'SpreadElement') return true;
      return (isShape && element.type === 'Literal' && element.value === values[index]) || isFreeOfSize(module, region, element, values, false);
    });
  }
  const value = evaluate(module, node);
  if (value?.type === 'list') return false;
  if (value?.type === 'scalar') {
    if (typeof value.value === 'string') return !/\d/.test(value.value);
    if (typeof value.value !== 'number') return true;
    // The same name as the size follows it.
    if (value.leaves.length > 0 && value.leaves.every((leaf) => leaf.name !== undefined && values.includes(Number(leaf.node.value)))) return true;
    if (isTolerance) return Math.abs(value.value) <= 1;
    return [0, 1, -1].includes(value.value) || !Number.isFinite(value.value);
  }
  return isComputedIn(module, region, node);
}

/** Does the value come from what the region computes, rather than from data kept elsewhere? */
function isComputedIn(module: SourceModule, region: Node, node: Node): boolean {
  let isComputed = false;
  let isKept = false;
  walk(node, (inner) => {
    if (inner.type !== 'Identifier') return;
    if (inner.parent.type === 'MemberExpression' && inner.parent.property === inner && !inner.parent.computed) return;
    const definition = module.variableOf(inner)?.defs[0];
    if (!definition) return;
    const isCalled = isCall(inner.parent) && inner.parent.callee === inner;
    if (contains(region, definition.name) || definition.type === 'Parameter') isComputed = true;
    else if (!isCalled && definition.type !== 'ClassName' && definition.type !== 'FunctionName' && !isReceiver(inner)) isKept = true;
  });
  return isComputed || !isKept;
}

/** `tf.ones(…)`: a library's namespace is no data. */
function isReceiver(node: Node): boolean {
  const member = node.parent;
  if (member?.type !== 'MemberExpression' || member.object !== node) return false;
  const { parent } = outerUse(member);
  return parent !== undefined && isCall(parent) && unwrap(parent.callee) === member;
}
