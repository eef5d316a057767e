/** js-pytorch: everything hangs on the export `torch`. (torchjs, in spite of its name, is a test framework for Electron.) */
import type { CostRow } from '../cost-row.ts';

const module = 'js-pytorch';

export const jsPytorch: readonly CostRow[] = [
  { module, export: 'torch.zeros', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: 'torch.ones', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: 'torch.tril', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: 'torch.rand', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: 'torch.randn', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: 'torch.randint', kind: 'tensor', arguments: { shape: 2 } },
  { module, export: 'torch.tensor', kind: 'tensor', arguments: { data: 0 } },
  { module, export: 'torch.nn.Linear', kind: 'layer', arguments: { dimensions: [0, 1] } },
  { module, export: 'torch.nn.Embedding', kind: 'layer', arguments: { dimensions: [0, 1] } },
  { module, export: 'torch.nn.PositionalEmbedding', kind: 'layer', arguments: { dimensions: [0, 1] } },
  // Counted without the parts that depend on the output size: query, key, value; one of two linear layers; both of these.
  { module, export: 'torch.nn.MultiHeadSelfAttention', kind: 'layer', arguments: { dimensions: [0], sequence: [3] }, weights: 'square', times: 3 },
  { module, export: 'torch.nn.FullyConnected', kind: 'layer', arguments: { dimensions: [0] }, weights: 'square', times: 2 },
  { module, export: 'torch.nn.Block', kind: 'layer', arguments: { dimensions: [0], sequence: [3] }, weights: 'square', times: 5 },
];
