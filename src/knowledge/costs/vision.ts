/** Ready-made models for pictures, sound and text: tesseract.js, face-api.js, the TensorFlow.js models. */
import type { CostRow } from '../cost-row.ts';

const face = ['face-api.js', '@vladmandic/face-api'];

const modelsWithLoad = [
  'blazeface', 'body-pix', 'coco-ssd', 'deeplab', 'handpose', 'mobilenet', 'posenet', 'qna', 'toxicity', 'universal-sentence-encoder',
].map((name) => `@tensorflow-models/${name}`);

const modelsWithDetector = [
  'face-detection', 'face-landmarks-detection', 'hand-pose-detection', 'pose-detection',
].map((name) => `@tensorflow-models/${name}`);

export const vision: readonly CostRow[] = [
  // Starts a worker with a WebAssembly core and fetches the data of each language; top-level functions do so at every call.
  { module: 'tesseract.js', export: 'createWorker', kind: 'load' },
  { module: 'tesseract.js', export: 'recognize', kind: 'load' },
  { module: 'tesseract.js', export: 'detect', kind: 'load' },
  { module: 'tesseract.js', export: 'createWorker().recognize', kind: 'run' },
  { module: 'tesseract.js', export: 'createWorker().detect', kind: 'run' },

  { module: face, export: 'nets.*.load', kind: 'load', cheapWhenInline: 0 },
  { module: face, export: 'nets.*.loadFromUri', kind: 'load' },
  { module: face, export: 'nets.*.loadFromDisk', kind: 'load' },

  { module: modelsWithLoad, export: 'load', kind: 'load', stub: 'model' },
  { module: modelsWithDetector, export: 'createDetector', kind: 'load', stub: 'model' },
  { module: '@tensorflow-models/body-segmentation', export: 'createSegmenter', kind: 'load', stub: 'model' },
  { module: '@tensorflow-models/depth-estimation', export: 'createEstimator', kind: 'load', stub: 'model' },
  { module: '@tensorflow-models/universal-sentence-encoder', export: 'loadTokenizer', kind: 'load' },
  { module: '@tensorflow-models/universal-sentence-encoder', export: 'loadQnA', kind: 'load', stub: 'model' },
  // No row for knn-classifier and speech-commands `create`: they load nothing yet.
];
