// Each runner, as it is called for rewritten suites: what it says of a suite, and what its two filters leave.
import { describe, expect, it } from 'vitest';
import { ran, runSuite } from '../codemods/run-suite.ts';
import type { RunnerName } from './all.ts';
import { RUNNERS } from './all.ts';

const grouped = (head: string, test = 'it', describe = 'describe', skip = `${test}.skip`): string => `${head}
${describe}('group', () => {
  ${test}('is fast', () => {});
  ${test}('is long @slow', () => {});
  ${test}('fails @slow', () => { throw new Error('on purpose'); });
});
${skip}('is skipped', () => {});
`;

const SUITES: Readonly<Record<RunnerName, Readonly<Record<string, string>>>> = {
  vitest: { 'a.test.ts': grouped("import { describe, it } from 'vitest';") },
  jest: { 'a.test.js': grouped('') },
  mocha: { 'a.test.mjs': grouped("import { describe, it } from 'mocha';") },
  jasmine: { 'a.test.js': grouped('', 'it', 'describe', 'xit') },
  'node:test': { 'a.test.mjs': grouped("import { describe, it } from 'node:test';") },
  bun: { 'a.test.ts': grouped("import { describe, it } from 'bun:test';") },
  ava: { 'a.test.mjs': "import test from 'ava';\ntest('group > is fast', (t) => t.pass());\ntest('group > is long @slow', (t) => t.pass());\ntest('group > fails @slow', (t) => t.fail());\ntest.skip('is skipped', (t) => t.pass());\n" },
  tape: { 'a.test.js': "const test = require('tape');\nconst slow = { skip: !process.env.SLOW };\ntest('group > is fast', (t) => t.end());\ntest('group > is long @slow', slow, (t) => t.end());\ntest('group > fails @slow', slow, (t) => { t.fail(); t.end(); });\ntest.skip('is skipped', (t) => t.end());\n" },
  qunit: { 'a.test.js': "const QUnit = require('qunit');\nconst { test } = QUnit;\nQUnit.module('group', () => {\n  test('is fast', (assert) => assert.ok(true));\n  test('is long @slow', (assert) => assert.ok(true));\n  test('fails @slow', (assert) => assert.ok(false));\n});\ntest.skip('is skipped', () => {});\n" },
  playwright: { 'a.test.ts': grouped("import { test } from '@playwright/test';", 'test', 'test.describe') },
};

const FAST = ['group > is fast: passed'];
const SLOW = ['group > fails @slow: failed', 'group > is long @slow: passed'];

describe.each(Object.keys(RUNNERS) as RunnerName[])('%s', (name) => {
  it('runs all, the fast and the slow tests @slow', async () => {
    const [all, fast, slow] = await Promise.all([runSuite(name, SUITES[name]), runSuite(name, SUITES[name], 'fast'), runSuite(name, SUITES[name], 'slow')]);
    expect(ran(all)).toEqual([...SLOW, ...FAST].sort());
    expect(ran(fast)).toEqual(FAST);
    expect(ran(slow)).toEqual(name === 'tape' ? [...SLOW, ...FAST].sort() : SLOW);
    expect(all.outcomes.filter(({ status }) => status === 'skipped').map(({ title }) => title)).toEqual(name === 'tape' ? [] : ['is skipped']);
  });
});
