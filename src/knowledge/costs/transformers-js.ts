/** Transformers.js: pipelines and models from the Hugging Face hub. */
import type { CostRow } from '../cost-row.ts';

const transformers = ['@huggingface/transformers', '@xenova/transformers', 'chromadb-default-embed'];

// Without the word "Tokenizer", which each of these classes ends with.
const tokenizers = [
  'Albert', 'Auto', 'Bart', 'Bert', 'Blenderbot', 'BlenderbotSmall', 'Bloom', 'CLIP', 'Camembert', 'CodeGen', 'CodeLlama', 'Cohere',
  'CohereAsr', 'ConvBert', 'Deberta', 'DebertaV2', 'DistilBert', 'Electra', 'Esm', 'Falcon', 'GPT2', 'GPTNeoX', 'Gemma', 'Grok1',
  'Herbert', 'Llama', 'M2M100', 'MBart', 'MBart50', 'MPNet', 'Marian', 'Mgpstr', 'MobileBert', 'Nllb', 'Nougat', 'PreTrained', 'Qwen2',
  'RoFormer', 'Roberta', 'Siglip', 'SpeechT5', 'SqueezeBert', 'T5', 'Vits', 'Wav2Vec2CTC', 'Whisper', 'XLM', 'XLMRoberta',
];

export const transformersJs: readonly CostRow[] = [
  // Files are downloaded at first, read from a cache later; then an ONNX session is created for each part.
  { module: transformers, export: 'pipeline', kind: 'load', stub: 'model', isGeneric: true },
  { module: transformers, export: '*.from_pretrained', kind: 'load', stub: 'model' },
  // A vocabulary is megabytes of JSON: cheaper than a model, not cheap. No stub: a model can't stand in for a tokenizer.
  ...tokenizers.map((name): CostRow => ({ module: transformers, export: `${name}Tokenizer.from_pretrained`, kind: 'load' })),
  // May bring a tokenizer along.
  { module: transformers, export: 'AutoProcessor.from_pretrained', kind: 'load' },
  // One small JSON file each.
  { module: transformers, export: 'AutoConfig.from_pretrained', kind: 'cheap' },
  { module: transformers, export: 'PretrainedConfig.from_pretrained', kind: 'cheap' },
  { module: transformers, export: 'AutoImageProcessor.from_pretrained', kind: 'cheap' },
  { module: transformers, export: 'AutoFeatureExtractor.from_pretrained', kind: 'cheap' },
];
