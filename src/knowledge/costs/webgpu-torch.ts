/** webgpu-torch: a shape is an array or a number. */
import type { CostRow } from '../cost-row.ts';

const module = 'webgpu-torch';

export const webgpuTorch: readonly CostRow[] = [
  { module, export: 'initWebGPUAsync', kind: 'session' },
  { module, export: 'zeros', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: 'ones', kind: 'tensor', arguments: { shape: 0 } },
  { module, export: 'empty', kind: 'buffer', arguments: { shape: 0 } },
  { module, export: 'nn.Linear', kind: 'layer', arguments: { dimensions: [0, 1] } },
];
