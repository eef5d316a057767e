// Public door of `eslint-plugin-slow-tests/kernel`: attention on typed arrays, with no import at run time.

export { attention } from './attention.ts';
export { compileAttention, type CompiledAttention, type CompileOptions } from './compile.ts';
export { attentionGradient, type AttentionGradients, type GradientArguments } from './gradient.ts';
export { attentionImplementations } from './implementation.ts';
export type { AttentionPattern, BlockSparsePattern, DilatedPattern, Mask, MaskPattern, PatternName, SlidingWindowPattern } from './pattern.ts';
export type { AttentionArguments, Implementation, ReferenceArguments } from './problem.ts';
export { attentionReference } from './reference.ts';
export type { AttentionShape } from './shape.ts';
