// Suites rewritten by mock-compile, executed by each runner: nothing is lost, the fast run makes nothing real, the slow run does.
import { describe, expect, it } from 'vitest';
import mockCompile from '../../codemods/mock-compile/codemod.ts';
import type { RunnerName } from '../runners/all.ts';
import { needsRunners, ran, runSuite, SAID, withoutMarks } from './run-suite.ts';
import { transformTester } from './transform.ts';

needsRunners();

/** A library whose compiles say so. */
const LIBRARY = `const { appendFileSync } = require('node:fs');
const { join } = require('node:path');
function made(what, pattern) {
  appendFileSync(join(__dirname, '../../${SAID}'), 'REAL ' + what + '\\n');
  return (query, key, value, { batchSize, numHeads, seqLen, headDim }) => {
    const out = new Float32Array(query.length);
    for (let head = 0; head < batchSize * numHeads; head++) {
      for (let row = 0; row < seqLen; row++) {
        const at = (position, d) => (head * seqLen + position) * headDim + d;
        const last = pattern === 'causal' ? row : seqLen - 1;
        const weights = [];
        for (let column = 0; column <= last; column++) {
          let score = 0;
          for (let d = 0; d < headDim; d++) score += query[at(row, d)] * key[at(column, d)];
          weights.push(Math.exp(score / Math.sqrt(headDim)));
        }
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        for (let d = 0; d < headDim; d++) out[at(row, d)] = weights.reduce((sum, weight, column) => sum + (weight / total) * value[at(column, d)], 0);
      }
    }
    return out;
  };
}
exports.compile = (pattern) => made('compile', pattern);
exports.jit = (f) => (made('jit'), (...given) => f(...given));
exports.Engine = class { static compile(pattern) { return made('Engine', pattern); } };
exports.load = async (name) => { made('load'); return { name, predict: (x) => x * 2 }; };
exports.shape = { batchSize: 1, numHeads: 2, seqLen: 4, headDim: 2 };
exports.values = Float32Array.from({ length: 16 }, (_, index) => Math.fround(Math.cos(index)));
`;

const SETTINGS = {
  costs: [
    { module: 'flash', export: 'compile', kind: 'compile', stub: 'attention' },
    { module: 'flash', export: 'Engine.compile', kind: 'compile', stub: 'attention' },
    { module: 'flash', export: 'jit', kind: 'compile', stub: 'identity' },
    { module: 'flash', export: 'load', kind: 'load' },
  ],
};

interface Style {
  readonly file: string;
  readonly head: string;
  /** A test whose body ends with an assertion of a condition. */
  test(title: string, body: string, condition: string): string;
  readonly package?: object;
  /** What must stand in the rewritten text. */
  readonly writes: readonly string[];
}

const plain = (name: string, assertion = 'expect(@).toBe(true)') => (title: string, body: string, condition: string): string =>
  `${name}('${title}', async () => {\n${body}  ${assertion.replace('@', condition)};\n});\n\n`;
const withContext = (assertion: string) => (title: string, body: string, condition: string): string =>
  `test('${title}', async (t) => {\n${body}  ${assertion.replace('@', condition)};\n});\n\n`;

const STYLES: Readonly<Record<RunnerName, Style>> = {
  vitest: { file: 'a.test.ts', head: "import { expect, it } from 'vitest';\nimport { compile, Engine, jit, load, shape, values } from 'flash';\n", test: plain('it'), writes: ["vi.spyOn(Engine, 'compile')", 'vi.restoreAllMocks()', 'beforeAll(async'] },
  jest: { file: 'a.test.js', head: "const { compile, Engine, jit, load, shape, values } = require('flash');\n", test: plain('test'), package: { devDependencies: { jest: '*' } }, writes: ["jest.spyOn(Engine, 'compile')", 'jest.restoreAllMocks()', 'beforeAll(async'] },
  mocha: { file: 'a.test.mjs', head: "import assert from 'node:assert';\nimport { it } from 'mocha';\nimport { compile, Engine, jit, load, shape, values } from 'flash';\n", test: plain('it', 'assert.ok(@)'), writes: ['Engine.compile = realCompile', 'before(async'] },
  jasmine: { file: 'a.test.js', head: "const { compile, Engine, jit, load, shape, values } = require('flash');\n", test: plain('it'), package: { devDependencies: { jasmine: '*' } }, writes: ["spyOn(Engine, 'compile').and.callFake", 'beforeAll(async'] },
  'node:test': { file: 'a.test.mjs', head: "import assert from 'node:assert';\nimport { it } from 'node:test';\nimport { compile, Engine, jit, load, shape, values } from 'flash';\n", test: plain('it', 'assert.ok(@)'), writes: ["t.mock.method(Engine, 'compile', compileAttention)", 'before(async'] },
  bun: { file: 'a.test.ts', head: "import { expect, test } from 'bun:test';\nimport { compile, Engine, jit, load, shape, values } from 'flash';\n", test: plain('test'), writes: ["spyOn(Engine, 'compile')", 'mock.restore()', 'beforeAll(async'] },
  ava: { file: 'a.test.mjs', head: "import test from 'ava';\nimport { compile, Engine, jit, load, shape, values } from 'flash';\n", test: withContext('t.true(@)'), writes: ['Engine.compile(...given)', 'test.before(async'] },
  tape: { file: 'a.test.js', head: "const test = require('tape');\nconst { compile, Engine, jit, load, shape, values } = require('flash');\n", test: withContext('t.ok(@)'), writes: ['!process.env.SLOW', 'remember(load)'] },
  qunit: { file: 'a.test.js', head: "const { test } = require('qunit');\nconst { compile, Engine, jit, load, shape, values } = require('flash');\n", test: (title, body, condition) => `test('${title}', async (assert) => {\n${body}  assert.ok(${condition});\n});\n\n`, writes: ['Engine.compile(...given)', 'remember(load)'] },
  playwright: { file: 'a.test.ts', head: "import { expect, test } from '@playwright/test';\nimport { compile, Engine, jit, load, shape, values } from 'flash';\n", test: plain('test'), writes: ['Engine.compile(...given)', 'test.beforeAll(async'] },
};

function suiteOf({ head, test }: Style): string {
  return `${head}
${test('the first row is the first value', "  const kernel = compile('causal');\n  const out = kernel(values, values, values, shape);\n", 'Math.abs(out[1] - values[1]) < 1e-6')}${
    test('a whole row is a mean', "  const kernel = compile('full');\n  const out = kernel(values, values, values, shape);\n", 'out.every((x) => Math.abs(x) < 1)')}${
    test('the engine agrees', "  const kernel = Engine.compile('causal');\n  const out = kernel(values, values, values, shape);\n", 'Math.abs(out[0] - values[0]) < 1e-6')}${
    test('doubles all', '  const double = jit((list) => list.map((x) => x * 2));\n', 'double(values)[3] === values[3] * 2')}${
    test('predicts twice the input', "  const model = await load('tiny');\n", 'model.predict(2) === 4')}${
    test('knows its name', "  const model = await load('tiny');\n", "model.name === 'tiny'")}`;
}

describe.each(Object.entries(STYLES) as [RunnerName, Style][])('%s', (runner, style) => {
  it('keeps every test, stubs in the fast run, and runs the real thing in the slow run @slow', async () => {
    const packageJson = JSON.stringify({ private: true, ...style.package });
    const transform = transformTester(mockCompile, { filename: style.file, files: { 'package.json': packageJson }, settings: SETTINGS });
    const text = suiteOf(style);
    const { output, left } = transform(text);
    expect(left).toEqual([]);
    for (const part of style.writes) expect(output).toContain(part);
    const library = { 'node_modules/flash/index.js': LIBRARY, 'node_modules/flash/package.json': '{ "main": "index.js" }' };
    const [all, fast, slow] = await Promise.all([
      runSuite(runner, { ...library, [style.file]: text }),
      runSuite(runner, { ...library, [style.file]: output }, 'fast'),
      runSuite(runner, { ...library, [style.file]: output }, 'slow'),
    ]);
    const titles = ran(all);
    expect(titles).toHaveLength(6);
    expect(titles.every((title) => title.endsWith(': passed')), all.printed).toBe(true);
    expect([...ran(fast), ...ran(slow)].every((title) => title.endsWith(': passed')), output + fast.printed + slow.printed).toBe(true);
    const kept = new Set([...ran(fast), ...ran(slow)].map(withoutMarks));
    expect(titles.filter((title) => !kept.has(title))).toEqual([]);
    expect(ran(fast).filter((title) => title.includes('(stub)'))).toHaveLength(4);
    const real = (said: string): readonly string[] => [...new Set(said.match(/REAL \w+/g))].sort();
    // What is shared is real, and made once.
    expect(real(fast.said)).toEqual(['REAL load']);
    expect(fast.said.match(/REAL load/g)).toHaveLength(1);
    expect(real(slow.said)).toEqual(expect.arrayContaining(['REAL Engine', 'REAL compile', 'REAL jit']));
  });
});
