// What is remembered is made once for each set of arguments, and only where the arguments say all.
import { describe, expect, it, vi } from 'vitest';
import { remember } from '../../src/fixtures/index.ts';

describe('remember', () => {
  it.each<readonly [what: string, first: readonly unknown[], second: readonly unknown[]]>([
    ['nothing', [], []],
    ['scalars', [1, 'a', true, null, undefined, 2n], [1, 'a', true, null, undefined, 2n]],
    ['lists and plain objects in any order of keys', [{ a: [1, { c: 2 }], b: 3 }], [{ b: 3, a: [1, { c: 2 }] }]],
  ])('gives the same for %s', (_what, first, second) => {
    const make = vi.fn((...given: unknown[]) => ({ given }));
    const once = remember(make);
    expect(once(...first)).toBe(once(...second));
    expect(make).toHaveBeenCalledTimes(1);
  });

  it.each<readonly [what: string, first: readonly unknown[], second: readonly unknown[]]>([
    ['another number', [1], [2]],
    ['0 and -0', [0], [-0]],
    ['a number and its text', [1], ['1']],
    ['a number and a big one', [1], [1n]],
    ['one argument more', ['a'], ['a', undefined]],
    ['two arguments and a list', ['a', 'b'], [['a', 'b']]],
    ['text that looks like a list', ['a,b'], ['a', 'b']],
    ['undefined and its name', [undefined], ['undefined']],
  ])('tells apart %s', (_what, first, second) => {
    const once = remember((...given: unknown[]) => ({ given }));
    expect(once(...first)).not.toBe(once(...second));
  });

  it.each<readonly [what: string, argument: unknown]>([
    ['a function', () => 1],
    ['an instance', new Map()],
    ['a typed array', Float32Array.of(1)],
    ['a function inside', { plugins: [{ load: () => 1 }] }],
  ])('makes a new one for %s', (_what, argument) => {
    const once = remember((...given: unknown[]) => ({ given }));
    expect(once(argument)).not.toBe(once(argument));
  });

  it('keeps promises, but no rejection and no error', async () => {
    const make = vi.fn((fails: boolean) => (fails ? Promise.reject(new Error('once')) : Promise.resolve(1)));
    const once = remember(make);
    expect(once(false)).toBe(once(false));
    await expect(once(true)).rejects.toThrow('once');
    await expect(once(true)).rejects.toThrow('once');
    expect(make).toHaveBeenCalledTimes(3);
    const throwing = vi.fn((): number => {
      throw new Error('always');
    });
    const guarded = remember(throwing);
    expect(() => guarded()).toThrow('always');
    expect(() => guarded()).toThrow('always');
    expect(throwing).toHaveBeenCalledTimes(2);
  });
});
