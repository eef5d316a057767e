/** umap-js: neighbours and layout are computed by `fit`; the constructor only keeps parameters. */
import type { CostRow } from '../cost-row.ts';

export const umapJs: readonly CostRow[] = [
  { module: 'umap-js', export: 'UMAP().fit', kind: 'train' },
  { module: 'umap-js', export: 'UMAP().fitAsync', kind: 'train' },
  { module: 'umap-js', export: 'UMAP().initializeFit', kind: 'train' },
  { module: 'umap-js', export: 'UMAP().transform', kind: 'train' },
];
