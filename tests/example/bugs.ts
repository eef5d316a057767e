/** Bugs that somebody could write into the attention of the example, and that its own tests catch. */

export interface Bug {
  /** What is wrong; the name of its test. */
  readonly name: string;
  /** In the folder `src` of the example. */
  readonly file: string;
  /** Text that stands there exactly once. */
  readonly from: string;
  readonly to: string;
}

/** What the small rows of the migrated suite have to catch. */
export const seenByFastTests: readonly Bug[] = [
  {
    name: 'the mask is never applied to the scores',
    file: 'codegen.ts',
    from: 'if (kind !== ${FULL}) for',
    to: 'if (kind === ${EMPTY}) for',
  },
  {
    name: 'a block with a hidden pair counts as full',
    file: 'patterns.ts',
    from: 'allowed === total ? FULL : PARTIAL',
    to: 'allowed > 0 ? FULL : PARTIAL',
  },
  {
    name: 'a causal query sees the next key',
    file: 'patterns.ts',
    from: "case 'causal':\n      return distance >= 0;",
    to: "case 'causal':\n      return distance >= -1;",
  },
  {
    name: 'the window is one key too wide',
    file: 'patterns.ts',
    from: 'distance >= 0 && distance < window;',
    to: 'distance >= 0 && distance <= window;',
  },
  {
    name: 'dilation is ignored',
    file: 'patterns.ts',
    from: 'distance >= 0 && distance % dilation === 0 && distance < window * dilation',
    to: 'distance >= 0 && distance < window * dilation',
  },
  {
    name: 'scores are divided by the depth, not by its root',
    file: 'compile.ts',
    from: 'description.scale ?? 1 / Math.sqrt(headDim)',
    to: 'description.scale ?? 1 / headDim',
  },
  {
    name: 'the scale of the description is ignored',
    file: 'compile.ts',
    from: 'description.scale ?? 1 / Math.sqrt(headDim)',
    to: '1 / Math.sqrt(headDim)',
  },
  {
    name: 'softmax does not subtract the maximum',
    file: 'codegen.ts',
    from: 'Math.exp(score - largest)',
    to: 'Math.exp(score)',
  },
  {
    name: 'weights are not divided by their sum',
    file: 'codegen.ts',
    from: 'sums[r * depth + d] / totals[r]',
    to: 'sums[r * depth + d]',
  },
  {
    name: 'the last key of an odd tile is lost',
    file: 'codegen.ts',
    from: 'for (; column < right; column++) { ${step(1)} }',
    to: '',
  },
  {
    name: 'query heads take turns at the heads of key and value instead of sharing one in groups',
    file: 'codegen.ts',
    from: 'Math.floor((head - batch * heads) / (heads / kvHeads))',
    to: '((head - batch * heads) % kvHeads)',
  },
  {
    name: 'every batch reads the keys of the first',
    file: 'codegen.ts',
    from: 'batch * kvHeads + Math.floor',
    to: 'Math.floor',
  },
  {
    name: 'heads are cut out of the embedding by rows',
    file: 'layers.ts',
    from: '((item * heads + head) * length + row) * depth + d',
    to: '((item * length + row) * heads + head) * depth + d',
  },
  {
    name: 'the cache steps from head to head by what it holds, not by what it can hold',
    file: 'decode.ts',
    from: 'head * cache.maxLength * depth',
    to: 'head * cache.length * depth',
  },
  {
    name: 'a token is written over the one before it',
    file: 'decode.ts',
    from: '(head * this.maxLength + this.length) * depth',
    to: '(head * this.maxLength + Math.max(this.length - 1, 0)) * depth',
  },
  {
    name: 'a decoded query does not see its own token',
    file: 'decode.ts',
    from: 'weights[column] = score * scale;',
    to: 'weights[column] = column < cache.length - 1 ? score * scale : -Infinity;',
  },
  {
    name: 'the gradient of the key has the wrong sign',
    file: 'backward.ts',
    from: 'gradients.key.data[columnAt + d]! += scoreGrad',
    to: 'gradients.key.data[columnAt + d]! -= scoreGrad',
  },
  {
    name: 'gradients of the scores are not scaled',
    file: 'backward.ts',
    from: '(weightGrads[column]! - mean) * scale',
    to: 'weightGrads[column]! - mean',
  },
  {
    name: 'the pattern of a layer does not reach its kernel',
    file: 'layers.ts',
    from: 'headDim: embed / this.numHeads, ...this.options',
    to: 'headDim: embed / this.numHeads',
  },
  {
    name: 'the residual is dropped',
    file: 'layers.ts',
    from: 'result.data[index]! += middle.data[index]!',
    to: 'result.data[index]! += 0',
  },
];

/** What depends on the size, or on numbers that only a slow test knows. */
export const seenBySlowTests: readonly Bug[] = [
  {
    name: 'a kernel stops at 32 numbers per head',
    file: 'codegen.ts',
    from: 'for (let d = 0; d < depth; d++) {\n        ${each(rows, (r) => `const q${r}',
    to: 'for (let d = 0; d < Math.min(depth, 32); d++) {\n        ${each(rows, (r) => `const q${r}',
  },
  {
    name: 'one seed gives other random numbers than it used to',
    file: 'tensor.ts',
    from: 'mixed ^ (mixed >>> 7), mixed | 61',
    to: 'mixed ^ (mixed >>> 7), mixed | 63',
  },
];

export const bugs: readonly Bug[] = [...seenByFastTests, ...seenBySlowTests];
