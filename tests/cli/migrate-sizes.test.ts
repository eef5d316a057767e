// `slow-tests migrate` gives a small row larger sizes where it does not hold at the default ones, and only there.
import { describe, expect, it } from 'vitest';
import type { ChangeOwner } from '../../src/host/change-owner.ts';
import type { Grown } from '../../src/cli/migrate/fit-sizes.ts';
import { fitSizes } from '../../src/cli/migrate/fit-sizes.ts';
import { TEST_SIZES } from '../../src/analysis/settings.ts';
import { migrateIn, repositoryWith, VITEST } from './migration.ts';
import { read } from './probe.ts';

const LIMIT = 240_000;

const LIBRARY = `export function randn(shape) {
  return { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) };
}
/** Takes the longer the more elements there are. */
export function tiles(query) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, query.data.length / 800);
  return Math.ceil(query.shape[2] / 100);
}
`;
const test = (title: string, assertion: string): string => `it('${title}', () => {
  const query = randn([2, 8, 512, 64]);
  expect(${assertion}).toBe(true);
});
`;
const HEAD = "import { expect, it } from 'vitest';\nimport { randn, tiles } from '../src/index.js';\n\n";

describe('small rows', () => {
  it('are larger where a test fails at the default sizes, by steps and below production size; the others are not @slow', { timeout: LIMIT }, async () => {
    const tests = [test('computes', 'tiles(query) > 0'), test('spans several tiles', 'tiles(query) > 1')];
    const folder = repositoryWith({ 'src/index.js': LIBRARY, 'test/tiles.test.js': `${HEAD}${tests.join('\n')}` }, 'vitest run', [VITEST]);
    const { exitCode, printed } = await migrateIn(folder, ['--no-coverage', '--over', '60s']);
    expect(exitCode, printed).toBe(0);
    const text = read(folder, 'test/tiles.test.js');
    const smallOf = (title: string): string | undefined => /(?:seqLen|sequenceLength): (\d+)/.exec(text.slice(0, text.indexOf(`])('${title} (%s)'`)).split("['small',").at(-1) ?? '')?.[1];
    expect(smallOf('computes'), text).toBe('64');
    expect(smallOf('spans several tiles'), text).toBe('128');
    expect(printed).not.toContain('taken back');
    expect(read(folder, 'migration-report.md')).toMatch(/512 to 128.* Larger than other small rows, at whose sizes it does not hold: "spans several tiles \(small\)" fails\./);
  });
});

describe('the steps', () => {
  const ownerOf = (key: string): ChangeOwner => ({ key, title: undefined });
  /** What each test needs; the others hold already. */
  const fit = async (needs: Readonly<Record<string, number>>, stopAt = Infinity) => {
    const attempts: string[] = [];
    const isBlamed = (item: string, failure: readonly string[]): boolean => failure.includes(item);
    const result = await fitSizes<string, readonly string[]>({
      good: ['good'],
      failed: Object.keys(needs),
      ownerOf,
      sizes: TEST_SIZES,
      isBlamed,
      attempt(items, grown: readonly Grown[]) {
        if (attempts.length >= stopAt) return Promise.resolve(undefined);
        const sizeOf = (item: string) => grown.filter(({ isFor }) => isFor(ownerOf(item))).map(({ sizes }) => sizes.sequence * sizes.headSize);
        expect(items.filter((item) => item !== 'good').every((item) => sizeOf(item).length === 1), 'one size for each').toBe(true);
        expect(sizeOf('good')).toEqual([]);
        const failing = items.filter((item) => (sizeOf(item)[0] ?? Infinity) < (needs[item] ?? 0));
        attempts.push(items.join());
        return Promise.resolve({ failure: failing.length > 0 ? failing : undefined });
      },
    });
    return { fitting: result && [...result.items].sort().join(), attempts };
  };

  it('are taken one after the other, and no further than needed', async () => {
    expect(await fit({})).toEqual({ fitting: '', attempts: [] });
    expect(await fit({ a: 3000 })).toEqual({ fitting: 'a', attempts: ['good,a'] });
    expect(await fit({ a: 8000 })).toEqual({ fitting: 'a', attempts: ['good,a', 'good,a'] });
    expect(await fit({ a: 9000 })).toEqual({ fitting: '', attempts: ['good,a', 'good,a'] });
  });

  it('part those that hold from those that do not', async () => {
    expect(await fit({ a: 3000, b: 8000 })).toEqual({ fitting: 'a,b', attempts: ['good,a,b', 'good,a', 'good,a,b'] });
    expect(await fit({ a: 3000, b: 9000 })).toEqual({ fitting: 'a', attempts: ['good,a,b', 'good,a', 'good,a,b'] });
  });

  it('end when somebody stops them', async () => {
    expect((await fit({ a: 8000 }, 1)).fitting).toBeUndefined();
  });
});
