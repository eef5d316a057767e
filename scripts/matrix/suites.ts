/**
 * The same small suite for every runner: a test of production size, a test for each variant, and one that gives itself half a minute. What its
 * library computes it notes in a file, so that nothing hangs on what a runner prints.
 */

export interface RunnerSuite {
  /** The script `test` of package.json. */
  readonly script: string;
  readonly file: string;
  readonly files: Readonly<Record<string, string>>;
  /** The package in package.json, for tests that use globals. */
  readonly devDependency?: string;
}

/** Written by the library: `mode shape`, one line for each computation. */
export const RAN = 'ran.log';
const SLOW: readonly string[] = ['full 2x8x512x64', 'sliding_window 1x4x192x64', 'dilated 1x4x192x64', 'long 1x4x192x64'];
/** What the suite computes as it is, and what of it belongs to the slow run. */
export const WORK = { all: [...SLOW, 'causal 1x4x192x64'], slow: SLOW };

/** Waits instead of computing: the more elements, the longer; on every machine alike. */
const library = (head: string, tail: string) => `${head}

${tail}function randn(shape) {
  return { shape, size: shape.reduce((product, length) => product * length, 1) };
}

${tail}function attention(query, mode) {
  appendFileSync('${RAN}', mode + ' ' + query.shape.join('x') + '\\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, query.size / (mode === 'long' ? 40 : 400));
  return { shape: query.shape, mode };
}
`;
const MODULE = { 'src/attention.js': library("import { appendFileSync } from 'node:fs';", 'export ') };
const SCRIPT = { 'src/attention.js': `${library("const { appendFileSync } = require('node:fs');", '')}\nmodule.exports = { randn, attention };\n` };
const IMPORT = "import { attention, randn } from '../src/attention.js';\n";
const REQUIRE = "const { attention, randn } = require('../src/attention.js');\n";

interface Dialect {
  readonly head: string;
  /** A test with a title as it is written, and the lines of its body; with half a minute when it is long. */
  readonly test: (title: string, lines: readonly string[], isLong?: boolean) => string;
  /** The assertion that two values are alike. */
  readonly same: (value: string, wanted: string) => string;
}

function suiteText({ head, test, same }: Dialect): string {
  const variant = test('`masks with ${mode}`', ['const query = randn([1, 4, 192, 64]);', same('attention(query, mode).mode', 'mode')]).replaceAll(/^/gm, '  ');
  return `${head}
${test("'keeps the shape'", ['const query = randn([2, 8, 512, 64]);', same("attention(query, 'full').shape", '[2, 8, 512, 64]')])}

for (const mode of ['causal', 'sliding_window', 'dilated']) {
${variant}
}

${test("'converges'", ['const query = randn([1, 4, 192, 64]);', same("attention(query, 'long').mode", "'long'")], true)}
`;
}

/** Tests as functions without parameters, with a timeout behind them. */
const call = (name: string, tail = ', 30_000') => (title: string, lines: readonly string[], isLong = false): string =>
  `${name}(${title}, () => {\n${lines.map((line) => `  ${line}\n`).join('')}}${isLong ? tail : ''});`;
/** Tests that are given something, which takes the timeout. */
const given = (name: string, parameter: string, first: string, last: readonly string[] = []) => (title: string, lines: readonly string[], isLong = false): string =>
  `${name}(${title}, ${parameter} => {\n${[...(isLong ? [first] : []), ...lines, ...last].map((line) => `  ${line}\n`).join('')}});`;

const expecting = (value: string, wanted: string) => `expect(${value}).toEqual(${wanted});`;
const asserting = (value: string, wanted: string) => `assert.deepEqual(${value}, ${wanted});`;
const ASSERT = "import assert from 'node:assert/strict';\n";

const mochaTest = (title: string, lines: readonly string[], isLong = false): string =>
  `it(${title}, ${isLong ? 'function ()' : '() =>'} {\n${[...(isLong ? ['this.timeout(30_000);'] : []), ...lines].map((line) => `  ${line}\n`).join('')}});`;
const nodeTest = (title: string, lines: readonly string[], isLong = false): string =>
  `test(${title}, ${isLong ? '{ timeout: 30_000 }, ' : ''}() => {\n${lines.map((line) => `  ${line}\n`).join('')}});`;
const tapeTest = (title: string, lines: readonly string[], isLong = false): string =>
  `test(${title}, ${isLong ? '{ timeout: 30_000 }, ' : ''}(t) => {\n${[...lines, 't.end();'].map((line) => `  ${line}\n`).join('')}});`;

export const suites: Readonly<Record<string, RunnerSuite>> = {
  vitest: {
    script: 'vitest run',
    file: 'test/attention.test.js',
    files: { ...MODULE, 'test/attention.test.js': suiteText({ head: `import { expect, it } from 'vitest';\n${IMPORT}`, test: call('it'), same: expecting }) },
  },
  jest: {
    script: 'jest',
    file: 'test/attention.test.js',
    files: { ...SCRIPT, 'test/attention.test.js': suiteText({ head: REQUIRE, test: call('it'), same: expecting }) },
    devDependency: 'jest',
  },
  mocha: {
    script: 'mocha test',
    file: 'test/attention.test.js',
    files: { ...MODULE, 'test/attention.test.js': suiteText({ head: `${ASSERT}import { it } from 'mocha';\n${IMPORT}`, test: mochaTest, same: asserting }), '.mocharc.json': '{ "timeout": 20000 }\n' },
  },
  jasmine: {
    script: 'jasmine test/*.test.js',
    file: 'test/attention.test.js',
    files: { ...SCRIPT, 'test/attention.test.js': suiteText({ head: REQUIRE, test: call('it'), same: expecting }) },
    devDependency: 'jasmine',
  },
  'node:test': {
    script: 'node --test test/*.test.js',
    file: 'test/attention.test.js',
    files: { ...MODULE, 'test/attention.test.js': suiteText({ head: `${ASSERT}import { test } from 'node:test';\n${IMPORT}`, test: nodeTest, same: asserting }) },
  },
  bun: {
    script: 'bun test',
    file: 'test/attention.test.js',
    files: { ...MODULE, 'test/attention.test.js': suiteText({ head: `import { expect, it } from 'bun:test';\n${IMPORT}`, test: call('it'), same: expecting }) },
  },
  ava: {
    script: 'ava test/*.test.js',
    file: 'test/attention.test.js',
    files: { ...MODULE, 'test/attention.test.js': suiteText({ head: `import test from 'ava';\n${IMPORT}`, test: given('test', '(t)', 't.timeout(30_000);'), same: (value, wanted) => `t.deepEqual(${value}, ${wanted});` }) },
  },
  tape: {
    script: 'tape test/*.test.js',
    file: 'test/attention.test.js',
    files: { ...SCRIPT, 'test/attention.test.js': suiteText({ head: `const test = require('tape');\n${REQUIRE}`, test: tapeTest, same: (value, wanted) => `t.deepEqual(${value}, ${wanted});` }) },
  },
  qunit: {
    script: 'qunit test/*.test.js',
    file: 'test/attention.test.js',
    files: { ...SCRIPT, 'test/attention.test.js': suiteText({ head: `const QUnit = require('qunit');\n${REQUIRE}`, test: given('QUnit.test', '(assert)', 'assert.timeout(30_000);'), same: asserting }) },
  },
  playwright: {
    script: 'playwright test',
    file: 'test/attention.test.js',
    files: {
      ...MODULE,
      'test/attention.test.js': suiteText({ head: `import { expect, test } from '@playwright/test';\n${IMPORT}`, test: given('test', '()', 'test.setTimeout(30_000);'), same: expecting }),
      'playwright.config.js': "export default { testDir: 'test', workers: 1 };\n",
    },
  },
};
