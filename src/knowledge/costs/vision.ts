/** Ready-made models for pictures, video and text: tesseract.js, face-api.js, MediaPipe, ml5, the TensorFlow.js models. */
import type { CostRow } from '../cost-row.ts';

const face = ['face-api.js', '@vladmandic/face-api'];
const human = ['@vladmandic/human', '@vladmandic/human/*'];
const tasks = ['@mediapipe/tasks-vision', '@mediapipe/tasks-text', '@mediapipe/tasks-audio', '@mediapipe/tasks-genai'];
const background = ['@imgly/background-removal', '@imgly/background-removal-node'];
const teachable = ['@teachablemachine/image', '@teachablemachine/pose'];

const models = (names: readonly string[]): readonly string[] => names.map((name) => `@tensorflow-models/${name}`);

const modelsWithLoad = models([
  'blazeface', 'body-pix', 'coco-ssd', 'deeplab', 'face-landmarks-detection', 'facemesh', 'handpose', 'mobilenet', 'posenet', 'qna', 'toxicity',
  'universal-sentence-encoder',
]);
const modelsWithDetector = models(['face-detection', 'face-landmarks-detection', 'hand-pose-detection', 'pose-detection']);

/** Each fetches a model; `neuralNetwork`, `KNNClassifier` and `kmeans` have none. */
const ml5Models = [
  'imageClassifier', 'objectDetector', 'soundClassifier', 'featureExtractor', 'sentiment', 'bodyPose', 'handPose', 'faceMesh', 'bodySegmentation',
  'depthEstimation', 'poseNet', 'handpose', 'facemesh', 'faceApi', 'bodyPix', 'uNet', 'YOLO', 'cocoSsd', 'styleTransfer', 'pix2pix', 'word2vec',
  'charRNN', 'sketchRNN', 'DCGAN', 'CVAE', 'cartoon', 'pitchDetection', 'universalSentenceEncoder',
];

const legacyMediaPipe: readonly (readonly [string, string])[] = [
  ['face_mesh', 'FaceMesh'], ['face_detection', 'FaceDetection'], ['hands', 'Hands'], ['pose', 'Pose'], ['holistic', 'Holistic'],
  ['selfie_segmentation', 'SelfieSegmentation'], ['objectron', 'Objectron'],
];

export const vision: readonly CostRow[] = [
  // Starts a worker with a WebAssembly core and fetches the data of each language; top-level functions do so at every call.
  { module: 'tesseract.js', export: 'createWorker', kind: 'load' },
  { module: 'tesseract.js', export: 'recognize', kind: 'load' },
  { module: 'tesseract.js', export: 'detect', kind: 'load' },
  // Before version 5 a worker was told what to load.
  { module: 'tesseract.js', export: 'createWorker().initialize', kind: 'load' },
  { module: 'tesseract.js', export: 'createWorker().recognize', kind: 'run' },
  { module: 'tesseract.js', export: 'createWorker().detect', kind: 'run' },
  { module: 'tesseract.js', export: 'createScheduler().addJob', kind: 'run' },
  { module: 'tesseract.js', export: 'createScheduler', kind: 'cheap' },
  { module: 'scribe.js-ocr', export: 'init', kind: 'load' },
  { module: 'scribe.js-ocr', export: 'extractText', kind: 'load' },
  { module: 'scribe.js-ocr', export: 'recognize', kind: 'run' },
  { module: 'node-tesseract-ocr', export: 'recognize', kind: 'launch' },

  { module: face, export: 'nets.*.load', kind: 'load', cheapWhenInline: 0 },
  { module: face, export: 'nets.*.loadFromUri', kind: 'load' },
  { module: face, export: 'nets.*.loadFromDisk', kind: 'load' },
  ...['SsdMobilenetv1', 'TinyFaceDetector', 'FaceLandmark', 'FaceLandmarkTiny', 'FaceRecognition', 'FaceExpression', 'FaceDetection']
    .map((name): CostRow => ({ module: face, export: `load${name}Model`, kind: 'load' })),
  ...['default', 'Human'].flatMap((name): CostRow[] => [
    { module: human, export: `${name}().load`, kind: 'load' },
    { module: human, export: `${name}().warmup`, kind: 'run' },
    { module: human, export: `${name}().detect`, kind: 'run' },
  ]),
  { module: ['nsfwjs', 'nsfwjs/core'], export: 'load', kind: 'load' },
  { module: background, export: 'removeBackground', kind: 'load' },
  { module: background, export: 'preload', kind: 'load' },
  { module: background, export: 'default', kind: 'load' },

  { module: modelsWithLoad, export: 'load', kind: 'load', stub: 'model' },
  { module: modelsWithDetector, export: 'createDetector', kind: 'load', stub: 'model' },
  { module: '@tensorflow-models/body-segmentation', export: 'createSegmenter', kind: 'load', stub: 'model' },
  { module: '@tensorflow-models/depth-estimation', export: 'createEstimator', kind: 'load', stub: 'model' },
  { module: '@tensorflow-models/universal-sentence-encoder', export: 'loadTokenizer', kind: 'load' },
  { module: '@tensorflow-models/universal-sentence-encoder', export: 'loadQnA', kind: 'load', stub: 'model' },
  { module: '@tensorflow/tfjs-automl', export: 'loadImageClassification', kind: 'load' },
  { module: '@tensorflow/tfjs-automl', export: 'loadObjectDetection', kind: 'load' },
  // No row for knn-classifier and speech-commands `create`: they load nothing yet.

  { module: teachable, export: 'load', kind: 'load' },
  { module: teachable, export: 'loadFromFiles', kind: 'load' },
  { module: teachable, export: 'createTeachable', kind: 'load' },
  { module: teachable, export: 'createTeachable().train', kind: 'train' },
  { module: '@teachablemachine/image', export: 'loadTruncatedMobileNet', kind: 'load' },
  { module: '@teachablemachine/pose', export: 'loadPoseNet', kind: 'load' },

  { module: tasks, export: '*.createFromOptions', kind: 'load' },
  { module: tasks, export: '*.createFromModelPath', kind: 'load' },
  { module: tasks, export: '*.createFromModelBuffer', kind: 'load' },
  { module: tasks, export: 'FilesetResolver.*', kind: 'cheap' },
  ...legacyMediaPipe.flatMap(([name, model]): CostRow[] => [
    { module: `@mediapipe/${name}`, export: `${model}().initialize`, kind: 'load' },
    { module: `@mediapipe/${name}`, export: `${model}().send`, kind: 'run' },
  ]),

  ...ml5Models.map((name): CostRow => ({ module: 'ml5', export: name, kind: 'load' })),
  { module: 'ml5', export: 'neuralNetwork().train', kind: 'train' },
];
