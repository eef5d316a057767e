/** WebGPU, a global of browsers and Deno. */
import type { CostRow } from '../cost-row.ts';

const device = 'navigator.gpu.requestAdapter().requestDevice';

export const webGpu: readonly CostRow[] = [
  { export: 'navigator.gpu.requestAdapter', kind: 'session' },
  { export: device, kind: 'session' },
  // Shaders are compiled for the device when a pipeline is created.
  { export: `${device}().createComputePipeline`, kind: 'compile' },
  { export: `${device}().createComputePipelineAsync`, kind: 'compile' },
  { export: `${device}().createRenderPipeline`, kind: 'compile' },
  { export: `${device}().createRenderPipelineAsync`, kind: 'compile' },
  // No row for createShaderModule, which parses and checks, nor for createBuffer, whose size is in bytes.
];
