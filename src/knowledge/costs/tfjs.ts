/** TensorFlow.js: tensors, Keras-like layers, saved models. Signatures as of 4.22. */
import type { CostRow } from '../cost-row.ts';

const core = ['@tensorflow/tfjs', '@tensorflow/tfjs-core', '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'];
const layers = ['@tensorflow/tfjs', '@tensorflow/tfjs-layers', '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'];
const converter = ['@tensorflow/tfjs', '@tensorflow/tfjs-converter', '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'];
const node = ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'];

export const tfjs: readonly CostRow[] = [
  { module: core, export: 'zeros', kind: 'tensor', arguments: { shape: 0 } },
  { module: core, export: 'ones', kind: 'tensor', arguments: { shape: 0 } },
  { module: core, export: 'fill', kind: 'tensor', arguments: { shape: 0 } },
  { module: core, export: 'eye', kind: 'tensor', arguments: { dimensions: [0, 0] } },
  { module: core, export: 'rand', kind: 'tensor', arguments: { shape: 0 } },
  { module: core, export: 'randomNormal', kind: 'tensor', arguments: { shape: 0, seed: 4 } },
  { module: core, export: 'randomStandardNormal', kind: 'tensor', arguments: { shape: 0, seed: 2 } },
  { module: core, export: 'truncatedNormal', kind: 'tensor', arguments: { shape: 0, seed: 4 } },
  { module: core, export: 'randomUniform', kind: 'tensor', arguments: { shape: 0, seed: 4 } },
  { module: core, export: 'randomUniformInt', kind: 'tensor', arguments: { shape: 0, seed: 3 } },
  { module: core, export: 'randomGamma', kind: 'tensor', arguments: { shape: 0, seed: 4 } },
  { module: core, export: 'multinomial', kind: 'samples', arguments: { samples: 1, seed: 2 } },
  { module: core, export: 'linspace', kind: 'tensor', arguments: { shape: 2 } },
  { module: core, export: 'signal.hannWindow', kind: 'tensor', arguments: { shape: 0 } },
  { module: core, export: 'signal.hammingWindow', kind: 'tensor', arguments: { shape: 0 } },
  { module: core, export: 'buffer', kind: 'buffer', arguments: { shape: 0 } },
  { module: core, export: 'tensor', kind: 'tensor', arguments: { data: 0, shape: 1 } },
  { module: core, export: 'tensor1d', kind: 'tensor', arguments: { data: 0 } },
  { module: core, export: 'tensor2d', kind: 'tensor', arguments: { data: 0, shape: 1 } },
  { module: core, export: 'tensor3d', kind: 'tensor', arguments: { data: 0, shape: 1 } },
  { module: core, export: 'tensor4d', kind: 'tensor', arguments: { data: 0, shape: 1 } },
  { module: core, export: 'tensor5d', kind: 'tensor', arguments: { data: 0, shape: 1 } },
  { module: core, export: 'tensor6d', kind: 'tensor', arguments: { data: 0, shape: 1 } },
  { module: core, export: 'broadcastTo', kind: 'tensor', arguments: { shape: 1 } },
  { module: core, export: 'scatterND', kind: 'tensor', arguments: { shape: 2 } },
  { module: core, export: 'sparseToDense', kind: 'tensor', arguments: { shape: 2 } },
  // No row for `range(start, stop, step)`: no single argument is its length.

  // The weights of a layer need its input. It is known here only where the first layer says it.
  { module: layers, export: 'layers.dense', kind: 'layer', arguments: { dimensions: ['0.units', '0.inputShape.0', '0.inputDim'] } },
  { module: layers, export: 'layers.embedding', kind: 'layer', arguments: { dimensions: ['0.inputDim', '0.outputDim'] } },
  { module: layers, export: 'layers.conv1d', kind: 'layer', arguments: { dimensions: ['0.filters', '0.kernelSize', '0.inputShape.1'] } },
  { module: layers, export: 'layers.conv2d', kind: 'layer', arguments: { dimensions: ['0.filters', '0.kernelSize', '0.inputShape.2'] } },
  { module: layers, export: 'layers.conv2dTranspose', kind: 'layer', arguments: { dimensions: ['0.filters', '0.kernelSize', '0.inputShape.2'] } },
  { module: layers, export: 'layers.conv3d', kind: 'layer', arguments: { dimensions: ['0.filters', '0.kernelSize', '0.inputShape.3'] } },
  { module: layers, export: 'layers.conv3dTranspose', kind: 'layer', arguments: { dimensions: ['0.filters', '0.kernelSize', '0.inputShape.3'] } },
  // Recurrent kernels, `units` × `units` for each gate; the input kernel comes on top.
  { module: layers, export: 'layers.simpleRNN', kind: 'layer', arguments: { dimensions: ['0.units'] }, weights: 'square' },
  { module: layers, export: 'layers.simpleRNNCell', kind: 'layer', arguments: { dimensions: ['0.units'] }, weights: 'square' },
  { module: layers, export: 'layers.gru', kind: 'layer', arguments: { dimensions: ['0.units'] }, weights: 'square', times: 3 },
  { module: layers, export: 'layers.gruCell', kind: 'layer', arguments: { dimensions: ['0.units'] }, weights: 'square', times: 3 },
  { module: layers, export: 'layers.lstm', kind: 'layer', arguments: { dimensions: ['0.units'] }, weights: 'square', times: 4 },
  { module: layers, export: 'layers.lstmCell', kind: 'layer', arguments: { dimensions: ['0.units'] }, weights: 'square', times: 4 },
  // No row for convLstm2d and separableConv2d: their weights are small against their work.

  { module: layers, export: 'sequential().fit', kind: 'train' },
  { module: layers, export: 'sequential().fitDataset', kind: 'train' },
  { module: layers, export: 'model().fit', kind: 'train' },
  { module: layers, export: 'model().fitDataset', kind: 'train' },
  { module: layers, export: 'loadLayersModel().fit', kind: 'train' },
  { module: layers, export: 'loadLayersModel().fitDataset', kind: 'train' },
  // `compile({ optimizer })` only remembers the optimizer, loss and metrics.
  { module: layers, export: 'sequential().compile', kind: 'cheap' },
  { module: layers, export: 'model().compile', kind: 'cheap' },
  { module: layers, export: 'loadLayersModel().compile', kind: 'cheap' },

  // A handler object or an artifacts object is a model in memory: tests pass one instead of a path or URL.
  { module: layers, export: 'loadLayersModel', kind: 'load', cheapWhenInline: 0, stub: 'model' },
  { module: converter, export: 'loadGraphModel', kind: 'load', cheapWhenInline: 0, stub: 'model' },
  { module: converter, export: 'loadFrozenModel', kind: 'load', stub: 'model' },
  { module: converter, export: 'loadGraphModelSync', kind: 'load', cheapWhenInline: 0, stub: 'model' },
  { module: node, export: 'node.loadSavedModel', kind: 'load', stub: 'model' },
  { module: ['@tensorflow/tfjs-tflite', 'tfjs-tflite-node'], export: 'loadTFLiteModel', kind: 'load', stub: 'model' },
  { module: '@tensorflow/tfjs-tfdf', export: 'loadTFDFModel', kind: 'load', stub: 'model' },
  { module: core, export: 'io.fromMemory', kind: 'cheap' },
  { module: core, export: 'io.fromMemorySync', kind: 'cheap' },
];
