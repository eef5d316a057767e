/**
 * Production size -> test size, in place. All literals of one size change in one edit, with the shape tuples that repeat it;
 * proven only when nothing in the region hangs on the old numbers and equal, divisible or multiplied sizes stay so.
 */
import type { Analysis } from '../analysis/analyze.ts';
import type { Range } from '../analysis/nodes.ts';
import { isCall } from '../analysis/nodes.ts';
import type { TierSizes } from '../analysis/settings.ts';
import type { Dependents } from '../analysis/size-dependents.ts';
import { dependentsOf } from '../analysis/size-dependents.ts';
import { wordsOf } from '../analysis/size-regions.ts';
import type { MeasuredSize } from '../analysis/sizes.ts';
import { SPEAKS_OF_SPEED } from '../knowledge/vocabulary.ts';
import type { Edit, Rewrite } from './edit.ts';
import { refuse } from './edit.ts';
import { lineAt } from './source-style.ts';
import { roleOf, TEST_SAMPLES } from './size-targets.ts';

/** Limits below which a size is no longer production size. */
export interface SizeLimits {
  readonly elements: number;
  readonly sequence: number;
}

interface Atom {
  readonly range: Range;
  readonly name: string | undefined;
  readonly old: number;
}

/** A rewrite of one size; at most one, proven or to be looked at. */
export function shrinkSize(analysis: Analysis, size: MeasuredSize, sizes: TierSizes, limits: SizeLimits): readonly Rewrite[] {
  const atoms = atomsOf(analysis, size);
  if (!atoms) return [refuse('The size is computed, or written in another file.')];
  const dependents = dependentsOf(analysis, size);
  // What a loop collects one by one is a sample, whatever it is kept in.
  const isTensor = (size.fact.kind === 'tensor' || size.fact.kind === 'buffer') && isCall(size.site.node);
  const [largest = 0, second = 0] = [...dependents.otherNumbers].sort((a, b) => b - a);
  // A start and a length, or an index and a step, may be added up.
  const highest = largest + second;
  const careful = isTensor ? targetsOf(analysis, atoms, dependents, sizes, highest) : largestOnly(atoms, isCall(size.site.node) ? size.fact.kind : 'samples', sizes);
  // When every dimension is held back by some number, say so beside the sizes that it should have.
  const isHeldBack = careful.every((target, index) => target === atoms[index]?.old);
  const shrunk = isHeldBack && isTensor ? targetsOf(analysis, atoms, dependents, sizes, 0) : careful;
  const edits = editsFor(atoms, shrunk, dependents, isTensor);
  if (edits.length === 0) return [refuse('Nothing in it can be smaller.')];
  const obstacle = isHeldBack && isTensor ? `${largest} stands here too, and may need the larger size` : isTensor ? (speaksOfSpeed(size) ?? obstacleTo(analysis, atoms, shrunk, dependents, limits)) : suggestionOnly(isCall(size.site.node) ? size.fact.kind : 'samples');
  const change = `${atoms.map(({ old }) => old).join(' × ')} to ${shrunk.join(' × ')}`;
  return [
    {
      type: 'edits',
      edits,
      isProven: obstacle === undefined,
      description: obstacle === undefined ? `Shrink ${change}.` : `Shrink ${change}; look at this first: ${obstacle}.`,
    },
  ];
}

/** What measures is large on purpose: it is rather slow than to be smaller. */
function speaksOfSpeed({ payers }: MeasuredSize): string | undefined {
  return payers.some(({ placed }) => placed && SPEAKS_OF_SPEED.test(wordsOf(placed.fullTitle))) ? 'its title speaks of speed' : undefined;
}

/** One literal in this file for each dimension; undefined when a dimension is computed or comes from elsewhere. */
function atomsOf({ reading }: Analysis, { measure }: MeasuredSize): Atom[] | undefined {
  const atoms: Atom[] = [];
  for (const dimension of measure.dimensions) {
    const [leaf, ...more] = dimension?.leaves ?? [];
    if (!dimension || !leaf || more.length > 0 || leaf.module !== reading.module || leaf.node.value !== dimension.value) return undefined;
    atoms.push({ range: leaf.node.range, name: leaf.name, old: dimension.value });
  }
  return atoms.length > 0 ? atoms : undefined;
}

/** Sizes by role: by name, by the place in [batch, heads, sequence, head size], else 64 for whatever is larger. */
function targetsOf(analysis: Analysis, atoms: readonly Atom[], dependents: Dependents, sizes: TierSizes, highest: number): number[] {
  const { text } = analysis.reading.module.file;
  // Comments say nothing about what the code does.
  const region = text.slice(dependents.region.range[0], dependents.region.range[1]).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
  const isAttention = /atten|attn|sdpa|causal|heads?\b|seq_?len/i.test(region);
  const byPlace = isAttention && atoms.length === 4 ? [sizes.batch, sizes.heads, sizes.sequence, sizes.headSize] : undefined;
  return atoms.map(({ name, old }, index) => {
    const target = Math.min(old, roleTarget(name, sizes) ?? byPlace?.[index] ?? sizes.sequence);
    // An index or count that no longer fits keeps this dimension as it is.
    return target < old && highest >= target && (target > 1 || highest > 1) ? (highest < sizes.sequence && old > sizes.sequence ? sizes.sequence : old) : target;
  });
}

function roleTarget(name: string | undefined, sizes: TierSizes): number | undefined {
  const role = name === undefined ? undefined : roleOf(name);
  return role && sizes[role];
}

/** Layers, models and samples: only the largest number is made smaller, and a person follows it up. */
function largestOnly(atoms: readonly Atom[], kind: string, sizes: TierSizes): number[] {
  const largest = Math.max(...atoms.map(({ old }) => old));
  const target = kind === 'samples' ? TEST_SAMPLES : sizes.sequence;
  return atoms.map(({ old }) => (old === largest && old > target ? target : old));
}

function suggestionOnly(kind: string): string {
  if (kind === 'samples') return 'statistics may need their samples';
  return 'inputs, heads and expected shapes must follow';
}

function editsFor(atoms: readonly Atom[], targets: readonly number[], dependents: Dependents, followsTuples: boolean): Edit[] {
  const byStart = new Map<number, Edit>();
  const change = (range: Range, old: number, target: number | undefined) => {
    if (target !== undefined && target !== old) byStart.set(range[0], { range, text: String(target) });
  };
  atoms.forEach(({ range, old }, index) => change(range, old, targets[index]));
  if (followsTuples) {
    for (const tuple of dependents.tuples) tuple.forEach((literal, index) => change(literal.range, Number(literal.value), targets[index]));
  }
  return [...byStart.values()].sort((a, b) => a.range[0] - b.range[0]);
}

function obstacleTo({ reading }: Analysis, atoms: readonly Atom[], targets: readonly number[], dependents: Dependents, limits: SizeLimits): string | undefined {
  const first = dependents.obstacle;
  if (first) return `${first.reason} (line ${lineAt(reading.module.file.text, first.node.range[0])})`;
  const old = atoms.map((atom) => atom.old);
  // The same literal may stand for two dimensions: both must get the same number.
  for (const [index, atom] of atoms.entries()) {
    const twin = atoms.findIndex((other) => other.range[0] === atom.range[0]);
    if (targets[twin] !== targets[index]) return `${atom.old} is used as two different dimensions`;
  }
  const changed = old.some((value, index) => value !== targets[index]);
  const product = targets.reduce((a, b) => a * b, 1);
  if (!changed) return 'an index or a count in the test needs the larger size';
  if (product >= limits.elements) return `${product.toLocaleString('en-US')} elements would still be production size`;
  return brokenRelation(old, targets, [...dependents.namedNumbers, ...dependents.otherNumbers]);
}

/** Whatever divided or multiplied to something before must still do so. */
function brokenRelation(old: readonly number[], targets: readonly number[], named: readonly number[]): string | undefined {
  const pairs = old.map((value, index) => [value, targets[index] ?? value] as const);
  const unchanged = [...new Set(named)].filter((value) => value > 1 && !old.includes(value)).map((value) => [value, value] as const);
  const all = [...pairs, ...unchanged];
  for (const [index, [a, newA]] of all.entries()) {
    for (const [b, newB] of index < pairs.length ? all : pairs) {
      if (a > 1 && b > a && b % a === 0 && newB % newA !== 0) return `${b} is divisible by ${a}, ${newB} is not by ${newA}`;
    }
  }
  return undefined;
}
