/** What `no-unmocked-compile` suggests: a stub, one for several tests, one that is remembered, the marker. Never a fix. */
import { describe, expect, it } from 'vitest';
import { squiggleTester } from '../squiggle.ts';

const report = squiggleTester('no-unmocked-compile');

/** Each suggestion with the lines it writes; `none` when it only reports. */
function suggestionsOf(text: string): readonly string[] {
  const said = report(text);
  if (said === 'silent') return ['silent'];
  if (said.includes('\nfixed:\n')) throw new Error(`It may not fix:\n${said}`);
  const suggestions = said.split(/^suggestion: /m).slice(1).map((suggestion) => suggestion.replace(/^\d+ \| ?/gm, '').trimEnd());
  return suggestions.length > 0 ? suggestions : ['none'];
}

const twice = (test: (title: string) => string): string => `${test('one')}\n${test('two')}`;
const bundles = (title: string, options = `{ input: 'a.js' }`): string => `it('${title}', async () => {\n  const bundle = await rollup(${options});\n  await bundle.generate({});\n});\n`;

/** The first suggestion of the first report. */
const first = (text: string): string | undefined => suggestionsOf(text)[0];

describe('shares one in beforeAll', () => {
  it('and imports the hook', () => {
    expect(first(`import { expect, it } from 'vitest';
import { InferenceSession } from 'onnxruntime-node';

it('has inputs', async () => {
  const session = await InferenceSession.create('model.onnx');
  expect(session.inputNames).not.toContain('y');
});

it('has outputs', async () => {
  const session = await InferenceSession.create('model.onnx');
  expect(session.outputNames).not.toContain('y');
});`)).toMatchInlineSnapshot(`
  "Share one session in beforeAll; no test may change it.
  import { expect, it, beforeAll } from 'vitest';
  import { InferenceSession } from 'onnxruntime-node';

  let session: Awaited<ReturnType<typeof InferenceSession.create>>;

  beforeAll(async () => {
    session = await InferenceSession.create('model.onnx');
  });

  it('has inputs', async () => {
    expect(session.inputNames).not.toContain('y');
  });

  it('has outputs', async () => {"
`);
  });

  it('inside the group, with its indentation and the declared type', () => {
    expect(first(`import { beforeAll, describe, expect, it } from 'vitest';
import { rollup, type RollupBuild } from 'rollup';
describe('output', () => {
  it('is one chunk', async () => {
    const bundle: RollupBuild = await rollup({
      input: 'a.js',
    });
    expect((await bundle.generate({})).output).toHaveLength(1);
  });
  it('has code', async () => {
    const { output } = await (await rollup({ input: 'a.js' })).generate({});
    expect(output[0].code).toBe('a');
  });
});`)).toMatchInlineSnapshot(`
  "Share one bundle in beforeAll; no test may change it.
    let bundle: RollupBuild;

    beforeAll(async () => {
      bundle = await rollup({
        input: 'a.js',
      });
    });

    it('is one chunk', async () => {
      expect((await bundle.generate({})).output).toHaveLength(1);
    });
    it('has code', async () => {
      const { output } = await bundle.generate({});"
`);
  });

  it('by the hook of the runner, as the runner is imported', () => {
    const withHead = (head: string, test = 'it'): string => `${head}\n${twice((title) => bundles(title).replace('it(', `${test}(`))}`;
    expect([
      withHead(`const { rollup } = require('rollup');\nconst { it } = require('mocha');`),
      withHead(`import { rollup } from 'rollup';\nimport { it } from 'node:test';`),
      withHead(`import { rollup } from 'rollup';\nimport test from 'node:test';`, 'test'),
      withHead(`import { rollup } from 'rollup';\nimport test from 'ava';`, 'test'),
      withHead(`import { rollup } from 'rollup';\nimport { test } from '@playwright/test';`, 'test'),
      withHead(`import { rollup } from 'rollup';\n// Jest's globals`),
    ].map((text) => first(text)?.split('\n').filter((line) => /import|require|before/.test(line)).join('\n')).join('\n---\n')).toMatchInlineSnapshot(`
      "Share one bundle in before; no test may change it.
      const { it, before } = require('mocha');
      before(async () => {
      ---
      Share one bundle in before; no test may change it.
      import { it, before } from 'node:test';
      before(async () => {
      ---
      Share one bundle in test.before; no test may change it.
      test.before(async () => {
      ---
      Share one bundle in test.before; no test may change it.
      test.before(async () => {
      ---
      Share one bundle in test.beforeAll; no test may change it.
      test.beforeAll(async () => {
      ---
      Share one bundle in beforeAll; no test may change it.
      beforeAll(async () => {"
    `);
  });

  it('with the time that the tests had', () => {
    const timed = (title: string): string => bundles(title).replace(/\);\n$/, ', 30_000);\n');
    expect(first(`import { it } from 'vitest';\nimport { rollup } from 'rollup';\n${twice(timed)}`)).toContain('}, 30_000);');
    const mocha = (title: string): string => bundles(title).replace('async () => {', 'async function () {\n  this.timeout(30000);');
    expect(first(`import { it } from 'mocha';\nimport { rollup } from 'rollup';\n${twice(mocha)}`)).toContain('before(async function () {\n  this.timeout(30000);');
  });

  it('under names that do not meet', () => {
    const text = `import { it } from 'vitest';\nimport { rollup } from 'rollup';\n${twice((title) => bundles(title))}${twice((title) => bundles(`other ${title}`, `{ input: 'fixtures/plain-file.js' }`))}`;
    const shared = suggestionsOf(text).filter((suggestion) => suggestion.startsWith('Share'));
    expect(shared.map((suggestion) => suggestion.split(';')[0])).toEqual(['Share one bundle in beforeAll', 'Share one bundle in beforeAll', 'Share one plainFileBundle in beforeAll', 'Share one plainFileBundle in beforeAll']);
  });

  it('where the type follows the arguments, from a function that makes it', () => {
    expect(first(`import { it } from 'vitest';
import { build } from 'esbuild';
${twice((title) => `it('${title}', async () => {\n  const result = await build({ entryPoints: ['a.ts'], write: false });\n  result.outputFiles[0].text.trim();\n});\n`)}`)).toContain(`const makeResult = () => build({ entryPoints: ['a.ts'], write: false });
let result: Awaited<ReturnType<typeof makeResult>>;`);
  });
});

describe('makes it once instead of before each test', () => {
  const withHook = (body: string, tests = twice((title) => `it('${title}', () => {\n  expect(session.inputNames).toEqual(['x']);\n});\n`)): string => `import { beforeEach, expect, it } from 'vitest';
import { InferenceSession } from 'onnxruntime-node';
let session;
let inputs;
beforeEach(async () => {
${body}
});
${tests}`;

  it('and keeps what is made anew', () => {
    expect(first(withHook(`  session = await InferenceSession.create('model.onnx');`))).toMatchInlineSnapshot(`
      "Make it once in beforeAll; no test may change it.
      import { beforeAll, expect, it } from 'vitest';
      import { InferenceSession } from 'onnxruntime-node';
      let session;
      let inputs;
      beforeAll(async () => {"
    `);
    expect(first(withHook(`  inputs = [1, 2];\n  session = await InferenceSession.create('model.onnx');`))).toMatchInlineSnapshot(`
      "Make it once in beforeAll; no test may change it.
      import { beforeEach, expect, it, beforeAll } from 'vitest';
      import { InferenceSession } from 'onnxruntime-node';
      let session;
      let inputs;

      beforeAll(async () => {
        session = await InferenceSession.create('model.onnx');
      });

      beforeEach(async () => {
        inputs = [1, 2];"
    `);
  });

  it.each<readonly [what: string, text: string]>([
    ['a test releases it', withHook(`  session = await InferenceSession.create('model.onnx');`, twice((title) => `it('${title}', async () => {\n  await session.release();\n});\n`))],
    ['a test replaces it', withHook(`  session = await InferenceSession.create('model.onnx');`, twice((title) => `it('${title}', () => {\n  session = null;\n});\n`))],
    ['something prepares it', withHook(`  process.chdir('models');\n  session = await InferenceSession.create('model.onnx');`)],
    ['its arguments change', withHook(`  inputs = pick();\n  session = await InferenceSession.create(inputs);`)],
    ['there is one test', withHook(`  session = await InferenceSession.create('model.onnx');`, `it('one', () => {\n  expect(session.inputNames).toEqual(['x']);\n});\n`)],
  ])('but not where %s', (_what, text) => {
    expect(suggestionsOf(text).join('\n')).not.toMatch(/^(?:Share|Make|Remember) /m);
  });
});

describe('stubs', () => {
  it('in a row of the fast run, beside the real one', () => {
    expect([
      `import { expect, it } from 'vitest';\nimport { jit } from '@jax-js/jax';\nimport { input } from './input';\nit('adds one', () => {\n  const add = jit((x) => x.add(1));\n  expect(add(input).js()).toEqual([2]);\n});`,
      `import { expect, it } from 'vitest';\nimport { readFile } from 'node:fs/promises';\nit('is a module', async () => {\n  expect(await WebAssembly.compile(await readFile('kernel.wasm'))).toBeInstanceOf(WebAssembly.Module);\n});`,
      `import { expect, it } from 'vitest';\nimport { InferenceSession } from 'onnxruntime-node';\nit('gives scores', async () => {\n  const session = await InferenceSession.create('model.onnx');\n  const { logits } = await session.run({ ids: null });\n  expect(logits.dims).toEqual([1, 8]);\n});`,
    ].map(first).join('\n---\n')).toMatchInlineSnapshot(`
      "Run a stub of jit in the fast run, and the real one in the slow run.
      import { identityCompile } from 'eslint-plugin-slow-tests/fixtures';
      it.each([
        ['stub', { jitOrStub: identityCompile as unknown as typeof jit }],
        ['real @slow', { jitOrStub: jit }],
      ])('adds one (%s)', (_tier, { jitOrStub }) => {
        const add = jitOrStub((x) => x.add(1));
      ---
      Run a stub of WebAssembly.compile in the fast run, and the real one in the slow run.
      import { expect, it, vi, afterEach } from 'vitest';
      import { readFile } from 'node:fs/promises';
      import { emptyWasmModule } from 'eslint-plugin-slow-tests/fixtures';

      afterEach(() => {
        vi.restoreAllMocks();
      });

      it.each([
        ['stub', { real: false }],
        ['real @slow', { real: true }],
      ])('is a module (%s)', async (_tier, { real }) => {
        if (!real) {
          vi.spyOn(WebAssembly, 'compile').mockImplementation((async () => emptyWasmModule()) as unknown as typeof WebAssembly.compile);
        }
      ---
      Run a stub of InferenceSession.create in the fast run, and the real one in the slow run.
      import { expect, it, vi, afterEach } from 'vitest';
      import { InferenceSession } from 'onnxruntime-node';
      import { createSession } from 'eslint-plugin-slow-tests/fixtures';

      afterEach(() => {
        vi.restoreAllMocks();
      });

      it.each([
        ['stub', { real: false }],
        ['real @slow', { real: true }],
      ])('gives scores (%s)', async (_tier, { real }) => {
        if (!real) {
          vi.spyOn(InferenceSession, 'create').mockImplementation((async () => createSession({ inputs: ['ids'], outputs: { logits: { dims: [1, 8] } } })) as unknown as typeof InferenceSession.create);
        }"
    `);
  });

  it.each<readonly [what: string, body: string]>([
    ['options beside the function', `const f = jit((x) => x, { staticArgnums: [0] });\n  f(input);`],
    ['plain numbers, which only the compiled function converts', `const add = jit((x) => x.add(1));\n  add(2);`],
    ['what only the compiled function has', `const add = jit((x) => x.add(1));\n  add(input);\n  add.dispose();`],
    ['the function beside it', `const f = (x) => x.add(1);\n  expect(jit(f)(input)).toEqual(f(input));`],
    ['what is called eager', `const f = jit((x) => x.add(1));\n  const eager = input.add(1);\n  expect(f(input)).toEqual(eager);`],
    ['a kernel, which runs for each thread', `const kernel = new GPU().createKernel(function () { return 1; });\n  kernel(input);`],
    ['exports of a module', `const module = await WebAssembly.compile(await readFile('a.wasm'));\n  expect(WebAssembly.Module.exports(module)).toEqual([]);`],
    ['values of a session', `const session = await InferenceSession.create('a.onnx');\n  const { y } = await session.run({ x: input });\n  expect(y.data).toEqual([1]);`],
    ['a session that is handed on', `const session = await InferenceSession.create('a.onnx');\n  expect(await classify(session)).toBe(1);`],
  ])('not with %s', (_what, body) => {
    expect(suggestionsOf(`import { expect, it } from 'vitest';\nimport { readFile } from 'node:fs/promises';\nimport { jit } from '@jax-js/jax';\nimport { GPU } from 'gpu.js';\nimport { InferenceSession } from 'onnxruntime-node';\nimport { classify, input } from './classify';\nit('works', async () => {\n  ${body}\n});`).join('\n'))
      .not.toMatch(/^Run a stub/m);
  });

  it('not what the test is about', () => {
    expect(suggestionsOf(`import { expect, it } from 'vitest';\nimport { readFile } from 'node:fs/promises';\nit('compile gives a module', async () => {\n  expect(await WebAssembly.compile(await readFile('a.wasm'))).toBeDefined();\n});`).join('\n')).not.toMatch(/^Run a stub/m);
  });
});

describe('remembers by arguments', () => {
  it('what a helper makes of the same input', () => {
    expect(first(`import { expect, it } from 'vitest';
import { buildSync } from 'esbuild';
function bundle(entry, minify) {
  return buildSync({ entryPoints: [entry], minify, write: false }).outputFiles[0].text;
}
it('keeps the name', () => {
  expect(bundle('a.js')).toContain('name');
});
it('is short', () => {
  expect(bundle('b.js', true).length).toBeLessThan(9);
});
it('has no comment', () => {
  expect(bundle('a.js')).not.toContain('//');
});`)).toMatchInlineSnapshot(`
  "Remember bundle by its arguments; no test may change what it gives.
  import { remember } from 'eslint-plugin-slow-tests/fixtures';
  function bundle(entry, minify) {
    return buildSync({ entryPoints: [entry], minify, write: false }).outputFiles[0].text;
  }

  const bundleOnce = remember(bundle);

  it('keeps the name', () => {
    expect(bundleOnce('a.js')).toContain('name');
  });
  it('is short', () => {
    expect(bundle('b.js', true).length).toBeLessThan(9);
  });
  it('has no comment', () => {
    expect(bundleOnce('a.js')).not.toContain('//');"
`);
  });

  it('where the runner has no hook', () => {
    const text = `const test = require('tape');\nconst { rollup } = require('rollup');\n${twice((title) => `test('${title}', async (t) => {\n  const bundle = await rollup({ input: 'a.js' });\n  t.ok(await bundle.generate({}));\n});\n`)}`;
    expect(first(text)).toContain('const rollupOnce = remember(rollup);');
  });

  it.each<readonly [what: string, text: string]>([
    ['a test does not always run', `it.skipIf(onWindows)('one', async () => {\n  const bundle = await rollup({ input: 'a.js' });\n  await bundle.generate({});\n});\n${bundles('two')}`],
    ['a test does not always make it', `it('one', async () => {\n  if (on) {\n    const bundle = await rollup({ input: 'a.js' });\n    await bundle.generate({});\n  }\n});\n${bundles('two')}`],
    ['a test is no statement', `export const one = ${bundles('one')}${bundles('two')}`],
  ])('where %s', (_what, text) => {
    expect(first(`import { it } from 'vitest';\nimport { rollup } from 'rollup';\n${text}`)).toContain('const rollupOnce = remember(rollup);');
  });

  it.each<readonly [what: string, helper: string, use: string]>([
    ['that asserts', `function bundle(entry) { const text = buildSync({ entryPoints: [entry], write: false }); expect(text).toBeDefined(); return text; }`, `expect(bundle('a.js')).toBe(1)`],
    ['whose result is not looked at', `function bundle(entry) { buildSync({ entryPoints: [entry] }); }`, `bundle('a.js')`],
    ['whose result is changed', `function bundle(entry) { return buildSync({ entryPoints: [entry], write: false }); }`, `bundle('a.js').outputFiles.pop()`],
  ])('not a helper %s', (_what, helper, use) => {
    expect(suggestionsOf(`import { expect, it } from 'vitest';\nimport { buildSync } from 'esbuild';\n${helper}\n${twice((title) => `it('${title}', () => {\n  ${use};\n});\n`)}`).join('\n')).not.toMatch(/^(?:Share|Make|Remember) /m);
  });
});

describe('refuses to share', () => {
  it.each<readonly [what: string, body: string, head?: string]>([
    ['arguments of the test', `const input = pick();\n  const bundle = await rollup({ input });\n  bundle.x;`],
    ['this', `const bundle = await rollup({ input: this.input });\n  bundle.x;`],
    ['a result that is closed before the end', `const bundle = await rollup({ input: 'a.js' });\n  await bundle.close();\n  bundle.x;`],
    ['a result that is only closed', `const bundle = await rollup({ input: 'a.js' });\n  await bundle.close();`],
    ['a result that nobody takes', `await rollup({ input: 'a.js' });`],
    ['a result that is changed', `const bundle = await rollup({ input: 'a.js' });\n  bundle.cache = null;`],
    ['a result that is handed on', `const bundle = await rollup({ input: 'a.js' });\n  use(bundle);`],
    ['a test that prepares something', `await writeFile('a.js', '');\n  const bundle = await rollup({ input: 'a.js' });\n  bundle.x;`],
    ['two in one test', `const bundle = await rollup({ input: 'a.js' });\n  expect(bundle).not.toBe(await rollup({ input: 'a.js' }));`],
    ['a plugin under test', `const bundle = await rollup({ input: 'a.js', plugins: [plugin()] });\n  bundle.x;`],
    ['an argument that beforeEach writes', `const bundle = await rollup({ input: file });\n  bundle.x;`, `let file;\nbeforeEach(() => { file = 'b.js'; });\n`],
    ['a folder that beforeEach changes', `const bundle = await rollup({ input: 'a.js' });\n  bundle.x;`, `beforeEach(() => { process.chdir('test'); });\n`],
    ['files that afterEach removes', `const bundle = await rollup({ input: 'a.js' });\n  bundle.x;`, `afterEach(() => { rmSync('dist'); });\n`],
  ])('%s', (_what, body, head = '') => {
    const text = `import { afterEach, beforeEach, expect, it } from 'vitest';\nimport { rollup } from 'rollup';\nimport plugin from '../src';\n${head}${twice((title) => `it('${title}', async function () {\n  ${body}\n});\n`)}`;
    const suggestions = suggestionsOf(text);
    expect(suggestions).not.toContain('silent');
    expect(suggestions.join('\n')).not.toMatch(/^(?:Share|Make|Remember) /m);
  });

  it.each<readonly [what: string, text: string]>([
    ['what one test makes', bundles('one')],
    ['what the tests are about', twice((title) => bundles(`bundles ${title}`))],
    ['tests in an unknown block', `describeWithFlags('all', () => {\n${twice((title) => bundles(title))}});\n`],
  ])('%s', (_what, text) => {
    expect(suggestionsOf(`import { it } from 'vitest';\nimport { rollup } from 'rollup';\n${text}`).join('\n')).not.toMatch(/^(?:Share|Make|Remember) /m);
  });
});

it('marks what has to be real', () => {
  expect(first(`import { it } from 'vitest';\nimport webpack from 'webpack';\nit('emits', () => new Promise((done) => {\n  webpack({ entry: './a.js' }, done);\n}));`)).toMatchInlineSnapshot(`
    "Mark the test that makes a real webpack @slow.
    it('emits @slow', () => new Promise((done) => {"
  `);
});
