/**
 * How the files of a suite are dealt to machines, so that all end at the same time: the longest first, each to the machine that has least to do.
 * And how the runner itself would deal them, which knows of no times.
 */
import { createHash } from 'node:crypto';
import type { Profile, ProfiledFile } from './profile.ts';
import type { RunTier } from './select.ts';

export interface WeighedFile {
  readonly file: string;
  /** ms: what its tests of the tier and the file itself took; the median of the others for a file that was not measured. */
  readonly expected: number;
  /** How many tests of the tier were measured. */
  readonly tests: number;
  readonly isNew: boolean;
}

export interface Shard {
  /** From 1 on. */
  readonly index: number;
  readonly files: readonly WeighedFile[];
  readonly expected: number;
}

const TIERS: Readonly<Record<RunTier, readonly string[]>> = {
  fast: ['unit', 'integration'],
  slow: ['comprehensive'],
  stress: ['stress'],
  all: ['unit', 'integration', 'comprehensive', 'stress'],
};

/** Every file is weighed, also one without a test of the tier: it may have gained one since. */
export function weighFiles({ files: profiled }: Profile, tier: RunTier, files: readonly string[]): WeighedFile[] {
  const known = new Map(profiled.map((item) => [item.file, item]));
  const measured = files.flatMap((file) => {
    const item = known.get(file);
    return item ? [{ file, ...timeOf(item, tier), isNew: false }] : [];
  });
  const typical = median(measured.filter(({ tests }) => tests > 0).map(({ expected }) => expected));
  return [...measured, ...files.filter((file) => !known.has(file)).map((file) => ({ file, expected: typical, tests: 0, isNew: true }))];
}

function timeOf({ tests, outside = {} }: ProfiledFile, tier: RunTier): { readonly expected: number; readonly tests: number } {
  const own = tests.filter((test) => TIERS[tier].includes(test.tier));
  const around = Object.values(outside).reduce((sum, part) => sum + part, 0);
  return { expected: own.reduce((sum, { duration = 0 }) => sum + duration, around), tests: own.length };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

export function dealFiles(files: readonly WeighedFile[], count: number): Shard[] {
  const shards = Array.from({ length: count }, (_, index) => ({ index: index + 1, files: [] as WeighedFile[], expected: 0 }));
  const longestFirst = [...files].sort((a, b) => b.expected - a.expected || (a.file < b.file ? -1 : 1));
  for (const item of longestFirst) {
    const idlest = shards.reduce((best, shard) => (shard.expected < best.expected || (shard.expected === best.expected && shard.files.length < best.files.length) ? shard : best));
    idlest.files.push(item);
    idlest.expected += item.expected;
  }
  return shards;
}

export function longest(shards: readonly Shard[]): number {
  return Math.max(0, ...shards.map(({ expected }) => expected));
}

/** What `--shard` of the runner would make of it; undefined where it has none. Vitest and Jest deal by the hash of a path, Node in turn, Playwright by the number of tests. */
export function dealtByRunner(name: string, files: readonly WeighedFile[], count: number): Shard[] | undefined {
  const sorted = [...files].sort((a, b) => (a.file < b.file ? -1 : 1));
  const shards = (shardOf: (item: WeighedFile, index: number) => number): Shard[] =>
    Array.from({ length: count }, (_, index) => {
      const own = sorted.filter((item, place) => shardOf(item, place) === index);
      return { index: index + 1, files: own, expected: own.reduce((sum, { expected }) => sum + expected, 0) };
    });
  if (name === 'node:test') return shards((_, place) => place % count);
  if (name === 'vitest' || name === 'jest') {
    const hashed = [...files].map(({ file }) => ({ file, hash: createHash('sha1').update(name === 'vitest' ? `/${file}` : file).digest('hex') })).sort((a, b) => (a.hash < b.hash ? -1 : 1));
    const places = new Map(hashed.map(({ file }, place) => [file, place]));
    return shards(({ file }) => sliceOf(places.get(file) ?? 0, files.length, count));
  }
  if (name !== 'playwright') return undefined;
  const total = sorted.reduce((sum, { tests }) => sum + tests, 0);
  const before = new Map<string, number>();
  sorted.reduce((sum, { file, tests }) => (before.set(file, sum), sum + tests), 0);
  return shards(({ file }) => Math.min(count - 1, Math.floor(((before.get(file) ?? 0) * count) / Math.max(total, 1))));
}

/** The first slices take what does not divide evenly. */
function sliceOf(place: number, length: number, count: number): number {
  const size = Math.floor(length / count);
  const larger = length % count;
  const split = larger * (size + 1);
  return place < split ? Math.floor(place / (size + 1)) : larger + Math.floor((place - split) / Math.max(size, 1));
}
