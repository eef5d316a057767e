/** Every built-in row. The order means nothing: the most exact path wins. */
import type { CostRow } from '../cost-row.ts';
import { bundlers } from './bundlers.ts';
import { gpuJs } from './gpu-js.ts';
import { jaxJs } from './jax-js.ts';
import { onnxRuntime } from './onnxruntime.ts';
import { tfjs } from './tfjs.ts';
import { transformersJs } from './transformers-js.ts';
import { webAssembly } from './webassembly.ts';
import { webGpu } from './webgpu.ts';

export const allCostRows: readonly CostRow[] = [
  ...bundlers,
  ...gpuJs,
  ...jaxJs,
  ...onnxRuntime,
  ...tfjs,
  ...transformersJs,
  ...webAssembly,
  ...webGpu,
];
