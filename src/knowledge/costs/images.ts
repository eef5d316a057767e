/** Pictures that tests make up, pixel by pixel. Pictures read from files have no size in the text. */
import type { CostRow } from '../cost-row.ts';

const pixels = { dimensions: ['0.create.width', '0.create.height'] };

export const images: readonly CostRow[] = [
  { module: 'sharp', export: 'default', kind: 'buffer', arguments: pixels },
  { module: ['jimp', '@jimp/core'], export: 'Jimp', kind: 'buffer', arguments: { dimensions: ['0.width', '0.height'] } },
  { module: ['jimp', '@jimp/core'], export: 'default', kind: 'buffer', arguments: { dimensions: [0, 1] } },
  { module: 'image-js', export: 'Image', kind: 'buffer', arguments: { dimensions: [0, 1] } },
];
