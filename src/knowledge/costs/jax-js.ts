/** jax-js: NumPy-like arrays, random numbers and `jit`. Its own tests reach the same functions by relative paths. */
import type { ArgumentRoles, CostRow } from '../cost-row.ts';

const jax = '@jax-js/jax';

/** A function of a namespace, by its path from the package and from the file that defines it. */
function both(namespace: 'numpy' | 'random', name: string, roles: ArgumentRoles): readonly CostRow[] {
  return [
    { module: jax, export: `${namespace}.${name}`, kind: 'tensor', arguments: roles },
    { module: jax, export: name, kind: 'tensor', arguments: roles },
  ];
}

export const jaxJs: readonly CostRow[] = [
  ...both('numpy', 'zeros', { shape: 0 }),
  ...both('numpy', 'ones', { shape: 0 }),
  ...both('numpy', 'full', { shape: 0 }),
  ...both('numpy', 'eye', { dimensions: [0, 0] }),
  ...both('numpy', 'identity', { dimensions: [0, 0] }),
  ...both('numpy', 'tri', { dimensions: [0, 0] }),
  // The form with one argument; in `arange(start, stop)` a start is rarely large.
  ...both('numpy', 'arange', { shape: 0 }),
  ...both('numpy', 'linspace', { shape: 2 }),
  ...both('numpy', 'logspace', { shape: 2 }),
  ...both('numpy', 'geomspace', { shape: 2 }),
  ...both('numpy', 'array', { data: 0, shape: '1.shape' }),
  ...both('numpy', 'indices', { shape: 0 }),
  ...both('numpy', 'fromfunction', { shape: 1 }),
  ...both('numpy', 'bartlett', { shape: 0 }),
  ...both('numpy', 'hann', { shape: 0 }),
  ...both('numpy', 'blackman', { shape: 0 }),

  // The first argument is a key array made by `random.key(seed)`: no row for `key`, its number is no size.
  ...both('random', 'bits', { seed: 0, shape: 1 }),
  ...both('random', 'uniform', { seed: 0, shape: 1 }),
  ...both('random', 'normal', { seed: 0, shape: 1 }),
  ...both('random', 'cauchy', { seed: 0, shape: 1 }),
  ...both('random', 'exponential', { seed: 0, shape: 1 }),
  ...both('random', 'gumbel', { seed: 0, shape: 1 }),
  ...both('random', 'laplace', { seed: 0, shape: 1 }),
  ...both('random', 'logistic', { seed: 0, shape: 1 }),
  ...both('random', 'maxwell', { seed: 0, shape: 1 }),
  ...both('random', 'bernoulli', { seed: 0, shape: 2 }),
  ...both('random', 'lognormal', { seed: 0, shape: 2 }),
  ...both('random', 'pareto', { seed: 0, shape: 2 }),
  ...both('random', 'rayleigh', { seed: 0, shape: 2 }),
  ...both('random', 'doubleSidedMaxwell', { seed: 0, shape: 3 }),
  ...both('random', 'multivariateNormal', { seed: 0, shape: 3 }),
  ...both('random', 'weibullMin', { seed: 0, shape: 3 }),
  ...both('random', 'triangular', { seed: 0, shape: 4 }),
  ...both('random', 'randint', { seed: 0, shape: '1.shape' }),
  ...both('random', 'rademacher', { seed: 0, shape: '1.shape' }),
  ...both('random', 'categorical', { seed: 0, shape: '2.shape' }),
  ...both('random', 'choice', { seed: 0, shape: '2.shape' }),
  ...both('random', 'geometric', { seed: 0, shape: '2.shape' }),
  ...both('random', 'ball', { seed: 0, shape: '2.shape' }),
  ...both('random', 'permutation', { seed: 0, shape: 1 }),

  // Traces at the first call with each set of shapes, then generates WebAssembly or WGSL.
  { module: jax, export: 'jit', kind: 'compile', stub: 'identity' },
  // No row for grad, vmap, jvp, linearize, makeJaxpr: they trace and generate no code.

  { module: '@jax-js/onnx', export: 'ONNXModel', kind: 'load', cheapWhenInline: 0, stub: 'model' },
  // The vocabulary is fetched over the network.
  { module: '@jax-js/loaders', export: 'tokenizers.getBpe', kind: 'load' },
  { module: '@jax-js/loaders', export: 'tokenizers.loadSentencePiece', kind: 'load' },
];
