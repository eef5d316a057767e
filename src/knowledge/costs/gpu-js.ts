/** gpu.js: JavaScript functions as GPU kernels. */
import type { CostRow } from '../cost-row.ts';

export const gpuJs: readonly CostRow[] = [
  // Transpiled, and compiled by the driver, at the first call of the kernel with each set of argument types.
  { module: 'gpu.js', export: 'GPU().createKernel', kind: 'compile', stub: 'identity' },
  { module: 'gpu.js', export: 'GPU().createKernelMap', kind: 'compile', stub: 'identity' },
  { module: 'gpu.js', export: 'GPU().combineKernels', kind: 'compile' },
  // Before version 2 the module itself was the class.
  { module: 'gpu.js', export: 'default().createKernel', kind: 'compile', stub: 'identity' },
  { module: 'gpu.js', export: 'default().createKernelMap', kind: 'compile', stub: 'identity' },
  { module: 'gpu.js', export: 'default().combineKernels', kind: 'compile' },
  // No row for `new GPU()`: it only picks a backend; contexts are made with the first kernel.
];
