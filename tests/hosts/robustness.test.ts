// Whatever a file or a configuration looks like: reports, nothing, or one clear sentence; never a stack trace.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import * as typescriptParser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import * as svelteParser from 'svelte-eslint-parser';
import { afterAll, describe, expect, it } from 'vitest';
import * as vueParser from 'vue-eslint-parser';
import { ALL_RULES, plugin, reportOfFailing } from './lint-hosts.ts';

interface Case {
  readonly filename?: string;
  readonly settings?: unknown;
  readonly rules?: Linter.RulesRecord;
  readonly parser?: Linter.Parser;
}

const linter = new Linter({ configType: 'flat', cwd: '/project' });
const root = new Linter({ configType: 'flat', cwd: '/' });

function lint(text: string, { filename = '/project/test/a.test.js', settings, rules = ALL_RULES, parser }: Case = {}): Linter.LintMessage[] {
  const config: Linter.Config = {
    files: ['**/*.{js,ts,vue,svelte}'],
    plugins: { 'slow-tests': plugin },
    rules,
    languageOptions: { ...(parser ? { parser } : {}), ...(/\.[tj]s$/.test(filename) ? {} : { parserOptions: { parser: typescriptParser } }) },
    ...(settings === undefined ? {} : { settings: { 'slow-tests': settings } as Linter.Config['settings'] & object }),
  };
  return linter.verify(text, [config], { filename });
}

const at = (messages: readonly Linter.LintMessage[]): string[] => messages.map(({ line, column, ruleId }) => `${line}:${column} ${ruleId ?? 'none'}`);

const SLOW = `import { it } from 'vitest';
import * as tf from '@tensorflow/tfjs';
it('adds', () => {
  tf.zeros([512, 512]);
});
`;
const REPORT = ['4:13 slow-tests/no-production-dims'];

describe('texts', () => {
  it.each([
    ['an empty file', ''],
    ['only white space', ' \n\t\r\n'],
    ['only a comment', '// nothing yet'],
    ['only a BOM', '\uFEFF'],
    ['a hashbang', '#!/usr/bin/env node\n'],
    ['tests without a body', "it('is planned'); it.todo('is planned'); describe('group'); it(); describe(); it.each``; it.each([])(); test.each()('x');"],
    ['odd declarations', "it(...args); it('x', ...rest); describe('g', async function* () {}); it(`t ${it('inner', () => {})}`, null); it['each']([1])('x', () => {});"],
    ['cyclic constants', "const a = b; var b = a; it('x', () => { new Float32Array(a); const { c = d, d = c } = {}; new Float32Array(c + d); });"],
    ['makers that return themselves', "function make(n) { if (n) return make(n - 1); return () => new Float32Array(9e9); } it('x', () => { make(1)(); }); const a = (n) => (n ? b(n) : { build: () => new Float32Array(9e9) }); const b = (n) => a(n); it('y', () => { const t = a(3); t.build(); });"],
    ['recursive helpers', "function f() { g(); } function g() { f(); } it('x', () => { f(); }); const h = () => h(); it('y', h);"],
  ])('%s: no report', (_name, text) => {
    expect(lint(text)).toEqual([]);
  });

  it('a syntax error is the parser\'s, and the only one', () => {
    const messages = lint("it('x', () => { tf.zeros([512, 512] });");
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ fatal: true, ruleId: null });
  });

  it.each([
    ['CRLF', SLOW.replaceAll('\n', '\r\n'), REPORT],
    ['CR alone', SLOW.replaceAll('\n', '\r'), REPORT],
    ['a BOM', `\uFEFF${SLOW}`, REPORT],
    ['tabs', SLOW.replaceAll('  ', '\t'), ['4:12 slow-tests/no-production-dims']],
    ['characters of two code units', SLOW.replace("'adds'", "'adds 𝟙'"), REPORT],
    ['no line break at the end', SLOW.trimEnd(), REPORT],
  ])('%s: the same report', (_name, text, expected) => {
    expect(at(lint(text))).toEqual(expected);
  });

  it('50,000 lines come to an end @slow', () => {
    const block = (index: number) => `it('adds ${index}', () => {\n  const size${index} = ${index} + 1;\n  expect(tf.zeros([size${index}, 4]).rank).toBe(2);\n  expect(size${index}).toBe(${index} + 1);\n});`;
    const text = `import * as tf from '@tensorflow/tfjs';\n${Array.from({ length: 10_000 }, (_, index) => block(index)).join('\n')}\n`;
    expect(text.split('\n').length).toBeGreaterThan(50_000);
    expect(at(lint(`${text}it('is large', () => { tf.zeros([512, 512]); });`))).toEqual(['50002:34 slow-tests/no-production-dims']);
  });

  // Depths stay below half of what the parser and the scopes of ESLint bear on the stack of a fresh process.
  it('100 nested groups', () => {
    const depth = 100;
    const text = `import * as tf from '@tensorflow/tfjs';\n${"describe('group', () => {\n".repeat(depth)}it('adds', () => { tf.zeros([512, 512]); });\n${'});\n'.repeat(depth)}`;
    expect(at(lint(text))).toEqual([`${depth + 2}:30 slow-tests/no-production-dims`]);
  });

  it.each([
    ['a sum', `const size = ${'1 + '.repeat(1_500)}1;`],
    ['a chain', `const size = tf${'.add(1)'.repeat(800)};`],
    ['an array', `const size = ${'['.repeat(200)}${']'.repeat(200)};`],
    ['constants', `const size0 = 1;\n${Array.from({ length: 2_000 }, (_, index) => `const size${index + 1} = size${index} + 1;`).join('\n')}\nconst size = size2000;`],
  ])('%s hundreds of steps deep', (_name, constant) => {
    const text = `import * as tf from '@tensorflow/tfjs';\n${constant}\nit('adds', () => { tf.zeros([size, size]); });\n`;
    expect(lint(text).filter(({ ruleId }) => ruleId === null)).toEqual([]);
  });
});

describe('parsers', () => {
  // Backtracking into so long a word would take minutes.
  it('a word of 400,000 digits in a counted loop', () => {
    const text = `import * as tf from '@tensorflow/tfjs';\nit('adds', () => { const list = []; for (let i = 0; i < 9; i++) { list.push('${'0123abcd'.repeat(50_000)}'); list[0]; } tf.zeros([512, 512]); });\n`;
    expect(at(lint(text))).toEqual([expect.stringContaining('slow-tests/no-production-dims')]);
  });

  it('a .vue file', () => {
    const text = `<script setup lang="ts">\n${SLOW}</script>\n<template><p v-for="item in 3">{{ item }}</p></template>\n`;
    expect(at(lint(text, { filename: '/project/test/a.test.vue', parser: vueParser }))).toEqual(['5:13 slow-tests/no-production-dims']);
  });

  it('a .svelte file', () => {
    const text = `<script lang="ts">\n${SLOW}</script>\n{#each [1, 2] as item}<p>{item}</p>{/each}\n`;
    const messages = lint(text, { filename: '/project/test/a.test.svelte', parser: svelteParser as unknown as Linter.Parser });
    // Its program holds elements instead of statements: whether they are read is open, that nothing breaks is not.
    expect(at(messages).filter((place) => place !== '5:13 slow-tests/no-production-dims')).toEqual([]);
  });

  it('a parser that gives no scopes of its own', () => {
    const { parse } = typescriptParser;
    expect(at(lint(SLOW, { filename: '/project/test/a.test.ts', parser: { parse: (text: string) => parse(text, { range: true, loc: true, tokens: true, comment: true, sourceType: 'module' }) } }))).toEqual(REPORT);
  });
});

describe('paths', () => {
  it.each<[string, string | undefined]>([
    ['no name', undefined],
    ['an empty name', ''],
    ['a relative name', 'a.test.js'],
    ['a folder that is not there', '/nowhere/at/all/a.test.js'],
    ['the root folder', '/a.test.js'],
    ['a path of Windows', String.raw`C:\project\test\a.test.js`],
    ['signs of globs', '/project/test/[id]/a (1).test.js'],
    ['letters of every kind', '/project/test/ü/😀.test.js'],
  ])('%s', (_name, filename) => {
    const config: Linter.Config[] = [{ plugins: { 'slow-tests': plugin }, rules: ALL_RULES }];
    expect(at(root.verify(SLOW, config, filename === undefined ? {} : { filename }))).toEqual(REPORT);
  });

  it('neighbours that are not there, or are folders', () => {
    const text = "import a from './missing.js'; import * as b from '.'; import { c } from '..'; import d from './test'; import e from '#x'; import f from '@/';\nit('x', () => { a(512); b.f(512); c(512, 512); d([512]); e(512); f(512); });";
    expect(lint(text)).toEqual([]);
  });

  it("a processor's virtual file", () => {
    const blocks: Linter.Processor = {
      meta: { name: 'blocks', version: '1' },
      preprocess: (text) => [...text.matchAll(/```js\n([\s\S]*?)```/g)].map((match, index) => ({ text: match[1] ?? '', filename: `${index}.js` })),
      postprocess: (messages) => messages.flat(),
    };
    const config: Linter.Config[] = [
      { files: ['**/*.md'], processor: blocks },
      { files: ['**/*.md/*.js'], plugins: { 'slow-tests': plugin }, rules: ALL_RULES },
    ];
    expect(at(linter.verify(`# Sizes\n\`\`\`js\n${SLOW}\`\`\`\n`, config, { filename: '/project/test/readme.md' }))).toEqual(REPORT);
  });
});

describe('settings', () => {
  it.each([
    ['none', undefined],
    ['an empty object', {}],
    ['every key', { runner: 'vitest', marker: '@slow', essential: ['float32'], costs: [], files: { slow: '\\.slow\\.' }, tiers: { test: { seqLen: 32 } } }],
  ])('%s: reports as always', (_name, settings) => {
    expect(at(lint(SLOW, { settings }))).toEqual(REPORT);
  });

  it.each([
    ['an unknown key', { bugdets: {} }, 'bugdets', '{}'],
    ['not an object', 'vitest', 'slow-tests', '"vitest"'],
    ['an unknown runner', { runner: 'mocha2' }, 'runner', '"mocha2"'],
    ['an empty marker', { marker: ' ' }, 'marker', '" "'],
    ['costs that are no list', { costs: {} }, 'costs', '{}'],
    ['a row that is no object', { costs: ['zeros'] }, 'costs[0]', '"zeros"'],
    ['a row without export', { costs: [{ module: 'mine', export: 'make', kind: 'tensor' }, { module: 'mine', kind: 'tensor' }] }, 'costs[1].export', 'nothing'],
    ['a row of unknown kind', { costs: [{ module: 'mine', export: 'make', kind: 'slow' }] }, 'costs[0].kind', '"slow"'],
    ['a row with an unknown field', { costs: [{ module: 'mine', export: 'make', kind: 'tensor', args: {} }] }, 'costs[0].args', '{}'],
    ['a position that is none', { costs: [{ module: 'mine', export: 'make', kind: 'tensor', arguments: { shape: -1 } }] }, 'costs[0].arguments.shape', '-1'],
    ['a broken pattern', { files: { slow: '(' } }, 'files.slow', '"("'],
    ['a size that is none', { tiers: { test: { seqLen: 0 } } }, 'tiers.test.seqLen', '0'],
  ])('%s: one sentence that names the field', (_name, settings, field, given) => {
    const messages = lint(SLOW, { settings });
    expect(messages).toHaveLength(1);
    const message = messages[0]?.message ?? '';
    expect(message).toContain(field);
    expect(message).toContain(given);
    expect(message).toMatch(/^settings\['slow-tests'\].*: expected .+, got .+\.$/);
  });
});

describe('options', () => {
  it.each([
    [{ maxElemnts: 4 }, /maxElemnts/],
    [{ maxElements: '4' }, /maxElements|integer/],
    [{ maxElements: 0 }, />= 1/],
    [[512], /object/],
  ])('%j is refused by the schema', (options, expected) => {
    expect(() => lint(SLOW, { rules: { 'slow-tests/no-production-dims': ['error', options] } })).toThrow(expected);
  });

  it('are merged with the defaults', () => {
    const rules: Linter.RulesRecord = { 'slow-tests/no-production-dims': ['error', { maxElements: 300_000 }] };
    expect(lint(SLOW, { rules })).toEqual([]);
    expect(lint(SLOW, { rules: { 'slow-tests/no-production-dims': ['error', {}] } })).toHaveLength(1);
  });
});

describe('the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slow-tests-command-'));
  const built = resolve(import.meta.dirname, '../../dist/index.mjs');
  const eslint = resolve(import.meta.dirname, '../../node_modules/eslint/bin/eslint.js');
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('workers report what one process reports @slow', () => {
    const files = ['test/a.test.js', 'test/b.test.js', 'test/c.test.js', 'test/d.test.js'];
    for (const file of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), SLOW);
    }
    writeFileSync(join(folder, 'eslint.config.mjs'), `import plugin from ${JSON.stringify(built)};\nexport default [plugin.configs.strict];\n`);
    const run = (...args: string[]) => JSON.parse(reportOfFailing(process.execPath, [eslint, '-f', 'json', ...args, '.'], folder)) as readonly { readonly filePath: string; readonly errorCount: number }[];
    const alone = run();
    expect(alone.filter(({ errorCount }) => errorCount === 1)).toHaveLength(files.length);
    expect(run('--concurrency', '2')).toEqual(alone);
  });
});
