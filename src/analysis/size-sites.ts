/**
 * Calls that may allocate by size, each with a way to measure it: rows and vocabulary, typed arrays, `Array.from({ length })`,
 * local functions that are creators by name, and functions next door that pass their parameters on to a creator.
 */
import { BYTE_ARRAYS, CREATOR_NAME, REPEATER_NAME, SAMPLE_MAKER_NAME, TYPED_ARRAYS } from '../knowledge/vocabulary.ts';
import type { SourceModule } from './module.ts';
import type { CallNode, FunctionNode, Node } from './nodes.ts';
import { calleeName, enclosingFunction, isCall, isFunction, nameOfFunction, outerUse, unwrap, unwrapAwait } from './nodes.ts';
import { drawnLists } from './drawn-lists.ts';
import { callsKnown } from './known-calls.ts';
import { nameTest } from './name-test.ts';
import { findNeighbourFunction, mayBeForTests, neighbourOf, readNeighbourOrigins } from './neighbour-functions.ts';
import { asksText } from './neighbours.ts';
import type { Origin } from './origins.ts';
import type { Reading } from './reading.ts';
import { onceAPackage } from './row-finder.ts';
import type { Dimension, Makes, Measure, Measurer, SizeSite } from './size-roles.ts';
import { dimensionOf, isSize, measure, measureNamedSamples, measureNamedShape, measurerOfName, measurerOfRow, namesSamples } from './size-roles.ts';
import { collectedTimes, sampleLoops } from './sample-loops.ts';
import type { Bindings, Value } from './value.ts';
import { NO_BINDINGS } from './value.ts';
import { bindParameters } from './bind-pattern.ts';
import { evaluate } from './static-value.ts';

const isCreatorName = nameTest(CREATOR_NAME, SAMPLE_MAKER_NAME, REPEATER_NAME);
const BYTE_ARRAY_NAMES: ReadonlySet<string> = new Set(BYTE_ARRAYS);
const TYPED_ARRAY_NAMES: ReadonlySet<string> = new Set(TYPED_ARRAYS);

const answers = new WeakMap<Reading, readonly SizeSite[]>();

export function sizeSites(reading: Reading): readonly SizeSite[] {
  let sites = answers.get(reading);
  if (!sites) answers.set(reading, (sites = findSites(reading)));
  return sites;
}

function findSites(reading: Reading): SizeSite[] {
  const sites: SizeSite[] = [];
  const { module } = reading;
  const add = (call: CallNode, measureCall: SizeSite['measure'], makes?: Makes) => {
    const callee = module.file.text.slice(call.callee.range[0], Math.min(call.callee.range[1], call.callee.range[0] + 60));
    const measureUnder = (bindings: Bindings) => repeated(module, call, bindings, measureCall(bindings));
    sites.push({ node: call, callee, makes, measure: onceAlone(measureUnder) });
  };
  const addMeasured = (call: CallNode, measurer: Measurer) => {
    add(call, (bindings) => measurer(module, call, bindings));
  };
  for (const { node, origin, known: measurers } of callsKnown(reading.origins, (called) => measurersOf(reading.rows, called))) {
    if (node.type === 'TaggedTemplateExpression') continue;
    const measurer = node.type === 'NewExpression' ? measurers.constructed : measurers.called;
    if (measurer) addMeasured(node, measurer);
    else if (measurers.isOwn && mayHoldSize(module.file.text, node)) {
      const mayAllocate = allocatesNextDoor(reading, node, origin);
      const isCounted = namesSamples(node);
      if (mayAllocate || isCounted || namesSequence(module.file.text, node)) add(node, measureNeighbour(reading, node, origin, mayAllocate), mayAllocate || isCounted ? 'unknown' : undefined);
    }
  }
  for (const call of localCreatorCalls(module)) {
    const name = calleeName(call);
    const measurer = name === undefined ? undefined : measurerOfName([name], false);
    if (measurer) addMeasured(call, measurer);
  }
  sites.push(...sampleLoops(reading), ...drawnLists(reading));
  return sites;
}

interface Measurers {
  readonly called: Measurer | undefined;
  readonly constructed: Measurer | undefined;
  /** Of the library under test, and no row knows it: the file next door may tell. */
  readonly isOwn: boolean;
}

/** What measures the calls of an origin; undefined for most, which have no size whatever they are given. */
const measurersOf = onceAPackage((rows, origin): Measurers | undefined => {
  const { specifier, path } = origin;
  const row = rows.find(origin);
  const known = (specifier === null ? measureOfGlobal(path) : undefined) ?? (row && measurerOfRow(row));
  if (known) return { called: known, constructed: known, isOwn: false };
  if (row || specifier === null) return undefined;
  const isOwn = rows.isOwn(origin);
  const constructed = measurerOfName(path, true);
  return constructed || isOwn ? { called: measurerOfName(path, false), constructed, isOwn } : undefined;
});

/** Without values of parameters and loop variables a call always measures the same. */
function onceAlone(measureUnder: SizeSite['measure']): SizeSite['measure'] {
  let alone: { readonly measure: Measure | undefined } | undefined;
  return (bindings) => (bindings.size > 0 ? measureUnder(bindings) : (alone ??= { measure: measureUnder(bindings) }).measure);
}

function repeated(module: SourceModule, call: CallNode, bindings: Bindings, measured: Measure | undefined): Measure | undefined {
  return measured && collected(module, call, measured, bindings);
}

/** A tensor made anew and kept in each round of a counted loop is as large as all rounds together. */
export function collected(module: SourceModule, node: Node, measured: Measure, bindings: Bindings = NO_BINDINGS): Measure {
  if (measured.kind === 'layer' || measured.kind === 'model') return measured;
  const times = collectedTimes(module, node, bindings);
  if (times.length === 0) return measured;
  return measure(measured.kind, [...times, ...measured.dimensions], 1, [measured.sequence], measured.samples);
}

function measureOfGlobal(path: readonly string[]): Measurer | undefined {
  const [root = '', member] = path;
  if (TYPED_ARRAY_NAMES.has(root)) return path.length === 1 ? measureLength : member === 'from' && path.length === 2 ? measureArrayFrom : undefined;
  if (BYTE_ARRAY_NAMES.has(root)) return path.length === 1 ? measureBytes : undefined;
  if (root !== 'Array') return undefined;
  if (path.length === 1) return measureMapped;
  return member === 'from' && path.length === 2 ? measureArrayFrom : undefined;
}

/** `new Float32Array(n)`, `new Array(n).fill(…)`. */
function measureLength(module: SourceModule, call: CallNode, bindings: Bindings): Measure | undefined {
  if (call.arguments.length !== 1) return undefined;
  const [argument] = call.arguments;
  if (!argument || argument.type === 'SpreadElement' || argument.type === 'ArrayExpression' || isSparse(call)) return undefined;
  // `new Float32Array(Array.from({ length: n }, …))` is measured at the inner call.
  const value = evaluate(module, argument, bindings);
  return value?.type === 'scalar' ? lengthMeasure(value, call) : undefined;
}

/** Bytes are cheap, and mostly no numbers: from so many on they take time whatever they are. */
const MANY_BYTES = 4 * 1024 * 1024;

function measureBytes(module: SourceModule, call: CallNode, bindings: Bindings): Measure | undefined {
  const measured = measureLength(module, call, bindings);
  return measured && measured.elements >= MANY_BYTES ? { ...measured, samples: undefined } : undefined;
}

/** `Array(n)` that nobody fills holds nothing. */
function isSparse(call: CallNode): boolean {
  if (calleeName(call) !== 'Array') return false;
  const { child, parent } = outerUse(call);
  if (parent?.type === 'SpreadElement') return false;
  return parent?.type !== 'MemberExpression' || parent.object !== child;
}

/** `Array.from({ length: n }, …)`, also when its items are arrays made alike. */
function measureArrayFrom(module: SourceModule, call: CallNode, bindings: Bindings): Measure | undefined {
  const [source, callback] = call.arguments;
  if (!source || source.type === 'SpreadElement') return undefined;
  const given = unwrap(source);
  if (given.type !== 'ObjectExpression') return undefined;
  const value = evaluate(module, given, bindings);
  const length = value?.type === 'dictionary' ? value.entries.get('length') : undefined;
  if (!length) return undefined;
  return withItems(module, lengthMeasure(length, call), callback, bindings);
}

/** `Array(n).fill().map(() => Array(m).fill(0))`: what a map makes of each item belongs to it. */
function measureMapped(module: SourceModule, call: CallNode, bindings: Bindings): Measure | undefined {
  return withItems(module, measureLength(module, call, bindings), mapOf(call), bindings);
}

function withItems(module: SourceModule, own: Measure | undefined, callback: Node | undefined, bindings: Bindings): Measure | undefined {
  const map = callback && unwrap(callback);
  const body = map && isFunction(map) && map.body.type !== 'BlockStatement' ? unwrap(map.body) : undefined;
  const inner = body && (arrayCallIn(body) ?? arrayInProperties(body));
  if (!own || !inner) return own;
  const nested = measureArrayFrom(module, inner, bindings) ?? measureMapped(module, inner, bindings);
  return nested ? measure('buffer', [...own.dimensions, ...nested.dimensions], 1, [], own.samples ?? own.dimensions[0]) : own;
}

/** The callback of `Array(n).fill(0).map(…)`, `[...Array(n).keys()].map(…)`. */
function mapOf(call: CallNode): Node | undefined {
  let node: Node = call;
  for (;;) {
    const { child, parent } = outerUse(node);
    if (parent?.type === 'SpreadElement' && parent.parent.type === 'ArrayExpression' && parent.parent.elements.length === 1) {
      node = parent.parent;
      continue;
    }
    if (parent?.type !== 'MemberExpression' || parent.object !== child) return undefined;
    const called = outerUse(parent);
    if (!called.parent || !isCall(called.parent) || called.parent.callee !== called.child) return undefined;
    const name = calleeName(called.parent);
    if (name === 'map') return called.parent.arguments[0];
    if (name !== 'fill' && name !== 'keys') return undefined;
    node = called.parent;
  }
}

/** `({ id: i, vector: Array(1536).fill(i) })`: rows that hold arrays. */
function arrayInProperties(node: Node): CallNode | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  for (const property of node.properties) {
    const inner = property.type === 'Property' ? arrayCallIn(property.value) : undefined;
    if (inner) return inner;
  }
  return undefined;
}

function arrayCallIn(node: Node): CallNode | undefined {
  let current = unwrapAwait(node);
  while (isCall(current)) {
    const callee = unwrap(current.callee);
    if (isArrayName(callee)) return current;
    if (callee.type !== 'MemberExpression') return undefined;
    const object = unwrap(callee.object);
    if (isArrayName(object)) return current;
    current = object;
  }
  return undefined;
}

function isArrayName(node: Node): boolean {
  return node.type === 'Identifier' && (node.name === 'Array' || TYPED_ARRAY_NAMES.has(node.name));
}

function lengthMeasure(value: Value, call: CallNode): Measure | undefined {
  const length = dimensionOf(value);
  if (!length) return undefined;
  const { parent } = outerUse(call);
  const receiver = parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : undefined;
  // The variable that receives the array names a length that has no name of its own; one `sample` is not a number of samples.
  const named: Dimension = (length.name === undefined || length.name === 'length') && receiver?.endsWith('s') === true ? { ...length, name: receiver } : length;
  return measure('buffer', [length], 1, [], named);
}

/** Calls of functions of this file that are creators by name. */
function localCreatorCalls(module: SourceModule): CallNode[] {
  const calls: CallNode[] = [];
  for (const { type, block } of module.ownScopes) {
    const name = type === 'function' && isFunction(block) ? nameOfFunction(block) : undefined;
    if (!name || !isCreatorName(name.name)) continue;
    const variable = module.resolve(name.name, block.parent ?? block);
    if (variable?.defs[0]?.name !== name || variable.scope.type === 'block') continue;
    for (const { identifier } of variable.references) {
      const { child, parent } = outerUse(identifier);
      if (parent && isCall(parent) && parent.callee === child) calls.push(parent);
    }
  }
  return calls;
}

/** A function of the library or of a helper file: what it allocates with the numbers given here. */
function measureNeighbour(reading: Reading, call: CallNode, origin: Origin, mayAllocate: boolean): SizeSite['measure'] {
  return (bindings) => {
    const values = call.arguments.map((argument) =>
      argument.type === 'SpreadElement' ? undefined : evaluate(reading.module, argument, bindings),
    );
    const named = values.map(measureNamedShape).find(Boolean) ?? measureNamedSamples(call, values);
    if (named) return named;
    // Only numbers worth a look open the file next door.
    if (!mayAllocate || !values.some(holdsLargeNumber)) return undefined;
    const target = findNeighbourFunction(reading, origin);
    if (!target) return undefined;
    return largest(measuresInside(reading, target.module, target.callback, values));
  };
}

const ALLOCATES = /\bnew (?:Big)?(?:Float|U?[iI]nt)\d+(?:Clamped)?Array\b|\bArray\.from\s*\(|\bnew Array\s*\(|\b(?:zeros|ones|randn?|full|randomNormal|randomUniform)\s*\(/;
const isMaker = nameTest(/^(?:make|create|generate|gen|random|rand|init|build|sample|synth|fill|get|setup|new|mock|fake|prepare|tensor|matrix)/i);

/** A test's helper, or a maker by name, in a file whose text allocates. */
function allocatesNextDoor(reading: Reading, call: CallNode, { specifier }: Origin): boolean {
  if (specifier === null || !(isMaker(calleeName(call) ?? '') || mayBeForTests(reading, specifier))) return false;
  const neighbour = neighbourOf(reading, specifier);
  return neighbour !== undefined && asksText(neighbour.path, ALLOCATES);
}

/** May an object argument spell out a shape with a sequence: `{ batchSize, numHeads, seqLen, headDim }`? */
function namesSequence(text: string, call: CallNode): boolean {
  return call.arguments.some((argument) => {
    const { type, range } = unwrap(argument);
    if (type === 'Identifier' || type === 'MemberExpression') return /shape|dims|config|sizes?$|options/i.test(text.slice(range[0], range[1]));
    return type === 'ObjectExpression' && range[1] - range[0] < 2_000 && /seq|len|tokens|steps|ctx|positions/i.test(text.slice(range[0], range[1]));
  });
}

const SIZE_WORD = /size|len|dim|count|num|batch|seq|sample|row|col|width|height|shape|config|param|option|^[A-Z][A-Z_\d]*$|^[nmkd]$/i;

/** Guards from cheap to dear: can any argument be a size, going by its text? */
function mayHoldSize(text: string, call: CallNode): boolean {
  return call.arguments.some((argument) => {
    const node = unwrap(argument);
    switch (node.type) {
      case 'Literal':
        return typeof node.value === 'number' && node.value >= 64;
      case 'Identifier':
        return SIZE_WORD.test(node.name);
      case 'MemberExpression':
        return node.property.type === 'Identifier' && SIZE_WORD.test(node.property.name);
      case 'BinaryExpression':
        return true;
      case 'ArrayExpression':
      case 'ObjectExpression':
        return node.range[1] - node.range[0] < 2_000 && /\d\d|seq|batch|heads|dim/i.test(text.slice(node.range[0], node.range[1]));
      default:
        return false;
    }
  });
}

function holdsLargeNumber(value: Value | undefined): boolean {
  if (value?.type === 'scalar') return typeof value.value === 'number' && isSize(value.value) && value.value >= 64;
  if (value?.type === 'list') return value.items.length <= 16 && value.items.some(holdsLargeNumber);
  if (value?.type === 'dictionary') return [...value.entries.values()].some(holdsLargeNumber);
  return false;
}

/** What the sites inside a neighbour's function measure, its parameters bound to the values of one call. */
function measuresInside(
  reading: Reading,
  module: SourceModule,
  callback: FunctionNode,
  values: readonly (Value | undefined)[],
): Measure[] {
  const bindings = bindParameters(module, callback, values);
  const found: Measure[] = [];
  const origins = readNeighbourOrigins(module);
  for (const { node, origin } of origins.calls) {
    if (node.type === 'TaggedTemplateExpression' || !isInside(node, callback)) continue;
    const row = reading.rows.costs.find(origin.specifier, origin.path);
    const measurer =
      (origin.specifier === null ? measureOfGlobal(origin.path) : undefined) ??
      (row ? measurerOfRow(row) : origin.specifier === null ? undefined : measurerOfName(origin.path, node.type === 'NewExpression'));
    const measured = repeated(module, node, bindings, measurer?.(module, node, bindings));
    if (measured) found.push(measured);
  }
  return found;
}

function isInside(node: Node, callback: FunctionNode): boolean {
  let current = enclosingFunction(node);
  while (current && current !== callback) current = enclosingFunction(current);
  return current === callback;
}

export function largest(measures: readonly Measure[]): Measure | undefined {
  return measures.reduce<Measure | undefined>((best, item) => (!best || item.elements > best.elements ? item : best), undefined);
}
