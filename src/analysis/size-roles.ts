/**
 * Which arguments of a call are sizes, and what they multiply to. A cost row tells it for a known function; for the library
 * under test the generic vocabulary does: creators with a shape, layers and models with their dimensions.
 */
import type { ArgumentPosition, CostRow } from '../knowledge/cost-row.ts';
import {
  CREATOR_NAME,
  DIMENSION_NAME,
  LAYER_NAME,
  POSITIONAL_CREATOR_NAME,
  REPEATER_NAME,
  SAMPLE_MAKER_NAME,
  SAMPLER_NAME,
  SEQUENCE_NAME,
  SQUARE_LAYER_NAME,
} from '../knowledge/vocabulary.ts';
import type { SourceModule } from './module.ts';
import { nameTest } from './name-test.ts';
import type { CallNode, Node } from './nodes.ts';
import { isFunction, unwrap } from './nodes.ts';
import type { Bindings, Dictionary, Leaf, Value } from './value.ts';
import { evaluate } from './static-value.ts';
import { memberOf, numberOf } from './value.ts';

export type SizeKind = 'tensor' | 'buffer' | 'samples' | 'layer' | 'model';

export interface Dimension {
  readonly value: number;
  readonly leaves: readonly Leaf[];
  readonly name: string | undefined;
}

export interface Measure {
  readonly kind: SizeKind;
  /** The dimensions the text tells; an unknown one counts as 1, so that products are lower bounds. */
  readonly dimensions: readonly (Dimension | undefined)[];
  /** Elements, or weights of a layer or model. */
  readonly elements: number;
  /** The longest sequence-like dimension. */
  readonly sequence: Dimension | undefined;
  readonly samples: Dimension | undefined;
}

export type Measurer = (module: SourceModule, call: CallNode, bindings: Bindings) => Measure | undefined;

/**
 * What comes of a size that is not simply allocated: draws of the library under test, which are no expected value wherever they stand;
 * rounds of a loop that only calls something too often; something unknown, made by a function next door or given one by one.
 */
export type Makes = 'draws' | 'rounds' | 'unknown';

/** A place that may allocate by size. */
export interface SizeSite {
  /** The call, or the loop that draws samples. */
  readonly node: Node;
  /** What is called, as the text says it. */
  readonly callee: string;
  readonly makes?: Makes | undefined;
  /** Measures the call under values of parameters and loop variables. */
  measure(bindings: Bindings): Measure | undefined;
}

/** One number given to a random generator is a count of draws. */
function isSampler(path: string): boolean {
  const names = path.split('.');
  return names.includes('random') || SAMPLER_NAME.test(names.at(-1) ?? '');
}

export function measurerOfRow(row: CostRow): Measurer | undefined {
  // A kernel runs once for each element of its output.
  const kind = row.kind === 'compile' && row.arguments?.shape !== undefined ? 'tensor' : row.kind;
  if (kind !== 'tensor' && kind !== 'buffer' && kind !== 'samples' && kind !== 'layer' && kind !== 'model') return undefined;
  return (module, call, bindings) => {
    const roles = row.arguments ?? {};
    const at = (position: ArgumentPosition) => argumentAt(module, call, position, bindings);
    if (roles.data !== undefined && roles.shape === undefined && (isWrittenOut(call, roles.data) || at(roles.data).length > 0)) return undefined;
    const dimensions: (Dimension | undefined)[] = [];
    if (roles.shape !== undefined) {
      for (const value of at(roles.shape)) dimensions.push(...shapeOf(value));
    }
    for (const position of roles.dimensions ?? []) dimensions.push(...at(position).flatMap(shapeOf));
    const sequences = (roles.sequence ?? []).flatMap((position) => at(position).map(dimensionOf));
    const samples = roles.samples === undefined ? undefined : at(roles.samples).map(dimensionOf)[0];
    if (dimensions.length === 0 && sequences.length === 0 && !samples) return undefined;
    const drawn = kind === 'tensor' && isSampler(row.export) && dimensions.length === 1 ? dimensions[0] : undefined;
    if (drawn) return measure('samples', dimensions, 1, sequences, drawn);
    return measure(kind, row.weights === 'square' ? squared(dimensions) : dimensions, row.times ?? 1, sequences, samples);
  };
}

/** `[[1, 2], [3, 4]]`: nobody needs to know what the data are. */
function isWrittenOut(call: CallNode, position: ArgumentPosition): boolean {
  const argument = call.arguments[Number(position)];
  return argument?.type === 'ArrayExpression' && argument.elements.length <= 64 && argument.elements.every((element) => element?.type === 'Literal' || element?.type === 'UnaryExpression' || element?.type === 'ArrayExpression');
}

const MODEL_NAME = /(?:Model|LM|Transformer|Network|ForCausalLM)$/;
const isMaker = nameTest(SQUARE_LAYER_NAME, LAYER_NAME, CREATOR_NAME, SAMPLE_MAKER_NAME, REPEATER_NAME);
const isMade = nameTest(SQUARE_LAYER_NAME, LAYER_NAME, CREATOR_NAME, SAMPLE_MAKER_NAME, MODEL_NAME);

/** The measurer that a name suggests, for functions of the library under test and of unknown packages. */
export function measurerOfName(path: readonly string[], isConstruction: boolean): Measurer | undefined {
  const name = path.findLast((token) => token !== '()' && token !== 'default');
  if (name === undefined || path.at(-1) === '()') return undefined;
  const owner = path.at(-2);
  if (owner !== 'random' && !(isConstruction ? isMade : isMaker)(name)) return undefined;
  if (SQUARE_LAYER_NAME.test(name)) return measureSquareLayer(name);
  if (LAYER_NAME.test(name)) return measureLayer(name);
  if (CREATOR_NAME.test(name) || owner === 'random') return measureCreator(name, owner);
  if (SAMPLE_MAKER_NAME.test(name)) return measureSampleMaker;
  if (isConstruction && MODEL_NAME.test(name)) return measureModel;
  if (REPEATER_NAME.test(name)) return measureRepeats;
  return undefined;
}

function measureCreator(name: string, owner: string | undefined): Measurer {
  const takesDataFirst = /tensor|matrix|ndarray/i.test(name) && !/random/i.test(name);
  return (module, call, bindings) => {
    // Data alone have no shape beside them.
    if (takesDataFirst && call.arguments.length === 1 && call.arguments[0]?.type === 'ArrayExpression') return undefined;
    const values = call.arguments.map((argument) => (argument.type === 'SpreadElement' ? undefined : evaluate(module, argument, bindings)));
    const shapes = values.filter((value) => isShape(value));
    const shape = takesDataFirst ? shapeBesideData(values) : shapes[0];
    if (shape) {
      const dimensions = shapeOf(shape);
      const [only] = dimensions;
      const isDraw = dimensions.length === 1 && (SAMPLER_NAME.test(name) || /^random$/.test(owner ?? ''));
      return isDraw ? measure('samples', dimensions, 1, [], only) : measure('tensor', dimensions, 1);
    }
    for (const value of values) {
      if (value?.type !== 'dictionary') continue;
      const inner = value.entries.get('shape') ?? value.entries.get('dims') ?? value.entries.get('size');
      if (inner && isShape(inner)) return measure('tensor', shapeOf(inner), 1);
      const named = measureNamedShape(value);
      if (named) return named;
    }
    if (!POSITIONAL_CREATOR_NAME.test(name) || takesDataFirst) return undefined;
    const isNamespaced = owner !== undefined && (/^[A-Z]/.test(owner) || /^(?:np|numpy|nj|mx|torch|tf|math|random|array)$/i.test(owner));
    if (/^random$/i.test(name) && !isNamespaced) return undefined;
    const dimensions: Dimension[] = [];
    for (const value of values) {
      const dimension = value && dimensionOf(value);
      if (!dimension || !isSize(dimension.value)) break;
      dimensions.push(dimension);
    }
    const [first] = dimensions;
    if (!first) return undefined;
    // What follows the rows and columns of a matrix is something else.
    if (/matrix$/i.test(name)) return measure('tensor', dimensions.slice(0, 2), 1);
    if (/^(?:eye|identity)$/i.test(name)) return measure('tensor', dimensions.length === 1 ? [first, first] : dimensions.slice(0, 2), 1);
    // One number given to a sampler is a count of draws; two or more are dimensions.
    if (dimensions.length === 1 && SAMPLER_NAME.test(name)) return measure('samples', [first], 1, [], first);
    return measure('tensor', dimensions, 1);
  };
}

/** `makeBlobs(5000, 3, seed)`: the first number is the count of samples. */
const measureSampleMaker: Measurer = (module, call, bindings) => {
  const [first] = positional(module, call, bindings);
  const config = first?.type === 'dictionary' ? (first.entries.get('nSamples') ?? first.entries.get('n_samples') ?? first.entries.get('samples')) : first;
  const count = config && dimensionOf(config);
  return count ? measure('samples', [count], 1, [], count) : undefined;
};

/** Of a function and a number, in either order. */
const measureRepeats: Measurer = (module, call, bindings) => {
  if (call.arguments.length !== 2 || !call.arguments.some((argument) => isFunction(unwrap(argument)))) return undefined;
  const [value] = call.arguments.flatMap((argument) => (argument.type === 'SpreadElement' || isFunction(unwrap(argument)) ? [] : [evaluate(module, argument, bindings)]));
  const count = value && dimensionOf(value);
  return count ? measure('samples', [count], 1, [], count) : undefined;
};

/** Of data and shape, in either order, the shape is the list whose product is the length of the other. */
function shapeBesideData(values: readonly (Value | undefined)[]): Value | undefined {
  const lists = values.filter((value) => value?.type === 'list');
  const [first, second] = lists;
  if (!first || !second) return values.length > 1 && first && first === values[1] && isShape(first) ? first : undefined;
  const product = (list: Value) => shapeOf(list).reduce((total, dimension) => total * (dimension?.value ?? Number.NaN), 1);
  const length = (list: Value) => (list.type === 'list' ? list.items.length : 0);
  if (isShape(second) && product(second) === length(first)) return second;
  return isShape(first) && product(first) === length(second) ? first : undefined;
}

function measureLayer(name: string): Measurer {
  return (module, call, bindings) => {
    const values = positional(module, call, bindings);
    const taken = /^Conv/i.test(name) ? 3 : 2;
    const dimensions = values.slice(0, taken).map((value) => (value ? dimensionOf(value) : undefined));
    if (dimensions.filter(Boolean).length < 2) {
      const [config] = values;
      return config?.type === 'dictionary' ? measureConfig('layer', config, 1) : undefined;
    }
    const kernel = dimensions[2];
    if (/^Conv2d/i.test(name) && kernel) dimensions.push(kernel);
    return measure('layer', dimensions, /LSTM/.test(name) ? 4 : /GRU/.test(name) ? 3 : 1);
  };
}

/** Attention has 4 d², a transformer block 12 d² weights (Vaswani et al. 2017, table 1 with d_ff = 4 d). */
function measureSquareLayer(name: string): Measurer {
  const times = /Attention$/.test(name) ? 4 : 12;
  return (module, call, bindings) => {
    const values = positional(module, call, bindings);
    const width = values[0] && dimensionOf(values[0]);
    if (width && isSize(width.value)) return measure('layer', [width, width], times);
    const config = values.find((value) => value?.type === 'dictionary');
    return config?.type === 'dictionary' ? measureConfig('layer', config, times) : undefined;
  };
}

const SMALLEST_WIDTH = 48;
const SMALL = { width: 64, layers: 2 };

const measureModel: Measurer = (module, call, bindings) => {
  const config = positional(module, call, bindings).find((value) => value?.type === 'dictionary');
  return config?.type === 'dictionary' ? measureConfig('model', config, 12) : undefined;
};

/** Weights from a configuration object: width² per block, plus the vocabulary's table. */
function measureConfig(kind: SizeKind, config: Dictionary, times: number): Measure | undefined {
  let width: Dimension | undefined;
  let vocabulary: Dimension | undefined;
  let layers = 1;
  for (const [key, value] of config.entries) {
    const dimension = value && dimensionOf(value);
    if (!dimension || !isSize(dimension.value)) continue;
    if (/^(?:hidden|model|embed(?:ding)?|n_?embd?)_?(?:size|dim|d)?$|^d_?model$|^dim$|^width$|^n_?embd$/i.test(key)) width ??= dimension;
    else if (/vocab/i.test(key)) vocabulary = dimension;
    else if (/^n_?layers?$|^num_?(?:hidden_?)?layers$|^depth$/i.test(key)) layers = dimension.value;
  }
  // Even the smallest published models are 48 wide: a vocabulary alone is a table of that many columns.
  if (!width) return vocabulary && measure(kind, [vocabulary], SMALLEST_WIDTH);
  const blocks = measure(kind, [width, width], times * layers);
  const table = vocabulary ? vocabulary.value * width.value : 0;
  // Who needs more than one block can hardly do with less than two that are 64 wide.
  if (width.value <= SMALL.width && layers > 1 && layers <= SMALL.layers) return vocabulary && measure(kind, [vocabulary, width], 1);
  // A width alone (an embedding's 768) tells nothing of a model.
  if (kind === 'model' && !vocabulary && layers === 1) return undefined;
  // The larger part of the weights is to blame.
  const blamed = vocabulary && table > blocks.elements ? [vocabulary, width] : [width, width];
  return { ...blocks, elements: blocks.elements + table, dimensions: blamed };
}

function positional(module: SourceModule, call: CallNode, bindings: Bindings): (Value | undefined)[] {
  return call.arguments.map((argument) => (argument.type === 'SpreadElement' ? undefined : evaluate(module, argument, bindings)));
}

export function measure(
  kind: SizeKind,
  dimensions: readonly (Dimension | undefined)[],
  times: number,
  sequences: readonly (Dimension | undefined)[] = [],
  samples?: Dimension,
): Measure {
  const elements = dimensions.reduce((product, dimension) => product * (dimension?.value ?? 1), dimensions.length > 0 ? times : 0);
  const named = dimensions.filter((dimension) => dimension?.name !== undefined && SEQUENCE_NAME.test(dimension.name));
  const [sequence] = [...sequences, ...named].sort((a, b) => (b?.value ?? 0) - (a?.value ?? 0));
  return { kind, dimensions, elements, sequence, samples };
}

function squared(dimensions: readonly (Dimension | undefined)[]): (Dimension | undefined)[] {
  return dimensions.length === 0 ? [] : [dimensions[0], dimensions[0]];
}

/** A list of positive integers, of which at least one is told by the text. */
export function isShape(value: Value | undefined): boolean {
  if (value?.type !== 'list' || value.items.length === 0 || value.items.length > 8) return false;
  let known = 0;
  for (const item of value.items) {
    const number = numberOf(item);
    if (number !== undefined && isSize(number)) known++;
    else if (item && item.type !== 'opaque') return false;
  }
  return known > 0;
}

export function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

export function shapeOf(value: Value): (Dimension | undefined)[] {
  if (value.type === 'list') return value.items.map((item) => (item ? dimensionOf(item) : undefined));
  const single = dimensionOf(value);
  return single ? [single] : [];
}

export function dimensionOf(value: Value): Dimension | undefined {
  const number = numberOf(value);
  if (number === undefined || value.type !== 'scalar' || !isSize(number)) return undefined;
  const [leaf] = value.leaves;
  return { value: number, leaves: value.leaves, name: value.leaves.length === 1 ? leaf?.name : undefined };
}

/** The values at a row's argument position; empty when the call does not give them. */
export function argumentAt(module: SourceModule, call: CallNode, position: ArgumentPosition, bindings: Bindings): Value[] {
  const text = String(position);
  if (text.endsWith('...')) {
    return call.arguments.slice(Number(text.slice(0, -3))).flatMap((argument) => evaluate(module, argument, bindings) ?? []);
  }
  const [index = '', ...properties] = text.split('.');
  const argument: Node | undefined = call.arguments[Number(index)];
  if (!argument || argument.type === 'SpreadElement') return [];
  let value = evaluate(module, unwrap(argument), bindings);
  for (const property of properties) value = value && memberOf(value, property);
  return value ? [value] : [];
}

/** Beside a length these leave no doubt that it is one of attention: a text generator's options have none of them. */
const ATTENTION_NAME = /^(?:(?:n|num)_?)?(?:kv_?)?heads$|^head_?(?:dim|size)$|^d_?(?:model|head|k|v)$|^(?:hidden|embed(?:ding)?|model)_?(?:dim|size)$/i;

/** An object that spells out a tensor's shape by names: `{ batchSize: 2, numHeads: 8, seqLen: 512, headDim: 64 }`, `{ seqLen, headDim }`. */
export function measureNamedShape(value: Value | undefined): Measure | undefined {
  if (value?.type !== 'dictionary') return undefined;
  const dimensions: Dimension[] = [];
  for (const [key, item] of value.entries) {
    const dimension = item && dimensionOf(item);
    if (!dimension || !isSize(dimension.value)) continue;
    if (SEQUENCE_NAME.test(key) || DIMENSION_NAME.test(key)) dimensions.push({ ...dimension, name: key });
  }
  const found = measure('tensor', dimensions, 1);
  return found.sequence && (dimensions.length >= 3 || dimensions.some(({ name = '' }) => ATTENTION_NAME.test(name))) ? found : undefined;
}

/** `rng.test(sampleCount, buckets)`: whatever the library does with it, it does it so often. */
const SAMPLE_COUNT = /^(?:(?:n|num|number_?of|total)_?samples|samples?_?(?:count|number))$/i;

export function namesSamples(call: CallNode): boolean {
  return call.arguments.some((argument) => argument.type === 'Identifier' && SAMPLE_COUNT.test(argument.name));
}

export function measureNamedSamples(call: CallNode, values: readonly (Value | undefined)[]): Measure | undefined {
  const index = call.arguments.findIndex((argument) => argument.type === 'Identifier' && SAMPLE_COUNT.test(argument.name));
  const value = index < 0 ? undefined : values[index];
  const count = value && dimensionOf(value);
  return count && measure('samples', [count], 1, [], count);
}
