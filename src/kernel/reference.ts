// The formula with no tricks, in double precision: the oracle of every faster form. softmax(scale * Q K^T + mask) V, row by row.

import { visibility } from './pattern.ts';
import { type Problem, type ReferenceArguments, resolveProblem } from './problem.ts';

/** Calls `row` for each query row with the offsets of its head's keys and the softmax weight of each key; hidden keys weigh 0. */
export function eachRow(args: ReferenceArguments, { sizes, pattern, scale }: Problem, row: (queryAt: number, keysAt: number, weights: Float64Array) => void): void {
  const { batchSize, numHeads, kvHeads, seqLen, kvLen, headDim } = sizes;
  const sees = visibility(pattern, sizes);
  const weights = new Float64Array(kvLen);
  for (let b = 0; b < batchSize; b++) {
    for (let h = 0; h < numHeads; h++) {
      const kvHead = b * kvHeads + Math.floor(h / (numHeads / kvHeads));
      const keysAt = kvHead * kvLen * headDim;
      for (let q = 0; q < seqLen; q++) {
        const queryAt = ((b * numHeads + h) * seqLen + q) * headDim;
        let maximum = -Infinity;
        for (let k = 0; k < kvLen; k++) {
          let score = 0;
          const seen = sees(b, h, q, k);
          if (seen) for (let d = 0; d < headDim; d++) score += args.query[queryAt + d]! * args.key[keysAt + k * headDim + d]!;
          weights[k] = seen ? score * scale : -Infinity;
          maximum = Math.max(maximum, weights[k]!);
        }
        let sum = 0;
        for (let k = 0; k < kvLen; k++) {
          weights[k] = maximum === -Infinity ? 0 : Math.exp(weights[k]! - maximum);
          sum += weights[k]!;
        }
        for (let k = 0; k < kvLen; k++) weights[k] = sum === 0 ? 0 : weights[k]! / sum;
        row(queryAt, keysAt, weights);
      }
    }
  }
}

/** Attention [B, H, S, D] by the formula, for a checked problem. */
export function attendByFormula(args: ReferenceArguments, problem: Problem): Float64Array {
  const { kvLen, headDim, queryLength } = problem.sizes;
  const result = new Float64Array(queryLength);
  eachRow(args, problem, (queryAt, keysAt, weights) => {
    for (let k = 0; k < kvLen; k++) {
      const weight = weights[k]!;
      if (weight === 0) continue;
      for (let d = 0; d < headDim; d++) result[queryAt + d]! += weight * args.value[keysAt + k * headDim + d]!;
    }
  });
  return result;
}

/**
 * Attention [B, H, S, D] by the formula, in float64, slow and simple. Takes the arguments of `attention` (float64 tensors too);
 * `out` and `implementation` are not looked at. Throws the same errors.
 */
export function attentionReference(args: ReferenceArguments): Float64Array {
  return attendByFormula(args, resolveProblem('attentionReference', args, true));
}
