/** synaptic. */
import type { CostRow } from '../cost-row.ts';

export const synaptic: readonly CostRow[] = [
  { module: 'synaptic', export: 'Trainer().train', kind: 'train' },
  { module: 'synaptic', export: 'Trainer().trainAsync', kind: 'train' },
];
