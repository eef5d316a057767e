/** stdlib: a shape is an array or a number; arrays and strides of random numbers take their length first. */
import type { CostRow } from '../cost-row.ts';

const distributions = [
  'arcsine', 'bernoulli', 'beta', 'betaprime', 'binomial', 'cauchy', 'chi', 'chisquare', 'cosine', 'discrete-uniform', 'erlang', 'exponential', 'f',
  'frechet', 'gamma', 'geometric', 'gumbel', 'hypergeometric', 'invgamma', 'kumaraswamy', 'laplace', 'levy', 'logistic', 'lognormal', 'minstd',
  'minstd-shuffle', 'mt19937', 'negative-binomial', 'normal', 'pareto-type1', 'poisson', 'randi', 'randn', 'randu', 'rayleigh', 't', 'triangular',
  'uniform', 'weibull',
];

export const stdlib: readonly CostRow[] = [
  { module: ['@stdlib/ndarray-zeros', '@stdlib/ndarray/zeros'], export: 'default', kind: 'tensor', arguments: { shape: 0 } },
  // This one takes the data type first.
  { module: ['@stdlib/ndarray-base-zeros', '@stdlib/ndarray/base/zeros'], export: 'default', kind: 'tensor', arguments: { shape: 1 } },
  ...distributions.flatMap((name): CostRow[] => [
    { module: [`@stdlib/random-array-${name}`, `@stdlib/random/array/${name}`], export: 'default', kind: 'samples', arguments: { samples: 0 } },
    { module: [`@stdlib/random-strided-${name}`, `@stdlib/random/strided/${name}`], export: 'default', kind: 'samples', arguments: { samples: 0 } },
  ]),
];
