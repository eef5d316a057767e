/**
 * What hangs on the sizes of a test so that it cannot run at smaller ones: results that are written down, statistics, snapshots,
 * types, texts, things made elsewhere. Literals that change with the sizes, and names for them, hinder nothing.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Analysis } from './analyze.ts';
import type { SourceModule } from './module.ts';
import { SHOWN_IN_DOCUMENTATION, SPEAKS_OF_LIMITS } from '../knowledge/vocabulary.ts';
import type { Node, Range } from './nodes.ts';
import { iterationOf } from './iteration.ts';
import { calleeName, chainRoot, contains, isCall, isFunction, isLoop, outerUse, unwrap, unwrapAwait } from './nodes.ts';
import { assetIn, isCase, ONE_OF_SEVERAL } from './size-cases.ts';
import { CLOSENESS, isComputedIn, isFromElsewhere } from './size-assertions.ts';
import { mentions } from './size-dependents.ts';
import { isMatcher } from './size-places.ts';
import type { FileScan, RegionScan } from './size-regions.ts';
import { evaluate } from './static-value.ts';
import type { Value } from './value.ts';
import { walk } from './walk.ts';

export interface SizeChange {
  /** The test or group. */
  readonly region: Node;
  /** It, and functions of the file that it calls. */
  readonly bodies: readonly Node[];
  readonly scan: RegionScan;
  /** Literals that become names, and those whose constant gets another value. */
  readonly followed: ReadonlySet<Node>;
  /** Old values of the sizes that change. */
  readonly values: readonly number[];
  /** Values of sizes in the region that stay. */
  readonly kept: ReadonlySet<number>;
  /** The smallest new value of a size that was large. */
  readonly smallest: number;
  /** What is made of a size is not known: only what repeats the size is understood. */
  readonly makesUnknown: boolean;
  /** Sites that draw samples. */
  readonly samplers: readonly Node[];
}

export interface Hindrance {
  readonly node: { readonly range: Range };
  readonly reason: string;
}

/** The first thing that speaks against smaller sizes. */
export function hindranceTo(analysis: Analysis, file: FileScan, change: SizeChange): Hindrance | undefined {
  const found: Hindrance[] = [];
  const block: Block = (node, reason) => void found.push({ node, reason });
  const { region, scan, values } = change;
  for (const { node, value } of file.typeLiterals) if (value >= 16 && values.includes(value)) block(node, `the type says ${value}`);
  for (const node of scan.statistics) block(node, `${node.name} is a statistic that needs its samples`);
  for (const { node, text } of scan.texts) if (mentions(text, values)) block(node, 'the size stands in a text');
  for (const node of scan.memory) block(node, 'it measures memory');
  const { module } = analysis.reading;
  const remark = remarkOn(module, region, SPEAKS_OF_LIMITS);
  if (remark) block(remark, 'a comment says what the size is for');
  const shown = remarkOn(module, region, SHOWN_IN_DOCUMENTATION);
  if (shown) block(shown, 'the code is shown in documentation');
  const stored = assetIn(module, region);
  if (stored) block(stored, 'it is compared with a file');
  for (const node of change.followed) if (isCase(module, node)) block(node, ONE_OF_SEVERAL);
  for (const { node, fact } of analysis.calls) {
    if ((fact.kind === 'load' || fact.kind === 'session') && contains(region, node)) block(node, 'what is loaded has sizes of its own');
  }
  for (const call of scan.calls) {
    if (found.length > 0) break;
    readCall(module, change, call, block);
  }
  return found[0];
}

/** `// must be greater than MATMUL_SHARED_DIM_THRESHOLD`: the first comment that says why a size is as it is. */
function remarkOn({ file: { text } }: SourceModule, { range }: Node, words: RegExp): { readonly range: Range } | undefined {
  for (const { 0: comment, index } of text.slice(range[0], range[1]).matchAll(/\/\*[^]*?\*\/|(?<!:)\/\/[^\n]*/g)) {
    if (words.test(comment)) return { range: [range[0] + index, range[0] + index + comment.length] };
  }
  return undefined;
}

type Block = (node: { readonly range: Range }, reason: string) => void;

function readCall(module: SourceModule, change: SizeChange, call: TSESTree.CallExpression, block: Block): void {
  const name = calleeName(call) ?? '';
  if (/snapshot/i.test(name)) return block(call, 'a snapshot holds the result');
  if (/^(?:load|from_?pretrained)/i.test(name) && !isMatcher(call)) return block(call, 'what is loaded has sizes of its own');
  if (!isMatcher(call)) {
    readComparison(module, change, call, block);
    readGiven(module, change, call, block);
    return readReceiver(module, change, call, block);
  }
  if (/^(?:toThrow\w*|throws?\w*|rejects)$/.test(name)) return;
  if (readSamples(module, change, call)) return block(call, 'it compares a figure of all samples');
  if (change.makesUnknown && (CLOSENESS.test(name) || !isAboutSize(module, change, call))) return block(call, 'what is made of the size is compared with something else');
  const root = chainRoot(call.callee);
  const isBare = root === unwrap(call.callee);
  // `expect(actual)`: what it is compared with counts.
  if (isBare && name === 'expect') return;
  if (isBare && call.arguments.length === 1 && isFromElsewhere(module, root) && !/finite|nan|defined/i.test(name)) return block(call, `${name} is in another file`);
  for (const [index, argument] of call.arguments.entries()) {
    if (argument.type === 'SpreadElement' || isFunction(unwrap(argument))) continue;
    // The actual value of `assert.equal(actual, expected)`, and digits or tolerances behind an expected one.
    const isActual = isBare || (root.type === 'Identifier' && /^(?:assert|t)/.test(root.name)) ? index === 0 : false;
    const isTolerance = CLOSENESS.test(name) && (index > 0 || !/close/i.test(name));
    if (!isActual && !(isTolerance && isSmall(argument)) && !isFree(module, change, argument)) block(argument, 'a result is written down');
  }
}

function isSmall(argument: Node): boolean {
  const node = unwrap(argument);
  return node.type === 'Literal' && typeof node.value === 'number' && Math.abs(node.value) <= 20;
}

/** Says the expected value the same at any size? */
function isFree(module: SourceModule, change: SizeChange, argument: Node): boolean {
  const node = unwrapAwait(argument);
  if (node.type === 'ArrayExpression') return isListOfPositions(module, node, change) || node.elements.every((element) => element === null || element.type === 'SpreadElement' || isFree(module, change, element));
  if (node.type === 'ObjectExpression') return node.properties.every((property) => property.type !== 'Property' || isFree(module, change, property.value));
  let follows = false;
  walk(node, (inner) => {
    if (change.followed.has(inner)) follows = true;
  });
  if (follows) return true;
  const value = evaluate(module, node);
  return value && value.type !== 'opaque' ? isFreeValue(value, change) : isComputedIn(module, change.region, node);
}

function isFreeValue(value: Value | undefined, change: SizeChange): boolean {
  switch (value?.type) {
    case 'scalar':
      if (value.leaves.some(({ node }) => change.followed.has(node))) return true;
      if (typeof value.value === 'string') return !/\d/.test(value.value);
      if (typeof value.value !== 'number') return true;
      return [0, 1, -1].includes(value.value) || !Number.isFinite(value.value) || change.kept.has(value.value);
    case 'list':
      return value.items.every((item) => isFreeValue(item, change));
    case 'dictionary':
      return [...value.entries.values()].every((item) => isFreeValue(item, change));
    default:
      return true;
  }
}

/** Positions in data are near its beginning. */
const FURTHEST = 64;

/** `[5, 8, 11, 14]`: places in the data that smaller sizes have as well. */
function isListOfPositions(module: SourceModule, { elements, range, parent }: TSESTree.ArrayExpression, { smallest }: SizeChange): boolean {
  if (/shape|dims?\b|size/i.test(module.file.text.slice(parent.range[0], range[0]))) return false;
  let last = -1;
  for (const element of elements) {
    if (element?.type !== 'Literal' || typeof element.value !== 'number' || !Number.isInteger(element.value)) return false;
    if (element.value <= last || element.value >= Math.min(smallest, FURTHEST)) return false;
    last = element.value;
  }
  return elements.length > 1;
}

/** `expect(graph.indices.length).toBe(points * neighbours)`, `expect(x).toBeDefined()`. */
function isAboutSize(module: SourceModule, { followed }: SizeChange, call: TSESTree.CallExpression): boolean {
  const root = chainRoot(call.callee);
  if (root === unwrap(call.callee) && calleeName(call) === 'expect') return true;
  const text = module.file.text.slice(call.range[0], call.range[1]);
  if (/^(?:toBe(?:Defined|Truthy|Null|Undefined|InstanceOf)|toThrow\w*|throws?\w*|not|ok|exist)$/.test(calleeName(call) ?? '') || /isFinite|isNaN|\b(?:NaN|Infinity)\b/.test(text)) return true;
  return call.arguments.some((argument) => holds(argument, (node) => followed.has(node) || (node.type === 'Identifier' && isNamedSize(module, node, followed))));
}

function isNamedSize(module: SourceModule, identifier: TSESTree.Identifier, followed: ReadonlySet<Node>): boolean {
  const value = evaluate(module, identifier);
  return value?.type === 'scalar' && value.leaves.some(({ node }) => followed.has(node));
}

/** A bound on something that is drawn from all samples, rather than on each of them. */
function readSamples(module: SourceModule, { samplers, followed, bodies }: SizeChange, call: TSESTree.CallExpression): boolean {
  if (samplers.length === 0) return false;
  const text = module.file.text.slice(call.range[0], call.range[1]);
  const isBounded = CLOSENESS.test(calleeName(call) ?? '') || (isMatcher(call) && /[^=]>|<|\babs\(/.test(text));
  if (!isBounded || /\.(?:length|shape|size)\b|\b(?:every|some)\(/.test(text)) return false;
  for (let current: Node | undefined = call; current && !bodies.includes(current); current = current.parent) {
    const iteration = iterationOf(current);
    if (!iteration) continue;
    const { node } = iteration;
    if (samplers.includes(node)) return false;
    const head = isLoop(node) ? (node.type === 'ForStatement' ? node.test : 'right' in node ? node.right : node.test) : node.callee;
    if (head && holds(head, (inner) => followed.has(inner) || (inner.type === 'Identifier' && isDrawn(module, inner, samplers, followed)))) return false;
  }
  return true;
}

/** A name for the samples, or for their count. */
function isDrawn(module: SourceModule, identifier: TSESTree.Identifier, samplers: readonly Node[], followed: ReadonlySet<Node>): boolean {
  const definition = module.variableOf(identifier)?.defs[0];
  const init = definition?.type === 'Variable' ? definition.node.init : undefined;
  return init != null && holds(init, (inner) => samplers.includes(inner) || followed.has(inner));
}

function holds(root: Node, is: (node: Node) => boolean): boolean {
  let found = false;
  walk(root, (node) => {
    found ||= is(node);
  });
  return found;
}

/** `same(x.sum(), 250_000)`: a function that is only called for what it does, and is given a value and a number, compares them. */
function readComparison(module: SourceModule, change: SizeChange, call: TSESTree.CallExpression, block: Block): void {
  const { parent } = outerUse(call);
  if (parent?.type !== 'ExpressionStatement' || call.callee.type !== 'Identifier' || call.arguments.length < 2) return;
  const definition = module.variableOf(call.callee)?.defs[0];
  if (definition?.type !== 'ImportBinding' && definition?.type !== 'FunctionName') return;
  const [actual, ...expected] = call.arguments;
  if (!actual || unwrap(actual).type === 'Literal') return;
  for (const argument of expected) {
    if (argument.type !== 'SpreadElement' && !isFunction(unwrap(argument)) && !isSmall(argument) && !isFree(module, change, argument)) block(argument, 'a result is written down');
  }
}

/** `init(data, task)` with a task made outside the region: the data must fit it. */
function readGiven(module: SourceModule, { bodies }: SizeChange, call: TSESTree.CallExpression, block: Block): void {
  if (call.arguments.length < 2) return;
  for (const argument of call.arguments) {
    const node = unwrap(argument);
    const definition = node.type === 'Identifier' ? module.variableOf(node)?.defs[0] : undefined;
    if (!definition || definition.type === 'FunctionName' || definition.type === 'ClassName' || bodies.some((body) => contains(body, definition.name))) continue;
    const init = definition.type === 'Variable' && definition.node.init ? unwrapAwait(definition.node.init) : undefined;
    const isMade = definition.type === 'ImportBinding' ? evaluate(module, node)?.type === 'opaque' : isCall(init) && !keepsNoSizes(init);
    if (isMade) block(node, `${definition.name.type === 'Identifier' ? definition.name.name : 'something'} is made elsewhere and may have sizes of its own`);
  }
}

/** `model.predict(x)` with a model made outside the region: its sizes were chosen together with these. */
function readReceiver(module: SourceModule, { bodies }: SizeChange, call: TSESTree.CallExpression, block: Block): void {
  const root = chainRoot(call.callee);
  if (root.type !== 'Identifier' || call.arguments.length === 0 || call.arguments.every(({ type }) => type === 'Literal')) return;
  const variable = module.variableOf(root);
  const definition = variable?.defs[0];
  if (!variable || definition?.type !== 'Variable' || bodies.some((body) => contains(body, definition.name)) || /rng|random|seed/i.test(root.name)) return;
  const written = variable.references.flatMap(({ writeExpr }) => (writeExpr ? [unwrapAwait(writeExpr)] : []));
  if (written.length > 0 && written.every(keepsNoSizes)) return;
  block(call, `${root.name} is made elsewhere and may have sizes of its own`);
}

/** A function, a name for something, or a thing made of nothing. */
function keepsNoSizes(node: Node): boolean {
  if (isFunction(node) || node.type === 'MemberExpression' || node.type === 'Identifier') return true;
  return isCall(node) && (calleeName(node) === 'require' || (node.type === 'NewExpression' && node.arguments.length === 0));
}
