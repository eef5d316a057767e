/** stdlib: a shape is an array or a number. */
import type { CostRow } from '../cost-row.ts';

export const stdlib: readonly CostRow[] = [
  { module: ['@stdlib/ndarray-zeros', '@stdlib/ndarray/zeros'], export: 'default', kind: 'tensor', arguments: { shape: 0 } },
  // This one takes the data type first.
  { module: ['@stdlib/ndarray-base-zeros', '@stdlib/ndarray/base/zeros'], export: 'default', kind: 'tensor', arguments: { shape: 1 } },
];
