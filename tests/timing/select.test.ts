// What a runner's command line gains for a tier, and how it is typed. That it selects what it says is tested with the runners themselves.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { allRunners } from '../../src/knowledge/runners/all.ts';
import { quoteWords } from '../../src/timing/quote-words.ts';
import type { Circumstances } from '../../src/timing/select.ts';
import { selectTier } from '../../src/timing/select.ts';

const MARKERS = { slow: '@slow', stress: '@stress' };
const select = (name: string, tier: 'fast' | 'slow' | 'stress' | 'all', given: Partial<Circumstances> = {}) => {
  const runner = allRunners.find((item) => item.name === name);
  if (!runner) throw new Error(`No runner ${name}.`);
  return selectTier(runner, tier, { markers: MARKERS, ...given });
};

describe('a tier', () => {
  it('of all tests needs no argument, whatever the runner', () => {
    for (const { name } of allRunners) expect(select(name, 'all')).toEqual([[]]);
  });

  it('is selected by title', () => {
    expect(select('mocha', 'fast')).toEqual([['--grep', '@slow', '--invert']]);
    expect(select('jest', 'slow')).toEqual([['-t', '^(?!.*@stress).*@slow']]);
    expect(select('playwright', 'stress')).toEqual([['--grep', '@stress']]);
  });

  it('is selected by the marker of the settings, as the filter reads it', () => {
    const markers = { slow: '[slow]', stress: '@stress' };
    expect(select('vitest', 'fast', { markers })).toEqual([['-t', '^(?!.*\\[slow\\])']]);
    expect(select('node:test', 'fast', { markers: { slow: 'a/b', stress: '@stress' } })).toEqual([['--test-skip-pattern=/a\\/b/']]);
    expect(select('ava', 'fast', { markers: { slow: '#slow', stress: '@stress' } })).toEqual([['--match', '!*#slow*']]);
  });

  it('of node:test cannot be left out by title before Node 22', () => {
    expect(select('node:test', 'fast', { version: '20.20.2' })).toBeUndefined();
    expect(select('node:test', 'slow', { version: '20.20.2' })).toEqual([['--test-name-pattern=/^(?!.*@stress).*@slow/']]);
    expect(select('node:test', 'fast', { version: '22.1.0' })).toEqual([['--test-skip-pattern=/@slow/']]);
  });

  it('of tape cannot be selected at all', () => {
    expect(select('tape', 'fast')).toBeUndefined();
    expect(select('tape', 'slow')).toBeUndefined();
  });

  it('of Vitest takes tags only where they are declared, in versions that know them', () => {
    const declares = (tag: string) => tag === 'slow';
    expect(select('vitest', 'fast', { version: '5.1.1', declares })).toEqual([['-t', '^(?!.*@slow)', '--tags-filter=!slow']]);
    expect(select('vitest', 'slow', { version: '4.1.12', declares })).toHaveLength(2);
    for (const version of ['4.0.18', '3.2.7', '4.0.99']) expect(select('vitest', 'fast', { version, declares })).toEqual([['-t', '^(?!.*@slow)']]);
    expect(select('vitest', 'fast', { version: '4.1.12' })).toEqual([['-t', '^(?!.*@slow)']]);
  });
});

describe('words', () => {
  const WORDS = ['-t', '^(?!.*@slow)', "it's", '', 'a b', '$HOME', '!x', '`y`', 'a"b', 'back\\slash', '*'];

  it.skipIf(process.platform === 'win32')('reach a program through a POSIX shell as they are', () => {
    const print = 'console.log(JSON.stringify(process.argv.slice(1)))';
    const printed = execFileSync('sh', ['-c', quoteWords([process.execPath, '-e', print, '--', ...WORDS], 'posix')], { encoding: 'utf8' });
    expect(JSON.parse(printed)).toEqual(WORDS);
  });

  it.each([
    ['^(?!.*@slow)', '"^(?!.*@slow)"'],
    ['--grep', '--grep'],
    ['C:\\a b\\', '"C:\\a b\\\\"'],
    ['say "x"', '"say \\"x\\""'],
    ['', '""'],
  ])('are typed with double quotes on Windows: %s', (word, typed) => {
    expect(quoteWords([word], 'windows')).toBe(typed);
  });
});
