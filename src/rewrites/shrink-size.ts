import type { Analysis } from '../analysis/analyze.ts';
import type { TierSizes } from '../analysis/settings.ts';
import type { MeasuredSize } from '../analysis/sizes.ts';
import type { Rewrite } from './edit.ts';
import { refuse } from './edit.ts';

export function shrinkSize(_analysis: Analysis, _size: MeasuredSize, _sizes: TierSizes): readonly Rewrite[] {
  return [refuse('Not yet.')];
}
