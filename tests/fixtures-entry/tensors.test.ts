import { describe, expect, expectTypeOf, it, test } from 'vitest';
import { type AttentionInputs, createTensors, tiers, tierShape, withTiers, tierFixtures } from '../../src/fixtures/index.ts';
import type { Tiered } from '../../src/fixtures/runner-fixtures.ts';
import { attention } from '../../src/kernel/index.ts';

function bits({ query, key, value }: AttentionInputs): number {
  let hash = 0;
  for (const tensor of [query, key, value]) for (const word of new Uint32Array(tensor.buffer)) hash = Math.imul(hash ^ word, 0x01000193) >>> 0;
  return hash;
}

describe('createTensors', () => {
  it('gives the same bits for the same arguments, on every platform', () => {
    const { query, key, value } = createTensors('small');
    expect([query[0], query[1], key[0], value[4095]]).toMatchInlineSnapshot(`
      [
        0.7358167171478271,
        0.8187775611877441,
        0.40603601932525635,
        0.8027081489562988,
      ]
    `);
    expect(bits(createTensors('small'))).toMatchInlineSnapshot(`1603283578`);
    expect(bits(createTensors('medium', { seed: 42 }))).toMatchInlineSnapshot(`30759290`);
  });

  it('gives other tensors for another seed, and three different ones', () => {
    const { query, key, value } = createTensors('small', { seed: 1 });
    expect(query).not.toEqual(key);
    expect(key).not.toEqual(value);
    expect(createTensors('small', { seed: 2 }).query).not.toEqual(query);
    expect(createTensors('small', { seed: -1 }).query).not.toEqual(query);
  });

  it('spreads evenly over [-1, 1)', () => {
    const { query } = createTensors('medium');
    expect(Math.abs(query.reduce((sum, x) => sum + x, 0) / query.length)).toBeLessThan(0.01);
    expect(Math.abs(query.reduce((sum, x) => sum + x * x, 0) / query.length - 1 / 3)).toBeLessThan(0.01);
    expect(query.every((x) => x >= -1 && x < 1)).toBe(true);
    expect(new Set(query).size).toBeGreaterThan(query.length * 0.99);
  });

  it('takes tiers and shapes, and gives inputs that attention takes', () => {
    expect(createTensors('large').query.length).toBe(4 * 8 * 512 * 64);
    const inputs = createTensors({ ...tiers.small, seqLen: 3, kvHeads: 2, kvLen: 5 });
    expect([inputs.query.length, inputs.key.length, inputs.value.length]).toEqual([384, 320, 320]);
    expect(attention({ ...inputs, pattern: 'causal' }).length).toBe(384);
  });

  it('hands out new arrays each time', () => {
    createTensors('small').query.fill(0);
    expect(createTensors('small').query[0]).not.toBe(0);
  });

  it('refuses sizes and seeds that are none', () => {
    expect(() => createTensors({ ...tiers.small, seqLen: 0 })).toThrow(new RangeError('createTensors: seqLen must be a positive integer, got 0.'));
    expect(() => createTensors('small', { seed: 0.5 })).toThrow(new RangeError('createTensors: seed must be an integer, got 0.5.'));
    // @ts-expect-error: neither a tier nor a shape
    expect(() => createTensors(null)).toThrow(new TypeError('createTensors: expected a tier or a shape { batchSize, numHeads, seqLen, headDim }, got null.'));
    // @ts-expect-error: no such tier
    expect(() => createTensors('tiny')).toThrow(new RangeError('tierShape: tier must be one of small, medium, large, got "tiny".'));
  });
});

describe('tiers', () => {
  it('are the documented sizes and cannot be changed', () => {
    expect(tiers).toEqual({
      small: { batchSize: 1, numHeads: 4, seqLen: 32, headDim: 32 },
      medium: { batchSize: 2, numHeads: 4, seqLen: 128, headDim: 64 },
      large: { batchSize: 4, numHeads: 8, seqLen: 512, headDim: 64 },
    });
    expect(Object.isFrozen(tiers) && Object.isFrozen(tiers.small)).toBe(true);
    expect(tierShape('small', { seqLen: 64 })).toEqual({ ...tiers.small, seqLen: 64 });
  });
});

const tiered = withTiers(test);
const resized = withTiers(test, { seed: 3, sizes: { medium: { seqLen: 8 } } });
const chained = test.extend({ scale: 2 }).extend(tierFixtures());

describe('withTiers', () => {
  tiered('hands over the inputs that a test names', ({ smallInputs, mediumInputs }) => {
    expectTypeOf(smallInputs).toEqualTypeOf<AttentionInputs>();
    expect(smallInputs).toEqual(createTensors('small'));
    expect(mediumInputs.shape).toEqual(tiers.medium);
  });

  tiered.concurrent('keeps the modifiers and the context of the runner', ({ smallInputs, task }) => {
    expectTypeOf(smallInputs).toEqualTypeOf<AttentionInputs>();
    expectTypeOf(task.name).toEqualTypeOf<string>();
    expect(smallInputs.shape).toEqual(tiers.small);
  });

  resized('takes other sizes and another seed', ({ smallInputs, mediumInputs }) => {
    expect(smallInputs).toEqual(createTensors('small', { seed: 3 }));
    expect(mediumInputs.shape).toEqual({ ...tiers.medium, seqLen: 8 });
  });

  chained('joins other fixtures', ({ scale, largeInputs }) => {
    expect(scale).toBe(2);
    expect(largeInputs.query.length).toBe(4 * 8 * 512 * 64);
  });

  it('types bodies that get a second parameter, as in Playwright', () => {
    interface Playwright {
      (title: string, body: (context: { page: string }, info: { retry: number }) => unknown): void;
      (title: string, details: object, body: (context: { page: string }, info: { retry: number }) => unknown): void;
    }
    const declare = (it: Tiered<Playwright>): void => {
      it('reads a page', ({ smallInputs, page }, { retry }) => {
        expectTypeOf(smallInputs).toEqualTypeOf<AttentionInputs>();
        expectTypeOf(page).toEqualTypeOf<string>();
        expectTypeOf(retry).toEqualTypeOf<number>();
      });
    };
    expect(declare).toBeTypeOf('function');
  });

  it('makes nothing for tests that name nothing', async () => {
    // Runners read the pattern of the first parameter: it must stay one in the source that they see.
    for (const fixture of Object.values(tierFixtures())) expect(fixture.toString()).toMatch(/^async\s*\(\{\s*\}/);
  });

  it('says what to do where a runner has no fixtures', () => {
    // @ts-expect-error: no extend
    expect(() => withTiers(() => undefined)).toThrow(/^withTiers: test must have an extend function/);
    // @ts-expect-error: a runner without globals
    expect(() => withTiers(undefined)).toThrow(/^withTiers: test must have an extend function/);
  });
});
