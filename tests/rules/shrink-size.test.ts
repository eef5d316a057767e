/** What `no-production-dims` writes instead, and what keeps it from writing unseen. */
import { describe, expect, it } from 'vitest';
import { squiggleTester } from '../squiggle.ts';

const report = squiggleTester('no-production-dims');
const HEAD = `import { beforeEach, describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs';
import { Matrix } from 'ml-matrix'; import sharp from 'sharp';
import { attention, attend, randn, Linear, Tensor } from '../src/index.js';
import { golden, checkAgainstFile, faceTask } from './golden';
`;
const inTest = (body: string): string => `${HEAD}it('works', async () => {\n  ${body.replaceAll('\n', '\n  ')}\n});`;

/** The lines that `--fix` writes, without their numbers; `not fixed` when it only reports, `silent` when it does not. */
function fixOf(text: string): string {
  const said = report(text);
  if (said === 'silent') return said;
  const [, fixed] = said.split('\nfixed:\n');
  return fixed === undefined ? 'not fixed' : fixed.replace(/^\d+ \| ( {2})?/gm, '');
}

describe('fixed', () => {
  it.each<readonly [what: string, body: string, fixed: string]>([
    ['a shape', 'tf.zeros([512, 512]);', 'tf.zeros([64, 64]);'],
    ['a shape with the tuple that repeats it', 'const x = tf.zeros([512, 300]);\nexpect(x.shape).toEqual([512, 300]);', 'const x = tf.zeros([64, 64]);\nexpect(x.shape).toEqual([64, 64]);'],
    ['a constant that the assertion names', 'const side = 512;\nconst x = tf.zeros([side, side]);\nexpect(x.shape).toEqual([side, side]);', 'const side = 64;'],
    ['attention by roles', 'const [batch, heads, seqLen, headDim] = [2, 8, 512, 64];\nconst out = attention(tf.randomNormal([batch, heads, seqLen, headDim]));\nexpect(out.shape).toEqual([batch, heads, seqLen, headDim]);',
      'const [batch, heads, seqLen, headDim] = [1, 4, 64, 32];'],
    ['attention by place', 'const q = tf.randomNormal([2, 8, 512, 64]);\nexpect(attention(q).shape).toEqual([2, 8, 512, 64]);', 'const q = tf.randomNormal([1, 4, 64, 32]);\nexpect(attention(q).shape).toEqual([1, 4, 64, 32]);'],
    ['only the large dimension', 'const x = tf.zeros([30000, 4]);\nexpect(x.isDisposed).toBe(false);', 'const x = tf.zeros([64, 4]);'],
    ['beside comments', 'tf.zeros([512 /* rows */, 512 /* columns */]); // big', 'tf.zeros([64 /* rows */, 64 /* columns */]); // big'],
    ['beside a seed and bounds', `const x = tf.randomUniform([512, 512], 0, 900, 'float32', 4242);\nexpect(x.isDisposed).toBe(false);`, `const x = tf.randomUniform([64, 64], 0, 900, 'float32', 4242);`],
    ['beside an index that still fits', 'const x = tf.zeros([512, 512]);\nexpect(x.get(40, 3)).toBe(0);', 'const x = tf.zeros([64, 64]);'],
    ['with a bound on the error', 'const q = randn([512, 512]);\nexpect(maxError(attend(q), reference(q))).toBeLessThan(1e-5);', 'const q = randn([64, 64]);'],
    ['as const', 'const q = randn([512, 512] as const);\nexpect(q.isDisposed).toBe(false);', 'const q = randn([64, 64] as const);'],
  ])('%s', (_what, body, fixed) => {
    expect(fixOf(inTest(body))).toBe(fixed);
  });

  it('a size that two tests share', () => {
    expect(fixOf(`${HEAD}const SIDE = 512;
it('has a shape', () => { const x = tf.ones([SIDE, SIDE]); expect(x.shape).toEqual([SIDE, SIDE]); });
it('is finite', () => { const x = tf.ones([SIDE, SIDE]); expect(x.isFinite()).toBe(true); });`)).toBe('const SIDE = 64;');
  });

  it('takes the sizes of the settings', () => {
    const text = inTest('const seqLen = 4096;\nattention(tf.zeros([1, 2, seqLen, 16]));');
    expect(report(text, { settings: { tiers: { test: { seqLen: 16 } } } })).toContain('fixed:\n7 |   const seqLen = 16;');
  });
});

describe('not fixed unseen', () => {
  it.each<readonly [what: string, body: string]>([
    ['a snapshot', 'const x = tf.zeros([512, 512]);\nexpect(x).toMatchSnapshot();'],
    ['an inline snapshot', 'const x = tf.zeros([512, 512]);\nexpect(x.shape).toMatchInlineSnapshot(`[512, 512]`);'],
    ['a result that is written down', 'const x = tf.ones([512, 512]);\nexpect(x.sum().dataSync()[0]).toBe(262144);'],
    ['a fractional result', 'const x = randn([512, 512]);\nexpect(x.norm()).toBeCloseTo(511.3);'],
    ['a fractional result in a comparison', 'const total = randn([512, 512]).norm();\nexpect(Math.abs(total - 511.3) < 0.1).toBe(true);'],
    ['a fractional result in an assertion of Node', 'const total = randn([512, 512]).norm();\nassert.ok(Math.abs(total - 511.3) < 0.1);'],
    ['a text with the size', 'const x = tf.zeros([512, 512]);\nexpect(String(x)).toBe("Tensor 512x512");'],
    ['an index that no longer fits', 'const x = tf.zeros([512, 512]);\nexpect(x.get(400, 3)).toBe(0);'],
    ['a slice that no longer fits', 'const x = tf.zeros([512, 512]);\nexpect(x.slice([0, 0], [100, 100]).isDisposed).toBe(false);'],
    ['a count of elements', 'const x = tf.zeros([512, 512]);\nexpect(x.size).toBe(512 * 512);'],
    ['a transposed shape', 'const x = tf.zeros([512, 300]);\nexpect(x.transpose().shape).toEqual([300, 512]);'],
    ['a shape of another rank', 'const x = tf.zeros([512, 300]);\nexpect(x.expandDims(0).shape).toEqual([1, 512, 300]);'],
    ['one dimension of a shape', 'const x = tf.zeros([512, 300]);\nexpect(x.shape[1]).toBe(300);'],
    ['a length', 'const x = tf.zeros([512, 300]);\nexpect(x.dataSync()).toHaveLength(153600);'],
    ['a type argument', 'const x: Tensor<[512, 512]> = randn([512, 512] as const);\nexpect(x.isDisposed).toBe(false);'],
    ['a statistic', 'const x = tf.randomNormal([512, 512]);\nexpect(Math.abs(mean(x))).toBeLessThan(0.01);'],
    ['a statistic by another name', 'const avg = average(tf.randomNormal([512, 512]));\nexpect(Math.abs(avg)).toBeLessThan(0.01);'],
    ['a second matrix that must fit', 'const a = tf.ones([512, 256]);\nconst b = tf.ones([256, 4]);\nexpect(a.matMul(b).isDisposed).toBe(false);'],
    ['a second matrix that must fit, by positional sizes', 'const a = Matrix.rand(512, 256);\nconst b = Matrix.rand(256, 40);\nexpect(a.mmul(b).isEmpty()).toBe(false);'],
    ['data that must fit its shape', 'const x = tf.tensor2d(golden, [512, 512]);\nexpect(x.isDisposed).toBe(false);'],
    ['data of a length that is written down', 'const x = tf.tensor2d(new Float32Array(262144), [512, 512]);\nexpect(x.isDisposed).toBe(false);'],
    ['a result from another file', 'const x = attend(tf.ones([512, 512]));\nexpect(x.arraySync()).toEqual(golden);'],
    ['a check in another file', 'checkAgainstFile(attend(tf.ones([512, 512])));'],
    ['heads that must divide, named', 'const embed = 768;\nconst heads = 12;\nconst x = randn([128, embed]);\nexpect(attend(x, heads).isDisposed).toBe(false);'],
    ['heads that must divide, as an option', 'const embed = 768;\nconst x = randn([128, embed]);\nexpect(attend(x, { heads: 12 }).isDisposed).toBe(false);'],
    ['heads that must divide, as an argument', 'const embed = 768;\nconst x = randn([128, embed]);\nexpect(attend(x, 12).isDisposed).toBe(false);'],
    ['items counted in a loop', 'const n = 100000;\nfor (let i = 0; i < n; i++) sketch.update(String(i));\nexpect(Math.abs(n - sketch.count())).toBeLessThan(n * sketch.relativeError());'],
    ['a task from elsewhere', 'const x = tf.zeros([200, 200, 3, 4]);\nawait attend(x, faceTask);'],
    ['a loaded model', `const model = await tf.loadGraphModel('model.json');\nconst y = model.predict(tf.zeros([1, 224, 224, 3]));\nexpect(y.isDisposed).toBe(false);`],
    ['a factor in reshape', 'const x = tf.zeros([512, 768]);\nconst y = x.reshape([-1, 16, 48]);\nexpect(y.isDisposed).toBe(false);'],
    ['a picture that is compared with a file', `const picture = await sharp({ create: { width: 600, height: 600, channels: 4 } }).toBuffer();\nexpect(() => similar(fixture('red.jpg'), picture)).not.toThrow();`],
    ['a number of parts', 'const x = tf.zeros([128, 768]);\nexpect(tf.split(x, 3, 1).every((part) => part.isFinite())).toBe(true);'],
    ['a channel count of a layer', 'const x = randn([1, 100, 768]);\nconst layer = new Linear(768, 4);\nexpect(layer.forward(x).isDisposed).toBe(false);'],
    ['another size that is the same by chance or not', 'const x = tf.zeros([512, 512]);\nexpect(pad(x, 512).isDisposed).toBe(false);'],
  ])('%s', (_what, body) => {
    expect(fixOf(inTest(body))).toBe('not fixed');
  });

  it.each<readonly [what: string, text: string]>([
    ['a result in a test, the size in a hook', `let x;\nbeforeEach(() => { x = tf.ones([512, 512]); });\nit('sums', () => { expect(x.sum().dataSync()[0]).toBe(262144); });`],
    ['an index in a test, the size in a hook of a group', `describe('ones', () => {\n  let x;\n  beforeEach(() => { x = tf.ones([512, 512]); });\n  it('has items', () => { expect(x.get(400, 0)).toBe(1); });\n});`],
    ['a result in a test, the size in its group', `describe('ones', () => {\n  const x = tf.ones([512, 512]);\n  it('sums', () => { expect(x.sum().dataSync()[0]).toBe(262144); });\n});`],
    ['a result in a test, the size in a helper', `const ones = () => tf.ones([512, 512]);\nit('sums', () => { const x = ones(); expect(x.sum().dataSync()[0]).toBe(262144); });`],
    ['a result in one of the tests that share a constant', `const SIDE = 512;\nit('sums', () => { const x = tf.ones([SIDE, SIDE]); expect(x.sum().dataSync()[0]).toBe(262144); });\nit('is finite', () => { const x = tf.ones([SIDE, SIDE]); expect(x.isFinite()).toBe(true); });`],
    ['a shape at the top', `const SHAPE = [512, 512];\nit('has a shape', () => { const x = tf.ones([512, 512]); expect(x.shape).toEqual(SHAPE); });`],
    ['a type at the top', `type Square = Tensor<readonly [512, 512]>;\nit('is finite', () => {\n  const x: Square = randn([512, 512] as const);\n  expect(x.isFinite()).toBe(true);\n});`],
    ['a helper that asserts', `function check(x) { expect(x.sum()).toBe(262144); }\nit('sums', () => { check(tf.ones([512, 512])); });`],
    ['a row that would stand there twice', `it.each([[64], [512]])('is finite for %i', (n) => { const x = tf.ones([n, n]); expect(x.isFinite()).toBe(true); });`],
    ['a layer made in a hook', `let layer;\nbeforeEach(() => { layer = new Linear(768, 4); });\nit('is finite', () => {\n  const x = randn([1, 100, 768]);\n  expect(layer.forward(x).isFinite()).toBe(true);\n});`],
    ['a constant that others import', `export const SIDE = 512;\nit('is finite', () => { const x = tf.ones([SIDE, SIDE]); expect(x.isFinite()).toBe(true); });`],
    ['a matcher made from the size elsewhere', `const COUNT = 262144;\nit('counts', () => { const x = tf.ones([512, 512]); expect(x.size).toBe(COUNT); });`],
    ['a size in the title', `it('adds 512 rows', () => { const x = tf.ones([512, 512]); expect(x.isFinite()).toBe(true); });`],
  ])('%s', (_what, text) => {
    expect(fixOf(HEAD + text)).toBe('not fixed');
  });

  it('says in a suggestion what to look at', () => {
    expect(report(inTest('const [B, H, S, D] = [2, 8, 512, 64];\nconst q = randn([B, H, S, D]);\nexpect(q.sum()).toBe(12.75);'))).toMatchInlineSnapshot(`
      "7 |   const [B, H, S, D] = [2, 8, 512, 64];
        |                               ~~~
      524,288 elements (2 × 8 × 512 × 64) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
      suggestion: Shrink 2 × 8 × 512 × 64 to 1 × 4 × 64 × 32; look at this first: a result is written down (line 9).
      7 |   const [B, H, S, D] = [1, 4, 64, 32];
      suggestion: Mark it @slow: a result is written down (line 9).
      6 | it('works @slow', async () => {"
    `);
  });

  it('only suggests for samples and layers', () => {
    expect([
      inTest('const SAMPLES = 10000;\nconst drawn = Array.from({ length: SAMPLES }, () => Math.random());\nexpect(drawn.every((x) => x < 1)).toBe(true);'),
      inTest(`const layer = tf.layers.embedding({ inputDim: 20000, outputDim: 128 });\nexpect(layer.built).toBe(false);`),
    ].map((text) => report(text)).join('\n')).toMatchInlineSnapshot(`
      "7 |   const SAMPLES = 10000;
        |                   ~~~~~
      10,000 samples in a fast test; 5,000 or more is production size.
      suggestion: Shrink 10000 to 500; look at this first: statistics may need their samples.
      7 |   const SAMPLES = 500;
      suggestion: Run it small (10000 to 500), and at its own sizes in the slow run.
      6 | it.each([
      7 |   ['small', { SAMPLES: 500 }],
      8 |   ['full @slow', { SAMPLES: 10000 }],
      9 | ])('works (%s)', async (_tier, { SAMPLES }) => {
      7 |   const layer = tf.layers.embedding({ inputDim: 20000, outputDim: 128 });
        |                                                 ~~~~~
      2,560,000 weights in a fast test; 65,536 or more is production size, a test layer has 32 per dimension.
      suggestion: Shrink 20000 × 128 to 64 × 128; look at this first: inputs, heads and expected shapes must follow.
      7 |   const layer = tf.layers.embedding({ inputDim: 64, outputDim: 128 });
      suggestion: Run it small (20000 to 128, 128 to 64), and at its own sizes in the slow run.
      6 | it.each([
      7 |   ['small', { inputDim: 128, outputDim: 64 }],
      8 |   ['full @slow', { inputDim: 20000, outputDim: 128 }],
      9 | ])('works (%s)', async (_tier, { inputDim, outputDim }) => {
      10 |   const layer = tf.layers.embedding({ inputDim, outputDim });"
    `);
  });
});
