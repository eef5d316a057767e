/** Who runs the marked call, `cost()`: by kind, with what lies between. */
import { describe, expect, it } from 'vitest';
import { isCall } from '../../src/analysis/nodes.ts';
import { analysisOf } from './reading-of.ts';

/** `test adds`, `hook beforeEach`, `group math`, `module`; with `via helper`, `in 2 loops`, `for its error`, `for its rejection`. */
function runnersOfCost(text: string): readonly string[] {
  const analysis = analysisOf(`import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'; import { cost } from 'costly'; ${text}`);
  if (!analysis) return ['no tests'];
  const { origins, executions, tests } = analysis.reading;
  return origins.calls.filter(({ node, origin }) => isCall(node) && origin.path.join('.') === 'cost').flatMap(({ node }) =>
    executions.executionsOf(node).map(({ kind, hook, declaration, via, loops, expectsError, expectsRejection }) => [
      kind,
      hook ?? (declaration ? tests.place(declaration).fullTitle : ''),
      via ? 'via helper' : '',
      loops.length > 0 ? `in ${String(loops.length)} loops` : '',
      expectsError ? 'for its error' : '',
      expectsRejection ? 'for its rejection' : '',
    ].filter(Boolean).join(' ')));
}

const TEST = `it('adds', () => {});`;

describe('who runs it', () => {
  it.each<readonly [what: string, text: string, expected: readonly string[]]>([
    ['a test', `it('adds', () => { cost(); });`, ['test adds']],
    ['a test that returns it', `it('adds', () => cost());`, ['test adds']],
    ['a hook', `beforeEach(async () => { await cost(); }); ${TEST}`, ['hook beforeEach']],
    ['a hook once', `describe('math', () => { beforeAll(() => { cost(); }); ${TEST} });`, ['hook beforeAll']],
    ['a hook afterwards', `afterAll(() => cost()); ${TEST}`, ['hook after']],
    ['the collection of a group', `describe('math', () => { const x = cost(); ${TEST} });`, ['group math']],
    ['the import', `const x = cost(); ${TEST}`, ['module']],
    ['a block at the top', `if (process.platform === 'linux') { cost(); } ${TEST}`, ['module']],
    ['an immediate function', `(() => { cost(); })(); ${TEST}`, ['module']],
    ['an immediate function in a test', `it('adds', () => { (async () => { await cost(); })(); });`, ['test adds']],
    ['a callback inside a test', `it('adds', () => { run(() => { cost(); }); });`, ['test adds']],
    ['a promise inside a test', `it('adds', () => load().then((x) => cost(x)));`, ['test adds']],
    ['a table', `it.each([1, 2])('adds %i', () => { cost(); });`, ['test adds %i']],
    ['a named callback', `function body() { cost(); } it('adds', body);`, ['test adds']],
    ['one helper', `function help() { return cost(); } it('adds', () => { help(); }); it('drops', () => { help(); });`, ['test adds via helper', 'test drops via helper']],
    ['a helper by arrow', `const help = async () => cost(); it('adds', async () => { await help(); });`, ['test adds via helper']],
    ['a helper handed to a hook', `const help = () => { cost(); }; beforeEach(help); ${TEST}`, ['hook beforeEach']],
    ['a helper inside the group', `describe('math', () => { const help = () => cost(); it('adds', () => { help(); }); });`, ['test math > adds via helper']],
    ['a helper of a helper', `const deep = () => cost(); const help = () => deep(); it('adds', () => { help(); });`, []],
    ['a helper with a variable of its own name', `async function help() { const help = await cost(); return help; } it('adds', async () => { await help(); });`, ['test adds via helper']],
    ['a closure of a helper', `function help() { const step = () => cost(); return step(); } it('adds', () => { help(); });`, ['test adds via helper']],
    ['a closure of a helper, behind a callback', `const help = () => wait((done) => { function again() { cost(done); } again(); }); it('adds', () => { help(); });`, ['test adds via helper']],
    ['a helper of a helper inside the group', `describe('math', () => { const deep = () => cost(); const help = () => deep(); it('adds', () => { help(); }); });`, []],
    ['a closure handed on', `it('adds', async () => { const act = () => cost(); await caught(act); });`, ['test adds via helper']],
    ['a closure handed on for its error', `it('adds', () => { const act = () => cost(); expect(act).toThrow(); });`, ['test adds via helper for its error']],
    ['a closure kept for later', `it('adds', () => { const act = () => cost(); vi.fn(act); setTimeout(act, 5); });`, []],
    ['a helper of the file handed on', `const fixture = () => cost(); it('adds', async () => { await loadFixture(fixture); });`, []],
    ['a helper that nobody calls', `const help = () => cost(); ${TEST}`, []],
    ['a helper that calls itself', `function help(n) { cost(); if (n > 0) help(n - 1); } it('adds', () => { help(3); });`, ['test adds via helper']],
    ['a method', `class Shop { open() { cost(); } } ${TEST}`, []],
    ['a function in an object', `const shop = { open() { cost(); } }; ${TEST}`, []],
    ['a loop in a test', `it('adds', () => { for (const x of [1, 2]) { cost(x); } });`, ['test adds in 1 loops']],
    ['nested loops', `it('adds', () => { for (let i = 0; i < 2; i++) [1, 2].forEach((x) => cost(x)); });`, ['test adds in 2 loops']],
    ['the list of a loop runs once', `it('adds', () => { for (const x of cost()) { use(x); } });`, ['test adds']],
    ['a loop around tests', `for (const x of [1, 2]) { it('adds', () => { cost(x); }); }`, ['test adds']],
    ['a loop that collects', `for (const x of [1, 2]) { cost(x); } ${TEST}`, ['module in 1 loops']],
    ['behind a slow variable', `it('adds', () => { if (process.env.SLOW) { cost(); } });`, []],
    ['behind a slow constant', `const isFull = process.env.STRESS === '1'; it('adds', () => { if (isFull) cost(); });`, []],
    ['behind another variable', `it('adds', () => { if (process.env.CI) { cost(); } });`, ['test adds']],
    ['the condition of the gate', `it('adds', () => { if (cost() && process.env.SLOW) { use(); } });`, ['test adds']],
    ['instead of the slow thing', `it('adds', () => { if (process.env.SLOW) { use(); } else { cost(); } });`, ['test adds']],
    ['the branch without the variable', `it('adds', () => { if (!process.env.SLOW) { cost(); } });`, ['test adds']],
    ['the branch with the variable, negated', `it('adds', () => { if (!process.env.SLOW) { use(); } else { cost(); } });`, []],
    ['after an early return without the variable', `it('adds', () => { if (!process.env.SLOW) return; cost(); });`, []],
  ])('%s', (_what, text, expected) => {
    expect(runnersOfCost(text)).toEqual(expected);
  });
});

describe('only for an error', () => {
  it.each<readonly [what: string, text: string, expected: readonly string[]]>([
    ['toThrow', `it('adds', () => { expect(() => cost()).toThrow(); });`, ['test adds for its error']],
    ['toThrow with a block', `it('adds', () => { expect(() => { cost(); }).toThrowError('x'); });`, ['test adds for its error']],
    ['not.toThrow', `it('adds', () => { expect(() => cost()).not.toThrow(); });`, ['test adds']],
    ['assert.throws', `it('adds', () => { assert.throws(() => cost(), /x/); });`, ['test adds for its error']],
    ['t.throws', `it('adds', (t) => { t.throws(() => cost()); });`, ['test adds for its error']],
    ['rejects on the promise', `it('adds', async () => { await expect(cost()).rejects.toThrow(); });`, ['test adds for its error']],
    ['rejects on a function', `it('adds', async () => { await expect(async () => { await cost(); }).rejects.toThrow('x'); });`, ['test adds for its error']],
    ['assert.rejects', `it('adds', async () => { await assert.rejects(() => cost()); });`, ['test adds for its error']],
    ['resolves', `it('adds', async () => { await expect(cost()).resolves.toBe(1); });`, ['test adds']],
    ['an error of another call', `it('adds', () => { cost(); expect(() => other()).toThrow(); });`, ['test adds']],
    ['chai', `it('adds', () => { expect(() => cost()).to.throw(RangeError); });`, ['test adds for its error']],
    ['chai, negated', `it('adds', () => { expect(() => cost()).to.not.throw(); });`, ['test adds']],
  ])('%s', (_what, text, expected) => {
    expect(runnersOfCost(text).map((line) => line.replace(/ for its .*/, ' for its error'))).toEqual(expected);
  });
});
