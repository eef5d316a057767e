import { describe, expect, test } from 'vitest';
import { maxAbsDiff } from '../src/compare.ts';
import { arange, full, manualSeed, ones, randn, tensor, Tensor, zeros } from '../src/tensor.ts';

describe('creators', () => {
  test.each([
    ['zeros', zeros, 0],
    ['ones', ones, 1],
  ])('%s fills the shape', (_name, create, value) => {
    const filled = create([2, 3]);
    expect(filled.shape).toEqual([2, 3]);
    expect([...filled.data]).toEqual(Array.from({ length: 6 }, () => value));
  });

  test('full takes any value', () => {
    expect([...full([2, 2], 40000).data]).toEqual([40000, 40000, 40000, 40000]);
  });

  test('tensor keeps the values it is given', () => {
    expect(tensor([512, 70000, 3]).at(1)).toBe(70000);
    expect(tensor([1, 2, 3, 4, 5, 6], [2, 3]).at(1, 0)).toBe(4);
  });

  test('one seed gives the same numbers, another gives others', () => {
    manualSeed(4096);
    const first = randn([4, 16]);
    manualSeed(4096);
    const again = randn([4, 16]);
    manualSeed(65536);
    const other = randn([4, 16]);
    expect(maxAbsDiff(first, again)).toBe(0);
    expect(maxAbsDiff(first, other)).toBeGreaterThan(0.5);
  });

  test('randn is standard normal', () => {
    manualSeed(3);
    const { data, size } = randn([4096]);
    const mean = data.reduce((total, value) => total + value, 0) / size;
    const variance = data.reduce((total, value) => total + (value - mean) ** 2, 0) / size;
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(Math.abs(variance - 1)).toBeLessThan(0.1);
  });
});

describe('Tensor', () => {
  test('reads and writes by index', () => {
    const values = arange(24).reshape([2, 3, 4]);
    expect(values.at(1, 2, 3)).toBe(23);
    values.set(-1, 0, 1, 2);
    expect(values.data[6]).toBe(-1);
  });

  test('refuses data that does not fit the shape', () => {
    expect(() => new Tensor([2, 512], new Float32Array(3))).toThrow('needs 1024 values, got 3');
    expect(() => zeros([2, 2]).at(0, 2)).toThrow('outside axis 1');
    expect(() => maxAbsDiff(zeros([2, 2]), zeros([4]))).toThrow('shapes differ');
  });
});
