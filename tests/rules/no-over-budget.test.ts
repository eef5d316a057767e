/** Recorded durations at the tests they belong to, and what they make the other rules say. */
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CaseOptions } from '../squiggle.ts';
import { lintText, squiggleTester, writeProject } from '../squiggle.ts';

const VITEST = "import { beforeAll, describe, expect, it, test } from 'vitest';\n";
const FILE = 'test/example.test.ts';

type Durations = Readonly<Record<string, number>>;

/** `group > test` to ms; a title that stands twice is told apart by spaces at its end. */
function profileOf(durations: Durations, file = FILE): string {
  const tests = Object.entries(durations).map(([title, duration]) => ({ title: title.trimEnd().split(' > '), tier: 'unit', outcome: 'passed', duration, runs: 1 }));
  return JSON.stringify({ version: 1, recordedAt: '2026-11-23T00:00:00Z', environment: { node: '22', platform: 'linux', cpus: 2 }, runs: 1, partial: false, files: [{ file, tests }] });
}

const recorded = (durations: Durations): CaseOptions => ({ files: { 'package.json': '{ "name": "own" }', '.slow-tests/profile.json': profileOf(durations) } });

const report = squiggleTester('no-over-budget');

describe('a test over the budget of its tier', () => {
  it('is reported with the figure, and can be marked', () => {
    expect([
      report(`${VITEST}describe('a', () => {\n  it('trains', () => {});\n  it('adds', () => {});\n});`, recorded({ 'a > trains': 2340, 'a > adds': 3 })),
      report(`${VITEST}it.each([1, 2, 3])('takes %i', (n) => {});`, recorded({ 'takes 1': 120, 'takes 2': 90, 'takes 3': 1500 })),
      report(`${VITEST}it('trains @slow', () => {});`, recorded({ 'trains @slow': 7000 })),
      report(`${VITEST}it('draws', () => { expect(draw()).toMatchSnapshot(); });`, recorded({ draws: 101 })),
    ].join('\n')).toMatchInlineSnapshot(`
      "3 |   it('trains', () => {});
        |   ~~~~~~~~~~~
      Took 2.34 s when it was profiled; the budget of a unit test is 100 ms.
      suggestion: Mark it @slow.
      3 |   it('trains @slow', () => {});
      2 | it.each([1, 2, 3])('takes %i', (n) => {});
        | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      2 of its 3 cases took more than the 100 ms of a unit test when they were profiled, the longest 1.5 s.
      suggestion: Mark it @slow.
      2 | it.each([1, 2, 3])('takes %i @slow', (n) => {});
      2 | it('trains @slow', () => {});
        | ~~~~~~~~~~~~~~~~~
      Took 7 s when it was profiled; the budget of a slow test is 5 s.
      suggestion: Mark it @stress.
      2 | it('trains @slow @stress', () => {});
      2 | it('draws', () => { expect(draw()).toMatchSnapshot(); });
        | ~~~~~~~~~~
      Took 101 ms when it was profiled; the budget of a unit test is 100 ms.
      suggestion: Mark it @slow; toMatchSnapshot goes by the title and must be updated.
      2 | it('draws @slow', () => { expect(draw()).toMatchSnapshot(); });"
    `);
  });

  const silent: readonly (readonly [what: string, text: string, durations: Durations, options?: CaseOptions])[] = [
    ['is within its budget', "it('adds', () => {});", { adds: 100 }],
    ['is slow now', "it('trains @slow', () => {});", { trains: 4000 }],
    ['is in a slow group now', "describe('all @slow', () => { it('trains', () => {}); });", { 'all > trains': 4000 }],
    ['is gone', "it('adds', () => {});", { trains: 4000 }],
    ['has a larger budget by the settings', "it('adds', () => {});", { adds: 400 }, { settings: { budgets: { unit: 500 } } }],
    ['has marked rows since', "for (const mode of ['a', 'b']) it(`trains ${mode}${mode === 'a' ? '' : ' @slow'}`, () => {});", { 'trains a': 3000, 'trains b': 3000 }],
  ];
  it.each(silent.map(([what, text, durations, options = {}]) => ({ what, text, durations, options })))('is not one that $what', ({ text, durations, options }) => {
    expect(report(VITEST + text, { ...recorded(durations), ...options })).toBe('silent');
  });

  it('has the budget of its own tier', () => {
    const text = `${VITEST}it('asks', () => {});`;
    const files = { 'package.json': '{ "name": "own" }', '.slow-tests/profile.json': profileOf({ asks: 900 }, 'test/ask.integration.test.ts') };
    expect(report(text, { files, filename: 'test/ask.integration.test.ts' })).toBe('silent');
  });

  it('is one of two with the same title', () => {
    const text = `${VITEST}it('adds', () => {});\nit('adds', () => {});`;
    expect(report(text, { ...recorded({ adds: 1, 'adds ': 500 }), shows: 'reports' })).toMatch(/^3 \| it/);
  });

  it('is not marked by the one case of many that is over', () => {
    const said = report(`${VITEST}it.each([1, 2, 3])('needs %i', (n) => {});`, recorded({ 'needs 1': 1, 'needs 2': 1, 'needs 3': 1500 }));
    expect(said).toContain('1 of its 3 cases took more than the 100 ms of a unit test when they were profiled, the longest 1.5 s.');
    expect(said).not.toContain('suggestion');
  });
});

describe('the profile', () => {
  const rules = { 'slow-tests/no-over-budget': 'error' } as const;
  const text = `${VITEST}it('adds', () => {});`;
  const said = (root: string, settings?: unknown): number => lintText(text, { rules, settings }, root).length;

  it.each<readonly [what: string, content: string]>([
    ['is broken', '{ "version": 1, "files": ['],
    ['is of another version', profileOf({ adds: 900 }).replace('"version":1', '"version":2')],
    ['holds something else', '{ "version": 1, "files": [{ "file": "test/example.test.ts", "tests": "all" }] }'],
    ['holds titles that are none', '{ "version": 1, "files": [{ "file": "test/example.test.ts", "tests": [{ "title": "adds", "duration": 900 }] }] }'],
    ['is of another file', profileOf({ adds: 900 }, 'test/other.test.ts')],
  ])('says nothing when it %s', (_what, content) => {
    expect(said(writeProject({ 'package.json': '{ "name": "own" }', '.slow-tests/profile.json': content }))).toBe(0);
  });

  it('is read again when it changes', () => {
    const root = writeProject({ 'package.json': '{ "name": "own" }', '.slow-tests/profile.json': profileOf({ adds: 3 }) });
    expect(said(root)).toBe(0);
    const path = join(root, '.slow-tests/profile.json');
    writeFileSync(path, profileOf({ adds: 900 }));
    utimesSync(path, new Date(), new Date(Date.now() + 5000));
    expect(said(root)).toBe(1);
  });

  it('is found where the settings say, and in the package of the file', () => {
    expect(said(writeProject({ 'package.json': '{ "name": "own" }', 'perf/times.json': profileOf({ adds: 900 }) }), { profile: 'perf/times.json' })).toBe(1);
    const root = writeProject({ 'package.json': '{ "name": "all" }', 'packages/a/package.json': '{ "name": "a" }', 'packages/a/.slow-tests/profile.json': profileOf({ adds: 900 }) });
    expect(lintText(text, { rules, filename: 'packages/a/test/example.test.ts' }, root)).toHaveLength(1);
  });
});

describe('makes other rules sharper', () => {
  const sizes = squiggleTester('no-production-dims', { shows: 'reports' });
  const patterns = squiggleTester('no-exhaustive-patterns', { shows: 'reports' });
  const compiles = squiggleTester('no-unmocked-compile', { shows: 'reports' });
  const tf = `${VITEST}import * as tf from '@tensorflow/tfjs';\n`;
  const rollup = `${VITEST}import { rollup } from 'rollup';\n`;

  it('no-production-dims: a size below the limits counts in a test over its budget, and a large one does not in a quick test', () => {
    const small = `${tf}it('fits', () => { tf.ones([64, 100]); });`;
    const large = `${tf}it('fills', () => { tf.zeros([512, 512]); });`;
    expect([
      sizes(small),
      sizes(small, recorded({ fits: 1300 })),
      sizes(large, recorded({ fills: 1300 })),
      sizes(large, recorded({ fills: 20 })),
    ]).toMatchInlineSnapshot(`
      [
        "silent",
        "3 | it('fits', () => { tf.ones([64, 100]); });
        |                                 ~~~
      6,400 elements in a fast test, which took 1.3 s when it was profiled; its budget is 100 ms.",
        "3 | it('fills', () => { tf.zeros([512, 512]); });
        |                               ~~~
      262,144 elements (512 × 512) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension; the longest took 1.3 s when it was profiled.",
        "silent",
      ]
    `);
    expect(sizes(large, recorded({ fills: 60 }))).toContain('262,144 elements');
  });

  it('no-production-dims: what a hook makes is in no duration', () => {
    expect(sizes(`${tf}beforeAll(() => { tf.zeros([512, 512]); });\nit('adds', () => {});`, recorded({ adds: 1 }))).toContain('262,144 elements');
  });

  it('no-exhaustive-patterns', () => {
    const two = `${rollup}for (const format of ['esm', 'cjs']) it(\`bundles \${format}\`, async () => { await rollup({ input: 'a', format }); });`;
    const three = two.replace("'cjs'", "'cjs', 'umd'");
    expect([
      patterns(two),
      patterns(two, recorded({ 'bundles esm': 800, 'bundles cjs': 30 })),
      patterns(three, recorded({ 'bundles esm': 10, 'bundles cjs': 10, 'bundles umd': 12 })),
    ]).toMatchInlineSnapshot(`
      [
        "silent",
        "3 | for (const format of ['esm', 'cjs']) it(\`bundles \${format}\`, async () => { await rollup({ input: 'a', format }); });
        | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Generates a fast test for each of 2 variants (esm, cjs), each running rollup; keep one in the fast run and mark the others @slow; the longest took 800 ms when it was profiled.",
        "silent",
      ]
    `);
  });

  it('no-unmocked-compile', () => {
    const known = `${rollup}it('bundles', async () => { await rollup({ input: 'a' }); });`;
    const named = `${VITEST}import { compileShader } from '../src/shader.js';\nit('compiles', async () => { await compileShader('a'); });`;
    expect([
      compiles(named),
      compiles(named, recorded({ compiles: 2200 })),
      compiles(known, recorded({ bundles: 9 })),
    ]).toMatchInlineSnapshot(`
      [
        "silent",
        "3 | it('compiles', async () => { await compileShader('a'); });
        |                                    ~~~~~~~~~~~~~~~~~~
      compileShader(…) compiles for real in a fast test; stub it, or share one in beforeAll; the longest took 2.2 s when it was profiled.",
        "silent",
      ]
    `);
  });
});
