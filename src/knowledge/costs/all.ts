/** Every built-in row. The order means nothing: the most exact path wins. */
import type { CostRow } from '../cost-row.ts';
import { arrays } from './arrays.ts';
import { brainJs } from './brain-js.ts';
import { browsers } from './browsers.ts';
import { builds } from './builds.ts';
import { bundlers } from './bundlers.ts';
import { circuits } from './circuits.ts';
import { contracts } from './contracts.ts';
import { gpuJs } from './gpu-js.ts';
import { jaxJs } from './jax-js.ts';
import { jsPytorch } from './js-pytorch.ts';
import { languageModels } from './language-models.ts';
import { learners } from './learners.ts';
import { lookAlikes } from './look-alikes.ts';
import { mlJs } from './ml-js.ts';
import { mlxNode } from './mlx-node.ts';
import { nodeMlx } from './node-mlx.ts';
import { numJs } from './numjs.ts';
import { numpyTs } from './numpy-ts.ts';
import { onnxRuntime } from './onnxruntime.ts';
import { services } from './services.ts';
import { sites } from './sites.ts';
import { speech } from './speech.ts';
import { stdlib } from './stdlib.ts';
import { synaptic } from './synaptic.ts';
import { testTools } from './test-tools.ts';
import { tfjs } from './tfjs.ts';
import { transformersJs } from './transformers-js.ts';
import { transpilers } from './transpilers.ts';
import { typeScript } from './typescript.ts';
import { umapJs } from './umap-js.ts';
import { images } from './images.ts';
import { vision } from './vision.ts';
import { wasmRuntimes } from './wasm-runtimes.ts';
import { wasmTools } from './wasm-tools.ts';
import { webAssembly } from './webassembly.ts';
import { webgpuTorch } from './webgpu-torch.ts';
import { webGpu } from './webgpu.ts';

export const allCostRows: readonly CostRow[] = [
  ...arrays,
  ...brainJs,
  ...browsers,
  ...builds,
  ...bundlers,
  ...circuits,
  ...contracts,
  ...gpuJs,
  ...jaxJs,
  ...jsPytorch,
  ...languageModels,
  ...learners,
  ...lookAlikes,
  ...mlJs,
  ...mlxNode,
  ...nodeMlx,
  ...numJs,
  ...numpyTs,
  ...onnxRuntime,
  ...services,
  ...sites,
  ...speech,
  ...stdlib,
  ...synaptic,
  ...testTools,
  ...tfjs,
  ...transformersJs,
  ...transpilers,
  ...typeScript,
  ...umapJs,
  ...images,
  ...vision,
  ...wasmRuntimes,
  ...wasmTools,
  ...webAssembly,
  ...webgpuTorch,
  ...webGpu,
];
