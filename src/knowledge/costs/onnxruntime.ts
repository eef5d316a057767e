/** ONNX Runtime for Node, browsers and React Native. */
import type { CostRow } from '../cost-row.ts';

const onnx = [
  'onnxruntime-common',
  'onnxruntime-node',
  'onnxruntime-web',
  'onnxruntime-web/*',
  'onnxruntime-react-native',
];

export const onnxRuntime: readonly CostRow[] = [
  // Parses, optimises and allocates the graph. The size of the model can't be seen: bytes written in place are tiny.
  { module: onnx, export: 'InferenceSession.create', kind: 'session', cheapWhenInline: 0, stub: 'session' },
  // No row for `new Tensor(type, data, dims)`: it wraps data that is there already.
];
