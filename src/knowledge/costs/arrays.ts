/** Matrices and arrays of smaller numeric libraries. */
import type { CostRow } from '../cost-row.ts';

const shumai = '@shumai/shumai';
const dimensionsInRow = { dimensions: ['0...'] } as const;

export const arrays: readonly CostRow[] = [
  // Numeric JavaScript.
  { module: 'numeric', export: 'rep', kind: 'tensor', arguments: { shape: 0 } },
  { module: 'numeric', export: 'random', kind: 'tensor', arguments: { shape: 0 } },
  { module: 'numeric', export: 'identity', kind: 'tensor', arguments: { dimensions: [0, 0] } },
  { module: 'numeric', export: 'linspace', kind: 'tensor', arguments: { shape: 2 } },

  { module: 'sylvester', export: 'Matrix.Random', kind: 'tensor', arguments: { dimensions: [0, 1] } },
  { module: 'sylvester', export: 'Matrix.Zero', kind: 'tensor', arguments: { dimensions: [0, 1] } },
  { module: 'sylvester', export: 'Matrix.I', kind: 'tensor', arguments: { dimensions: [0, 0] } },
  { module: 'sylvester', export: 'Vector.Random', kind: 'tensor', arguments: { dimensions: [0] } },
  { module: 'sylvester', export: 'Vector.Zero', kind: 'tensor', arguments: { dimensions: [0] } },

  { module: 'vectorious', export: 'zeros', kind: 'tensor', arguments: dimensionsInRow },
  { module: 'vectorious', export: 'ones', kind: 'tensor', arguments: dimensionsInRow },
  { module: 'vectorious', export: 'random', kind: 'tensor', arguments: dimensionsInRow },
  { module: 'vectorious', export: 'eye', kind: 'tensor', arguments: { dimensions: [0, 0] } },

  // Sizes in a row, or one array. No row for `random(max)` and `randomInt(max)`, whose number is a bound.
  { module: 'mathjs', export: 'zeros', kind: 'tensor', arguments: dimensionsInRow },
  { module: 'mathjs', export: 'ones', kind: 'tensor', arguments: dimensionsInRow },

  { module: 'zeros', export: 'default', kind: 'tensor', arguments: { shape: 0 } },
  { module: 'ndarray-scratch', export: 'zeros', kind: 'tensor', arguments: { shape: 0 } },
  { module: 'ndarray-scratch', export: 'ones', kind: 'tensor', arguments: { shape: 0 } },

  { module: 'propel', export: 'zeros', kind: 'tensor', arguments: { shape: 0 } },
  { module: 'propel', export: 'ones', kind: 'tensor', arguments: { shape: 0 } },
  { module: 'propel', export: 'randn', kind: 'tensor', arguments: { shape: 0 } },
  { module: 'propel', export: 'fill', kind: 'tensor', arguments: { shape: 1 } },
  { module: 'propel', export: 'eye', kind: 'tensor', arguments: { dimensions: [0, 0] } },
  { module: 'propel', export: 'linspace', kind: 'tensor', arguments: { shape: 2 } },

  { module: shumai, export: 'rand', kind: 'tensor', arguments: { shape: 0 } },
  { module: shumai, export: 'randn', kind: 'tensor', arguments: { shape: 0 } },
  { module: shumai, export: 'full', kind: 'tensor', arguments: { shape: 0 } },
  { module: shumai, export: 'iota', kind: 'tensor', arguments: { shape: 0 } },
  { module: shumai, export: 'identity', kind: 'tensor', arguments: { dimensions: [0, 0] } },
  { module: shumai, export: 'module.linear', kind: 'layer', arguments: { dimensions: [0, 1] } },
  { module: shumai, export: 'module.Linear', kind: 'layer', arguments: { dimensions: [0, 1] } },
  { module: shumai, export: 'module.lstm', kind: 'layer', arguments: { dimensions: [0, 1] }, times: 4 },
  { module: shumai, export: 'module.LSTM', kind: 'layer', arguments: { dimensions: [0, 1] }, times: 4 },

  { module: '@faker-js/faker', export: 'faker.helpers.multiple', kind: 'samples', arguments: { samples: '1.count' } },
];
