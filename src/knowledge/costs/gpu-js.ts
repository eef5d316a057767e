/** gpu.js: JavaScript functions as GPU kernels. */
import type { CostRow } from '../cost-row.ts';

export const gpuJs: readonly CostRow[] = [
  // Transpiled, and compiled by the driver, at the first call of the kernel with each set of argument types.
  // No stub: a kernel runs its function for each thread, the function alone gives one number.
  { module: 'gpu.js', export: 'GPU().createKernel', kind: 'compile', arguments: { shape: '1.output' } },
  { module: 'gpu.js', export: 'GPU().createKernelMap', kind: 'compile', arguments: { shape: '2.output' } },
  { module: 'gpu.js', export: 'GPU().combineKernels', kind: 'compile' },
  // Before version 2 the module itself was the class.
  { module: 'gpu.js', export: 'default().createKernel', kind: 'compile', arguments: { shape: '1.output' } },
  { module: 'gpu.js', export: 'default().createKernelMap', kind: 'compile', arguments: { shape: '2.output' } },
  { module: 'gpu.js', export: 'default().combineKernels', kind: 'compile' },
  // No row for `new GPU()`: it only picks a backend; contexts are made with the first kernel.
];
