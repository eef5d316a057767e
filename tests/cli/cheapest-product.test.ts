import { describe, expect, it } from 'vitest';
import type { Combination } from '../../src/cli/migrate/cheapest-product.ts';
import { cheapestProduct } from '../../src/cli/migrate/cheapest-product.ts';

/** `'full fp32': [cost, what it covers]` */
const product = (cells: Readonly<Record<string, readonly [number, string]>>): string => {
  const combinations = Object.entries(cells).map(([labels, [cost, covered]]): Combination => ({ labels: labels.split(' '), cost, covered: new Set(covered) }));
  return cheapestProduct(combinations).join(' ');
};

describe('variants of nested lists', () => {
  it.each([
    ['one of each, the cheapest, where all cover the same', { 'full fp32': [3, 'a'], 'full fp16': [2, 'a'], 'causal fp32': [4, 'a'], 'causal fp16': [5, 'a'] }, 'full fp16'],
    ['those of a list that cover something alone', { 'full fp32': [3, 'a'], 'full fp16': [2, 'a'], 'causal fp32': [4, 'b'], 'causal fp16': [4, 'b'] }, 'full causal fp16'],
    ['all, where one combination covers something alone and all others too', { 'full fp32': [1, 'a'], 'full fp16': [1, 'b'], 'causal fp32': [1, 'c'], 'causal fp16': [1, 'd'] }, 'full causal fp32 fp16'],
    ['one combination that covers all for less', { 'full fp32': [1, 'a'], 'full fp16': [1, 'b'], 'causal fp32': [1, 'c'], 'causal fp16': [2, 'abc'] }, 'causal fp16'],
    ['the cheapest where nothing is covered', { 'full fp32': [3, ''], 'full fp16': [2, ''] }, 'full fp16'],
  ] as const)('are %s', (_name, cells, expected) => {
    expect(product(cells)).toBe(expected);
  });
});
