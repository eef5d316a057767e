import { describe, expect, it } from 'vitest';
import { mayHoldTests } from '../../src/analysis/test-words.ts';

describe('a text may hold tests', () => {
  it.each([
    "it('adds', () => {});", 'it ("adds", () => {});', "describe.each([1])('x', () => {});", 'it.each`a`("x", () => {});', "test<Context>('x', () => {});", 'test["only"]("x", () => {});', 'it?.("x");',
    "import run from 'ava';", 'const { define } = require("node:test");', "import { test as check } from './runner';", "import describeGpu from './gpu';", "import itOnLinux from './gpu'",
    'const check = it;\ncheck("x");', 'const check = it\n', 'register({ it, describe });', '(ci ? it : xit)("x");', '(ci?it:xit)("x");', '(it as any)("x");', 'suite(`x`, () => {});', 'QUnit.test("x");', 'export default test', '[it, xit].forEach((run) => run("x"));', '!it.only && 1', 'it\n("x")', "it/* why */('x')",
  ])('%s', (text) => {
    expect(mayHoldTests(text)).toBe(true);
  });
});

describe('a text holds none', () => {
  it.each([
    '', 'export const a = 1;', '// it is what it takes, but not a test for it here', "// don't test it's speed", '/\\.js$/.test(name)', 'const rule = { test: /x/, before: 1 };', "import { a } from './test/a.js';", 'suite-name', 'latest(); units();', '#test() {}',
  ])('%s', (text) => {
    expect(mayHoldTests(text)).toBe(false);
  });
});
