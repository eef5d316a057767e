/** Which tier a test belongs to: by marker, tag, file, gate and group. */
import { describe, expect, it } from 'vitest';
import { declarationsOf } from './reading-of.ts';

const VITEST = `import { describe, it } from 'vitest';`;

describe('by title', () => {
  it.each([
    ['the marker at the end', `it('adds @slow', () => {});`, 'test adds @slow (comprehensive)'],
    ['the marker in front', `it('@slow adds', () => {});`, 'test @slow adds (comprehensive)'],
    ['both markers', `it('adds @slow @stress', () => {});`, 'test adds @slow @stress (stress)'],
    ['a longer word', `it('adds @slowly', () => {});`, 'test adds @slowly'],
    ['another word with a hyphen', `it('adds @slow-mo', () => {});`, 'test adds @slow-mo'],
    ['a plain word is no marker', `it('is slow to anger', () => {});`, 'test is slow to anger'],
    ['in a template', 'const op = "x"; it(`runs ${op} @slow`, () => {});', 'test runs … @slow (comprehensive)'],
    ['in a table', `it.each([1])('adds %i @slow', () => {});`, 'test adds %i @slow (comprehensive)'],
    ['in a sum', `const op = 'x'; it(op + ' @slow', () => {});`, 'test  @slow (comprehensive)'],
  ])('%s', (_what, text, expected) => {
    expect(declarationsOf(`${VITEST} ${text}`)).toEqual([expected]);
  });

  it('is inherited from groups', () => {
    expect(declarationsOf(`${VITEST} describe('all @slow', () => { describe('inner', () => { it('adds', () => {}); }); }); it('drops', () => {});`)).toEqual([
      'group all @slow (comprehensive)', 'group all @slow > inner (comprehensive)', 'test all @slow > inner > adds (comprehensive)', 'test drops',
    ]);
  });

  it('does not go in circles where helpers register one another', () => {
    expect(declarationsOf(`${VITEST} function outer() { describe('outer', () => inner()); } function inner() { it('adds', () => {}); describe('inner', () => outer()); } outer();`)).toHaveLength(3);
  });

  it('goes by the marker of the settings', () => {
    expect(declarationsOf(`${VITEST} it('adds #long', () => {}); it('drops @slow', () => {});`, { settings: { marker: '#long' } }))
      .toEqual(['test adds #long (comprehensive)', 'test drops @slow']);
  });
});

describe('by tag', () => {
  it.each([
    ['Vitest', `import { it } from 'vitest'; it('adds', { tags: ['slow'] }, () => {});`, 'test adds (comprehensive)'],
    ['Vitest, one tag without a list', `import { it } from 'vitest'; it('adds', { tags: 'slow' }, () => {});`, 'test adds (comprehensive)'],
    ['Vitest, stress', `import { it } from 'vitest'; it('adds', { tags: ['slow', 'stress'] }, () => {});`, 'test adds (stress)'],
    ['another tag', `import { it } from 'vitest'; it('adds', { tags: ['db'] }, () => {});`, 'test adds'],
    ['Playwright', `import { test } from '@playwright/test'; test('opens', { tag: '@slow' }, async () => {});`, 'test opens (comprehensive)'],
    ['Playwright, several', `import { test } from '@playwright/test'; test('opens', { tag: ['@fast', '@slow'] }, async () => {});`, 'test opens (comprehensive)'],
    ['node:test', `import { test } from 'node:test'; test('adds', { tags: ['slow'] }, () => {});`, 'test adds (comprehensive)'],
    ['a runner without tags', `import { test } from 'bun:test'; test('adds', { tags: ['slow'] }, () => {});`, 'test adds'],
  ])('%s', (_what, text, expected) => {
    expect(declarationsOf(text)).toEqual([expected]);
  });

  it('is inherited from groups', () => {
    expect(declarationsOf(`${VITEST} describe('all', { tags: ['slow'] }, () => { it('adds', () => {}); });`))
      .toEqual(['group all (comprehensive)', 'test all > adds (comprehensive)']);
  });
});

describe('by file', () => {
  it.each([
    ['test/attention.slow.test.ts', 'comprehensive'],
    ['test/attention.perf.ts', 'comprehensive'],
    ['test/attention.bench.ts', 'comprehensive'],
    ['test/attention.stress.test.ts', 'stress'],
    ['benchmarks/attention.test.ts', 'comprehensive'],
    ['test/bench/attention.test.ts', 'comprehensive'],
    ['test/perf/attention.test.ts', 'comprehensive'],
    ['test/performance/attention.test.ts', 'comprehensive'],
    ['test/stress/attention.test.ts', 'stress'],
    ['test/attention.int.test.ts', 'integration'],
    ['test/attention.integration.spec.ts', 'integration'],
    ['test/attention.itest.ts', 'integration'],
    ['test/attention.e2e.ts', 'integration'],
    ['test/attention.test.ts', undefined],
    ['test/slowest.test.ts', undefined],
    ['test/perfect.test.ts', undefined],
    ['src/workbench/attention.test.ts', undefined],
    ['test/stressed.test.ts', undefined],
    ['test/print.test.ts', undefined],
  ])('%s', (filename, tier) => {
    expect(declarationsOf(`${VITEST} it('adds', () => {});`, { filename })).toEqual([`test adds${tier === undefined ? '' : ` (${tier})`}`]);
  });

  it('goes by the patterns of the settings, a text or a regular expression', () => {
    const text = `${VITEST} it('adds', () => {});`;
    expect(declarationsOf(text, { filename: 'test/gpu/adds.test.ts', settings: { files: { slow: '/gpu/' } } })).toEqual(['test adds (comprehensive)']);
    expect(declarationsOf(text, { filename: 'test/gpu/adds.test.ts', settings: { files: { stress: /\bgpu\b/ } } })).toEqual(['test adds (stress)']);
    expect(declarationsOf(text, { filename: 'test/adds.slow.test.ts', settings: { files: { slow: '/gpu/' } } })).toEqual(['test adds']);
  });

  it('does not look above the project', () => {
    const files = { 'package.json': '{ "name": "mine" }' };
    expect(declarationsOf(`${VITEST} it('adds', () => {});`, { filename: 'test/adds.test.ts', files })).toEqual(['test adds']);
  });
});

describe('by gate', () => {
  it.each([
    ['skipIf', `it.skipIf(!process.env.SLOW)('adds', () => {});`, 'test adds (comprehensive)'],
    ['runIf', `it.runIf(process.env.RUN_STRESS_TESTS)('adds', () => {});`, 'test adds (comprehensive)'],
    ['a key in brackets', `it.skipIf(!process.env['NIGHTLY'])('adds', () => {});`, 'test adds (comprehensive)'],
    ['import.meta.env', `it.runIf(import.meta.env.BENCH)('adds', () => {});`, 'test adds (comprehensive)'],
    ['a constant', `const isSlowRun = process.env.SLOW_TESTS === '1'; it.runIf(isSlowRun)('adds', () => {});`, 'test adds (comprehensive)'],
    ['an if statement', `if (process.env.PERF) { it('adds', () => {}); }`, 'test adds (comprehensive)'],
    ['and-ed', `process.env.SLOW && it('adds', () => {});`, 'test adds (comprehensive)'],
    ['the skip option', `it('adds', { skip: !process.env.SLOW }, () => {});`, 'test adds (comprehensive)'],
    ['platform', `it.skipIf(process.platform === 'win32')('adds', () => {});`, 'test adds'],
    ['an API key', `it.runIf(process.env.OPENAI_API_KEY)('adds', () => {});`, 'test adds'],
    ['a build mode', `if (process.env.NODE_ENV === 'production') { it('adds', () => {}); }`, 'test adds'],
    ['a variable that only contains the letters', `it.runIf(process.env.SLOWLORIS)('adds', () => {});`, 'test adds'],
    ['a gate of CI', `it.skipIf(process.env.CI)('adds', () => {});`, 'test adds'],
  ])('%s', (_what, text, expected) => {
    expect(declarationsOf(`${VITEST} ${text}`)).toEqual([expected]);
  });

  it('of tape and node:test stands in the options', () => {
    expect(declarationsOf(`import test from 'tape'; test('adds', { skip: !process.env.SLOW }, (t) => {});`)).toEqual(['test adds (comprehensive)']);
    expect(declarationsOf(`import test from 'node:test'; test('adds', { skip: process.env.SLOW ? false : 'slow' }, () => {});`)).toEqual(['test adds (comprehensive)']);
  });

  it('holds for a whole group', () => {
    expect(declarationsOf(`${VITEST} describe.runIf(process.env.LARGE)('all', () => { it('adds', () => {}); });`))
      .toEqual(['group all (comprehensive)', 'test all > adds (comprehensive)']);
    expect(declarationsOf(`${VITEST} if (process.env.SLOW) { describe('all', () => { it('adds', () => {}); }); }`))
      .toEqual(['group all (comprehensive)', 'test all > adds (comprehensive)']);
  });
});
