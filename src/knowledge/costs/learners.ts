/** Small libraries that learn in JavaScript: networks, classifiers, clusterings. */
import type { CostRow } from '../cost-row.ts';

const neataptic = ['neataptic', '@liquid-carrot/carrot'];

/** Which methods of which modules train. */
const training: readonly (readonly [string | readonly string[], readonly string[]])[] = [
  ['natural', ['LogisticRegressionClassifier().train', 'MaxEntClassifier().train', 'BrillPOSTrainer().train']],
  ['limdu', ['classifiers.*().trainBatch']],
  [neataptic, ['Network().train', 'Network().evolve', 'architect.*().train', 'architect.*().evolve']],
  ['synaptic', ['Architect.*().trainer.train', 'Trainer().XOR', 'Trainer().DSR', 'Trainer().workerTrain']],
  ['node-nlp', ['NlpManager().train']],
  [['svm', 'svmjs'], ['SVM().train']],
  ['node-svm', ['SVM().train', 'CSVC().train', 'NuSVC().train', 'EpsilonSVR().train']],
  [['scikitjs', 'scikitjs/*'], ['*().fit']],
  [['machinelearn', 'machinelearn/*'], ['*().fit']],
  ['clustering-tfjs', ['*().fit', '*().fitPredict', 'findOptimalClusters']],
  ['tsne-js', ['default().run']],
  ['@saehrimnir/druidjs', ['UMAP().transform', 'TSNE().transform', 'TriMap().transform']],
  ['@tensorflow/tfjs-tsne', ['tsne().compute', 'tsne().iterate']],
  ['faiss-node', ['Index.fromFactory().train', 'IndexFlatL2().train']],
];

/** What only counts or scales. */
const cheap: readonly (readonly [string | readonly string[], readonly string[]])[] = [
  ['natural', ['BayesClassifier().train']],
  ['scikitjs', ['StandardScaler().fit', 'MinMaxScaler().fit', 'MaxAbsScaler().fit', 'RobustScaler().fit', 'Normalizer().fit', 'LabelEncoder().fit',
    'OneHotEncoder().fit', 'OrdinalEncoder().fit', 'SimpleImputer().fit', 'DummyClassifier().fit', 'DummyRegressor().fit']],
  // One sample at a time.
  ['convnetjs', ['Trainer().train', 'SGDTrainer().train']],
];

export const learners: readonly CostRow[] = [
  ...training.flatMap(([module, paths]) => paths.map((path): CostRow => ({ module, export: path, kind: 'train' }))),
  ...cheap.flatMap(([module, paths]) => paths.map((path): CostRow => ({ module, export: path, kind: 'cheap' }))),
  { module: 'scikitjs', export: 'makeRegression', kind: 'samples', arguments: { samples: '0.nSamples' } },
  { module: 'scikitjs', export: 'makeLowRankMatrix', kind: 'samples', arguments: { samples: '0.nSamples' } },
  { module: 'keras-js', export: 'Model().ready', kind: 'load' },
  { module: 'webdnn', export: 'load', kind: 'load' },
  { module: 'onnxjs', export: 'InferenceSession().loadModel', kind: 'load' },
  ...['load', 'loadSync'].map((name): CostRow => ({ module: 'executorch', export: `Module().${name}`, kind: 'load' })),
  { module: 'react-native-fast-tflite', export: 'loadTensorflowModel', kind: 'load' },
];
