/** The mljs family: ml-matrix and learners. */
import type { CostRow } from '../cost-row.ts';

const matrix = 'ml-matrix';
const byRowsAndColumns = { dimensions: [0, 1] } as const;

export const mlJs: readonly CostRow[] = [
  { module: matrix, export: 'Matrix', kind: 'buffer', arguments: byRowsAndColumns },
  { module: matrix, export: 'default', kind: 'buffer', arguments: byRowsAndColumns },
  { module: matrix, export: 'Matrix.zeros', kind: 'tensor', arguments: byRowsAndColumns },
  { module: matrix, export: 'Matrix.ones', kind: 'tensor', arguments: byRowsAndColumns },
  { module: matrix, export: 'Matrix.rand', kind: 'tensor', arguments: byRowsAndColumns },
  { module: matrix, export: 'Matrix.random', kind: 'tensor', arguments: byRowsAndColumns },
  { module: matrix, export: 'Matrix.randInt', kind: 'tensor', arguments: byRowsAndColumns },
  { module: matrix, export: 'Matrix.eye', kind: 'tensor', arguments: { dimensions: [0, 0] } },
  { module: matrix, export: 'Matrix.identity', kind: 'tensor', arguments: { dimensions: [0, 0] } },
  { module: matrix, export: 'SymmetricMatrix', kind: 'buffer', arguments: { dimensions: [0, 0] } },
  { module: matrix, export: 'DistanceMatrix', kind: 'buffer', arguments: { dimensions: [0, 0] } },
  // No rows for decompositions: their cost is the cube of a size that stands at another call.

  { module: 'ml-random-forest', export: 'RandomForestClassifier().train', kind: 'train' },
  { module: 'ml-random-forest', export: 'RandomForestRegression().train', kind: 'train' },
];
