/** Large language models in Node and browsers: node-llama-cpp, WebLLM, wllama. */
import type { CostRow } from '../cost-row.ts';

const llama = 'getLlama().loadModel';

export const languageModels: readonly CostRow[] = [
  // Picks, and when there is none builds, a native binary.
  { module: 'node-llama-cpp', export: 'getLlama', kind: 'session' },
  { module: 'node-llama-cpp', export: llama, kind: 'load', stub: 'model' },
  { module: 'node-llama-cpp', export: `${llama}().createContext`, kind: 'session' },
  { module: 'node-llama-cpp', export: `${llama}().createEmbeddingContext`, kind: 'session' },
  { module: 'node-llama-cpp', export: `${llama}().createRankingContext`, kind: 'session' },
  // Downloads what is not there yet.
  { module: 'node-llama-cpp', export: 'resolveModelFile', kind: 'load' },
  { module: 'node-llama-cpp', export: 'createModelDownloader', kind: 'load' },
  // No row for `createGrammar`, nor for a `contextSize` option: it is configuration, not work.

  { module: '@mlc-ai/web-llm', export: 'CreateMLCEngine', kind: 'load', stub: 'model' },
  { module: '@mlc-ai/web-llm', export: 'CreateWebWorkerMLCEngine', kind: 'load', stub: 'model' },
  { module: '@mlc-ai/web-llm', export: 'CreateServiceWorkerMLCEngine', kind: 'load', stub: 'model' },
  { module: '@mlc-ai/web-llm', export: 'CreateExtensionServiceWorkerMLCEngine', kind: 'load', stub: 'model' },
  { module: '@mlc-ai/web-llm', export: 'MLCEngine().reload', kind: 'load' },

  { module: '@wllama/wllama', export: 'Wllama().loadModel', kind: 'load' },
  { module: '@wllama/wllama', export: 'Wllama().loadModelFromUrl', kind: 'load' },
  { module: '@wllama/wllama', export: 'Wllama().loadModelFromHF', kind: 'load' },
];
