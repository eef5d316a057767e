/** What the generated programs brought to light, each as its smallest case. */
import { describe, expect, it } from 'vitest';
import mockCompile from '../../codemods/mock-compile/codemod.ts';
import splitSlow from '../../codemods/split-slow/codemod.ts';
import tieredFixtures from '../../codemods/tiered-fixtures/codemod.ts';
import { transformTester } from '../codemods/transform.ts';
import { squiggleTester } from '../squiggle.ts';

const tier = transformTester(tieredFixtures);
const split = transformTester(splitSlow);
const mock = transformTester(mockCompile);
const dims = squiggleTester('no-production-dims');

const TENSOR = `import { expect, it, describe } from 'vitest';\nimport { ones } from '../src/tensor.js';\n`;

describe('a module that is required by a template without holes', () => {
  it('is known', () => {
    const { output } = tier("const { it } = require(`@jest/globals`);\nconst { ones } = require(`../src/tensor.js`);\nit(`adds`, () => {\n  ones([512, 512]).sum();\n});\n", { filename: 'test/a.test.js' });
    expect(output).toContain("full @slow");
  });
});

describe('a table inside of another one, over a list that is written elsewhere', () => {
  it('is marked where the names of the outer rows can be read', () => {
    const { output } = split(`const { describe, it } = require('@jest/globals');
const { compile } = require('webpack');
const FORMATS = ['esm', 'cjs', 'iife'];
describe.each([{ name: 'a', size: 1 }, { name: 'b', size: 2 }, { name: 'c', size: 3 }])('$name', ({ name: kind, size }) => {
  describe.each(FORMATS)('%s', (format) => {
    it('builds', () => {
      expect(compile(format + kind, size)).toBeTruthy();
    });
  });
});
`, { filename: 'test/a.test.js', settings: { costs: [{ module: 'webpack', export: 'compile', kind: 'compile', milliseconds: 900 }] } });
    expect(output).toContain("const FORMATS = ['esm', 'cjs', 'iife'];");
    expect(output).toContain('describe.each(FORMATS.map(');
  });
});

describe('a statement behind a semicolon that guards it', () => {
  it('keeps it, below what is shared', () => {
    const { output } = mock(`import { describe, expect, it } from 'vitest'
import { jit } from 'flash'
describe('group', () => {
  const rows = 8

  ;['causal', 'full'].forEach((pattern) => {
    it(pattern, () => {
      const built = jit((a) => a + 1)
      expect(built(rows)).toEqual(9)
    })
  })
})
`, { filename: 'test/a.test.js', settings: { costs: [{ module: 'flash', export: 'jit', kind: 'compile' }] } });
    expect(output).toContain("\n  ;['causal', 'full'].forEach((pattern) => {\n");
    expect(output).toMatch(/const rows = 8\n\n {2}let built\n/);
  });
});

describe('a title over two lines of a string', () => {
  it('stays the same where its test moves in', () => {
    const { output } = split(`import assert from 'node:assert';
import { it } from 'mocha';
import { rollup } from 'rollup';
it('builds\\
all', async () => {
  for (const format of ['esm', 'cjs', 'iife']) {
    const built = await rollup({ input: 'a.js', format });
    assert.ok(built);
  }
});
`, { filename: 'test/a.test.mjs' });
    expect(output).toContain('`builds\\\nall (${');
  });
});

describe('a size of a group', () => {
  const text = `${TENSOR}const rows = 1000;
describe('adds', () => {
  it('one', () => {
    ones([8, rows]);
  });
  it('two', () => {
    ones([rows, 512]);
  });
});
`;

  it('goes into the rows of the group, for the rule as for the codemod', () => {
    expect(dims(text)).toContain("describe.each([\n");
    expect(tier(text).output).toContain("describe.each([\n");
  });
});

describe('a size of which one is taken away', () => {
  it('leaves some at test size', () => {
    const { output } = tier(`${TENSOR}it('adds', () => {\n  const batch = 1000;\n  expect(ones([batch - 1, batch]).get(0, 0)).toEqual(1);\n});\n`);
    expect(output).toContain("['small', { batch: 2 }]");
  });
});

describe('a size that is halved', () => {
  it('stays even, by whatever name', () => {
    const { output } = tier(`${TENSOR}it('adds', () => {\n  const batch = 1e3;\n  expect(ones([batch / 2, 512]).size).toBeGreaterThan(0);\n});\n`);
    expect(output).toMatch(/'small', \{ batch: \d*[02468],/);
  });
});

describe('a body on the line of its test', () => {
  it.each(["'adds'", '`adds\nmuch`'])('takes in no constants (%s)', (title) => {
    const { output } = tier(`${TENSOR}const n = 1024;\nconst twice = n * 2;\nit(${title}, () => { ones([n, twice]).sum(); });\n`);
    expect(output).toContain('const n = 1024;\nconst twice = n * 2;\n');
    expect(output).toContain('@slow');
  });
});

describe('a call that awaits inside', () => {
  it('is made by an async function', () => {
    const test = (title: string) => `it('${title}', async () => {\n  const built = await (await import('rollup')).rollup({ input: 'a.js' });\n  expect(built.watchFiles).toHaveLength(1);\n});\n`;
    const { output } = mock(`import { expect, it } from 'vitest';\n${test('one')}${test('two')}`);
    expect(output).toContain("= async () => (await import('rollup')).rollup(");
  });
});

describe('a statement that begins with a bracket, in a file without semicolons', () => {
  const tests = (declare: string, context = ''): string => ['one', 'two'].map((title) => `${declare}('${title}', async (${context}) => {\n  const bundle = await rollup({ input: 'a.js' })\n  await bundle.generate({})\n})\n`).join('\n');

  it('does not go on with what is written before it', () => {
    const imported = mock(`import { it } from 'vitest'\nimport { rollup } from 'rollup'\n\n(() => {\n  it('adds', () => {})\n})()\n\n${tests('it.skipIf(onWindows)')}`).output;
    expect(imported).toContain('\nconst rollupOnce = remember(rollup);\n\n(() => {');
    const required = mock(`const test = require('tape')\nconst { rollup } = require('rollup');\n[1, 2].forEach((n) => {\n  test('adds ' + n, (t) => {})\n})\n\n${tests('test', 't')}`, { filename: 'test/a.test.js' }).output;
    expect(required).toContain("require('eslint-plugin-slow-tests/fixtures');\n");
    expect(required).toContain('\nconst rollupOnce = remember(rollup);\n\n[1, 2]');
  });
});

describe('a number after a loop that is as large as its list', () => {
  const text = (assertion: string): string => `import { expect, it, vi } from 'vitest';
import { compile } from 'webpack';
import { make } from './make.js';
it('builds all', async () => {
  const sizes = [];
  for (const format of ['esm', 'cjs', 'iife']) sizes.push((await compile({ format })).size);
  ${assertion}
});
`;

  it.each([
    ['what the loop has filled', 'expect(sizes.length).toBe(3);', 'expect(sizes.length).toBe(formats.length);'],
    ['the calls of a spy', 'expect(spy).toHaveBeenCalledTimes(3);', 'expect(spy).toHaveBeenCalledTimes(formats.length);'],
  ])('follows it for %s', (_what, before, after) => {
    expect(split(text(before)).output).toContain(after);
  });

  it.each([
    ['a shape', 'expect(make(256, 3).shape).toEqual([256, 3]);'],
    ['a value from elsewhere', 'expect(make(256, 3).width).toBe(3);'],
    ['an item of what the loop has filled', 'expect(sizes).toEqual([1, 2, 3]);'],
  ])('stays for %s, and the test whole', (_what, assertion) => {
    expect(split(text(assertion)).output).toContain(assertion);
    expect(split(text(assertion)).output).not.toContain('formats.length');
  });
});

describe('a size that stands elsewhere in the test', () => {
  it('changes there too, in a test of the group whose own size nobody knew, and in a list that is filled with it', () => {
    const { output } = tier(`${TENSOR}describe('all', () => {
  const seqLen = 1024;
  it('counts', () => {
    const x = randn(Array(2).fill(1024));
    expect(x.size).toEqual(1024 * seqLen);
  });
  it('sums', () => {
    const x = ones([seqLen, seqLen]);
    expect(x.sum()).toBeGreaterThan(0);
  });
});
`);
    expect(output).toContain("['small', { seqLen: 64 }]");
    expect(output).toContain('randn(Array(2).fill(seqLen));\n    expect(x.size).toEqual(seqLen * seqLen);');
  });

  it('keeps the test whole where another size, times a number, was as large and would not be it any longer', () => {
    const { output } = tier(`${TENSOR}const batch = 256;
describe('all', () => {
  const n = (256 + 256);
  it('doubles', () => {
    const x = ones(Array(2).fill(batch * 2));
    expect(String(x.shape)).toEqual(batch * 2 + ',' + n);
    ones([batch, batch]);
    ones([512, 512]);
  });
});
`);
    expect(output).toContain("it('doubles @slow', () => {");
  });

  it('keeps the test whole where it is reckoned', () => {
    const { output } = tier(`${TENSOR}it('turns', () => {\n  const x = ones([512, 1 << 9]).reshape([1 << 9, 512]);\n  expect(x.shape[0]).toEqual(512);\n});\n`);
    expect(output).toContain("it('turns @slow', () => {\n  const x = ones([512, 1 << 9])");
  });
});
