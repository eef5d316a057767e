/** WebGPU and WebNN, globals of browsers and Deno, and contexts of the same kind in Node. */
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
  // Dawn for Node.
  { module: 'webgpu', export: 'create().requestAdapter', kind: 'session' },
  { module: 'webgpu', export: 'create().requestAdapter().requestDevice', kind: 'session' },
  // No rows for headless-gl, whose contexts take tens of milliseconds, nor for three's WebGLRenderer, which tests give a
  // context of their own or a mock.
  { export: 'navigator.ml.createContext', kind: 'session' },
  { export: 'MLGraphBuilder().build', kind: 'compile' },
  // No row for createShaderModule, which parses and checks, nor for createBuffer, whose size is in bytes.
];
