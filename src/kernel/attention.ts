// The door to the fast implementations: check, choose, run.

import { chooseImplementation } from './implementation.ts';
import { attendInJavaScript } from './javascript/engine.ts';
import { type AttentionArguments, checkOut, resolveProblem } from './problem.ts';
import { attendInWasm } from './wasm/engine.ts';

/** `attention` under the name of the public function that was called. */
export function attend(caller: string, args: AttentionArguments): Float32Array {
  const problem = resolveProblem(caller, args, false);
  checkOut(caller, args, problem.sizes);
  const kernel = chooseImplementation(caller, args.implementation);
  const out = args.out ?? new Float32Array(problem.sizes.queryLength);
  if (kernel === undefined || !attendInWasm(kernel, args, problem, out)) attendInJavaScript(args, problem, out);
  return out;
}

/**
 * softmax(scale * Q K^T, over the keys that the pattern shows) V.
 *
 * query [B, H, S, D], key and value [B, Hk, K, D], result [B, H, S, D]; row-major Float32Array. A query that sees no key
 * gets a row of exact zeros. With K other than S distances count from the end: the last query stands at the last key.
 * Views on a SharedArrayBuffer are taken as they are; nobody may write to them meanwhile. The first call compiles the
 * WebAssembly kernel; where that is impossible, or its memory cannot grow, plain JavaScript computes the result.
 *
 * Throws a TypeError or RangeError that names the argument, before any work, for sizes that are not positive integers, kvHeads that do
 * not divide numHeads, lengths that do not fit (a detached buffer has length 0), a scale that is not finite, an unknown
 * pattern, and an `out` that shares memory with an input.
 */
export function attention(args: AttentionArguments): Float32Array {
  return attend('attention', args);
}
