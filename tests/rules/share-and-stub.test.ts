/** What `no-unmocked-compile` suggests: one for the group, or something that needs no compile. Never a fix. */
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

describe('shares one in beforeAll', () => {
  it('and imports the hook', () => {
    expect(suggestionsOf(`import { expect, it } from 'vitest';
import { InferenceSession } from 'onnxruntime-node';
it('has inputs', async () => {
  const session = await InferenceSession.create('model.onnx');
  expect(session.inputNames).toEqual(['x']);
});`).join('\n')).toMatchInlineSnapshot(`
  "Share one session in beforeAll; no test may change it.
  import { expect, it, beforeAll } from 'vitest';
  import { InferenceSession } from 'onnxruntime-node';
  let session: Awaited<ReturnType<typeof InferenceSession.create>>;
  beforeAll(async () => {
    session = await InferenceSession.create('model.onnx');
  });
  it('has inputs', async () => {"
`);
  });

  it('inside the group, with its indentation', () => {
    expect(suggestionsOf(`import { beforeAll, describe, expect, it } from 'vitest';
import { InferenceSession } from 'onnxruntime-node';
describe('model', () => {
  it('has inputs', async () => {
    const session = await InferenceSession.create('model.onnx');
    expect(session.inputNames).toEqual(['x']);
  });
});`).join('\n')).toMatchInlineSnapshot(`
  "Share one session in beforeAll; no test may change it.
    let session: Awaited<ReturnType<typeof InferenceSession.create>>;
    beforeAll(async () => {
      session = await InferenceSession.create('model.onnx');
    });
    it('has inputs', async () => {"
`);
  });

  it('with its declared type', () => {
    expect(suggestionsOf(`import { beforeAll, it } from 'vitest';
import { rollup, type RollupBuild } from 'rollup';
it('bundles', async () => {
  const bundle: RollupBuild = await rollup({ input: 'a.js' });
  await bundle.generate({});
});`)[0]).toContain('let bundle: RollupBuild;');
  });

  it('by the hook of the runner', () => {
    const withHead = (head: string, test = 'it'): string => `${head}
${test}('bundles', async () => {
  const bundle = await rollup({ input: 'a.js' });
  await bundle.generate({});
});`;
    expect([
      withHead(`const { rollup } = require('rollup');\nconst { it } = require('mocha');`),
      withHead(`import { rollup } from 'rollup';\nimport { it } from 'node:test';`),
      withHead(`import { rollup } from 'rollup';\nimport { test } from '@playwright/test';`, 'test'),
      withHead(`import { rollup } from 'rollup';\n// Jest's globals`),
    ].map((text) => suggestionsOf(text).join('\n')).join('\n---\n')).toMatchInlineSnapshot(`
      "Share one bundle in before; no test may change it.
      let bundle: Awaited<ReturnType<typeof rollup>>;
      before(async () => {
        bundle = await rollup({ input: 'a.js' });
      });
      it('bundles', async () => {
      ---
      Share one bundle in before; no test may change it.
      import { it, before } from 'node:test';
      let bundle: Awaited<ReturnType<typeof rollup>>;
      before(async () => {
        bundle = await rollup({ input: 'a.js' });
      });
      it('bundles', async () => {
      ---
      Share one bundle in test.beforeAll; no test may change it.
      let bundle: Awaited<ReturnType<typeof rollup>>;
      test.beforeAll(async () => {
        bundle = await rollup({ input: 'a.js' });
      });
      test('bundles', async () => {
      ---
      Share one bundle in beforeAll; no test may change it.
      let bundle: Awaited<ReturnType<typeof rollup>>;
      beforeAll(async () => {
        bundle = await rollup({ input: 'a.js' });
      });
      it('bundles', async () => {"
    `);
  });
});

describe('stubs', () => {
  it('a jit by the function, a module by an empty one', () => {
    expect([
      `import { it } from 'vitest';\nimport { jit } from '@jax-js/jax';\nit('adds one', () => {\n  const add = jit((x) => x.add(1));\n  add(2);\n});`,
      `import { it } from 'vitest';\nimport { readFile } from 'node:fs/promises';\nit('exports', async () => {\n  await WebAssembly.compile(await readFile('kernel.wasm'));\n});`,
    ].map((text) => suggestionsOf(text)[0]).join('\n---\n')).toMatchInlineSnapshot(`
      "Call the function as it is, without compiling it.
        const add = (x) => x.add(1);
      ---
      Compile an empty module; it exports nothing.
        await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));"
    `);
  });

  it.each<readonly [what: string, text: string]>([
    ['options beside the function', `jit((x) => x, { staticArgnums: [0] });`],
    ['the kernel as a receiver', `new GPU().createKernel(function () { return 1; }).setOutput([4]);`],
    ['a kernel that knows its place', `const kernel = new GPU().createKernel(function () { return this.thread.x; }); kernel();`],
  ])('not with %s', (_what, body) => {
    expect(suggestionsOf(`import { it } from 'vitest';\nimport { jit } from '@jax-js/jax';\nimport { GPU } from 'gpu.js';\nit('works', () => {\n  ${body}\n});`).join('\n'))
      .not.toContain('without compiling it');
  });
});

describe('refuses to move', () => {
  it.each<readonly [what: string, body: string, head?: string]>([
    ['arguments of the test', `const input = pick();\n  const bundle = await rollup({ input });\n  bundle.x();`],
    ['this', `const bundle = await rollup({ input: this.input });\n  bundle.x();`],
    ['a result without a name', `await (await rollup({ input: 'a.js' })).generate({});`],
    ['a result taken apart', `const { cache } = await rollup({ input: 'a.js' });\n  use(cache);`],
    ['a variable that may change', `let bundle = await rollup({ input: 'a.js' });\n  bundle = null;`],
    ['several in one declaration', `const bundle = await rollup({ input: 'a.js' }), other = 1;\n  use(bundle, other);`],
    ['a place inside a block', `if (on) {\n    const bundle = await rollup({ input: 'a.js' });\n    use(bundle);\n  }`],
    ['a name that is taken', `const bundle = await rollup({ input: 'b.js' });\n  bundle.x();`, `const bundle = 1;\n`],
    ['a receiver from beforeEach', `const double = gpu.createKernel(function (x) { return x * 2; });\n  double(2);`, `let gpu;\nbeforeEach(() => { gpu = new GPU(); });\n`],
    ['an argument that beforeEach writes', `const bundle = await rollup({ input: file });\n  bundle.x();`, `let file;\nbeforeEach(() => { file = freshFile(); });\n`],
  ])('%s', (_what, body, head = '') => {
    const text = `import { beforeAll, beforeEach, it } from 'vitest';\nimport { rollup } from 'rollup';\nimport { GPU } from 'gpu.js';\n${head}it('works', async function () {\n  ${body}\n});`;
    const suggestions = suggestionsOf(text);
    expect(suggestions).not.toContain('silent');
    expect(suggestions.join('\n')).not.toContain('in beforeAll');
  });

  it.each<readonly [what: string, text: string]>([
    ['a runner without such a hook', `const test = require('tape');\nconst { rollup } = require('rollup');\ntest('bundles', async (t) => {\n  const bundle = await rollup({ input: 'a.js' });\n  t.ok(bundle);\n});`],
    ['a test that runs for each row', `import { it } from 'vitest';\nimport { rollup } from 'rollup';\nit.each(['a.js', 'b.js'])('bundles %s', async (input) => {\n  const bundle = await rollup({ input });\n  await bundle.generate({});\n});`],
  ])('%s', (_what, text) => {
    expect(suggestionsOf(text)).toEqual(['none']);
  });

  it.each<readonly [what: string, text: (test: string) => string]>([
    ['the body of an arrow', (test) => `describe('all', () => ${test});`],
    ['guarded without a block', (test) => `if (process.platform === 'linux') ${test};`],
    ['repeated without a block', (test) => `for (const input of ['a', 'b']) ${test};`],
    ['kept in a constant', (test) => `export const declared = ${test};`],
  ])('a test that is %s', (_what, text) => {
    expect(suggestionsOf(`import { describe, it } from 'vitest';\nimport { rollup } from 'rollup';\n${text(`it('bundles', async () => {
  const bundle = await rollup({ input: 'a.js' });
  await bundle.generate({});
})`)}`)).toEqual(['none']);
  });

  it('a name that two tests want, together', () => {
    const test = (title: string): string => `it('${title}', async () => {\n  const bundle = await rollup({ input: 'a.js' });\n  await bundle.generate({});\n});\n`;
    const suggestions = suggestionsOf(`import { beforeAll, it } from 'vitest';\nimport { rollup } from 'rollup';\n${test('one')}${test('two')}`);
    expect(suggestions).toHaveLength(2);
  });
});
