import { describe, expect, it } from 'vitest';
import type { CaseOptions } from '../squiggle.ts';
import { squiggleTester } from '../squiggle.ts';

const report = squiggleTester('no-exhaustive-patterns', { shows: 'reports' });
const HEAD = `import { describe, expect, it, test } from 'vitest';
import * as tf from '@tensorflow/tfjs';
import { rollup } from 'rollup';
import { pipeline } from '@huggingface/transformers';
import { trainer } from '../src/trainer';
`;
const inFile = (text: string): string => HEAD + text;
const inTest = (body: string): string => `${HEAD}it('works', async () => {\n  ${body.replaceAll('\n', '\n  ')}\n});`;
const reports = (options: CaseOptions, ...texts: string[]): string => texts.map((text) => report(text, options)).join('\n');

describe('loops and tables that generate tests', () => {
  it('by for-of, each, for, forEach', () => {
    expect(reports({}, ...[
      `const FORMATS = ['esm', 'cjs', 'iife'];\nfor (const format of FORMATS) {\n  it(\`bundles \${format}\`, async () => { await rollup({ format }); });\n}`,
      `for (const mode of ['fast', 'exact', 'lazy'] as const) {\n  it('bundles ' + mode, async () => { await rollup({ mode }); });\n}`,
      `it.each(['float32', 'int32', 'bool'])('adds %s', (dtype) => {\n  tf.zeros([64, 128], dtype);\n});`,
      `test.for([['esm', 1], ['cjs', 2], ['iife', 3]])('bundles %s', async ([format]) => { await rollup({ format }); });`,
      `describe.each([{ name: 'esm' }, { name: 'cjs' }, { name: 'iife' }])('$name', ({ name }) => {\n  it('bundles', async () => { await rollup({ name }); });\n});`,
      `['esm', 'cjs', 'iife'].forEach((format) => {\n  it(\`bundles \${format}\`, async () => { await rollup({ format }); });\n});`,
      `for (const [name, level] of Object.entries({ none: 0, some: 1, full: 2 })) {\n  it(name, async () => { await rollup({ level }); });\n}`,
      `for (const name of Object.keys({ none: 0, some: 1, full: 2 })) {\n  it(name, async () => { await rollup({ name }); });\n}`,
      `const cases = ['esm', 'cjs', 'iife'];\nfor (const format of cases.filter((name) => name !== 'iife')) {\n  it(format, async () => { await rollup({ format }); });\n}`,
    ].map(inFile))).toMatchInlineSnapshot(`
      "7 | for (const format of FORMATS) {
        | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Generates a fast test for each of 3 variants (esm, cjs, iife), each running rollup; keep one in the fast run and mark the others @slow.
      6 | for (const mode of ['fast', 'exact', 'lazy'] as const) {
        | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Generates a fast test for each of 3 variants (fast, exact, lazy), each running rollup; keep one in the fast run and mark the others @slow.
      6 | it.each(['float32', 'int32', 'bool'])('adds %s', (dtype) => {
        | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Generates a fast test for each of 3 variants (float32, int32, bool), each running tf.zeros of 8,192 elements; keep one in the fast run and mark the others @slow.
      6 | test.for([['esm', 1], ['cjs', 2], ['iife', 3]])('bundles %s', async ([format]) => { await rollup({ format }); });
        | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Generates a fast test for each of 3 variants (esm, cjs, iife), each running rollup; keep one in the fast run and mark the others @slow.
      6 | describe.each([{ name: 'esm' }, { name: 'cjs' }, { name: 'iife' }])('$name', ({ name }) => {
        | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Generates a fast test for each of 3 variants (esm, cjs, iife), each running rollup; keep one in the fast run and mark the others @slow.
      6 | ['esm', 'cjs', 'iife'].forEach((format) => {
        | ~~~~~~~~~~~~~~~~~~~~~~
      Generates a fast test for each of 3 variants (esm, cjs, iife), each running rollup; keep one in the fast run and mark the others @slow.
      6 | for (const [name, level] of Object.entries({ none: 0, some: 1, full: 2 })) {
        | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Generates a fast test for each of 3 variants (none, some, full), each running rollup; keep one in the fast run and mark the others @slow.
      6 | for (const name of Object.keys({ none: 0, some: 1, full: 2 })) {
        | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Generates a fast test for each of 3 variants (none, some, full), each running rollup; keep one in the fast run and mark the others @slow.
      7 | for (const format of cases.filter((name) => name !== 'iife')) {
        | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Generates a fast test for each of 3 variants (esm, cjs, iife), each running rollup; keep one in the fast run and mark the others @slow."
    `);
  });

  it('by nested loops, of which the outermost is named', () => {
    expect(reports({}, ...[
      `for (const format of ['esm', 'cjs', 'iife']) {\n  for (const minify of [true, false]) {\n    it(\`bundles \${format} \${minify}\`, async () => { await rollup({ format, minify }); });\n  }\n}`,
      `[null, 'fast', { level: 2 }].forEach((mode) => {\n  ['esm', 'cjs', 'iife'].forEach((format) => {\n    it('bundles', async () => { await rollup({ mode, format }); });\n  });\n});`,
      `describe.each(['esm', 'cjs', 'iife'])('%s', (format) => {\n  it.each(['dev', 'prod', 'test'])('%s', async (mode) => { await rollup({ format, mode }); });\n});`,
    ].map(inFile))).toMatchInlineSnapshot(`
      "6 | for (const format of ['esm', 'cjs', 'iife']) {
        | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Generates a fast test for each of 6 variants (esm, cjs, iife), each running rollup; keep one in the fast run and mark the others @slow.
      6 | [null, 'fast', { level: 2 }].forEach((mode) => {
        | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Generates a fast test for each of 9 variants (null, fast, {…}), each running rollup; keep one in the fast run and mark the others @slow.
      6 | describe.each(['esm', 'cjs', 'iife'])('%s', (format) => {
        | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Generates a fast test for each of 9 variants (esm, cjs, iife), each running rollup; keep one in the fast run and mark the others @slow."
    `);
  });

  it('by a helper that registers tests', () => {
    expect(report(inFile(`function bundles(format: string) {
  it(\`bundles \${format}\`, async () => { await rollup({ format }); });
}
for (const format of ['esm', 'cjs', 'iife']) bundles(format);`))).toMatchInlineSnapshot(`
  "9 | for (const format of ['esm', 'cjs', 'iife']) bundles(format);
    | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  Generates a fast test for each of 3 variants (esm, cjs, iife), each running rollup; keep one in the fast run and mark the others @slow."
`);
  });

  it('over variants from the file next door', () => {
    const files = { 'test/formats.ts': `export const FORMATS = ['esm', 'cjs', 'iife', 'umd', 'system'] as const;` };
    expect(report(inFile(`import { FORMATS } from './formats';
for (const format of FORMATS) {
  it(\`bundles \${format}\`, async () => { await rollup({ format }); });
}`), { files })).toMatchInlineSnapshot(`
  "7 | for (const format of FORMATS) {
    | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  Generates a fast test for each of 5 variants (esm, cjs, iife, umd, …), each running rollup; keep one in the fast run and mark the others @slow."
`);
  });
});

describe('lists that the text does not spell out', () => {
  it('named as variants, or split by an outer loop', () => {
    expect(reports({}, ...[
      `import { collect } from './collect';\nconst implementations = collect();\nfor (const item of implementations) {\n  it('bundles', async () => { await rollup({ item }); });\n}`,
      `const cases = { format: { good: ['esm'], bad: [1] }, name: { good: ['a'], bad: [2] } };\nfor (const [key, values] of Object.entries(cases)) {\n  for (const type of Object.keys(values)) {\n    it(key + type, async () => { await rollup({ [key]: type }); });\n  }\n}`,
      `import { lines } from './collect';\nfor (const line of lines) {\n  it('bundles', async () => { await rollup({ line }); });\n}`,
      `it.each([['small', ['esm']], ['full @slow', ['esm', 'cjs', 'iife']]])('bundles (%s)', async (_tier, formats) => {\n  for (const format of formats) await rollup({ format });\n});`,
      `import { implementations } from './collect';\nfor (const item of implementations) {\n  it('is listed', () => { expect(item).toBeDefined(); });\n}`,
    ].map(inFile))).toMatchInlineSnapshot(`
      "8 | for (const item of implementations) {
        | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Generates a fast test for every variant (every member of implementations), each running rollup; keep one in the fast run and mark the others @slow.
      7 | for (const [key, values] of Object.entries(cases)) {
        | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Generates a fast test for every variant (format, name), each running rollup; keep one in the fast run and mark the others @slow.
      silent
      silent
      silent"
    `);
  });
});

describe('rows that are combinations of settings, files or models', () => {
  it.each([
    [`it.each([\n  { fixture: 'all.js', minify: false, level: 1 },\n  { fixture: 'all.js', minify: true, level: 1 },\n  { fixture: 'one.js', minify: true, level: 2 },\n])('bundles $fixture', async (options) => { await rollup(options); });`, 'false, true, true'],
    [`[\n  { hash: 'sha1', bits: 160, reason: 'when it is shorter than the key' },\n  { hash: 'sha256', bits: 256, reason: 'when it is as long' },\n  { hash: 'sha512', bits: 512, reason: 'when it is longer' },\n].forEach(({ hash, reason }) => {\n  it(reason, async () => { await rollup({ hash }); });\n});`, 'sha1, sha256, sha512'],
    [`for (const [id, classes] of [['tiny/bert', [A]], ['tiny/gpt', [B, C]], ['tiny/whisper', [D]]]) {\n  it(id, async () => { await rollup({ id, classes }); });\n}`, 'tiny/bert, tiny/gpt, tiny/whisper'],
    [`['urls.json', 'urls.js', 'urls.ts'].forEach((urls) => {\n  it(urls, async () => { await rollup({ urls }); });\n});`, 'urls.json, urls.js, urls.ts'],
  ])('%s', (text, variants) => {
    expect(report(inFile(text))).toContain(`Generates a fast test for each of 3 variants (${variants}), each running rollup`);
  });

  it.each([
    ['numbers', `it.each([{ scale: 1 }, { scale: 2 }, { scale: 3 }])('at $scale', async (options) => { await rollup(options); });`],
    ['sentences', `it.each([['does one thing', 1], ['does another thing well', 2], ['does what nobody asked for', 3]])('%s', async (_title, input) => { await rollup({ input }); });`],
    ['code', `it.each([{ code: 'let a = 1;', strict: true }, { code: 'let b = 1;', strict: true }, { code: 'var c;', strict: false }])('$code', async (options) => { await rollup(options); });`],
    ['settings inside one test, files beside them', `it('works', async () => {\n  for (const options of [{ fixture: 'a.js', minify: true }, { fixture: 'b.js', minify: true }, { fixture: 'c.js', minify: false }]) await rollup(options);\n});`],
  ])('not %s', (_what, text) => {
    expect(report(inFile(text))).toBe('silent');
  });

  it('a pair of builds around a longer list', () => {
    const text = inFile(`describe.each(['source', 'dist'])('%s', (from) => {\n  it('bundles', async () => { await rollup({ from }); });\n  it.each(['web', 'node', 'worker'])('for %s', async (target) => { await rollup({ from, target }); });\n});`);
    expect(report(text)).toMatch(/^8 \| .*\n.*\nGenerates a fast test for each of 6 variants \(web, node, worker\)[^\n]*$/);
  });
});

it('a pair around a list that nobody knows', () => {
  const text = inFile(`import { languages } from './collect';\nfor (const worker of [true, false]) {\n  describe(String(worker), () => {\n    it('bundles', async () => { await rollup({ worker }); });\n    for (const language of languages) it(language, async () => { await rollup({ worker, language }); });\n  });\n}`);
  expect(report(text)).toMatch(/^10 \| .*\n.*\nGenerates a fast test for every variant \(every member of languages\)[^\n]*$/);
});

describe('tables that another file, a folder or a function fills', () => {
  it.each([
    `import { LANGUAGE_TEST_PARAMETERS } from './collect';\nit.each(LANGUAGE_TEST_PARAMETERS)('bundles %s', async (input) => { await rollup({ input }); });`,
    `import { getTestData } from './collect';\nconst data = getTestData();\ndescribe.each(data.tests.sentence_tests)('$name', ({ input }) => {\n  it('bundles', async () => { await rollup({ input }); });\n});`,
    `import { sentence_tests } from './collect';\ndescribe.each(sentence_tests)('$name', ({ models }) => {\n  describe.each(models)('%s', (input) => {\n    it('bundles', async () => { await rollup({ input }); });\n  });\n});`,
    `import { readdirSync } from 'node:fs';\nconst dirs = readdirSync('fixtures');\nfor (const dir of dirs) {\n  it(dir, async () => { await rollup({ dir }); });\n}`,
    `import { readdirSync } from 'node:fs';\nconst styles = readdirSync('fixtures').filter((name) => name.endsWith('.css'));\nstyles.forEach((input) => {\n  it(input, async () => { await rollup({ input }); });\n});`,
    `import { readdirSync } from 'node:fs';\nconst all = readdirSync('fixtures');\nconst styles = all.filter((name) => name.endsWith('.css'));\nfor (const input of styles) {\n  it(input, async () => { await rollup({ input }); });\n}`,
    `import * as GOLDEN_FILENAMES from './golden/filenames.json';\nfor (const input of GOLDEN_FILENAMES) {\n  it(input, async () => { await rollup({ input }); });\n}`,
  ])('%s', (text) => {
    expect(report(inFile(text))).toMatch(/Generates a fast test for every variant \(every member of (?:LANGUAGE_TEST_PARAMETERS|sentence_tests|dirs|the listed folder|GOLDEN_FILENAMES)\), each running rollup/);
  });

  it('two tests of one loop', () => {
    const text = inFile(`import { readdirSync } from 'node:fs';\nconst dirs = readdirSync('fixtures');\ndirs.forEach((dir) => {\n  it(\`bundles \${dir}\`, async () => { await rollup({ dir }); });\n  it(\`bundles \${dir} again\`, async () => { await rollup({ dir }); });\n});`);
    expect(squiggleTester('no-exhaustive-patterns')(text)).toMatch(/fixed:\n8 \| dirs\.forEach\(\(dir, index\) => \{\n9 \| {3}it\(`bundles \$\{dir\}\$\{index === 0 \? '' : ' @slow'\}`/);
  });

  it.each([
    `import { LANGUAGE_TEST_PARAMETERS } from './collect';\nit.each(LANGUAGE_TEST_PARAMETERS)('reads %s', (input) => { expect(input).toBeDefined(); });`,
    `import { cases } from './collect';\nit('works', async () => {\n  for (const input of cases) await rollup({ input });\n});`,
    `function run(cases) {\n  for (const input of cases) it(input, async () => { await rollup({ input }); });\n}\nrun(['a/b.js']);`,
  ])('silent: %s', (text) => {
    expect(report(inFile(text))).toBe('silent');
  });
});

describe('one test that runs them all', () => {
  it('by a loop', () => {
    expect(reports({}, ...[
      `for (const pattern of ['causal', 'sliding_window', 'dilated']) {\n  await trainer.compile(pattern);\n}`,
      `for (const format of ['esm', 'cjs', 'iife']) await rollup({ format });`,
      `const tasks = ['fill-mask', 'ner', 'summarization'];\nfor (const task of tasks) await pipeline(task);`,
      `await Promise.all(['esm', 'cjs', 'iife'].map(async (format) => rollup({ format })));`,
      `for (const dtype of ['float32', 'int32', 'bool']) tf.zeros([64, 128], dtype);`,
    ].map(inTest))).toMatchInlineSnapshot(`
      "7 |   for (const pattern of ['causal', 'sliding_window', 'dilated']) {
        |   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      One fast test runs 3 variants (causal, sliding_window, dilated) through trainer.compile; keep one in the fast run and run the others @slow.
      7 |   for (const format of ['esm', 'cjs', 'iife']) await rollup({ format });
        |   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      One fast test runs 3 variants (esm, cjs, iife) through rollup; keep one in the fast run and run the others @slow.
      8 |   for (const task of tasks) await pipeline(task);
        |   ~~~~~~~~~~~~~~~~~~~~~~~~
      One fast test runs 3 variants (fill-mask, ner, summarization) through pipeline; keep one in the fast run and run the others @slow.
      7 |   await Promise.all(['esm', 'cjs', 'iife'].map(async (format) => rollup({ format })));
        |                     ~~~~~~~~~~~~~~~~~~~~~~
      One fast test runs 3 variants (esm, cjs, iife) through rollup; keep one in the fast run and run the others @slow.
      7 |   for (const dtype of ['float32', 'int32', 'bool']) tf.zeros([64, 128], dtype);
        |   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      One fast test runs 3 variants (float32, int32, bool) through tf.zeros of 8,192 elements; keep one in the fast run and run the others @slow."
    `);
  });
});

describe('silent', () => {
  it.each<readonly [what: string, text: string]>([
    ['cheap work', `for (const mode of ['fast', 'exact', 'lazy']) {\n  it(mode, () => { expect(mode).toBeTruthy(); });\n}`],
    ['small tensors', `for (const dtype of ['float32', 'int32', 'bool']) {\n  it(dtype, () => { tf.zeros([3, 3], dtype); });\n}`],
    ['a cheap look-alike', `for (const mode of ['fast', 'exact', 'lazy']) {\n  it(mode, () => { tf.sequential().compile({ mode }); });\n}`],
    ['two variants', `for (const mode of ['dev', 'prod']) {\n  it(mode, async () => { await rollup({ mode }); });\n}`],
    ['data points', `for (const n of [1, 2, 3, 4]) {\n  it(String(n), async () => { await rollup({ n }); });\n}`],
    ['fixtures by path', `for (const input of ['a/main.js', 'b/main.js', 'c/main.js']) {\n  it(input, async () => { await rollup({ input }); });\n}`],
    ['code to compile', `it.each(['let a = 1;', 'let b = () => a;', 'class C {}'])('%s', async (code) => { await rollup({ code }); });`],
    ['sentences', `it.each(['adds one and one', 'drops the last of them', 'keeps the order as is'])('%s', async () => { await rollup({}); });`],
    ['a list nobody knows', `for (const input of fixturesOf('css')) {\n  it(input, async () => { await rollup({ input }); });\n}`],
    ['marked', `for (const format of ['esm', 'cjs', 'iife']) {\n  it(\`bundles \${format} @slow\`, async () => { await rollup({ format }); });\n}`],
    ['marked but for the essential one', `for (const format of ['esm', 'cjs', 'iife']) {\n  it(\`bundles \${format}\${format === 'esm' ? '' : ' @slow'}\`, async () => { await rollup({ format }); });\n}`],
    ['rows marked but for the essential one', `it.each([['esm'], ['cjs @slow'], ['iife @slow']])('bundles %s', async (format) => { await rollup({ format }); });`],
    ['a marked group', `describe('all @slow', () => {\n  for (const format of ['esm', 'cjs', 'iife']) it(format, async () => { await rollup({ format }); });\n});`],
    ['skipped', `for (const format of ['esm', 'cjs', 'iife']) {\n  it.skip(format, async () => { await rollup({ format }); });\n}`],
    ['behind a slow variable', `if (process.env.SLOW) {\n  for (const format of ['esm', 'cjs', 'iife']) it(format, async () => { await rollup({ format }); });\n}`],
    ['expensive work before the loop', `it('works', async () => {\n  await rollup({});\n  for (const name of ['a', 'b', 'c']) expect(name).toBeTruthy();\n});`],
    ['results of one expensive call', `it('works', async () => {\n  const { outputs } = await rollup({});\n  for (const name of ['esm', 'cjs', 'iife']) expect(outputs[name]).toBeDefined();\n});`],
    ['tokens of a text', `it('works', async () => {\n  for (const word of 'fast exact lazy'.split(' ')) await rollup({ word });\n});`],
    ['axes', `it.each([0, 1, 2])('sums along %i', async (axis) => { await rollup({ axis }); });`],
    ['shapes', `it.each([[[2, 2]], [[3, 1]], [[1, 4]]])('adds %j', (shape) => { tf.zeros(shape); });`],
    ['a loop in a helper that only cheap tests call', `const names = () => ['a', 'b', 'c'].map((name) => name.length);\nit('counts', () => { names(); });\nit('bundles', async () => { await rollup({}); });`],
    ['an unknown list of devices', `describe.each(devices)('%s', (device) => {\n  it('bundles', async () => { await rollup({ device }); });\n});`],
    ['a stream', `it('works', async () => {\n  for await (const part of stream(['a', 'b', 'c'])) await rollup({ part });\n});`],
    ['an error table', `it.each(['esm', 'cjs', 'iife'])('refuses %s', (format) => {\n  expect(() => tf.zeros([-64, 128], format)).toThrow();\n});`],
    ['builds that must fail', `it.each(['esm', 'cjs', 'iife'])('refuses %s', (format) => {\n  expect(() => rollup({ format })).toThrow();\n});`],
    ['iterations', `it('works', async () => {\n  for (let i = 0; i < 50; i++) await rollup({ i });\n});`],
    ['mocked work', `vi.mock('rollup');\nfor (const format of ['esm', 'cjs', 'iife']) {\n  it(format, async () => { await rollup({ format }); });\n}`],
    ['a method named forEach of something else', `it('works', async () => {\n  vec3.forEach(['a', 'b', 'c'], 3, 0, 0, (v) => tf.add(v, v));\n});`],
    ['devices that are asked for, not run', `for (const device of ['cpu', 'wasm', 'webgpu']) {\n  it(device, () => { expect(tf.findBackend(device)).toBeDefined(); });\n}`],
    ['the loop shares one build', `for (const format of ['esm', 'cjs', 'iife']) {\n  describe(format, () => {\n    it('has a name', () => { expect(format).toMatch(/./); });\n  });\n}\nit('builds', async () => { await rollup({}); });`],
  ])('%s', (_what, text) => {
    expect(report(inFile(text))).toBe('silent');
  });
});

describe('options and settings', () => {
  const loop = (formats: readonly string[]): string => inFile(`for (const format of ${JSON.stringify(formats)}) {\n  it(\`bundles \${format}\`, async () => { await rollup({ format }); });\n}`);
  it('minVariants', () => {
    expect(report(loop(['esm', 'cjs']), { options: { minVariants: 2 } })).toContain('each of 2 variants (esm, cjs)');
    expect(report(loop(['esm', 'cjs', 'iife']), { options: { minVariants: 4 } })).toBe('silent');
    expect(report(loop(['esm', 'cjs', 'iife', 'umd', 'amd']), { options: { minVariants: 4 } })).toContain('each of 5 variants (esm, cjs, iife, umd, …)');
  });

  it('minVariants counts the combinations of nested lists', () => {
    const nested = (formats: readonly string[]): string => inFile(`for (const minify of ${JSON.stringify(formats.length === 1 ? [true] : [true, false])}) {\n  for (const format of ${JSON.stringify(formats)}) {\n    it(\`\${format} \${minify}\`, async () => { await rollup({ format, minify }); });\n  }\n}`);
    expect(report(nested(['esm', 'cjs', 'iife']))).toContain('each of 6 variants (true, false)');
    expect(report(nested(['esm', 'cjs']))).toContain('each of 4 variants (true, false)');
    expect(report(nested(['esm', 'cjs']), { options: { minVariants: 5 } })).toBe('silent');
    expect(report(nested(['esm']))).toBe('silent');
  });

  it('refuses other options', () => {
    for (const options of [{ minVariants: 1 }, { variants: 3 }]) expect(() => report(loop(['esm', 'cjs']), { options })).toThrow(/no-exhaustive-patterns/);
  });

  it('names the marker of the settings', () => {
    expect(report(loop(['a', 'b', 'c']), { settings: { marker: '#long' } })).toContain('mark the others #long.');
  });
});
