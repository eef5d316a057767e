import { describe, expect, it } from 'vitest';
import type { CaseOptions } from '../squiggle.ts';
import { squiggleTester } from '../squiggle.ts';

const report = squiggleTester('no-production-dims', { shows: 'reports' });
const HEAD = `import { beforeEach, describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs';
import * as np from 'numpy-ts';
import { Matrix } from 'ml-matrix';
import { MxArray } from '@mlx-node/core';
import { attention, createTensors, randn, Linear, Embedding, TransformerBlock, MultiheadAttention, GPTModel } from '../src/index.js';
import { makeBlobs } from './data';
`;

const inTest = (body: string): string => `${HEAD}it('works', async () => {\n  ${body.replaceAll('\n', '\n  ')}\n});`;
const inFile = (text: string): string => HEAD + text;
/** The lines and messages of several cases, one after the other. */
const reports = (options: CaseOptions, ...texts: string[]): string => texts.map((text) => report(text, options)).join('\n');

describe('forms of a size', () => {
  it('positional numbers', () => {
    expect(reports({}, ...[
      'np.random.randn(20000);',
      'np.random.randn(300, 300);',
      'randn(20001);',
      'makeBlobs(8000, 3, 7);',
      'Matrix.rand(300, 2000);',
      'tf.eye(400);',
      'tf.linspace(0, 1, 90000);',
    ].map(inTest))).toMatchInlineSnapshot(`
      "9 |   np.random.randn(20000);
        |                   ~~~~~
      20,000 samples in a fast test; 5,000 or more is production size.
      9 |   np.random.randn(300, 300);
        |                   ~~~
      90,000 elements (300 × 300) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 |   randn(20001);
        |         ~~~~~
      20,001 samples in a fast test; 5,000 or more is production size.
      9 |   makeBlobs(8000, 3, 7);
        |             ~~~~
      8,000 samples in a fast test; 5,000 or more is production size.
      9 |   Matrix.rand(300, 2000);
        |                    ~~~~
      600,000 elements (300 × 2000) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 |   tf.eye(400);
        |          ~~~
      160,000 elements (400 × 400) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 |   tf.linspace(0, 1, 90000);
        |                     ~~~~~
      90,000 elements (90000) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension."
    `);
  });

  it('plain arrays of arrays, however they are made', () => {
    for (const text of [
      'Array(512).fill().map(() => Array(500).fill(0))',
      'new Array(512).fill(null).map(() => new Array(500).fill(0).map(() => Math.random()))',
      '[...Array(512).keys()].map((row) => new Float32Array(500).fill(row))',
      'Array.from({ length: 512 }, () => new Float32Array(500))',
    ]) expect(report(inTest(`const rows = ${text};\nattention(rows);`))).toContain('256,000 elements (512 × 500)');
    for (const text of ['Array(20).fill().map(() => Array(500).fill(0))', 'Array(512).fill().map(() => 0)', 'Array(512).fill().map(() => Array(500))']) expect(report(inTest(`const rows = ${text};\nattention(rows);`))).toBe('silent');
  });

  it('an object that names a sequence and another dimension of attention', () => {
    expect(report(inTest('attention(query, { seqLen: 512, headDim: 64 });'))).toContain('512 × 512 scores per head');
    expect(report(inTest('attention(query, { heads: 12, seqLen: 512 });'))).toContain('512 × 512 scores per head');
    expect(report(inTest('attention(query, { maxTokens: 512, width: 64 });'))).toBe('silent');
  });

  it('shapes', () => {
    expect(reports({}, ...[
      'tf.zeros([300, 200, 4]);',
      'np.random.randint(-9, 9, [800, 800]);',
      'np.full([2, 300, 300], 1);',
      'MxArray.randomNormal(shape(1, 600, 384), 0, 1);',
      'const innerDim = 64 * 1024;\ntf.buffer([2, innerDim]);',
      'tf.randomNormal([512, 512] as const, 0, 1);',
      'const side = 512;\nconst size = { rows: side, columns: side };\ntf.ones([size.rows, size.columns]);',
      'const head = [8, 512];\ntf.ones([...head, 64]);',
      'tf.tensor2d(values, [512, 512]);',
    ].map(inTest))).toMatchInlineSnapshot(`
      "9 |   tf.zeros([300, 200, 4]);
        |             ~~~
      240,000 elements (300 × 200 × 4) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 |   np.random.randint(-9, 9, [800, 800]);
        |                             ~~~
      640,000 elements (800 × 800) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 |   np.full([2, 300, 300], 1);
        |               ~~~
      180,000 elements (2 × 300 × 300) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 |   MxArray.randomNormal(shape(1, 600, 384), 0, 1);
        |                                 ~~~
      230,400 elements (1 × 600 × 384) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 |   const innerDim = 64 * 1024;
        |                         ~~~~
      131,072 elements (2 × 65536) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 |   tf.randomNormal([512, 512] as const, 0, 1);
        |                    ~~~
      262,144 elements (512 × 512) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 |   const side = 512;
        |                ~~~
      262,144 elements (512 × 512) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 |   const head = [8, 512];
        |                    ~~~
      262,144 elements (8 × 512 × 64) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 |   tf.tensor2d(values, [512, 512]);
        |                        ~~~
      262,144 elements (512 × 512) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension."
    `);
  });

  it('named lengths', () => {
    expect(reports({}, ...[
      'const [B, H, S, D] = [2, 8, 512, 64];\ntf.randomNormal([B, H, S, D]);',
      'const seqLen = 512;\nattention(tf.zeros([1, 4, seqLen, 32]));',
      'const { seqLen, headDim } = { seqLen: 512, headDim: 64 };\nrandn([1, 1, seqLen, headDim]);',
      'createTensors({ batchSize: 2, numHeads: 8, seqLen: 512, headDim: 64 });',
      'const sizes = { batchSize: 1, numHeads: 4, seqLen: 1024, headDim: 32 };\ncreateTensors(sizes);',
    ].map(inTest))).toMatchInlineSnapshot(`
      "9 |   const [B, H, S, D] = [2, 8, 512, 64];
        |                               ~~~
      524,288 elements (2 × 8 × 512 × 64) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 |   const seqLen = 512;
        |                  ~~~
      512 × 512 scores per head in a fast test; the test size is 64.
      9 |   const { seqLen, headDim } = { seqLen: 512, headDim: 64 };
        |                                         ~~~
      512 × 512 scores per head in a fast test; the test size is 64.
      9 |   createTensors({ batchSize: 2, numHeads: 8, seqLen: 512, headDim: 64 });
        |                                                      ~~~
      512 × 512 scores per head in a fast test; the test size is 64.
      9 |   const sizes = { batchSize: 1, numHeads: 4, seqLen: 1024, headDim: 32 };
        |                                                      ~~~~
      1,024 × 1,024 scores per head in a fast test; the test size is 64."
    `);
  });

  it('layers and models', () => {
    expect(reports({}, ...[
      'new TransformerBlock(1024, 16);',
      'new Embedding(30000, 512);',
      'new Linear<512, 512>(512, 512);',
      'new Linear(\n  2048, // in\n  1024, // out\n);',
      'new MultiheadAttention(512, 8);',
      'new GPTModel({ hiddenSize: 768, numLayers: 12, vocabSize: 50257 });',
      'tf.layers.embedding({ inputDim: 20000, outputDim: 128 });',
    ].map(inTest))).toMatchInlineSnapshot(`
      "9 |   new TransformerBlock(1024, 16);
        |                        ~~~~
      12,582,912 weights in a fast test; 65,536 or more is production size, a test layer has 32 per dimension.
      9 |   new Embedding(30000, 512);
        |                 ~~~~~
      15,360,000 weights in a fast test; 65,536 or more is production size, a test layer has 32 per dimension.
      9 |   new Linear<512, 512>(512, 512);
        |                        ~~~
      262,144 weights in a fast test; 65,536 or more is production size, a test layer has 32 per dimension.
      10 |     2048, // in
         |     ~~~~
      2,097,152 weights in a fast test; 65,536 or more is production size, a test layer has 32 per dimension.
      9 |   new MultiheadAttention(512, 8);
        |                          ~~~
      1,048,576 weights in a fast test; 65,536 or more is production size, a test layer has 32 per dimension.
      9 |   new GPTModel({ hiddenSize: 768, numLayers: 12, vocabSize: 50257 });
        |                              ~~~
      123,532,032 weights in a fast test; 65,536 or more is production size, a test layer has 32 per dimension.
      9 |   tf.layers.embedding({ inputDim: 20000, outputDim: 128 });
        |                                   ~~~~~
      2,560,000 weights in a fast test; 65,536 or more is production size, a test layer has 32 per dimension."
    `);
  });

  it('draws that are added up', () => {
    expect(reports({}, inTest('let sum = 0;\nfor (let i = 0; i < 10000; ++i) {\n  const v = source.float(1, 2);\n  sum += v;\n}'))).toContain('10,000 samples');
    expect(reports({}, inTest('let sum = 0;\nfor (let i = 0; i < 10000; ++i) {\n  sum += data[i];\n}'))).toBe('silent');
  });

  it('very many bytes', () => {
    expect(reports({}, ...[
      'const file = new Uint8Array(64 * 1024 * 1024);',
      'const chunk = new Uint8Array(1024 * 1024);',
    ].map(inTest))).toMatchInlineSnapshot(`
      "9 |   const file = new Uint8Array(64 * 1024 * 1024);
        |                                    ~~~~
      67,108,864 elements (67108864) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      silent"
    `);
  });

  it('buffers and lists', () => {
    expect(reports({}, ...[
      'const batch = 32;\nconst inner = 4096;\nconst input = new Float32Array(batch * inner);',
      'const input = Array.from({ length: 70000 }, (_, i) => i);',
      'const input = new Array(80000).fill(0);',
      'const input = Array.from({ length: 300 }, () => Array.from({ length: 400 }, () => 0));',
      'const input = Float64Array.from({ length: 100000 }, () => 1);',
    ].map(inTest))).toMatchInlineSnapshot(`
      "10 |   const inner = 4096;
         |                 ~~~~
      131,072 elements (131072) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 |   const input = Array.from({ length: 70000 }, (_, i) => i);
        |                                      ~~~~~
      70,000 elements (70000) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 |   const input = new Array(80000).fill(0);
        |                           ~~~~~
      80,000 elements (80000) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 |   const input = Array.from({ length: 300 }, () => Array.from({ length: 400 }, () => 0));
        |                                                                        ~~~
      120,000 elements (300 × 400) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 |   const input = Float64Array.from({ length: 100000 }, () => 1);
        |                                             ~~~~~~
      100,000 elements (100000) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension."
    `);
  });

  it('samples', () => {
    expect(reports({}, ...[
      'const SAMPLES = 10000;\nconst drawn = Array.from({ length: SAMPLES }, () => Math.random());',
      'const numSamples = 6000;\nfor (let i = 0; i < numSamples; i++) drawn.push(Math.random());',
      'np.random.normal(0, 1, 50000);',
      'makeBlobs({ nSamples: 9000, centers: 3 });',
    ].map(inTest))).toMatchInlineSnapshot(`
      "9 |   const SAMPLES = 10000;
        |                   ~~~~~
      10,000 samples in a fast test; 5,000 or more is production size.
      9 |   const numSamples = 6000;
        |                      ~~~~
      6,000 samples in a fast test; 5,000 or more is production size.
      9 |   np.random.normal(0, 1, 50000);
        |                          ~~~~~
      50,000 samples in a fast test; 5,000 or more is production size.
      9 |   makeBlobs({ nSamples: 9000, centers: 3 });
        |                         ~~~~
      9,000 samples in a fast test; 5,000 or more is production size."
    `);
  });
});

describe('rounds of a loop', () => {
  const round = (head: string, body: string): string => report(`import { expect, it } from 'vitest';\nimport { nanoid, Ring } from '../src/index.js';\nit('works', () => {\n  const ring = new Ring();\n  const used = {};\n  ${head} ${body}\n});`);

  it.each([
    ['the library under test', 'for (let i = 0; i < 5000; i++)', '{ const id = nanoid(); expect(used[id]).toBeUndefined(); }', '5,000'],
    ['a method of what it made', 'for (var i = 0; i < 100000; i++)', '{ expect(ring.at(i)).toBe(i); }', '100,000'],
    ['a structure of the library, which keeps them', 'for (let i = 0; i < 10000; i++)', '{ ring.add(i); }', '10,000'],
    ['a sum by the library, made again and again', 'for (let i = 0; i < 10000; i++)', '{ used = nanoid.add(used, used); }', '10,000'],
    ['the library, counted by a variable declared before', 'let i, id;\n  for (i = 0; i < 10000; i++)', '{ id = nanoid(); used[id] = true; }', '10,000'],
    ['the library, for every character', 'for (let ch = 0; ch <= 0xffff; ch++)', '{ expect(ring.has(ch)).toBe(false); }', '65,536'],
    ['anything, very often', 'const COUNT = 50 * 1000;\n  for (let i = 0; i < COUNT; i++)', '{ step(used); }', '50,000'],
  ])('that call %s', (_what, head, body, count) => {
    expect(round(head, body)).toContain(`${count} rounds of a loop in a fast test`);
  });

  it.each([
    ['fewer of them', 'for (let i = 0; i < 4999; i++)', '{ const id = nanoid(); expect(used[id]).toBeUndefined(); }'],
    ['fewer of anything', 'for (let i = 0; i < 40000; i++)', '{ step(used); }'],
    ['no call', 'for (let i = 0; i < 60000; i++)', '{ used[i] += 2 * i; }'],
    ['nothing but arithmetic', 'for (let i = 0; i < 60000; i++)', '{ total += Math.sqrt(i); }'],
    ['one that stops early', 'for (let i = 0; i < 60000; i++)', '{ if (nanoid() === used) break; }'],
    ['letters of one word', `let word = ''; for (let i = 0; i < 60000; i++)`, '{ word += LETTERS[Math.floor(Math.random() * LETTERS.length)]; }'],
    ['steps of more than one', 'for (let i = 0; i < 60000; i += 10000)', '{ nanoid(); }'],
  ])('is silent for %s', (_what, head, body) => {
    expect(round(head, body)).toBe('silent');
  });
});

describe('a list of draws', () => {
  const lists = (imports: string, body: string): string => report(`import { it } from 'vitest';\nimport { mean, range } from 'd3-array';\n${imports}\nit('works', () => {\n  ${body}\n});`);
  const normal = `import { randomLcg, randomNormal } from '../src/index.js';`;

  it.each([
    ['of a generator that the library has made', normal, 'const r = randomNormal.source(randomLcg(0.3));\n  assertInDelta(mean(range(10000).map(r(42))), 42, 0.05);'],
    ['of a generator that is handed on', normal, 'const lcg = randomLcg(0.3);\n  const run = Float32Array.from({ length: 10000 }, lcg);'],
    ['of a function that asks one', `import math from '../src/instance.js';\nconst seeded = math.create({ randomSeed: 'a' });\nconst randomInt = seeded.randomInt;`, 'const picked = Array.from({ length: 10_000 }, () => randomInt(3));'],
    ['and what is made of it', `const { rng } = require('../src/rng');`, 'const N = 20000;\n  const sum = Array.from({ length: N }, () => rng.next()).reduce((a, b) => a + b);'],
  ])('%s', (_what, imports, body) => {
    expect(lists(imports, body)).toMatch(/[12]0,000 samples in a fast test/);
  });

  it.each([
    ['few draws', normal, 'const run = range(1000).map(randomNormal(0, 1));'],
    ['random data', normal, 'const data = Array.from({ length: 10000 }, () => Math.random());'],
    ['a generator of somebody else', `import { randomNormal } from 'd3-random';`, 'const run = range(10000).map(randomNormal(0, 1));'],
    ['things that the library makes', `import { makeRow } from '../src/rows.js';`, 'const rows = range(10000).map(makeRow(3));'],
    ['expected values', normal, 'expect(run()).toEqual(range(10000).map((i) => i * 2));'],
  ])('is silent for %s', (_what, imports, body) => {
    expect(lists(imports, body)).toBe('silent');
  });
});

it('calls that a function of the file repeats', () => {
  const repeats = (name: string): string => report(`import { it } from 'vitest';\nimport { pick } from '../src/pick';\nfunction ${name}(n, callback) { for (let i = 0; i < n; i++) callback(i); }\nit('works', () => {\n  const picked = [];\n  ${name}(10000, () => { picked.push(pick()); });\n});`);
  expect(repeats('times')).toContain('10,000 samples in a fast test');
  expect(repeats('later')).toBe('silent');
});

it('calls that a helper repeats', () => {
  const repeats = (call: string): string => report(`import { it } from 'vitest';\nimport { normal } from '../src/normal';\nimport { repeat } from './helpers';\nit('works', () => {\n  const n = 100000;\n  ${call}\n});`);
  expect(repeats('repeat(() => normal(0, 1), n);')).toContain('100,000 samples in a fast test');
  expect(repeats('repeat(n, () => normal(0, 1));')).toContain('100,000 samples in a fast test');
  expect(repeats(`repeat('a', n);`)).toBe('silent');
  expect(repeats('repeat(() => normal(0, 1), 100);')).toBe('silent');
});

describe('where the size stands', () => {
  it('the actual value of an assertion', () => {
    expect(report(inTest('expect(tf.ones([512, 512]).sum().dataSync()[0]).toBe(n);'))).toMatchInlineSnapshot(`
      "9 |   expect(tf.ones([512, 512]).sum().dataSync()[0]).toBe(n);
        |                   ~~~
      262,144 elements (512 × 512) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension."
    `);
  });

  it('in a hook, a group, at the top, in helpers', () => {
    expect(reports({}, ...[
      `let x;\nbeforeEach(() => {\n  x = tf.ones([512, 512]);\n});\nit('works', () => { x.sum(); });`,
      `describe('sums', () => {\n  const x = tf.ones([512, 512]);\n  it('works', () => { x.sum(); });\n});`,
      `const x = tf.ones([512, 512]);\nit('works', () => { x.sum(); });`,
      `const input = () => tf.ones([512, 512]);\nit('sums', () => { input().sum(); });\nit('means', () => { input().mean(); });`,
      `const input = (n: number) => tf.ones([n, n]);\nit('sums', () => { input(512).sum(); });\nit('means', () => { input(16).mean(); });`,
      `const SIDE = 512;\nit('sums', () => { tf.ones([SIDE, SIDE]).sum(); });\nit('means', () => { tf.ones([SIDE, 2]).mean(); });`,
      `it.each([[16], [512]])('sums %i', (n) => {\n  tf.ones([n, n]).sum();\n});`,
      `for (const n of [16, 512]) {\n  it(\`sums \${n}\`, () => { tf.ones([n, n]).sum(); });\n}`,
    ].map(inFile))).toMatchInlineSnapshot(`
      "10 |   x = tf.ones([512, 512]);
         |                ~~~
      262,144 elements (512 × 512) in a hook of fast tests; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 |   const x = tf.ones([512, 512]);
        |                      ~~~
      262,144 elements (512 × 512) in what every fast test here loads; 65,536 or more is production size, test with 32 to 64 per dimension.
      8 | const x = tf.ones([512, 512]);
        |                    ~~~
      262,144 elements (512 × 512) in what every fast test here loads; 65,536 or more is production size, test with 32 to 64 per dimension.
      8 | const input = () => tf.ones([512, 512]);
        |                              ~~~
      262,144 elements (512 × 512) in 2 fast tests; 65,536 or more is production size, test with 32 to 64 per dimension.
      9 | it('sums', () => { input(512).sum(); });
        |                          ~~~
      262,144 elements (512 × 512) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      8 | const SIDE = 512;
        |              ~~~
      262,144 elements (512 × 512) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      8 | it.each([[16], [512]])('sums %i', (n) => {
        |                 ~~~
      262,144 elements (512 × 512) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      8 | for (const n of [16, 512]) {
        |                      ~~~
      262,144 elements (512 × 512) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension."
    `);
  });

  it('next door', () => {
    const files = {
      'package.json': '{ "name": "own-tensors" }',
      'src/index.ts': `export function randn(shape: number[]) { return new Float32Array(shape.reduce((a, b) => a * b)); }`,
      'test/make.ts': `import * as tf from '@tensorflow/tfjs';\nexport const makeInput = (rows: number, columns = 4) => tf.randomNormal([rows, columns]);\nexport const ROWS = 70000;`,
    };
    const head = `import { it } from 'vitest';\n`;
    expect(reports({ files }, ...[
      `import { randn } from '../src/index.js';\nit('works', () => { randn([512, 512]); });`,
      `import { randn } from 'own-tensors';\nit('works', () => { randn([512, 512]); });`,
      `import { makeInput } from './make';\nit('works', () => { makeInput(70000); });\nit('works small', () => { makeInput(70); });`,
      `import * as tf from '@tensorflow/tfjs';\nimport { ROWS } from './make';\nit('works', () => {\n  tf.zeros([ROWS]);\n});`,
    ].map((text) => head + text))).toMatchInlineSnapshot(`
      "3 | it('works', () => { randn([512, 512]); });
        |                            ~~~
      262,144 elements (512 × 512) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      3 | it('works', () => { randn([512, 512]); });
        |                            ~~~
      262,144 elements (512 × 512) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      3 | it('works', () => { makeInput(70000); });
        |                               ~~~~~
      280,000 elements (70000 × 4) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      5 |   tf.zeros([ROWS]);
        |   ~~~~~~~~~~~~~~~~
      70,000 elements (70000) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension."
    `);
  });
});

describe('what the library under test makes', () => {
  it('a model whose configuration is not its first argument', () => {
    const model = (config: string): string => `import { it } from 'vitest';\nimport { GPT2 } from '../examples/gpt2/model';\nconst CONFIG = ${config};\nit('works', () => { new GPT2(api, CONFIG, { device: 'webgpu' }); });`;
    expect(report(model('{ vocabSize: 500, blockSize: 64, numLayers: 6, numHeads: 4, embedDim: 128 }'))).toContain('1,243,648 weights');
    expect(report(model('{ vocabSize: 500, blockSize: 64, numLayers: 2, numHeads: 2, embedDim: 64 }'))).toBe('silent');
    expect(report(model('{ device: \'webgpu\', numLayers: 6 }'))).toBe('silent');
  });

  it('the threads of a kernel', () => {
    const kernel = (body: string): string => `import { GPU } from 'gpu.js';\nimport { it } from 'vitest';\nit('works', () => {\n  const gpu = new GPU();\n  const width = 512;\n  ${body}\n});`;
    expect(report(kernel('gpu.createKernel(function () { return this.thread.x; }, { output: [width, width] });'))).toContain('5 |   const width = 512;');
    expect(report(kernel('gpu.createKernel(function () { return this.thread.x; }, { output: [width] });'))).toBe('silent');
    expect(report(kernel('gpu.createKernel(function () { return this.thread.x; }).setOutput([width]);'))).toBe('silent');
  });

  it('one item after the other', () => {
    expect(report(inTest('const a = [];\nconst N = 8192 * 16;\nfor (let i = 0; i < N; i++) a[i] = field.e(i + 1);'))).toContain('131,072 samples');
    expect(report(inTest('const a = [];\nfor (let i = 0; i < 8192; i++) a[i] = field.e(i + 1);'))).toBe('silent');
    expect(report(inTest('for (let i = 0; i < 131072; i++) a[i] = Math.sin(i);'))).toBe('silent');
    expect(report(inTest('for (let i = 0; i < 131072; i++) a[i] = i % 256;'))).toBe('silent');
  });

  it('an array and the loop that fills it, once', () => {
    expect(report(inTest('const vectors = new Float32Array(1000 * 128);\nfor (let i = 0; i < 1000 * 128; i++) {\n  vectors[i] = Math.random();\n}')).split(' in a fast test')).toHaveLength(2);
    expect(report(inTest('const vectors = [];\nfor (let i = 0; i < 128_000; i++) {\n  vectors[i] = Math.random();\n}'))).toContain('128,000');
  });

  it('tables whose rows are made one by one', () => {
    const loop = 'for (let i = 0; i < 1000; i++)';
    for (const text of [
      inTest(`const rows = [];\n${loop} {\n  const row = [];\n  for (let j = 0; j < 768; j++) row.push(Math.random());\n  rows.push(row);\n}`),
      inTest('Array.from({ length: 1000 }, () => {\n  const row = new Float32Array(768);\n  for (let j = 0; j < 768; j++) row[j] = j;\n  return row;\n});'),
      `${HEAD}const vector = (n) => Array.from({ length: n }, () => Math.random());\nit('works', () => { Array.from({ length: 1000 }, () => vector(768)); });`,
      `${HEAD}const vector = () => Array.from({ length: 768 }, () => Math.random());\nit('works', () => { ${loop} rows.push(vector()); });`,
      `${HEAD}function vector(n) {\n  const row = new Float32Array(n);\n  for (let j = 0; j < n; j++) row[j] = j;\n  return row;\n}\nit('works', async () => {\n  ${loop} {\n    await index.insert({ id: i, values: vector(768) });\n  }\n});`,
    ]) expect(report(text)).toContain('768,000 elements (1000 × 768)');
  });

  it('a width before the options of a block', () => {
    expect(report(inTest(`const block = new TransformerBlock(512, 8, { pattern: 'causal' });`))).toContain('weights');
    expect(report(inTest(`const block = new TransformerBlock(32, 8, { pattern: 'causal' });`))).toBe('silent');
  });

  it('a number of samples that the library is given by that name', () => {
    const draws = (name: string, imports = `import { UniformRNG } from '../src/rng';`): string => `${imports}\nit('is even', () => {\n  const ${name} = 10_000_000;\n  const counts = new UniformRNG().test(${name}, 10);\n  expect(counts.length).toBe(10);\n});`;
    expect(report(draws('sampleCount'))).toContain('10,000,000 samples');
    expect(report(draws('numSamples'))).toContain('10,000,000 samples');
    expect(report(draws('seedValue'))).toBe('silent');
    expect(report(draws('sampleCount', `import { UniformRNG } from 'some-generator';`))).toBe('silent');
  });

  it('samples that are drawn in each of a few rounds', () => {
    expect(report(inTest('for (let round = 0; round < 5; round++) {\n  const drawn = [];\n  for (let i = 0; i < 6000; i++) drawn.push(Math.random());\n  all.push(drawn);\n}'))).toContain('6,000 samples');
  });

  it('no tables: few rows, rows of zeros, and what is made for one look', () => {
    for (const text of [
      inTest('Array.from({ length: 60 }, () => {\n  const row = new Float32Array(768);\n  for (let j = 0; j < 768; j++) row[j] = j;\n  return row;\n});'),
      inTest('Array.from({ length: 512 }, (_, i) => {\n  const row = new Array(512).fill(0);\n  row[i] = 1;\n  return row;\n});'),
      `${HEAD}const vector = (n) => Array.from({ length: n }, () => Math.random());\nit('works', () => { for (let i = 0; i < 1000; i++) expect(norm(vector(768))).toBeLessThan(1000); });`,
      `${HEAD}const vector = (n) => Array.from({ length: n }, () => Math.random());\nit('works', () => { expect(vector(768)).toHaveLength(768); });`,
    ]) expect(report(text)).toBe('silent');
  });

  it('a count of choices', () => {
    expect(report(inTest('for (let i = 0; i < 100_000; i++) {\n  const picked = source.choice(list, weights);\n  counts.set(picked, (counts.get(picked) ?? 0) + 1);\n}'))).toContain('100,000 samples');
    expect(report(inTest('for (let i = 0; i < 100_000; i++) {\n  const picked = choices[i % 3];\n  counts.set(picked, (counts.get(picked) ?? 0) + 1);\n}'))).toBe('silent');
  });
});

describe('titles', () => {
  it.each(['keeps its speed', 'answers in reasonable time and with good performance', 'searches a limited list', 'takes the slow path'])('%s: no reason to be large', (title) => {
    expect(report(`${HEAD}it('${title}', () => { tf.zeros([512, 512]); });`)).toContain('262,144 elements');
  });

  it.each(['performance tests', 'stress: many', 'measures the performance of a transfer', 'has a low latency', 'stops at the limit'])('%s: large on purpose', (title) => {
    expect(report(`${HEAD}it('${title}', () => { tf.zeros([512, 512]); });`)).toBe('silent');
  });

  it('of what is large for its speed: not shrunk without a person', () => {
    const text = (title: string): string => `${HEAD}it('${title}', () => { const n = 512; const a = tf.zeros([n, n]); expect(a).toBeDefined(); });`;
    expect(squiggleTester('no-production-dims')(text('adds'))).toContain('fixed:');
    expect(squiggleTester('no-production-dims')(text('adds with good performance'))).toContain('look at this first: its title speaks of speed');
    expect(squiggleTester('no-production-dims')(text('adds with good performance'))).not.toContain('fixed:');
  });
});

describe('options and settings', () => {
  it.each<readonly [options: object, body: string, count: number]>([
    [{ maxElements: 262_144 }, 'tf.zeros([511, 512]);', 0],
    [{ maxElements: 262_144 }, 'tf.zeros([512, 512]);', 1],
    [{ maxElements: 4_096 }, 'tf.zeros([64, 64]);', 1],
    [{ maxSequence: 1_024 }, 'const seqLen = 512;\ntf.zeros([1, 2, seqLen, 32]);', 0],
    [{ maxSequence: 128 }, 'const seqLen = 128;\ntf.zeros([1, 2, seqLen, 32]);', 1],
    [{ maxWeights: 1_000_000 }, 'new Linear(900, 900);', 0],
    [{ maxWeights: 10_000 }, 'new Linear(100, 100);', 1],
    [{ maxSamples: 50_000 }, 'makeBlobs(8001, 3, 7);', 0],
    [{ maxSamples: 600 }, 'makeBlobs(601, 3, 7);', 1],
  ])('%j: %s', (options, body, count) => {
    expect(report(inTest(body), { options })).toMatch(count === 0 ? /^silent$/ : /^\d+ \| /);
  });

  it('refuses other options', () => {
    for (const options of [{ maxElement: 4 }, { maxElements: 0 }, { maxElements: 1.5 }, { maxSamples: '4' }]) {
      expect(() => report(inTest('tf.zeros([4]);'), { options })).toThrow(/no-production-dims/);
    }
  });

  it('names the test size of the settings', () => {
    const settings = { tiers: { test: { seqLen: 32, headDim: 16 } } };
    expect(report(inTest('const seqLen = 4096;\ntf.zeros([1, 2, seqLen, 32]);'), { settings })).toContain('the test size is 32.');
    expect(report(inTest('tf.zeros([4096, 4096]);'), { settings })).toContain('test with 16 to 32 per dimension.');
  });
});
