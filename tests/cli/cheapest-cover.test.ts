import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Coverable } from '../../src/cli/migrate/cheapest-cover.ts';
import { cheapestCover } from '../../src/cli/migrate/cheapest-cover.ts';

const variant = (key: string, cost: number, covered: string): Coverable => ({ key, cost, covered: new Set(covered) });
const keysOf = (variants: readonly Coverable[]): string => cheapestCover(variants).map(({ key }) => key).join();
const coveredBy = (variants: readonly Coverable[]): string[] => [...new Set(variants.flatMap(({ covered }) => [...covered]))].sort();
const costOf = (variants: readonly Coverable[]): number => variants.reduce((sum, { cost }) => sum + cost, 0);

function cheapestByTrying(variants: readonly Coverable[]): number {
  const wanted = coveredBy(variants).join();
  const subsets = Array.from({ length: 2 ** variants.length }, (_, bits) => variants.filter((_variant, index) => (bits & (2 ** index)) > 0));
  return Math.min(...subsets.filter((subset) => coveredBy(subset).join() === wanted).map(costOf));
}

const variants = (maxLength: number) =>
  fc.array(fc.record({ cost: fc.integer({ min: 0, max: 20 }), covered: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { maxLength: 6 }) }), { maxLength }).map((all) => all.map(({ cost, covered }, index): Coverable => ({ key: String(index), cost, covered: new Set(covered) })));

describe('variants that cover what all cover', () => {
  it.each([
    ['the cheapest of those that cover the same', [variant('full', 9, 'ab'), variant('causal', 2, 'ab'), variant('window', 2, 'ab')], 'causal'],
    ['those that alone cover something', [variant('full', 9, 'ab'), variant('causal', 2, 'bc'), variant('window', 1, 'b')], 'full,causal'],
    ['two cheap ones for a dear one', [variant('all', 9, 'abcd'), variant('left', 3, 'ab'), variant('right', 3, 'cd')], 'left,right'],
    ['one dear one for two cheap ones that cost more together', [variant('all', 5, 'abcd'), variant('left', 3, 'ab'), variant('right', 3, 'cd')], 'all'],
    ['none where nothing is covered', [variant('full', 9, ''), variant('causal', 2, '')], ''],
    ['none of none', [], ''],
  ])('are %s', (_name, given, expected) => {
    expect(keysOf(given)).toBe(expected);
  });

  it('cover it, and cost as little as any choice does', () => {
    fc.assert(
      fc.property(variants(9), (given) => {
        const chosen = cheapestCover(given);
        expect(coveredBy(chosen)).toEqual(coveredBy(given));
        expect(costOf(chosen)).toBe(cheapestByTrying(given));
      }),
    );
  });

  it('cover it with none too many, when there are very many', () => {
    fc.assert(
      fc.property(variants(60), (given) => {
        const chosen = cheapestCover(given);
        expect(coveredBy(chosen)).toEqual(coveredBy(given));
        for (const one of chosen) expect(coveredBy(chosen.filter((other) => other !== one))).not.toEqual(coveredBy(given));
      }),
    );
  });
});
