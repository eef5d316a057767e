/** brain.js: networks are small; training repeats up to 20,000 times unless `iterations` or the error stops it. */
import type { CostRow } from '../cost-row.ts';

const networks = [
  'NeuralNetwork', 'NeuralNetworkGPU', 'FeedForward', 'Recurrent', 'AE', 'CrossValidate',
  // By the path from the package, and by the file that defines them.
  'recurrent.RNN', 'recurrent.LSTM', 'recurrent.GRU', 'recurrent.RNNTimeStep', 'recurrent.LSTMTimeStep', 'recurrent.GRUTimeStep',
  'RNN', 'LSTM', 'GRU', 'RNNTimeStep', 'LSTMTimeStep', 'GRUTimeStep',
];

export const brainJs: readonly CostRow[] = [
  ...networks.map((network): CostRow => ({ module: 'brain.js', export: `${network}().train`, kind: 'train' })),
  { module: 'brain.js', export: 'NeuralNetwork().trainAsync', kind: 'train' },
  { module: 'brain.js', export: 'FeedForward().trainAsync', kind: 'train' },
];
