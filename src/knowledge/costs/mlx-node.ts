/** The `@mlx-node` packages. Shapes are BigInt64Arrays, which tests make with a `shape(…)` helper. */
import type { CostRow } from '../cost-row.ts';

const module = ['@mlx-node/core', '@mlx-node/lm', '@mlx-node/trl'];

export const mlxNode: readonly CostRow[] = [
  { module, export: 'MxArray.zeros', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: 'MxArray.ones', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: 'MxArray.full', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: 'MxArray.eye', kind: 'tensor', arguments: { dimensions: [0, 0] } },
  { module, export: 'MxArray.linspace', kind: 'tensor', arguments: { shape: 2 } },
  { module, export: 'MxArray.randomUniform', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: 'MxArray.randomNormal', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: 'MxArray.randomBernoulli', kind: 'tensor', arguments: { shape: 0 } },
  // The shape comes first here, unlike NumPy.
  { module, export: 'MxArray.randint', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: 'MxArray.fromFloat32', kind: 'tensor', arguments: { data: 0, shape: 1 } },
  { module, export: 'MxArray.fromInt32', kind: 'tensor', arguments: { data: 0, shape: 1 } },
  { module, export: 'MxArray.fromInt64', kind: 'tensor', arguments: { data: 0, shape: 1 } },
  { module, export: 'MxArray.fromUint32', kind: 'tensor', arguments: { data: 0, shape: 1 } },
  { module, export: 'Tensor.zeros', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: 'Tensor.ones', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: 'Tensor.fromFloat32', kind: 'tensor', arguments: { data: 0, shape: 1 } },
  { module, export: 'Tensor.fromInt32', kind: 'tensor', arguments: { data: 0, shape: 1 } },

  { module, export: 'Linear', kind: 'layer', arguments: { dimensions: [0, 1] } },
  { module, export: 'Embedding', kind: 'layer', arguments: { dimensions: [0, 1] } },
  // Gate, up and down projections.
  { module, export: 'MLP', kind: 'layer', arguments: { dimensions: [0, 1] }, times: 3 },
  // Query and output projections; keys and values may be shared between heads.
  { module, export: 'Attention', kind: 'layer', arguments: { dimensions: [0] }, weights: 'square', times: 2 },
  { module, export: 'FusedAttention', kind: 'layer', arguments: { dimensions: [0] }, weights: 'square', times: 2 },
  // Its feed-forward part.
  { module, export: 'TransformerBlock', kind: 'layer', arguments: { dimensions: [0, 3] }, times: 3 },
  // The embedding table, which is the least such a model has.
  { module, export: 'Qwen3Model', kind: 'model', arguments: { dimensions: ['0.vocabSize', '0.hiddenSize'] } },
  // No row for `KVCache` and `RotatingKVCache`: they grow when used.

  { module, export: 'Qwen3Model.loadPretrained', kind: 'load', stub: 'model' },
  { module, export: 'ModelLoader.loadPretrained', kind: 'load', stub: 'model' },
  { module, export: 'Qwen3Tokenizer.fromPretrained', kind: 'load' },
  { module, export: 'GRPOTrainer.create', kind: 'load' },
  { module, export: 'SFTTrainer.create', kind: 'load' },
  { module, export: 'convertModel', kind: 'load' },
];
