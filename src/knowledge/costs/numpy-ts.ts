/** numpy-ts: NumPy's creation functions and `np.random`, with NumPy's own argument order. */
import type { CostRow } from '../cost-row.ts';

const numpy = ['numpy-ts', 'numpy-ts/*'];

/** Samplers whose size, a number or a shape, stands after their parameters; by that position. */
const samplersBySizePosition: readonly (readonly string[])[] = [
  ['random', 'random_sample', 'ranf', 'sample', 'bytes', 'permutation', 'standard_normal', 'standard_exponential', 'standard_cauchy'],
  [
    'exponential', 'standard_gamma', 'chisquare', 'standard_t', 'pareto', 'power', 'rayleigh', 'weibull', 'poisson', 'geometric',
    'logseries', 'zipf', 'dirichlet', 'choice',
  ],
  [
    'randint', 'random_integers', 'uniform', 'normal', 'gamma', 'beta', 'noncentral_chisquare', 'f', 'laplace', 'logistic',
    'lognormal', 'gumbel', 'wald', 'binomial', 'negative_binomial', 'multinomial', 'multivariate_normal', 'vonmises',
  ],
  ['noncentral_f', 'triangular', 'hypergeometric'],
];

/** What `default_rng(seed)` returns has these. */
const generatorMethods: readonly (readonly [string, number])[] = [
  ['random', 0], ['standard_normal', 0], ['permutation', 0], ['choice', 1], ['exponential', 1], ['poisson', 1],
  ['integers', 2], ['normal', 2], ['uniform', 2], ['binomial', 2],
];

export const numpyTs: readonly CostRow[] = [
  { module: numpy, export: 'zeros', kind: 'tensor', arguments: { shape: 0 } },
  { module: numpy, export: 'ones', kind: 'tensor', arguments: { shape: 0 } },
  { module: numpy, export: 'full', kind: 'tensor', arguments: { shape: 0 } },
  { module: numpy, export: 'empty', kind: 'buffer', arguments: { shape: 0 } },
  { module: numpy, export: 'eye', kind: 'tensor', arguments: { dimensions: [0, 0] } },
  { module: numpy, export: 'identity', kind: 'tensor', arguments: { dimensions: [0, 0] } },
  { module: numpy, export: 'tri', kind: 'tensor', arguments: { dimensions: [0, 0] } },
  // The form with one argument; in `arange(start, stop)` a start is rarely large.
  { module: numpy, export: 'arange', kind: 'tensor', arguments: { shape: 0 } },
  { module: numpy, export: 'linspace', kind: 'tensor', arguments: { shape: 2 } },
  { module: numpy, export: 'logspace', kind: 'tensor', arguments: { shape: 2 } },
  { module: numpy, export: 'geomspace', kind: 'tensor', arguments: { shape: 2 } },
  { module: numpy, export: 'fromfunction', kind: 'tensor', arguments: { shape: 1 } },
  { module: numpy, export: 'array', kind: 'tensor', arguments: { data: 0 } },
  { module: numpy, export: 'asarray', kind: 'tensor', arguments: { data: 0 } },

  { module: numpy, export: 'random.rand', kind: 'tensor', arguments: { dimensions: ['0...'] } },
  { module: numpy, export: 'random.randn', kind: 'tensor', arguments: { dimensions: ['0...'] } },
  ...samplersBySizePosition.flatMap((names, shape) =>
    names.map((name): CostRow => ({ module: numpy, export: `random.${name}`, kind: 'tensor', arguments: { shape } }))),
  ...generatorMethods.map(([name, shape]): CostRow => (
    { module: numpy, export: `random.default_rng().${name}`, kind: 'tensor', arguments: { shape } })),
  // No row for `random.seed(n)` and `random.default_rng(n)`: their number is a seed.
];
