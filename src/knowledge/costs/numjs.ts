/** NumJs. */
import type { CostRow } from '../cost-row.ts';

const numjs = ['numjs', '@d4c/numjs'];

export const numJs: readonly CostRow[] = [
  // Every shape is an array or a number.
  { module: numjs, export: 'zeros', kind: 'tensor', arguments: { shape: 0 } },
  { module: numjs, export: 'ones', kind: 'tensor', arguments: { shape: 0 } },
  { module: numjs, export: 'empty', kind: 'buffer', arguments: { shape: 0 } },
  { module: numjs, export: 'random', kind: 'tensor', arguments: { shape: 0 } },
  { module: numjs, export: 'identity', kind: 'tensor', arguments: { dimensions: [0, 0] } },
  // The form with one argument; in `arange(start, stop)` a start is rarely large.
  { module: numjs, export: 'arange', kind: 'tensor', arguments: { shape: 0 } },
  { module: numjs, export: 'array', kind: 'tensor', arguments: { data: 0 } },
  // No rows for `ndarray(data, shape)`, the package under it: it is a view of data that is there already.
];
