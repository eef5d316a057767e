/** The mljs family: ml-matrix and learners. */
import type { CostRow } from '../cost-row.ts';

const matrix = 'ml-matrix';
const byRowsAndColumns = { dimensions: [0, 1] } as const;

export const mlJs: readonly CostRow[] = [
  { module: matrix, export: 'Matrix', kind: 'buffer', arguments: byRowsAndColumns },
  { module: matrix, export: 'default', kind: 'buffer', arguments: byRowsAndColumns },
  // On the named export, and on the default one, which is the same class.
  ...['Matrix.', ''].flatMap((owner): CostRow[] => [
    { module: matrix, export: `${owner}zeros`, kind: 'tensor', arguments: byRowsAndColumns },
    { module: matrix, export: `${owner}ones`, kind: 'tensor', arguments: byRowsAndColumns },
    { module: matrix, export: `${owner}rand`, kind: 'tensor', arguments: byRowsAndColumns },
    { module: matrix, export: `${owner}random`, kind: 'tensor', arguments: byRowsAndColumns },
    { module: matrix, export: `${owner}randInt`, kind: 'tensor', arguments: byRowsAndColumns },
    { module: matrix, export: `${owner}eye`, kind: 'tensor', arguments: { dimensions: [0, 0] } },
    { module: matrix, export: `${owner}identity`, kind: 'tensor', arguments: { dimensions: [0, 0] } },
  ]),
  { module: matrix, export: 'SymmetricMatrix', kind: 'buffer', arguments: { dimensions: [0, 0] } },
  { module: matrix, export: 'DistanceMatrix', kind: 'buffer', arguments: { dimensions: [0, 0] } },
  // No rows for decompositions: their cost is the cube of a size that stands at another call.

  { module: 'ml-random-forest', export: 'RandomForestClassifier().train', kind: 'train' },
  { module: 'ml-random-forest', export: 'RandomForestRegression().train', kind: 'train' },
  { module: 'ml-cart', export: 'DecisionTreeClassifier().train', kind: 'train' },
  { module: 'ml-cart', export: 'DecisionTreeRegression().train', kind: 'train' },
  ...['ml-svm', 'ml-logistic-regression', 'ml-fnn', 'ml-som', 'libsvm-js/asm'].map((module): CostRow => (
    { module, export: 'default().train', kind: 'train' })),
  { module: 'ml-kmeans', export: 'kmeans', kind: 'train' },
  { module: 'ml-hclust', export: 'agnes', kind: 'run' },
  { module: 'ml-hclust', export: 'diana', kind: 'run' },
  // Counts and means.
  { module: 'ml-naivebayes', export: 'GaussianNB().train', kind: 'cheap' },
  { module: 'ml-naivebayes', export: 'MultinomialNB().train', kind: 'cheap' },
];
