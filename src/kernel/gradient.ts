// Gradients of attention by the chain rule, in double precision, for tests of backward passes; simple, not fast.
// With P the weights, G the gradient of the output: dV = P^T G, dP = G V^T, dS = P * (dP - rowsum(P * dP)), dQ = scale * dS K,
// dK = scale * dS^T Q. Hidden keys weigh 0 and get nothing; so do all keys of a row that sees none.

import { checkTensor, type ReferenceArguments, resolveProblem } from './problem.ts';
import { eachRow } from './reference.ts';

export interface GradientArguments extends ReferenceArguments {
  /** Gradient of the loss with respect to the output, [B, H, S, D]. */
  readonly gradOut: Float32Array | Float64Array;
}

/** Gradients with respect to the inputs, each of its input's shape. */
export interface AttentionGradients {
  readonly query: Float64Array;
  readonly key: Float64Array;
  readonly value: Float64Array;
}

/** Gradients of sum(gradOut * attention(…)) with respect to query, key and value. Throws the errors of `attention`. */
export function attentionGradient(args: GradientArguments): AttentionGradients {
  const caller = 'attentionGradient';
  const problem = resolveProblem(caller, args, true);
  const { kvLen, headDim, queryLength, keyLength } = problem.sizes;
  const { query, key, value, gradOut } = args;
  checkTensor(caller, 'gradOut', gradOut, false, problem.sizes, true);
  const gradient = { query: new Float64Array(queryLength), key: new Float64Array(keyLength), value: new Float64Array(keyLength) };
  const gradWeights = new Float64Array(kvLen);
  eachRow(args, problem, (queryAt, keysAt, weights) => {
    let mean = 0;
    for (let k = 0; k < kvLen; k++) {
      const at = keysAt + k * headDim;
      let sum = 0;
      if (weights[k] !== 0) for (let d = 0; d < headDim; d++) sum += gradOut[queryAt + d]! * value[at + d]!;
      gradWeights[k] = sum;
      mean += weights[k]! * sum;
    }
    for (let k = 0; k < kvLen; k++) {
      const weight = weights[k]!;
      if (weight === 0) continue;
      const at = keysAt + k * headDim;
      const gradScore = weight * (gradWeights[k]! - mean) * problem.scale;
      for (let d = 0; d < headDim; d++) {
        gradient.query[queryAt + d]! += gradScore * key[at + d]!;
        gradient.key[at + d]! += gradScore * query[queryAt + d]!;
        gradient.value[at + d]! += weight * gradOut[queryAt + d]!;
      }
    }
  });
  return gradient;
}
