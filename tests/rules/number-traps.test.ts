/** What looks like a production size to `no-production-dims` and is none: numbers that mean something else, and code nobody pays for. */
import { describe, expect, it } from 'vitest';
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

describe('silent', () => {
  it.each<readonly [what: string, body: string]>([
    ['just under the limit', 'tf.zeros([255, 257]);'],
    ['just above a power of two', 'tf.zeros([262145, 4]);'],
    ['data behind its shape', "const { tensor } = await import('../src/tensor.js');\ntensor([2, 2], [6000, 7000, 8000, 9000]);"],
    ['an array of holes', 'const holes = Array(123456);'],
    ['a width that is all there is', 'const model = new GPTModel({ embeddingDim: 768 });'],
    ['an embedding of production length', 'tf.randomNormal([1, 1536]);'],
    ['a long but thin row of tokens', 'const seqLen = 512;\ntf.zeros([1, seqLen]);'],
    ['a good practice shape', 'randn([1, 4, 8, 16]);'],
    ['a small layer', 'new Linear<512, 64>(512, 64);'],
    ['a chain of small things', 'np.arange(1024).reshape([1, 1024]);'],
    ['a loop that ends when it has seen enough', 'for (let i = 0; i < 10000; i++) {\n  if (Math.random() > 0.9) break;\n}'],
    ['random bytes', 'const bytes = [];\nfor (let i = 0; i < 20000; i++) {\n  bytes[i] = Math.round(Math.random() * 255);\n}'],
    ['a matrix with few entries', 'const randomMatrix = (rows, columns, entries) => [rows, columns, entries];\nrandomMatrix(128, 128, 64);'],
    ['one sample', 'const sample = new Uint16Array(100 * 100);'],
    ['20,000 zeros', 'const input = new Float32Array(20000);'],
    ['a key from a seed', 'np.random.seed(4321000);'],
    ['a seed behind the shape', `tf.randomNormal([2, 2], 0, 2, 'int32', 987654);`],
    ['a seed in front of a small count', 'makeBlobs(900, 3, 70000);'],
    ['a fill value', 'np.full([2, 2], 40000);'],
    ['bounds of random numbers', 'tf.randomUniformInt([4], 0, 900000);'],
    ['bounds of a range', 'tf.linspace(0, 70000, 5);'],
    ['a coarse range', 'np.arange(0, 2e9, 1e8);'],
    ['a geometric range', 'np.geomspace(1, 100000, 4);'],
    ['data that looks like a shape', 'const input = new Float32Array([300, 70000]);'],
    ['pixels', 'tf.tensor([0, 255, 0, 255]);'],
    ['data before a small shape', 'tf.tensor2d([1, 2, 3, 987654], [2, 2]);'],
    ['data in a list of rows', 'np.array([[300, 400], [500, 600]]);'],
    ['a constructor that must throw', 'expect(() => new MultiheadAttention(3000, 0)).toThrow();'],
    ['a shape that must throw', `expect(() => tf.zeros([4096, 4096])).toThrowError(/memory/);`],
    ['expected values', 'const expected = new Uint32Array(100000);'],
    ['expected values inside the assertion', 'expect(x).toEqual(new Float32Array(70000));'],
    ['a golden list', 'const goldenScores = Array.from({ length: 70000 }, () => 0);'],
    ['a look-up table', 'const lookupTable = new Uint16Array(65536);'],
    ['edges of powers of two', 'const input = new Float32Array(65537);'],
    ['a limit under test', 'const WORKGROUP_LIMIT = 70000;\ntf.zeros([WORKGROUP_LIMIT]);'],
    ['a time-out', 'await new Promise((resolve) => setTimeout(resolve, 70000));'],
    ['a port', 'listen({ port: 65500, host: "::" });'],
    ['a unknown function of a package', 'resize(image, [1920, 1080]);'],
    ['Math.random', 'const x = Math.random();'],
    ['a method called zeros of something else', 'const shop = { zeros: (n: number[]) => n };\nshop.zeros([512, 512]);'],
    ['a size nobody knows', 'tf.zeros([size(), 4]);'],
    ['a size from the environment', 'const n = Number(process.env.SIZE ?? 4096);\ntf.zeros([n, n]);'],
    ['a mutable size', 'let n = 4096;\nn = 4;\ntf.zeros([n, n]);'],
    ['behind a slow variable', 'if (process.env.SLOW) {\n  tf.zeros([4096, 4096]);\n}'],
    ['a fraction', 'tf.zeros([0.5, 700.25]);'],
    ['Infinity', 'tf.zeros([Infinity, 2]);'],
    ['nothing', 'tf.zeros([]);\ntf.zeros();\nnew Float32Array();'],
    ['a threshold and one more', 'const THRESHOLD = 70000;\ntf.zeros([THRESHOLD + 1]);'],
    ['runs of a property', 'fc.assert(property, { numRuns: 100000 });'],
    ['a language version', 'parse(code, { ecmaVersion: 2020, line: 66000 });'],
    ['a key of a random generator', 'key(70000);\nrandom.key(4321000);'],
    ['chunks of small tensors', 'for (let i = 0; i < 100; i++) tf.zeros([8, 8]);'],
    ['a reshape of what is small', 'np.zeros(4).reshape([1, 2, 2]);'],
    ['a string of digits', "tf.zeros(['512', '512']);"],
    ['a typed array from values', 'const input = Float32Array.from([1, 2, 70000]);'],
    ['a typed array over a buffer', 'const input = new Float32Array(buffer, 0, 70000);'],
    ['bytes', 'const input = Buffer.alloc(100000);'],
    ['context size of a model that is only configured', 'configure({ contextSize: 2048, maxTokens: 4096 });'],
  ])('%s', (_what, body) => {
    expect(report(inTest(body))).toBe('silent');
  });

  it.each<readonly [what: string, text: string]>([
    ['a marked test', `it('works @slow', () => { tf.zeros([512, 512]); });`],
    ['a marked group', `describe('all @slow', () => { it('works', () => { tf.zeros([512, 512]); }); });`],
    ['a hook of a marked group', `describe('all @slow', () => { beforeEach(() => { tf.zeros([512, 512]); }); it('works', () => {}); });`],
    ['the body of a marked group', `describe('all @slow', () => { const x = tf.zeros([512, 512]); it('works', () => {}); });`],
    ['a file of marked tests only', `const x = tf.zeros([512, 512]);\nit('works @slow', () => {});`],
    ['a skipped test', `it.skip('works', () => { tf.zeros([512, 512]); });`],
    ['a helper of a marked test', `const input = () => tf.zeros([512, 512]);\nit('works @slow', () => { input(); });`],
    ['a row that is marked', `it.each([['small', 16], ['full @slow', 512]])('works (%s)', (_name, n) => { tf.zeros([n, n]); });`],
    ['a benchmark by its title', `describe('performance', () => { it('works', () => { tf.zeros([512, 512]); }); });`],
    ['a limit by its title', `it('rejects more than 65535 workgroups', () => { tf.zeros([512, 512]); });`],
    ['an overflow by its title', `it('does not overflow', () => { tf.zeros([512, 512]); });`],
    ['a helper that nobody calls', `function input() { return tf.zeros([512, 512]); }\nit('works', () => {});`],
    ['a file without tests', `export const input = tf.zeros([512, 512]);`],
  ])('%s', (_what, text) => {
    expect(report(inFile(text))).toBe('silent');
  });

  it('in files that are slow by name, not in integration tests', () => {
    const text = inFile(`it('works', () => { tf.zeros([600, 600]); });`);
    const at = (filename: string): string => report(text, { filename }).split('\n').at(-1) ?? '';
    expect(at('test/attention.slow.test.ts')).toBe('silent');
    expect(at('bench/attention.test.ts')).toBe('silent');
    expect(at('test/attention.int.test.ts')).toMatch(/^360,000 elements/);
  });
});
