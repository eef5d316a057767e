/** Who declares a test, in the grammar of each runner. */
import { describe, expect, it } from 'vitest';
import { declarationsOf, runnersOf } from './reading-of.ts';

type Case = readonly [what: string, text: string, expected: readonly string[]];

describe('Vitest', () => {
  it.each<Case>([
    ['imports', `import { describe, it, test } from 'vitest'; describe('math', () => { it('adds', () => {}); test('subtracts', () => {}); });`,
      ['group math', 'test math > adds', 'test math > subtracts']],
    ['suite and chained modifiers', `import { suite, test } from 'vitest'; suite('math', () => { test.concurrent.only('adds', async () => {}); });`,
      ['group math', 'test math > adds']],
    ['names changed in the import', `import { it as check, describe as about } from 'vitest'; about('math', () => { check('adds', () => {}); });`,
      ['group math', 'test math > adds']],
    ['a namespace', `import * as vitest from 'vitest'; vitest.describe('math', () => { vitest.it.only('adds', () => {}); });`,
      ['group math', 'test math > adds']],
    ['tables', `import { it, test } from 'vitest'; it.each([1, 2])('adds %i', (n) => {}); test.for([1, 2])('drops %i', (n) => {});`,
      ['test adds %i', 'test drops %i']],
    ['a tagged table', 'import { it } from \'vitest\'; it.each`a | b\n${1} | ${2}`(\'adds $a\', ({ a, b }) => {});', ['test adds $a']],
    ['a table behind a modifier and a condition', `import { it } from 'vitest'; it.skipIf(process.platform === 'win32').concurrent.each([1])('adds %i', () => {});`,
      ['test adds %i']],
    ['hooks', `import { afterEach, beforeAll, beforeEach, it } from 'vitest'; beforeAll(() => {}); beforeEach(async () => {}); afterEach(() => {}); it('adds', () => {});`,
      ['hook beforeAll', 'hook beforeEach', 'hook after', 'test adds']],
    ['an extended test', `import { test as base } from 'vitest'; const test = base.extend({ db: async ({}, use) => { await use(1); } }); test('queries', ({ db }) => {});`,
      ['test queries']],
    ['options before the callback', `import { it } from 'vitest'; it('adds', { retry: 2, timeout: 900 }, () => {});`, ['test adds']],
    ['a title by template and by sum', 'import { it } from \'vitest\'; const op = \'add\'; it(`runs ${op} twice`, () => {}); it(\'runs \' + op, () => {});',
      ['test runs … twice', 'test runs ']],
    ['globals', `describe('math', () => { it.sequential('adds', () => {}); });`, ['group math', 'test math > adds']],
    ['a named callback', `import { it } from 'vitest'; function body() {} it('adds', body);`, ['test adds']],
    ['a callback inside a wrapper', `import { it } from 'vitest'; import { withDatabase } from './database'; it('adds', withDatabase(async (db) => {}));`, ['test adds']],
    ['the package of its Effect edition', `import { it } from '@effect/vitest'; it('adds', () => {});`, ['test adds']],
  ])('%s', (_what, text, expected) => {
    expect(declarationsOf(text)).toEqual(expected);
  });
});

describe('Jest', () => {
  it.each<Case>([
    ['globals', `describe('math', () => { test('adds', () => {}); fit('drops', () => {}); });`, ['group math', 'test math > adds', 'test math > drops']],
    ['@jest/globals', `import { describe, expect, it } from '@jest/globals'; describe('math', () => { it.failing('adds', () => {}); });`,
      ['group math', 'test math > adds']],
    ['required', `const { describe, it } = require('@jest/globals'); describe('math', () => { it('adds', () => {}); });`, ['group math', 'test math > adds']],
    ['a table on a group', `describe.each([['a'], ['b']])('math %s', (name) => { test('adds', () => {}); });`, ['group math %s', 'test math %s > adds']],
    ['x and skip', `xit('one', () => {}); xtest('two', () => {}); xdescribe('three', () => { it('four', () => {}); }); test.skip('five', () => {}); it.todo('six');`,
      ['test one (skipped)', 'test two (skipped)', 'group three (skipped)', 'test three > four (skipped)', 'test five (skipped)']],
  ])('%s', (_what, text, expected) => {
    expect(declarationsOf(text)).toEqual(expected);
  });
});

describe('Mocha and Jasmine', () => {
  it.each<Case>([
    ['context and specify', `const { context, describe, specify } = require('mocha'); describe('math', function () { context('small', () => { specify('adds', () => {}); }); });`,
      ['group math', 'group math > small', 'test math > small > adds']],
    ['hooks of the tdd interface', `suite('math', function () { suiteSetup(function () {}); setup(function () {}); test('adds', function () {}); teardown(function () {}); });`,
      ['group math', 'hook beforeAll', 'hook beforeEach', 'test math > adds', 'hook after']],
    ['a chained timeout', `describe('math', function () { it('adds', function () {}).timeout(900); });`, ['group math', 'test math > adds']],
    ['skipped', `xcontext('math', () => { it('adds', () => {}); }); describe.skip('more', () => { specify('drops', () => {}); });`,
      ['group math (skipped)', 'test math > adds (skipped)', 'group more (skipped)', 'test more > drops (skipped)']],
    ['pending', `describe('math', () => { it('adds some day'); it('adds', () => {}); });`, ['group math', 'test math > adds']],
    ['Jasmine', `fdescribe('math', () => { fit('adds', (done) => {}, 900); xit('drops', () => {}); });`, ['group math', 'test math > adds', 'test math > drops (skipped)']],
  ])('%s', (_what, text, expected) => {
    expect(declarationsOf(text)).toEqual(expected);
  });
});

describe('node:test', () => {
  it.each<Case>([
    ['the default export', `import test from 'node:test'; test('adds', () => {}); test.skip('drops', () => {});`, ['test adds', 'test drops (skipped)']],
    ['named exports', `import { before, describe, it } from 'node:test'; describe('math', () => { before(() => {}); it('adds', () => {}); });`,
      ['group math', 'hook beforeAll', 'test math > adds']],
    ['members of the default export', `const test = require('node:test'); test.describe('math', () => { test.it('adds', () => {}); });`, ['group math', 'test math > adds']],
    ['options that skip', `import { test } from 'node:test'; test('one', { skip: true }, () => {}); test('two', { todo: 'later' }, () => {}); test('three', { skip: false }, () => {});`,
      ['test one (skipped)', 'test two (skipped)', 'test three']],
    ['a subtest', `import test from 'node:test'; test('math', async (t) => { await t.test('adds', () => {}); });`, ['test math', 'test math > adds']],
  ])('%s', (_what, text, expected) => {
    expect(declarationsOf(text)).toEqual(expected);
  });
});

describe('bun:test', () => {
  it.each<Case>([
    ['imports and conditions', `import { describe, test } from 'bun:test'; describe('math', () => { test.if(process.arch === 'x64')('adds', () => {}); test.todoIf(true)('drops', () => {}); });`,
      ['group math', 'test math > adds', 'test math > drops']],
    ['options behind the callback', `import { test } from 'bun:test'; test('adds', () => {}, { timeout: 900 });`, ['test adds']],
    ['tables', `import { describe } from 'bun:test'; import { it } from 'bun:test'; describe.each([1])('math %i', (n) => { it.serial('adds', () => {}); });`,
      ['group math %i', 'test math %i > adds']],
  ])('%s', (_what, text, expected) => {
    expect(declarationsOf(text)).toEqual(expected);
  });
});

describe('AVA, tape, QUnit, Playwright', () => {
  it.each<Case>([
    ['AVA', `import test from 'ava'; test.before(() => {}); test.serial('adds', (t) => {}); test.serial.skip('drops', (t) => {}); test.failing('fails', (t) => {});`,
      ['hook beforeAll', 'test adds', 'test drops (skipped)', 'test fails']],
    ['AVA macros', `import test from 'ava'; const sums = test.macro({ exec(t, a, b) {}, title: () => 'x' }); test('adds', sums, 1, 2);`, ['test adds']],
    ['AVA hooks that always run', `import test from 'ava'; test.afterEach.always(() => {}); test('adds', (t) => {});`, ['hook after', 'test adds']],
    ['tape', `const test = require('tape'); test('adds', (t) => { t.end(); }); test.skip('drops', (t) => {}); test('waits', { skip: true }, (t) => {});`,
      ['test adds', 'test drops (skipped)', 'test waits (skipped)']],
    ['tape under another name', `import tape from 'tape'; tape('math', (t) => { t.test('adds', (s) => {}); });`, ['test math', 'test math > adds']],
    ['tape and a method of the required function', `const tape = require('tape').test; tape('adds', (t) => {});`, ['test adds']],
    ['a suite of uvu', `import { suite } from 'uvu'; const check = suite('math'); check.before.each(() => {}); check('adds', () => {}); check.skip('drops', () => {}); check.run();`,
      ['test adds', 'test drops (skipped)']],
    ['manten', `import { describe, test } from 'manten'; describe('math', () => { test('adds', () => {}); });`, ['group math', 'test math > adds']],
    ['what a context of manten gives', `import { testSuite } from 'manten'; export default testSuite(({ describe }) => { describe('math', ({ test: check, onFinish }) => { onFinish(() => {}); check('adds', () => {}); }); });`,
      ['group ', 'group  > math', 'test  > math > adds']],
    ['QUnit', `QUnit.module('math', (hooks) => { QUnit.test('adds', (assert) => {}); QUnit.skip('drops', (assert) => {}); QUnit.test.each('tables', [1], (assert, n) => {}); });`,
      ['group math', 'test math > adds', 'test math > drops (skipped)', 'test math > tables']],
    ['QUnit imported', `import { module, test } from 'qunit'; module('math', function () { test('adds', function (assert) {}); });`, ['group math', 'test math > adds']],
    ['QUnit as default import', `import QUnit from 'qunit'; QUnit.module('math', () => { QUnit.test('adds', (assert) => {}); });`, ['group math', 'test math > adds']],
    ['Playwright', `import { test } from '@playwright/test'; test.describe('page', () => { test.beforeEach(async () => {}); test('opens', async ({ page }) => {}); test.fixme('closes', async () => {}); });`,
      ['group page', 'hook beforeEach', 'test page > opens', 'test page > closes (skipped)']],
    ['Playwright groups with a mode', `import { test } from '@playwright/test'; test.describe.configure({ mode: 'serial' }); test.describe.serial('page', () => { test('opens', async () => {}); });`,
      ['group page', 'test page > opens']],
    ['Playwright skipping inside a test', `import { test } from '@playwright/test'; test('opens', async ({ browserName }) => { test.skip(browserName === 'webkit', 'not there'); });`, ['test opens']],
  ])('%s', (_what, text, expected) => {
    expect(declarationsOf(text)).toEqual(expected);
  });
});

describe('not a test', () => {
  it.each([
    ['test from an unrelated module', `import { test } from './schema'; test('adds', () => {});`],
    ['it from an unrelated package', `import { it } from 'iterators'; it('adds', () => {});`],
    ['a local function', `function test(name: string, body: () => void) {} test('adds', () => {});`],
    ['a parameter', `export function run(it: (name: string, body: () => void) => void) { it('adds', () => {}); }`],
    ['a method', `const shop = { test(name: string, body: () => void) {} }; shop.test('adds', () => {});`],
    ['a regular expression', `export const isWord = (text: string) => /^\\w+$/.test(text);`],
    ['a type', `import type { test } from 'vitest'; export type Body = typeof test;`],
    ['a required test of an unrelated module', `const { test } = require('./schema'); test('adds', () => {});`],
    ['a global test without a callback', `test('adds');`],
    ['an empty file', ''],
    ['only comments', '// it("adds", () => {});'],
    ['only hooks', `import { beforeAll } from 'vitest'; export { beforeAll };`],
  ])('%s', (_what, text) => {
    expect(declarationsOf(text)).toEqual(['no tests']);
  });
});

describe('chosen by a condition', () => {
  it.each<Case>([
    ['platform', `import { it as base } from 'vitest'; const it = process.platform === 'win32' ? base.skip : base; it('adds', () => {});`, ['test adds']],
    ['a slow variable', `import { it as base } from 'vitest'; const slowIt = process.env.RUN_SLOW ? base : base.skip; slowIt('adds', () => {});`,
      ['test adds (comprehensive)']],
    ['a slow variable, the other way round', `const maybe = !process.env.STRESS_TESTS ? describe.skip : describe; maybe('heavy', () => { it('adds', () => {}); });`,
      ['group heavy (comprehensive)', 'test heavy > adds (comprehensive)']],
    ['an API key says nothing', `const withKey = process.env.OPENAI_API_KEY ? it : it.skip; withKey('asks', () => {});`, ['test asks']],
  ])('%s', (_what, text, expected) => {
    expect(declarationsOf(text)).toEqual(expected);
  });
});

describe('a test from the file next door', () => {
  const files = {
    'test/base.ts': `import { test as base } from 'vitest';\nexport const test = base.extend({ db: async ({}, use) => use(1) });\nexport const slowTest = 1;`,
    'test/reexport.ts': `export { it, describe } from 'vitest';`,
    'test/all.ts': `export * from '@playwright/test';`,
    'test/named.ts': `import { test } from '@playwright/test';\nexport { test };`,
    'test/default.ts': `import test from 'ava';\nexport default test;`,
    'test/wrapper.ts': `import { test as vitestTest } from 'vitest';\nfunction run(name: string, fn: (t: object) => void) { vitestTest(name, () => fn({})); }\nrun.skip = (name: string) => vitestTest.skip(name);\nexport default run;`,
    'test/globals.js': `export const describe = globalThis.describe;\nexport const it = globalThis.it;\nexport const test = mine.test;`,
    'test/other.ts': `export const test = (name: string, body: () => void) => body();\n// not vitest`,
  };
  it.each<Case>([
    ['extended', `import { test } from './base'; test('queries', ({ db }) => {});`, ['test queries']],
    ['extended, with the extension written', `import { test as check } from './base.js'; check.skip('queries', ({ db }) => {});`, ['test queries (skipped)']],
    ['re-exported', `import { describe, it } from './reexport'; describe('math', () => { it('adds', () => {}); });`, ['group math', 'test math > adds']],
    ['everything re-exported', `import { test } from './all'; test('opens', async () => {});`, ['test opens']],
    ['imported, then exported', `import { test } from './named'; test.describe('page', () => { test('opens', async () => {}); });`, ['group page', 'test page > opens']],
    ['a default export', `import test from './default'; test('adds', (t) => {});`, ['test adds']],
    ['a wrapper', `import test from './wrapper'; test('adds', (t) => {}); test.skip('later', (t) => {});`, ['test adds', 'test later (skipped)']],
    ['read off the global object', `import { describe, it, test } from './globals.js'; describe('math', () => { it('adds', () => {}); test('drops', () => {}); });`, ['group math', 'test math > adds']],
    ['a function of its own', `import { test } from './other'; test('adds', () => {});`, ['no tests']],
    ['a missing file', `import { test } from './gone'; test('adds', () => {});`, ['no tests']],
  ])('%s', (_what, text, expected) => {
    expect(declarationsOf(text, { files })).toEqual(expected);
  });
});

describe('which runner', () => {
  const project = (dependencies: object): { files: Record<string, string> } => ({ files: { 'package.json': JSON.stringify({ name: 'mine', devDependencies: dependencies }) } });
  const text = `describe('math', () => { it('adds', () => {}); });`;
  it('goes by the import', () => {
    expect(runnersOf(`import { it } from 'bun:test'; it('adds', () => {});`, project({ vitest: '4' }))).toEqual(['bun']);
  });
  it('goes by package.json when the roots are global', () => {
    expect([{ mocha: '12' }, { jasmine: '7' }, { vitest: '5' }, { jest: '30' }].map((dependencies) => runnersOf(text, project(dependencies))))
      .toEqual([['mocha'], ['jasmine'], ['vitest'], ['jest']]);
  });
  it('goes by the setting when package.json does not tell', () => {
    expect(runnersOf(text, { settings: { runner: 'mocha' } })).toEqual(['mocha']);
  });
});
