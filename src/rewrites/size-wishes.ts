/** What would a person call a size that stands as a bare number: by the property, the constant, the callee, or its place in a shape. */
import type { Analysis } from '../analysis/analyze.ts';
import { findNeighbourFunction } from '../analysis/neighbour-functions.ts';
import type { CallNode, FunctionNode, Node } from '../analysis/nodes.ts';
import { isCall, isFunction, staticName, unwrap } from '../analysis/nodes.ts';
import type { MeasuredSize } from '../analysis/sizes.ts';
import type { Role } from './size-targets.ts';
import { roleOf } from './size-targets.ts';

export interface Wish {
  readonly name: string;
  readonly role: Role | 'samples' | undefined;
}

const ATTENTION = ['batchSize', 'numHeads', 'seqLen', 'headDim'] as const;
const ROLES: Readonly<Record<(typeof ATTENTION)[number], Role>> = { batchSize: 'batch', numHeads: 'heads', seqLen: 'sequence', headDim: 'headSize' };
const BY_RANK: readonly (readonly string[])[] = [[], ['size'], ['rows', 'columns'], ['depth', 'rows', 'columns'], ['batchSize', 'height', 'width', 'channels']];

/** Names of what a layer or model is made with, in the order in which it is measured. */
const LAYERS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/Embedding$/, ['vocabSize', 'embedDim']],
  [/Conv/, ['inChannels', 'outChannels', 'kernelSize', 'kernelSize']],
  [/LSTM|GRU|RNN/, ['inputSize', 'hiddenSize']],
  [/Attention$/, ['embedDim', 'embedDim']],
  [/Transformer|Encoder|Decoder|GPT|Mamba|Block|MLP|FeedForward/, ['hiddenSize', 'intermediateSize']],
  [/./, ['inFeatures', 'outFeatures']],
];

/** A wish for the dimension at an index of a measured size; `literal` is where its number stands. */
export function wishFor(analysis: Analysis, { fact, measure }: MeasuredSize, index: number, literal: Node, isAttention: boolean): Wish {
  const key = keyOf(literal) ?? parameterName(analysis, literal);
  if (key !== undefined) return { name: key, role: fact.kind === 'samples' ? 'samples' : roleOf(key) };
  const dimensions = measure.dimensions.map((dimension) => dimension?.value ?? 1);
  const callee = fact.callee.split('.').at(-1) ?? '';
  if (fact.kind === 'samples') return { name: 'numSamples', role: 'samples' };
  if (fact.kind === 'buffer' && dimensions.length === 1) return { name: /Array$/.test(callee) ? 'size' : 'count', role: undefined };
  if (fact.kind === 'layer' || fact.kind === 'model') {
    const names = LAYERS.find(([pattern]) => pattern.test(callee))?.[1] ?? [];
    return { name: dimensions[0] === dimensions[index] ? (names[0] ?? 'features') : (names[index] ?? 'features'), role: undefined };
  }
  if (isAttention && dimensions.length === 4) return attentionWish(dimensions, index);
  if (isAttention && dimensions.length === 3) return { name: ['batchSize', 'seqLen', 'embedDim'][index] ?? 'size', role: (['batch', 'sequence'] as const)[index] };
  const names = imageNames(dimensions) ?? BY_RANK[dimensions.length] ?? [];
  const isSquare = dimensions.some((other, at) => at !== index && other === dimensions[index]);
  return { name: isSquare ? 'size' : (names[index] ?? 'size'), role: undefined };
}

/** Three or four dimensions of which the first or the last are colours. */
function imageNames(dimensions: readonly number[]): readonly string[] | undefined {
  const isColour = (value: number | undefined) => value === 1 || value === 3 || value === 4;
  const batch = dimensions.length === 4 ? ['batchSize'] : [];
  if (dimensions.length < 3 || dimensions.length > 4) return undefined;
  if (isColour(dimensions.at(-1))) return [...batch, 'height', 'width', 'channels'];
  return isColour(dimensions[batch.length]) ? [...batch, 'channels', 'height', 'width'] : undefined;
}

/** The parameter that takes the number, in a function of the file or of the file next door. */
function parameterName({ reading }: Analysis, literal: Node): string | undefined {
  const call = literal.parent;
  if (!isCall(call) || call.callee === literal) return undefined;
  const position = call.arguments.indexOf(literal as never);
  const parameter = functionOf(reading, call)?.params[position];
  const name = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter;
  return name?.type === 'Identifier' && /^[a-z]\w*$/.test(name.name) && !/^(?:length|shape|size|value|args|[a-z])$/.test(name.name) ? name.name : undefined;
}

function functionOf(reading: Analysis['reading'], call: CallNode): FunctionNode | undefined {
  const definition = call.callee.type === 'Identifier' ? reading.module.variableOf(call.callee)?.defs[0]?.node : undefined;
  const own = definition?.type === 'VariableDeclarator' && definition.init ? unwrap(definition.init) : definition;
  if (isFunction(own)) return own;
  const origin = reading.origins.byCall.get(call);
  return origin && reading.rows.isOwn(origin) ? findNeighbourFunction(reading, origin)?.callback : undefined;
}

/** [batch, heads, sequence, head size], or with heads and sequence the other way round. */
function attentionWish(dimensions: readonly number[], index: number): Wish {
  const [, second = 0, third = 0] = dimensions;
  const order = second > third && third <= 64 && second >= 128 ? [0, 2, 1, 3] : [0, 1, 2, 3];
  const name = ATTENTION[order[index] ?? 0] ?? 'batchSize';
  return { name, role: ROLES[name] };
}

/** `seqLen: 512`; a key that says nothing of a dimension is no name. */
function keyOf(literal: Node): string | undefined {
  const { parent } = literal;
  if (parent?.type !== 'Property' || parent.value !== literal) return undefined;
  const key = staticName(parent);
  return key !== undefined && /^[a-zA-Z_$][\w$]*$/.test(key) && !/^(?:length|shape|size|n|value)$/.test(key) ? key : undefined;
}

/** The literals that stand beside a number: items of its list, arguments of its call, values of its object, factors of its product. */
export function tupleOf(literal: Node): readonly Node[] {
  const { parent } = literal;
  if (parent?.type === 'BinaryExpression' && parent.operator === '*') return factorsOf(parent);
  if (parent?.type === 'ArrayExpression') return parent.elements.flatMap((element) => (element ? [element] : []));
  if (isCall(parent) && parent.callee !== literal) return parent.arguments;
  if (parent?.type === 'Property' && parent.parent.type === 'ObjectExpression') {
    return parent.parent.properties.flatMap((property) => (property.type === 'Property' ? [property.value] : []));
  }
  return [];
}

function factorsOf(product: Node): Node[] {
  let whole = product;
  while (whole.parent?.type === 'BinaryExpression' && whole.parent.operator === '*') whole = whole.parent;
  const parts = (node: Node): Node[] => (node.type === 'BinaryExpression' && node.operator === '*' ? [...parts(node.left), ...parts(node.right)] : [node]);
  return parts(whole);
}
