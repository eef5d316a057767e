/** Transformers.js: pipelines and models from the Hugging Face hub. */
import type { CostRow } from '../cost-row.ts';

const transformers = ['@huggingface/transformers', '@xenova/transformers'];

export const transformersJs: readonly CostRow[] = [
  // Files are downloaded at first, read from a cache later; then an ONNX session is created for each part.
  { module: transformers, export: 'pipeline', kind: 'load', stub: 'model' },
  { module: transformers, export: '*.from_pretrained', kind: 'load', stub: 'model' },
  // A tokenizer is a large JSON file: cheaper than a model, and still not cheap. A stubbed model is of no use in its place.
  { module: transformers, export: 'AutoTokenizer.from_pretrained', kind: 'load' },
  { module: transformers, export: 'AutoProcessor.from_pretrained', kind: 'load' },
  { module: transformers, export: 'AutoConfig.from_pretrained', kind: 'cheap' },
];
