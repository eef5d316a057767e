/** How far two tensors are apart, and what a tensor holds. */

import type { Tensor } from './tensor.ts';

/** The largest absolute difference; NaN anywhere gives Infinity, and shapes must be equal. */
export function maxAbsDiff(actual: Tensor, expected: Tensor): number {
  if (actual.shape.join() !== expected.shape.join()) {
    throw new RangeError(`maxAbsDiff: shapes differ, got [${actual.shape.join(', ')}] and [${expected.shape.join(', ')}].`);
  }
  let largest = 0;
  for (let index = 0; index < actual.size; index++) {
    const difference = Math.abs(actual.data[index]! - expected.data[index]!);
    if (Number.isNaN(difference)) return Infinity;
    if (difference > largest) largest = difference;
  }
  return largest;
}

export function allFinite(tensor: Tensor): boolean {
  return tensor.data.every((value) => Number.isFinite(value));
}

export function sum(tensor: Tensor): number {
  let total = 0;
  for (const value of tensor.data) total += value;
  return total;
}

/** The inner product of two tensors of one size, in double precision. */
export function dot(left: Tensor, right: Tensor): number {
  let total = 0;
  for (let index = 0; index < left.size; index++) total += left.data[index]! * right.data[index]!;
  return total;
}
