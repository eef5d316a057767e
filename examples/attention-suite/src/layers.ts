/** Layers over [batch, length, embed] that own their weights. */

import { compileAttention, type CompiledAttention } from './compile.ts';
import type { PatternOptions } from './patterns.ts';
import { randn, zeros, type Tensor } from './tensor.ts';

export class Linear {
  readonly weight: Tensor;
  readonly inputs: number;
  readonly outputs: number;

  constructor(inputs: number, outputs: number) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.weight = randn([outputs, inputs]);
    for (let index = 0; index < this.weight.size; index++) this.weight.data[index]! /= Math.sqrt(inputs);
  }

  forward(input: Tensor): Tensor {
    if (input.shape.at(-1) !== this.inputs) {
      throw new RangeError(`Linear: expected [..., ${this.inputs}], got [${input.shape.join(', ')}].`);
    }
    const result = zeros([...input.shape.slice(0, -1), this.outputs]);
    for (let row = 0; row < input.size / this.inputs; row++) {
      for (let column = 0; column < this.outputs; column++) {
        let total = 0;
        for (let d = 0; d < this.inputs; d++) total += input.data[row * this.inputs + d]! * this.weight.data[column * this.inputs + d]!;
        result.data[row * this.outputs + column] = total;
      }
    }
    return result;
  }
}

/** Shape of a sequence batch; throws when there are not three axes. */
function shape3(input: Tensor): [batch: number, length: number, embed: number] {
  const [batch, length, embed, ...rest] = input.shape;
  if (batch === undefined || length === undefined || embed === undefined || rest.length > 0) {
    throw new RangeError(`expected [batch, length, embed], got [${input.shape.join(', ')}].`);
  }
  return [batch, length, embed];
}

/** [batch, length, embed] to [batch, heads, length, embed / heads]. */
export function splitHeads(input: Tensor, heads: number): Tensor {
  const [batch, length, embed] = shape3(input);
  const depth = embed / heads;
  const result = zeros([batch, heads, length, depth]);
  for (let index = 0; index < input.size; index++) {
    const d = index % depth;
    const head = Math.floor(index / depth) % heads;
    const row = Math.floor(index / embed) % length;
    const item = Math.floor(index / (embed * length));
    result.data[((item * heads + head) * length + row) * depth + d] = input.data[index]!;
  }
  return result;
}

/** The inverse of `splitHeads`. */
export function mergeHeads(input: Tensor): Tensor {
  const [batch = 0, heads = 0, length = 0, depth = 0] = input.shape;
  const result = zeros([batch, length, heads * depth]);
  for (let index = 0; index < input.size; index++) {
    const d = index % depth;
    const row = Math.floor(index / depth) % length;
    const head = Math.floor(index / (depth * length)) % heads;
    const item = Math.floor(index / (depth * length * heads));
    result.data[((item * length + row) * heads + head) * depth + d] = input.data[index]!;
  }
  return result;
}

export class MultiHeadAttention {
  readonly query: Linear;
  readonly key: Linear;
  readonly value: Linear;
  readonly output: Linear;
  readonly numHeads: number;
  private readonly options: PatternOptions;
  private readonly compiled = new Map<string, CompiledAttention>();

  constructor(embedDim: number, numHeads: number, options: PatternOptions = {}) {
    if (embedDim % numHeads !== 0) {
      throw new RangeError(`MultiHeadAttention: embedDim ${embedDim} is not a multiple of numHeads ${numHeads}.`);
    }
    this.numHeads = numHeads;
    this.options = options;
    this.query = new Linear(embedDim, embedDim);
    this.key = new Linear(embedDim, embedDim);
    this.value = new Linear(embedDim, embedDim);
    this.output = new Linear(embedDim, embedDim);
  }

  forward(input: Tensor): Tensor {
    const heads = [this.query, this.key, this.value].map((layer) => splitHeads(layer.forward(input), this.numHeads));
    const [query, key, value] = heads as [Tensor, Tensor, Tensor];
    return this.output.forward(mergeHeads(this.attention(input).forward(query, key, value)));
  }

  /** The kernel of an input shape, compiled at its first use. */
  private attention(input: Tensor): CompiledAttention {
    const [batchSize, seqLen, embed] = shape3(input);
    const cacheKey = `${batchSize},${seqLen}`;
    let compiled = this.compiled.get(cacheKey);
    if (!compiled) {
      compiled = compileAttention({ batchSize, numHeads: this.numHeads, seqLen, headDim: embed / this.numHeads, ...this.options });
      this.compiled.set(cacheKey, compiled);
    }
    return compiled;
  }
}

/** Each row shifted to mean 0 and scaled to variance 1. */
export function layerNorm(input: Tensor, epsilon = 1e-5): Tensor {
  const embed = input.shape.at(-1) ?? 1;
  const result = zeros(input.shape);
  for (let start = 0; start < input.size; start += embed) {
    const row = input.data.subarray(start, start + embed);
    const mean = row.reduce((total, value) => total + value, 0) / embed;
    const variance = row.reduce((total, value) => total + (value - mean) ** 2, 0) / embed;
    for (let d = 0; d < embed; d++) result.data[start + d] = (row[d]! - mean) / Math.sqrt(variance + epsilon);
  }
  return result;
}

/** Pre-norm attention and a two-layer network, each added to its input. */
export class TransformerBlock {
  readonly attention: MultiHeadAttention;
  readonly up: Linear;
  readonly down: Linear;

  constructor(embedDim: number, numHeads: number, options: PatternOptions = {}) {
    this.attention = new MultiHeadAttention(embedDim, numHeads, options);
    this.up = new Linear(embedDim, 2 * embedDim);
    this.down = new Linear(2 * embedDim, embedDim);
  }

  forward(input: Tensor): Tensor {
    const attended = this.attention.forward(layerNorm(input));
    const middle = zeros(input.shape);
    for (let index = 0; index < middle.size; index++) middle.data[index] = input.data[index]! + attended.data[index]!;
    const hidden = this.up.forward(layerNorm(middle));
    for (let index = 0; index < hidden.size; index++) hidden.data[index] = Math.max(0, hidden.data[index]!);
    const result = this.down.forward(hidden);
    for (let index = 0; index < result.size; index++) result.data[index]! += middle.data[index]!;
    return result;
  }
}
