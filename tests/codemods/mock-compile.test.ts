import { describe, expect, it } from 'vitest';
import mockCompile from '../../codemods/mock-compile/codemod.ts';
import { lintText } from '../squiggle.ts';
import { transformTester } from './transform.ts';

const ATTENTION = { costs: [{ module: 'flash', export: 'compile', kind: 'compile', stub: 'attention' }, { module: 'flash', export: 'Engine.compile', kind: 'compile', stub: 'attention' }] };
const transform = transformTester(mockCompile, { settings: ATTENTION });
const twice = (test: (title: string) => string): string => `${test('one')}\n${test('two')}`;

describe('a compile of attention becomes the kernel', () => {
  const suite = (body: string, head = `import { compile } from 'flash';`): string => `import { expect, it } from 'vitest';\n${head}\nimport { query, key, value, shape } from './inputs';\n\nit('attends', () => {\n${body}\n});\n`;

  it('by its name', () => {
    expect(transform(suite(`  const attend = compile('causal');\n  expect(attend(query, key, value, shape)).toHaveLength(8);`)).output).toMatchInlineSnapshot(`
      "import { expect, it } from 'vitest';
      import { compile } from 'flash';
      import { query, key, value, shape } from './inputs';
      import { compileAttention } from 'eslint-plugin-slow-tests/kernel';

      it.each([
        ['stub', { compileOrStub: compileAttention as unknown as typeof compile }],
        ['real @slow', { compileOrStub: compile }],
      ])('attends (%s)', (_tier, { compileOrStub }) => {
        const attend = compileOrStub('causal');
        expect(attend(query, key, value, shape)).toHaveLength(8);
      });
      "
    `);
  });

  it('by a description with the shape, in the rows that are there', () => {
    const { output } = transform(`import { expect, it } from 'vitest';
import { compile } from 'flash';
import { inputs } from './inputs';

it.each([
  ['small', { seqLen: 64 }],
  ['full @slow', { seqLen: 512 }],
])('attends (%s)', (_tier, { seqLen }) => {
  const { query, key, value } = inputs(seqLen);
  const attend = compile({ pattern: 'causal', batchSize: 1, numHeads: 4, seqLen, headDim: 32 });
  expect(attend(query, key, value)).toHaveLength(4 * 32 * seqLen);
});
`);
    expect(output).toMatchInlineSnapshot(`
      "import { expect, it } from 'vitest';
      import { compile } from 'flash';
      import { inputs } from './inputs';
      import { kernelCompile } from 'eslint-plugin-slow-tests/fixtures';

      it.each([
        ['small', { seqLen: 64, compileOrStub: kernelCompile as unknown as typeof compile }],
        ['full @slow', { seqLen: 512, compileOrStub: compile }],
      ])('attends (%s)', (_tier, { seqLen, compileOrStub }) => {
        const { query, key, value } = inputs(seqLen);
        const attend = compileOrStub({ pattern: 'causal', batchSize: 1, numHeads: 4, seqLen, headDim: 32 });
        expect(attend(query, key, value)).toHaveLength(4 * 32 * seqLen);
      });
      "
    `);
  });

  it('under another name where the file has a compileAttention of its own', () => {
    expect(transform(suite(`  const attend = compileAttention('full');\n  expect(attend(query, key, value, shape)).toHaveLength(8);`, `import { compile as compileAttention } from 'flash';`)).output)
      .toContain("import { compileAttention as compileWithKernel } from 'eslint-plugin-slow-tests/kernel';");
  });

  it.each<readonly [what: string, body: string, reason: string]>([
    ['a window that may be counted otherwise', `  compile({ pattern: 'sliding_window', window: 8, batchSize: 1, numHeads: 1, seqLen: 8, headDim: 1 })(query, key, value);`, 'The kernel may understand window in another way.'],
    ['a pattern of their own', `  compile('zigzag')(query, key, value, shape);`, 'The kernel has no such pattern.'],
    ['members of the result', `  expect(compile('causal').source).toContain('for');`, 'The kernel has no source.'],
    ['a method of the result', `  compile('causal').forward(query, key, value);`, 'The kernel has no forward.'],
    ['other arguments', `  compile('causal')({ query, key, value });`, 'The kernel takes query, key, value and shape.'],
  ])('not with %s', (_what, body, reason) => {
    const { isChanged, left } = transform(suite(body));
    expect(isChanged).toBe(false);
    expect(left[0]).toContain(reason);
  });
});

it("takes a stub of one's own, by its path from the package", () => {
  const costs = [{ module: 'scene-model', export: 'Model.load', kind: 'load', stub: { module: './test/stubs.js', export: 'loadSmall' } }];
  const { output } = transform(`import { Model } from 'scene-model';
import { test } from 'node:test';
import { describeScene } from '../../src/index.js';

test('names what it sees', async () => {
  const model = await Model.load('large.bin');
  assert.match(await describeScene(model), /car/);
});
`, { settings: { costs }, filename: 'test/unit/scene.test.js', files: { 'package.json': '{ "name": "scenes", "type": "module" }' } });
  expect(output).toMatchInlineSnapshot(`
    "import { Model } from 'scene-model';
    import { test } from 'node:test';
    import { describeScene } from '../../src/index.js';
    import { loadSmall } from '../stubs.js';

    for (const { tier, real } of [
      { tier: 'stub', real: false },
      { tier: 'real @slow', real: true },
    ]) {
      test(\`names what it sees (\${tier})\`, async (t) => {
        if (!real) t.mock.method(Model, 'load', loadSmall);
        const model = await Model.load('large.bin');
        assert.match(await describeScene(model), /car/);
      });
    }
    "
  `);
});

describe('a method is spied on', () => {
  const body = `  const attend = Engine.compile('causal');\n  expect(attend(query, key, value, shape)).toHaveLength(8);`;
  const suite = (head: string, test = 'it'): string => `${head}\n\n${twice((title) => `${test}('${title}', () => {\n${body}\n});\n`)}`;
  const withSinon = { files: { 'package.json': '{ "devDependencies": { "mocha": "1", "sinon": "1" } }' } };

  it('and restored once for the file', () => {
    const { output } = transform(suite(`import { expect, it } from 'vitest';\nimport { Engine } from 'flash';`));
    expect(output.match(/vi\.restoreAllMocks/g)).toHaveLength(1);
    expect(output.match(/vi\.spyOn\(Engine, 'compile'\)/g)).toHaveLength(2);
  });

  it("with sinon where the project has it, in Mocha's other interface too", () => {
    expect(transform(suite(`const { Engine } = require('flash');`), { ...withSinon, filename: 'test/a.js' }).output).toMatchInlineSnapshot(`
      "const { Engine } = require('flash');
      const { compileAttention } = require('eslint-plugin-slow-tests/kernel');
      const sinon = require('sinon');

      afterEach(() => {
        sinon.restore();
      });

      for (const { tier, real } of [
        { tier: 'stub', real: false },
        { tier: 'real @slow', real: true },
      ]) {
        it(\`one (\${tier})\`, () => {
          if (!real) sinon.stub(Engine, 'compile').callsFake(compileAttention);
          const attend = Engine.compile('causal');
          expect(attend(query, key, value, shape)).toHaveLength(8);
        });
      }

      for (const { tier, real } of [
        { tier: 'stub', real: false },
        { tier: 'real @slow', real: true },
      ]) {
        it(\`two (\${tier})\`, () => {
          if (!real) sinon.stub(Engine, 'compile').callsFake(compileAttention);
          const attend = Engine.compile('causal');
          expect(attend(query, key, value, shape)).toHaveLength(8);
        });
      }
      "
    `);
    expect(transform(suite(`const { Engine } = require('flash');\nsuite('all', () => {});`, 'test'), { ...withSinon, filename: 'test/a.js' }).output).toContain('teardown(() => {');
  });

  it('but handed to the body where tests may run at the same time, or other spies last', () => {
    for (const text of [
      suite(`import { expect, it } from 'vitest';\nimport { Engine } from 'flash';`, 'it.concurrent'),
      suite(`import { expect, it, vi } from 'vitest';\nimport { Engine } from 'flash';\nconst log = vi.spyOn(console, 'log').mockReturnValue();`),
    ]) {
      const { output } = transform(text);
      expect(output).toContain('(...given: Parameters<typeof Engine.compile>) => Engine.compile(...given)');
      expect(output).not.toContain("vi.spyOn(Engine");
    }
  });
});

describe('new text goes where it belongs', () => {
  it('with the semicolons of the file, in front of a loop too', () => {
    const suite = (end: string): string => `import { expect, it } from 'vitest'${end}
import { rollup } from 'rollup'${end}
for (const name of ['a', 'b']) {
  it(\`writes \${name}\`, async () => {
    const bundle = await rollup({ input: 'a.js' })${end}
    expect((await bundle.generate({ name })).output).toHaveLength(1)${end}
  })${end}
}
`;
    for (const end of [';', '']) {
      expect(transform(suite(end)).output).toContain(`let bundle: Awaited<ReturnType<typeof rollup>>${end}\n\nbeforeAll(async () => {\n  bundle = await rollup({ input: 'a.js' })${end}\n})${end}\n\nfor (`);
    }
  });

  it('above the comments of a test, in the quotes, commas and semicolons of the file', () => {
    const { output } = transform(`import { expect, it } from "vitest"
import { rollup } from "rollup"
// The output is one chunk.
it("one", async () => {
  const bundle = await rollup({ input: "a.js" })
  expect((await bundle.generate({})).output).toHaveLength(1)
})

it("two", async () => {
  const bundle = await rollup({ input: "a.js" })
  expect((await bundle.generate({})).output[0].code).toBe("a")
})
`);
    expect(output).toMatchInlineSnapshot(`
      "import { expect, it, beforeAll } from "vitest"
      import { rollup } from "rollup"

      let bundle: Awaited<ReturnType<typeof rollup>>

      beforeAll(async () => {
        bundle = await rollup({ input: "a.js" })
      })

      // The output is one chunk.
      it("one", async () => {
        expect((await bundle.generate({})).output).toHaveLength(1)
      })

      it("two", async () => {
        expect((await bundle.generate({})).output[0].code).toBe("a")
      })
      "
    `);
  });

  it('as a require, after the directive', () => {
    const module = (title: string): string => `test('${title}', async () => {\n  expect(await WebAssembly.compileStreaming(fetch('a.wasm'))).toBeDefined();\n});\n`;
    expect(transform(`'use strict';\n\n${module('is a module')}`, { filename: 'test/a.test.js', files: { 'package.json': '{ "devDependencies": { "jest": "30" } }' } }).output)
      .toContain(`'use strict';\n\nconst { emptyWasmModule } = require('eslint-plugin-slow-tests/fixtures');\n\nafterEach(`);
  });
});

it('shares no plugin under test, by whatever name it is imported', () => {
  const files = { 'package.json': '{ "name": "plugin", "devDependencies": { "rollup": "4", "@rollup/plugin-json": "6", "vitest": "4" } }' };
  const suite = (from: string): string => `import { expect, it } from 'vitest';\nimport { rollup } from 'rollup';\nimport plugin from '${from}';\n\n${twice((title) => `it('${title}', async () => {\n  const bundle = await rollup({ input: 'a.js', plugins: [plugin()] });\n  expect(bundle.cache).toBeDefined();\n});\n`)}`;
  for (const from of ['..', 'plugin', '~package', 'current-package']) expect(transform(suite(from), { files }).isChanged).toBe(false);
  expect(transform(suite('@rollup/plugin-json'), { files }).isChanged).toBe(true);
});

describe('what the tests close is closed once', () => {
  const opens = (launcher: string, method = 'newPage'): string => twice((title) => `it('${title}', async () => {\n  const browser = await ${launcher}.launch();\n  const page = await browser.${method}();\n  expect(page).toBeDefined();\n  await browser.close();\n});\n`);

  it('at the end of each', () => {
    expect(transform(`import { chromium } from 'playwright';\nimport { expect, it } from 'vitest';\n\n${opens('chromium')}`).output).toMatchInlineSnapshot(`
      "import { chromium } from 'playwright';
      import { expect, it, beforeAll, afterAll } from 'vitest';

      let browser: Awaited<ReturnType<typeof chromium.launch>>;

      beforeAll(async () => {
        browser = await chromium.launch();
      });

      afterAll(async () => {
        await browser.close();
      });

      it('one', async () => {
        const page = await browser.newPage();
        expect(page).toBeDefined();
      });

      it('two', async () => {
        const page = await browser.newPage();
        expect(page).toBeDefined();
      });
      "
    `);
  });

  it('in hooks, whose imports follow', () => {
    expect(transform(`import { InferenceSession } from 'onnxruntime-node';
import { afterEach, beforeEach, expect, it } from 'vitest';

let session;

beforeEach(async () => {
  session = await InferenceSession.create('model.onnx');
});

afterEach(() => session.release());

${twice((title) => `it('${title}', () => {\n  expect(session.inputNames).toEqual(['x']);\n});\n`)}`).output).toMatchInlineSnapshot(`
  "import { InferenceSession } from 'onnxruntime-node';
  import { afterAll, beforeAll, expect, it } from 'vitest';

  let session;

  beforeAll(async () => {
    session = await InferenceSession.create('model.onnx');
  });

  afterAll(() => session.release());

  it('one', () => {
    expect(session.inputNames).toEqual(['x']);
  });

  it('two', () => {
    expect(session.inputNames).toEqual(['x']);
  });
  "
`);
  });

  it.each<readonly [what: string, text: string]>([
    ['pages share their cookies', `import puppeteer from 'puppeteer';\nimport { expect, it } from 'vitest';\n${opens('puppeteer')}`],
    ['something is done with it afterwards', `import { chromium } from 'playwright';\nimport { expect, it } from 'vitest';\n${opens('chromium').replaceAll('  await browser.close();', '  await browser.close();\n  expect(browser.version()).toBe(1);')}`],
    ['only some close it', `import { chromium } from 'playwright';\nimport { expect, it } from 'vitest';\n${opens('chromium').replace('  await browser.close();\n', '')}`],
  ])('but not where %s', (_what, text) => {
    expect(transform(text).output).not.toContain('beforeAll');
  });
});

describe('marks', () => {
  const cheap = (count: number): string => Array.from({ length: count }, (_, index) => `it('adds ${index}', () => { expect(${index} + 1).toBe(${index + 1}); });\n`).join('');
  const webpack = `it('emits', () => new Promise((done) => {\n  webpack({ entry: './a.js' }, done);\n}));\n`;
  const head = `import { expect, it } from 'vitest';\nimport webpack from 'webpack';\nimport { rollup } from 'rollup';\n`;
  const bundles = `it('has a chunk', async () => {\n  await (await rollup({ input: 'a.js' })).generate({});\n});\n`;

  it.each<readonly [what: string, text: string, options: Readonly<Record<string, unknown>>]>([
    ['a slow build beside other tests', webpack + cheap(1), {}],
    ['a cheap one only when asked for', bundles + cheap(1), { markFrom: 50 }],
    ['what its test gives much time', bundles.replace('\n});', '\n}, 10_000);') + cheap(1), {}],
  ])('%s', (_what, text, options) => {
    const { output, left } = transform(head + text, { options });
    expect(output).toMatch(/it\('(?:emits|has a chunk) @slow'/);
    expect(left).toEqual([]);
  });

  it.each<readonly [what: string, text: string, reason: string]>([
    ['most tests of a file', webpack + bundles, 'would leave little to the fast run'],
    ['a cheap build', bundles + cheap(8), 'A fast test may take that long.'],
    ['what later tests need', `let emitted;\n${webpack.replace('webpack(', 'emitted = true;\n  webpack(')}it('has emitted', () => { expect(emitted).toBe(true); });\n${cheap(4)}`, 'Later tests may need what it keeps: emitted.'],
    ['a snapshot that goes by the title', webpack.replace('new Promise', 'expect(1).toMatchSnapshot() ?? new Promise') + cheap(4), 'toMatchSnapshot goes by the title.'],
  ])('not %s', (_what, text, reason) => {
    const { isChanged, left } = transform(head + text);
    expect(isChanged).toBe(false);
    expect(left.join('\n')).toContain(reason);
  });

  it('not what the library under test does', () => {
    const { left } = transform(`${head}import { build } from '../src/build';\nit('is whole', async () => { await build('a.js'); }, 20_000);\n${cheap(4)}`, { options: { unknownCost: true }, files: { 'package.json': '{}', 'src/build.ts': 'export const build = (name: string) => Promise.resolve(name);' } });
    expect(left.join('\n')).toContain('It is what the library under test does.');
  });
});

it('leaves a contract and its state alone, and says so', () => {
  const { isChanged, left } = transform(`const { ethers } = require('hardhat');\n${twice((title) => `it('${title}', async () => {\n  const token = await ethers.deployContract('Token');\n  await token.mint(1);\n});\n`)}`, { filename: 'test/token.js', options: { unknownCost: true } });
  expect(isChanged).toBe(false);
  expect(left[0]).toContain('A contract keeps state that no stub has.');
});

describe('the rule suggests the same', () => {
  it.each<readonly [what: string, text: string]>([
    ['a stub in a row', `import { expect, it } from 'vitest';\nimport { compile } from 'flash';\nimport { query, key, value, shape } from './inputs';\nit('attends', () => {\n  expect(compile('causal')(query, key, value, shape)).toHaveLength(8);\n});\n`],
    ['a spy', `import { it } from 'node:test';\nimport { Engine } from 'flash';\nimport { query, key, value, shape } from './inputs';\nit('attends', () => {\n  Engine.compile('causal')(query, key, value, shape);\n});\n`],
    ['one for all', `import { it } from 'vitest';\nimport { rollup } from 'rollup';\n${twice((title) => `it('${title}', async () => {\n  const bundle = await rollup({ input: 'a.js' });\n  await bundle.generate({});\n});\n`)}`],
    ['one in a hook', `import { beforeEach, expect, it } from 'vitest';\nimport { rollup } from 'rollup';\nlet bundle;\nbeforeEach(async () => {\n  bundle = await rollup({ input: 'a.js' });\n});\n${twice((title) => `it('${title}', () => {\n  expect(bundle.cache).toBeDefined();\n});\n`)}`],
    ['one that is remembered', `import { it } from 'vitest';\nimport { rollup } from 'rollup';\n${twice((title) => `it.skipIf(off)('${title}', async () => {\n  const bundle = await rollup({ input: 'a.js' });\n  await bundle.generate({});\n});\n`)}`],
    ['the marker', `import { it } from 'vitest';\nimport webpack from 'webpack';\nit('emits', () => new Promise((done) => {\n  webpack({ entry: './a.js' }, done);\n}));\nit('adds', () => {});\n`],
  ])('%s', (_what, text) => {
    const [report] = lintText(text, { rules: { 'slow-tests/no-unmocked-compile': 'error' }, settings: ATTENTION });
    // ESLint makes one replacement of all edits of a suggestion.
    const { range: [start, end] = [0, 0], text: replacement = '' } = report?.suggestions?.[0]?.fix ?? {};
    expect(transform(text).output).toBe(text.slice(0, start) + replacement + text.slice(end));
  });
});
