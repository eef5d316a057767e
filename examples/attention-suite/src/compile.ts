/** Turns a description of attention into a tuned kernel: masks, generated code, and the fastest tile that was tried. */

import { BLOCK_COLUMNS, kernelSource, type Tile } from './codegen.ts';
import { buildBlocks, buildMask, resolvePattern, type Pattern, type PatternOptions, type ResolvedPattern } from './patterns.ts';
import { rand, shape4, zeros, type Shape4, type Tensor } from './tensor.ts';

export interface AttentionSpec extends PatternOptions {
  readonly batchSize: number;
  readonly numHeads: number;
  /** Heads of key and value; equal to `numHeads` if not given. */
  readonly kvHeads?: number;
  readonly seqLen: number;
  readonly headDim: number;
  readonly scale?: number;
}

export interface CompiledAttention {
  readonly pattern: Pattern;
  readonly tile: Tile;
  readonly maskStorage: 'stored' | 'computed';
  readonly source: string;
  forward(query: Tensor, key: Tensor, value: Tensor): Tensor;
}

interface Sizes {
  readonly heads: number;
  readonly kvHeads: number;
  readonly length: number;
  readonly depth: number;
  readonly scale: number;
}

type Kernel = (
  query: Float32Array,
  key: Float32Array,
  value: Float32Array,
  out: Float32Array,
  firstHead: number,
  lastHead: number,
  sizes: Sizes,
  blocks: Uint8Array,
  mask: Uint8Array | undefined,
) => void;

interface Candidate {
  readonly tile: Tile;
  readonly source: string;
  readonly blocks: Uint8Array;
  readonly kernel: Kernel;
}

/** A mask with more pairs than this is computed in the kernel instead of stored. */
export const MAX_STORED_MASK = 512 * 512;

const TILES: readonly Tile[] = [
  { rows: 1, columns: 2 },
  { rows: 2, columns: 2 },
  { rows: 4, columns: 2 },
];

/** Kernels by their source, so that the engine optimises equal ones once. */
const kernels = new Map<string, Kernel>();

function build(pattern: ResolvedPattern, length: number, mask: Uint8Array | undefined, tile: Tile): Candidate {
  const source = kernelSource(mask ? 'stored' : pattern, tile);
  const kernel = kernels.get(source) ?? (new Function(source)() as Kernel);
  kernels.set(source, kernel);
  return { tile, source, kernel, blocks: buildBlocks(pattern, length, tile.rows, BLOCK_COLUMNS) };
}

/** Runs every candidate over one head and keeps the fastest: the first run warms up, the second is timed. */
function tune(pattern: ResolvedPattern, sizes: Sizes, mask: Uint8Array | undefined): Candidate {
  const probe = rand([1, 1, sizes.length, sizes.depth]).data;
  const out = new Float32Array(probe.length);
  let best: Candidate | undefined;
  let bestTime = Infinity;
  for (const tile of TILES) {
    const candidate = build(pattern, sizes.length, mask, tile);
    const run = (): void => candidate.kernel(probe, probe, probe, out, 0, 1, { ...sizes, heads: 1, kvHeads: 1 }, candidate.blocks, mask);
    run();
    const start = performance.now();
    run();
    const time = performance.now() - start;
    if (time < bestTime) [best, bestTime] = [candidate, time];
  }
  if (!best) throw new Error('compileAttention: no tile could be timed.');
  return best;
}

function requireShape(name: string, tensor: Tensor, expected: Shape4): void {
  if (shape4(tensor, name).join() !== expected.join()) {
    throw new RangeError(`forward: ${name} was compiled for [${expected.join(', ')}], got [${tensor.shape.join(', ')}].`);
  }
}

/** Compiles attention for one shape; throws a RangeError when the description is not possible. */
export function compileAttention(description: AttentionSpec): CompiledAttention {
  const { batchSize, numHeads, kvHeads = numHeads, seqLen, headDim } = description;
  for (const [name, size] of Object.entries({ batchSize, numHeads, kvHeads, seqLen, headDim })) {
    if (!Number.isInteger(size) || size < 1) throw new RangeError(`compileAttention: ${name} must be a positive integer, got ${size}.`);
  }
  if (numHeads % kvHeads !== 0) {
    throw new RangeError(`compileAttention: numHeads ${numHeads} is not a multiple of kvHeads ${kvHeads}.`);
  }
  const pattern = resolvePattern(description);
  const storedMask = seqLen * seqLen <= MAX_STORED_MASK;
  const mask = storedMask ? buildMask(pattern, seqLen) : undefined;
  const scale = description.scale ?? 1 / Math.sqrt(headDim);
  const sizes = { heads: numHeads, kvHeads, length: seqLen, depth: headDim, scale };
  const best = tune(pattern, sizes, mask);
  return {
    pattern: pattern.pattern,
    tile: best.tile,
    maskStorage: storedMask ? 'stored' : 'computed',
    source: best.source,
    forward(query, key, value) {
      requireShape('query', query, [batchSize, numHeads, seqLen, headDim]);
      requireShape('key', key, [batchSize, kvHeads, seqLen, headDim]);
      requireShape('value', value, [batchSize, kvHeads, seqLen, headDim]);
      const out = zeros(query.shape);
      best.kernel(query.data, key.data, value.data, out.data, 0, batchSize * numHeads, sizes, best.blocks, mask);
      return out;
    },
  };
}

/** Compiles by shape and pattern, and counts what it did. */
export class AttentionCompiler {
  compilations = 0;

  compile(shape: Shape4, options: PatternOptions & { readonly kvHeads?: number; readonly scale?: number } = {}): CompiledAttention {
    const [batchSize, numHeads, seqLen, headDim] = shape;
    this.compilations++;
    return compileAttention({ batchSize, numHeads, seqLen, headDim, ...options });
  }
}
