import { describe, expect, it } from 'vitest';
import splitSlow from '../../codemods/split-slow/codemod.ts';
import { compareSuites } from './run-suite.ts';
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
  const body = `for (const mode of ['a', 'b', 'c']) {\n  it(\`sums in \${mode}\`, () => {\n    train(mode);\n  });\n}\nit('is cheap', () => {});\n`;
  const settings = { costs: [{ module: './train.mjs', export: 'train', kind: 'compile', milliseconds: 900 }] };
  const train = { 'train.mjs': 'export function train(mode) { return mode; }\n' };

  it.each<[RunnerName, string]>([['vitest', "import { it } from 'vitest';"], ['node:test', "import { it } from 'node:test';"], ['jest', '']])('of %s', async (runner, head) => {
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
