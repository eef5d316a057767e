/** MLX for Node (`@frost-beta/mlx`): arrays on the exports `core` and `mx`, layers on `nn`. */
import type { CostRow } from '../cost-row.ts';

const module = '@frost-beta/mlx';

// MLX is lazy: an array is filled when something reads it, as the assertions of a test do.
export const nodeMlx: readonly CostRow[] = [
  { module, export: '*.zeros', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: '*.ones', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: '*.full', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: '*.eye', kind: 'tensor', arguments: { dimensions: [0, 0] } },
  { module, export: '*.identity', kind: 'tensor', arguments: { dimensions: [0, 0] } },
  { module, export: '*.tri', kind: 'tensor', arguments: { dimensions: [0, 0] } },
  // The form with one argument; in `arange(start, stop)` a start is rarely large.
  { module, export: '*.arange', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: '*.linspace', kind: 'tensor', arguments: { shape: 2 } },
  { module, export: '*.array', kind: 'tensor', arguments: { data: 0 } },
  // The key, an array made from a seed, stands last: `random.key(seed)` and `random.seed(seed)` have no row.
  { module, export: '*.random.normal', kind: 'tensor', arguments: { shape: 0, seed: 4 } },
  { module, export: '*.random.laplace', kind: 'tensor', arguments: { shape: 0, seed: 4 } },
  { module, export: '*.random.gumbel', kind: 'tensor', arguments: { shape: 0, seed: 2 } },
  { module, export: '*.random.permutation', kind: 'tensor', arguments: { shape: 0, seed: 1 } },
  { module, export: '*.random.bernoulli', kind: 'tensor', arguments: { shape: 1, seed: 2 } },
  { module, export: '*.random.uniform', kind: 'tensor', arguments: { shape: 2, seed: 4 } },
  { module, export: '*.random.randint', kind: 'tensor', arguments: { shape: 2, seed: 4 } },
  { module, export: '*.random.truncatedNormal', kind: 'tensor', arguments: { shape: 2, seed: 4 } },
  { module, export: '*.random.multivariateNormal', kind: 'tensor', arguments: { shape: 2, seed: 4 } },
  { module, export: '*.random.categorical', kind: 'samples', arguments: { samples: 3, seed: 4 } },
  { module, export: '*.compile', kind: 'compile', stub: 'identity' },
  { module, export: '*.load', kind: 'load' },

  { module, export: 'nn.Linear', kind: 'layer', arguments: { dimensions: [0, 1] } },
  { module, export: 'nn.Bilinear', kind: 'layer', arguments: { dimensions: [0, 1, 2] } },
  { module, export: 'nn.Embedding', kind: 'layer', arguments: { dimensions: [0, 1] } },
  { module, export: 'nn.QuantizedLinear', kind: 'layer', arguments: { dimensions: [0, 1] } },
  { module, export: 'nn.QuantizedEmbedding', kind: 'layer', arguments: { dimensions: [0, 1] } },
  { module, export: 'nn.Conv1d', kind: 'layer', arguments: { dimensions: [0, 1, 2] } },
  { module, export: 'nn.Conv2d', kind: 'layer', arguments: { dimensions: [0, 1, 2] } },
  { module, export: 'nn.Conv3d', kind: 'layer', arguments: { dimensions: [0, 1, 2] } },
  { module, export: 'nn.ConvTranspose1d', kind: 'layer', arguments: { dimensions: [0, 1, 2] } },
  { module, export: 'nn.ConvTranspose2d', kind: 'layer', arguments: { dimensions: [0, 1, 2] } },
  { module, export: 'nn.ConvTranspose3d', kind: 'layer', arguments: { dimensions: [0, 1, 2] } },
  // Input kernels of each gate; the recurrent ones come on top.
  { module, export: 'nn.RNN', kind: 'layer', arguments: { dimensions: [0, 1] } },
  { module, export: 'nn.GRU', kind: 'layer', arguments: { dimensions: [0, 1] }, times: 3 },
  { module, export: 'nn.LSTM', kind: 'layer', arguments: { dimensions: [0, 1] }, times: 4 },
  // Query, key, value, output; an encoder layer adds two linear layers of four times the width, a decoder layer one more attention.
  { module, export: 'nn.MultiHeadAttention', kind: 'layer', arguments: { dimensions: [0] }, weights: 'square', times: 4 },
  { module, export: 'nn.TransformerEncoderLayer', kind: 'layer', arguments: { dimensions: [0] }, weights: 'square', times: 12 },
  { module, export: 'nn.TransformerDecoderLayer', kind: 'layer', arguments: { dimensions: [0] }, weights: 'square', times: 16 },
  // One of their layers: how many there are is the first argument, and no role says "times this".
  { module, export: 'nn.TransformerEncoder', kind: 'model', arguments: { dimensions: [1] }, weights: 'square', times: 12 },
  { module, export: 'nn.TransformerDecoder', kind: 'model', arguments: { dimensions: [1] }, weights: 'square', times: 16 },
  // One encoder and one decoder layer; `dims` is the first argument here.
  { module, export: 'nn.Transformer', kind: 'model', arguments: { dimensions: [0] }, weights: 'square', times: 28 },
];
