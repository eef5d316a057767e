export { attentionBackward, type AttentionGradients } from './backward.ts';
export { allFinite, dot, maxAbsDiff, sum } from './compare.ts';
export { AttentionCompiler, compileAttention, MAX_STORED_MASK, type AttentionSpec, type CompiledAttention } from './compile.ts';
export { decodeStep, KVCache, sliceTokens } from './decode.ts';
export { layerNorm, Linear, mergeHeads, MultiHeadAttention, splitHeads, TransformerBlock } from './layers.ts';
export { buildMask, PATTERNS, type Pattern, type PatternOptions } from './patterns.ts';
export { referenceAttention, type AttentionOptions } from './reference.ts';
export { arange, full, manualSeed, ones, rand, randn, tensor, Tensor, zeros } from './tensor.ts';
