// What a mocked compile returns: the pattern is checked when it is "compiled", the tensors when the result is called.

import { attend } from './attention.ts';
import { type AttentionPattern, checkPattern } from './pattern.ts';
import type { AttentionArguments } from './problem.ts';
import type { AttentionShape } from './shape.ts';

/** `scale` and `implementation` as in `attention`. */
export type CompileOptions = Pick<AttentionArguments, 'scale' | 'implementation'>;

export type CompiledAttention = (query: Float32Array, key: Float32Array, value: Float32Array, shape: AttentionShape) => Float32Array;

/** Binds a pattern. Costs nothing: the kernel itself is loaded when the result is first called. Throws for an unknown pattern at once. */
export function compileAttention(pattern: AttentionPattern = 'full', options: CompileOptions = {}): CompiledAttention {
  checkPattern('compileAttention', pattern);
  const { scale, implementation } = options;
  return (query, key, value, shape) => attend('compileAttention', { query, key, value, shape, pattern, scale, implementation });
}
