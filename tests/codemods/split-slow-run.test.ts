/** Generated tests really run before and after: the same titles but for the marker, the same outcomes, each in one of both runs. */
import { describe, expect, it } from 'vitest';
import splitSlow from '../../codemods/split-slow/codemod.ts';
import type { RunnerName } from '../runners/all.ts';
import type { Comparison } from './run-suite.ts';
import { compareSuites, needsRunners } from './run-suite.ts';
import { transformTester } from './transform.ts';

needsRunners();

const transform = transformTester(splitSlow);
const settings = { costs: [{ module: './train.mjs', export: 'train', kind: 'compile', milliseconds: 2000 }, { module: './train.mjs', export: 'touch', kind: 'compile', milliseconds: 100 }] };
/** Fails when a callback is given something else than its row. */
const train = `export function train(...given) {
  for (const value of given) {
    const isFormat = ['esm', 'cjs', 'iife'].includes(value);
    if (!isFormat && !['number', 'boolean'].includes(typeof value)) throw new Error('given ' + String(value));
  }
}
export const touch = train;
export const FORMATS = ['esm', 'cjs', 'iife'];
export const PAIRS = [['esm', 1], ['cjs', 2], ['iife', 3]];
export const CASES = [{ name: 'esm', level: 1 }, { name: 'cjs', level: 2 }, { name: 'iife', level: 3 }];
`;

async function split(runner: RunnerName, text: string, options: Readonly<Record<string, unknown>> = {}): Promise<Comparison & { readonly output: string }> {
  const files = { 'train.mjs': train };
  const { output, left } = transform(text, { settings: { ...settings, runner }, filename: 'a.test.mjs', options, files });
  expect(left).toEqual([]);
  return { output, ...(await compareSuites(runner, { 'a.test.mjs': text, ...files }, { 'a.test.mjs': output, ...files })) };
}

/** Every title once: in the fast run or in the slow one, as it was but for the marker. */
function expectNothingLost({ before, fast, slow, lost, output }: Comparison & { readonly output: string }): void {
  expect(lost, output).toEqual([]);
  expect(before.filter((item) => item.endsWith(': failed'))).toEqual([]);
  const plain = [...fast, ...slow].map((item) => item.replace(' @slow', '')).sort();
  expect(plain, output).toEqual([...before]);
  expect(slow.every((item) => item.includes(' @slow'))).toBe(true);
}

const HEAD = "import { CASES, FORMATS, PAIRS, touch, train } from './train.mjs';\nvoid [CASES, FORMATS, PAIRS, touch, train];\n";

const LOOPS = `
for (const format of ['esm', 'cjs', 'iife']) it(\`a \${format}\`, () => { train(format); });
['esm', 'cjs', 'iife'].forEach((format) => { it('b ' + format, () => { train(format); }); });
for (const [format, level] of Object.entries({ esm: 1, cjs: 2, iife: 3 })) it(\`c \${format}\`, () => { train(format, level); });
for (const format of Object.keys({ esm: 1, cjs: 2, iife: 3 })) it(\`d \${format}\`, () => { train(format); });
for (const { name, level } of CASES) it(\`e \${name}\`, () => { train(name, level); });
for (const mode of CASES) it(\`f \${mode.name}\`, () => { train(mode.name, mode.level); });
for (const pair of PAIRS) it(\`g \${pair[0]}\`, () => { train(...pair); });
for (let i = 0; i < FORMATS.length; i++) { const format = FORMATS[i]; it(\`h \${format}\`, () => { train(format); }); }
for (const format of FORMATS) for (const minify of [true, false]) it(\`i \${format} \${minify}\`, () => { train(format, minify); });
for (const format of FORMATS) for (const minify of [true, false]) it(\`j \${format} \${minify}\`, () => { touch(format, minify); });
FORMATS.forEach((format) => {
  describe(\`k \${format}\`, () => {
    it('trains', () => { train(format); });
    it('trains again', () => { train(format); });
  });
  describe(\`l \${format}\`, () => {
    it('trains', () => { train(format); });
    it('is cheap', () => {});
    it('is cheap too', () => {});
  });
});
function define(format, level) { it(\`m \${format}\`, () => { train(format, level); }); }
for (const [format, level] of PAIRS) define(format, level);
`;

const TABLES = `
it.each(['esm', 'cjs', 'iife'])('A %s', (format) => { train(format); });
it.each([['esm', 1], ['cjs', 2], ['iife', 3]])('B %s %i', (format, level) => { train(format, level); });
it.each([['esm', 1], ['cjs', 2], ['iife', 3]])('C %s', (format, level) => { train(format, level); });
it.each([['esm', 1], ['cjs', 2], ['iife', 3]])('D %s', (_name, level) => { train(level); });
it.each([{ name: 'esm', level: 1 }, { name: 'cjs', level: 2 }, { name: 'iife', level: 3 }])('E $name', ({ level }) => { train(level); });
it.each([{ name: 'esm', level: 1 }, { name: 'cjs', level: 2 }, { name: 'iife', level: 3 }])('F $name at $level', ({ name, level }) => { train(name, level); });
it.each(FORMATS)('G %s', (format) => { train(format); });
it.each(PAIRS)('H %s %i', (format, level) => { train(format, level); });
it.each(CASES)('I $name', (mode) => { train(mode.name, mode.level); });
it.each(CASES)('J $name', ({ level }) => { train(level); });
describe.each(FORMATS)('K %s', (format) => {
  it('trains', () => { train(format); });
});
describe.each(FORMATS)('L %s', (format) => {
  it('trains', () => { train(format); });
  it('is cheap', () => {});
  it('is cheap too', () => {});
});
describe.each(['esm', 'cjs', 'iife'])('M %s', (format) => {
  it.each([true, false])('minify %s', (minify) => { train(format, minify); });
});
for (const format of FORMATS) it.each([true, false])(\`N \${format} %s\`, (minify) => { train(format, minify); });
it.each(['esm', 'cjs', 'iife'])('all the same', (format) => { train(format); });
describe.each(['esm', 'cjs', 'iife'])('O %s', (format) => {
  describe.each([true, false])('minify %s', (minify) => {
    it('trains', () => { train(format, minify); });
  });
});
`;

const TAGGED = `
it.each\`
  format    | level
  \${'esm'}  | \${1}
  \${'cjs'}  | \${2}
  \${'iife'} | \${3}
\`('P $format', ({ level }) => { train(level); });
it.each\`
  format    | level
  \${'esm'}  | \${1}
  \${'cjs'}  | \${2}
  \${'iife'} | \${3}
\`('Q $format at $level', ({ format, level }) => { train(format, level); });
`;

const FOR = `
it.for(['esm', 'cjs', 'iife'])('R %s', (format) => { train(format); });
it.for([['esm', 1], ['cjs', 2], ['iife', 3]])('S %s %i', ([format, level]) => { train(format, level); });
it.for([['esm', 1], ['cjs', 2], ['iife', 3]])('T %s', ([, level]) => { train(level); });
it.for([{ name: 'esm', level: 1 }, { name: 'cjs', level: 2 }, { name: 'iife', level: 3 }])('U $name', ({ name, level }) => { train(name, level); });
it.for(FORMATS)('V %s', format => { train(format); });
`;

describe('loses no test', () => {
  it.each<[RunnerName, string]>([
    ['vitest', `import { describe, it } from 'vitest';\n${HEAD}${LOOPS}${TABLES}${TAGGED}${FOR}`],
    ['jest', `${HEAD}${LOOPS}${TABLES}${TAGGED}`],
    ['bun', `import { describe, it } from 'bun:test';\n${HEAD}${LOOPS}${TABLES}`],
    ['mocha', HEAD + LOOPS],
    ['jasmine', HEAD + LOOPS],
    ['node:test', `import { describe, it } from 'node:test';\n${HEAD}${LOOPS}`],
  ])('of %s @slow', async (runner, text) => {
    expectNothingLost(await split(runner, text));
  });
});

/** Loops without groups, for runners that have none. */
const FLAT = `
for (const format of ['esm', 'cjs', 'iife']) it(\`a \${format}\`, (t) => { train(format); done(t); });
for (const { name, level } of CASES) it(\`b \${name}\`, (t) => { train(name, level); done(t); });
for (const format of FORMATS) for (const minify of [true, false]) it(\`c \${format} \${minify}\`, (t) => { touch(format, minify); done(t); });
function define(format, level) { it(\`d \${format}\`, (t) => { train(format, level); done(t); }); }
for (const [format, level] of PAIRS) define(format, level);
it('is cheap', (t) => { done(t); });
`;

describe('loses no test of runners without groups', () => {
  it.each<[RunnerName, string]>([
    ['ava', `import it from 'ava';\nconst done = (t) => t.pass();\n${HEAD}${FLAT}`],
    ['qunit', `import QUnit from 'qunit';\nconst done = (t) => t.ok(true);\n${HEAD}${FLAT.replaceAll(' it(', ' QUnit.test(').replace('\nit(', '\nQUnit.test(')}`],
    ['playwright', `import { test as it } from '@playwright/test';\nconst done = () => {};\n${HEAD}${FLAT.replaceAll('(t) =>', 'async () =>').replaceAll('done(t)', 'done()')}`],
  ])('%s @slow', async (runner, text) => {
    expectNothingLost(await split(runner, text));
  });

  it('tape, behind an environment variable @slow', async () => {
    const { before, fast, slow, lost, output } = await split('tape', `import it from 'tape';\nconst done = (t) => { t.pass(); t.end(); };\n${HEAD}${FLAT}`);
    expect(lost, output).toEqual([]);
    // Without a title filter the slow run is the whole one.
    expect(slow.map((item) => item.replace(' @slow', '')).sort()).toEqual([...before]);
    expect(fast).toEqual(['a esm: passed', 'b esm: passed', 'c cjs false: passed', 'c esm true: passed', 'c iife true: passed', 'd esm: passed', 'is cheap: passed']);
  });
});

/** Tests that run all variants themselves: the fast run holds a part, the slow run all of it. */
const INSIDE = `
const MODES = ['esm', 'cjs', 'iife'];
it('literal list', () => { for (const format of ['esm', 'cjs', 'iife']) train(format); });
it('own list', () => {
  const formats = ['esm', 'cjs', 'iife'];
  const seen = [];
  for (const format of formats) { train(format); seen.push(format); }
  same(seen.length, 3);
});
it('named list', () => { for (const mode of MODES) train(mode); });
it('imported list', () => { FORMATS.forEach((format) => train(format)); });
it('counted', () => { for (let i = 0; i < FORMATS.length; i++) train(FORMATS[i]); });
it('entries', () => { for (const [format, level] of Object.entries({ esm: 1, cjs: 2, iife: 3 })) train(format, level); });
it('product', () => { for (const mode of MODES) for (const minify of [true, false]) train(mode, minify); });
it('long list', () => {
  const configs = [
    { name: 'esm', level: 1 }, // the first
    { name: 'cjs', level: 2 },
    { name: 'iife', level: 3 },
  ];
  for (const config of configs) train(config.name, config.level);
});
it('sum', () => {
  let total = 0;
  for (const mode of MODES) { train(mode); total += mode.length; }
  same(total, 10);
});
`;

const SAME = "function same(actual, expected) { if (actual !== expected) throw new Error(actual + ' is not ' + expected); }\n";

describe('keeps a part of each test in the fast run', () => {
  const tiered = ['counted', 'entries', 'imported list', 'literal list', 'long list', 'named list', 'own list', 'product'];

  it.each<[RunnerName, string]>([
    ['vitest', `import { it } from 'vitest';\n${HEAD}${SAME}${INSIDE}`],
    ['jest', `${HEAD}${SAME}${INSIDE}`],
    ['bun', `import { it } from 'bun:test';\n${HEAD}${SAME}${INSIDE}`],
    ['mocha', HEAD + SAME + INSIDE],
    ['jasmine', HEAD + SAME + INSIDE],
    ['node:test', `import { it } from 'node:test';\n${HEAD}${SAME}${INSIDE}`],
    ['ava', `import it from 'ava';\n${HEAD}${SAME}${INSIDE.replaceAll('() => {', '(t) => { t.pass();').replaceAll('(t) => { t.pass(); for (const format of formats)', '() => { for (const format of formats)')}`],
  ])('of %s @slow', async (runner, text) => {
    const { fast, slow, lost, output } = await split(runner, text);
    expect(lost, output).toEqual([]);
    expect(fast, output).toEqual(tiered.map((title) => `${title} (small): passed`));
    expect(slow, output).toEqual([...tiered.map((title) => `${title} (full @slow): passed`), 'sum @slow: passed'].sort());
  });
});
