import { describe, expect, it } from 'vitest';
import splitSlow from '../../codemods/split-slow/codemod.ts';
import { compareSuites, needsRunners } from './run-suite.ts';
import { transformTester } from './transform.ts';
import type { RunnerName } from '../runners/all.ts';

const transform = transformTester(splitSlow);
const HEAD = `import { it } from 'vitest';\nimport { rollup } from 'rollup';\n`;

describe('marks generated tests', () => {
  it('of a loop', () => {
    const { output } = transform(`${HEAD}for (const format of ['esm', 'cjs', 'iife']) {\n  it(\`bundles \${format}\`, async () => { await rollup({ format }); });\n}\n`);
    expect(output).toContain("it(`bundles ${format}${format === 'esm' ? '' : ' @slow'}`, async");
  });

  it('but for the essential one', () => {
    const { output } = transform(`${HEAD}for (const format of ['esm', 'cjs', 'iife']) {\n  it(\`bundles to \${format}\`, async () => { await rollup({ format }); });\n}\n`, { options: { essential: 'cjs' } });
    expect(output).toContain("${format === 'cjs' ? '' : ' @slow'}");
  });
});

describe('a recorded profile', () => {
  const loop = (title: string) => `${HEAD}for (const format of ['esm', 'cjs', 'iife']) {\n  it(\`${title}\`, async () => { await rollup({ format }); });\n}\n`;
  const recorded = (times: Readonly<Record<string, number>>) => {
    const tests = Object.entries(times).map(([format, duration]) => ({ title: [`bundles ${format}`], outcome: 'passed', tier: 'unit', runs: 1, duration }));
    return { 'package.json': '{"name":"x"}', '.slow-tests/profile.json': JSON.stringify({ version: 1, files: [{ file: 'test/example.test.ts', tests }] }) };
  };

  it('keeps the variant that took far less than the first', () => {
    const { output } = transform(loop('bundles ${format}'), { files: recorded({ esm: 900, cjs: 700, iife: 200 }) });
    expect(output).toContain("${format === 'iife' ? '' : ' @slow'}");
  });

  it.each([
    ['none took far less', recorded({ esm: 900, cjs: 700, iife: 800 }), {}],
    ['one was not measured', recorded({ esm: 900, iife: 200 }), {}],
    ['it is wished for', recorded({ esm: 900, cjs: 700, iife: 200 }), { essential: 'esm' }],
  ])('leaves the first one where %s', (_when, files, options) => {
    expect(transform(loop('bundles ${format}'), { files, options }).output).toContain("${format === 'esm' ? '' : ' @slow'}");
  });
});

describe('a test that declares itself slow', () => {
  const recorded = (...times: readonly number[]) => {
    const tests = times.map((duration, index) => ({ title: ['Performance', `test ${index + 1}`], outcome: 'passed', tier: 'unit', runs: 1, duration }));
    return { 'package.json': '{"name":"x"}', '.slow-tests/profile.json': JSON.stringify({ version: 1, files: [{ file: 'test/example.test.ts', tests }] }) };
  };
  const group = "import { describe, it } from 'vitest';\ndescribe('Performance', () => {\n  it('test 1', () => {});\n  it('test 2', () => {});\n});\n";

  it.each([
    ['stays in the fast run where each was measured to be quick', recorded(3, 250), false],
    ['is marked where one was not quick', recorded(3, 251), true],
    ['is marked where one was not measured', recorded(3), true],
    ['is marked where nothing was measured', {}, true],
  ])('%s', (_what, files, isMarked) => {
    expect(transform(group, { files }).output.includes("'Performance @slow'")).toBe(isMarked);
  });
});

describe('loses no test', () => {
  needsRunners();
  const body = `for (const mode of ['a', 'b', 'c']) {\n  it(\`sums in \${mode}\`, () => {\n    train(mode);\n  });\n}\nit('is cheap', () => {});\n`;
  const settings = { costs: [{ module: './train.mjs', export: 'train', kind: 'compile', milliseconds: 900 }] };
  const train = { 'train.mjs': 'export function train(mode) { return mode; }\n' };

  it.each<[RunnerName, string]>([['vitest', "import { it } from 'vitest';"], ['node:test', "import { it } from 'node:test';"], ['jest', '']])('of %s @slow', async (runner, head) => {
    const text = `${head}\nimport { train } from './train.mjs';\n${body}`;
    const { output } = transform(text, { settings, filename: 'a.test.mjs' });
    const compared = await compareSuites(runner, { 'a.test.mjs': text, ...train }, { 'a.test.mjs': output, ...train });
    expect(compared).toEqual({
      before: ['is cheap: passed', 'sums in a: passed', 'sums in b: passed', 'sums in c: passed'],
      fast: ['is cheap: passed', 'sums in a: passed'],
      slow: ['sums in b @slow: passed', 'sums in c @slow: passed'],
      lost: [],
    });
  });
});

describe('where a runner is old and leaves nothing out by title', () => {
  const gated = { settings: { gate: true }, filename: 'a.test.mjs' };
  const head = "import test, { describe } from 'node:test';\nimport { rollup } from 'rollup';\n";

  it.each([
    [
      'a loop',
      "for (const format of ['esm', 'cjs', 'iife']) {\n  test(`bundles ${format}`, { timeout: 9000 }, async () => { await rollup({ format }); });\n}\n",
      "test(`bundles ${format}${format === 'esm' ? '' : ' @slow'}`, { skip: format !== 'esm' && !process.env.SLOW, timeout: 9000 }, async",
    ],
    ['a test', "test('is long', { timeout: 60_000 }, async () => { await rollup({}); });\n", "test('is long @slow', { skip: !process.env.SLOW, timeout: 60_000 }, async"],
    [
      'a group of variants',
      "for (const format of ['esm', 'cjs', 'iife']) {\n  describe(`as ${format}`, () => {\n    test('bundles', async () => { await rollup({ format }); });\n  });\n}\n",
      "describe(`as ${format}${format === 'esm' ? '' : ' @slow'}`, { skip: format !== 'esm' && !process.env.SLOW }, () => {",
    ],
  ])('%s is held back by the environment too', (_what, text, expected) => {
    expect(transform(`${head}${text}`, gated).output).toContain(expected);
  });

  it('but not without the setting, nor with another runner', () => {
    const text = "for (const format of ['esm', 'cjs', 'iife']) {\n  test(`bundles ${format}`, async () => { await rollup({ format }); });\n}\n";
    expect(transform(`${head}${text}`, { filename: 'a.test.mjs' }).output).not.toContain('SLOW');
    expect(transform(`import { test } from 'vitest';\nimport { rollup } from 'rollup';\n${text}`, gated).output).not.toContain('SLOW');
  });

  it('a condition of its own stays, and the test with it', () => {
    const { isChanged, left } = transform(`${head}test('is long', { timeout: 60_000, skip: process.platform === 'win32' }, async () => { await rollup({}); });\n`, gated);
    expect(isChanged).toBe(false);
    expect(left).toEqual([expect.stringContaining('The test has a condition of its own.')]);
  });
});
