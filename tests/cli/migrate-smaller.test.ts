// `slow-tests migrate` gives a small row smaller sizes where it takes too long at the default ones and covers the same at smaller ones, and only there.
import { describe, expect, it } from 'vitest';
import { TEST_SIZES } from '../../src/analysis/settings.ts';
import type { ChangeOwner } from '../../src/host/change-owner.ts';
import { shrinkSizes } from '../../src/cli/migrate/shrink-sizes.ts';
import { migrateIn, repositoryWith, VITEST } from './migration.ts';
import { read } from './probe.ts';

const LIMIT = 240_000;

describe('the steps', () => {
  const ownerOf = (key: string): ChangeOwner => ({ key, title: undefined });
  interface Item {
    /** At the usual sizes. */
    readonly ms: number;
    /** The smallest sequence at which it passes. */
    readonly needs?: number;
    /** What it takes whatever its size. */
    readonly fixed?: number;
    /** The smallest sequence at which it covers what it covered. */
    readonly covers?: number;
  }
  const shrink = async (items: Readonly<Record<string, Item>>) => {
    const sequences: string[] = [];
    const result = await shrinkSizes<string, Readonly<Record<string, number>>>({
      times: new Map(Object.entries(items).map(([name, { ms }]) => [name, ms])),
      limit: 100,
      ownerOf,
      sizes: TEST_SIZES,
      attempt(sized) {
        const value = Object.fromEntries(Object.keys(items).map((name) => [name, sized.find(({ isFor }) => isFor(ownerOf(name)))?.sizes.sequence ?? TEST_SIZES.sequence]));
        sequences.push(Object.values(value).join());
        const failing = Object.keys(items).filter((name) => (value[name] ?? 0) < (items[name]?.needs ?? 0));
        if (failing.length > 0) return Promise.resolve({ type: 'fails', isBlamed: (name) => failing.includes(name) });
        const times = new Map(Object.entries(items).map(([name, { ms, fixed = 0 }]) => [name, fixed + ((ms - fixed) * (value[name] ?? 0)) / TEST_SIZES.sequence]));
        return Promise.resolve({ type: 'holds', times, value });
      },
      covers: (value) => Promise.resolve(Object.entries(items).every(([name, { covers = 0 }]) => (value[name] ?? 0) >= covers)),
    });
    return { sequences, taken: result === 'stopped' ? result : result && Object.values(result.value).join() };
  };

  it('are none where nothing takes too long', async () => {
    expect(await shrink({})).toEqual({ sequences: [], taken: undefined });
  });

  it('go on until what took too long no longer does', async () => {
    expect(await shrink({ a: { ms: 150 } })).toEqual({ sequences: ['32'], taken: '32' });
    expect(await shrink({ a: { ms: 350 }, b: { ms: 150 } })).toEqual({ sequences: ['32,32', '16,32'], taken: '16,32' });
    expect(await shrink({ a: { ms: 5000 } })).toEqual({ sequences: ['32', '16', '8'], taken: '8' });
  });

  it('end where nothing is gained, or less is covered', async () => {
    expect(await shrink({ a: { ms: 300, fixed: 280 } })).toEqual({ sequences: ['32'], taken: undefined });
    expect(await shrink({ a: { ms: 5000, fixed: 1600 } })).toEqual({ sequences: ['32', '16', '8'], taken: '16' });
    expect(await shrink({ a: { ms: 5000, covers: 32 } })).toEqual({ sequences: ['32', '16'], taken: '32' });
  });

  it('leave those behind that no longer pass', async () => {
    expect(await shrink({ a: { ms: 500, needs: 64 } })).toEqual({ sequences: ['32'], taken: undefined });
    expect(await shrink({ a: { ms: 350 }, b: { ms: 500, needs: 32 } })).toEqual({ sequences: ['32,32', '16,16', '16,32'], taken: '16,32' });
  });
});

const LIBRARY = `export function randn(shape) {
  return { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) };
}
/** Takes the longer the more elements there are. */
export function attention(query) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.min(2000, query.data.length / 10));
  return query;
}
export function tiled(query) {
  let tiles = 1;
  if (query.shape[2] > 40) {
    tiles += 1;
  }
  return attention(query).data.length * tiles;
}
`;
const HEAD = "import { expect, it } from 'vitest';\nimport { attention, randn, tiled } from '../src/index.js';\n\n";
const test = (call: string): string => `it('computes', () => {\n  const query = randn([2, 8, 512, 64]);\n  expect(${call} > 0).toBe(true);\n});\n`;

describe('small rows', () => {
  it('are smaller than usual where they take too long, as far as they cover the same @slow', { timeout: LIMIT }, async () => {
    const folder = repositoryWith({ 'src/index.js': LIBRARY, 'test/plain.test.js': `${HEAD}${test('attention(query).data.length')}`, 'test/tiled.test.js': `${HEAD}${test('tiled(query)')}` }, 'vitest run', [VITEST]);
    const { exitCode, printed } = await migrateIn(folder, ['--over', '60s']);
    expect(exitCode, printed).toBe(0);
    const smallOf = (path: string): number => Number(/\['small', \{.*?(?:seqLen|sequenceLength): (\d+)/.exec(read(folder, path))?.[1]);
    expect(smallOf('test/plain.test.js'), read(folder, 'test/plain.test.js') + printed).toBeLessThan(64);
    expect(smallOf('test/tiled.test.js'), read(folder, 'test/tiled.test.js')).toBe(64);
    expect(read(folder, 'migration-report.md')).toContain('Smaller than other small rows, at whose sizes it took too long');
  });
});
