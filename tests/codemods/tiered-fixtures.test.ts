// What becomes of production sizes: names in rows, constants and helpers that follow, or a test that stays whole and slow.
import { describe, expect, it } from 'vitest';
import tieredFixtures from '../../codemods/tiered-fixtures/codemod.ts';
import { lintText } from '../squiggle.ts';
import { transformTester } from './transform.ts';

const transform = transformTester(tieredFixtures);
const HEAD = "import { beforeEach, describe, expect, it } from 'vitest';\nimport { Attention, compile, full, Linear, MultiHeadAttention, randn, sum, zeros } from '../src/index';\n\n";

/** The body of one test, and what becomes of it without its head. */
function body(text: string): string {
  const { output } = transform(`${HEAD}it('works', () => {\n${text.replace(/^(?=.)/gm, '  ')}\n});\n`);
  return output.slice(HEAD.length).trimEnd();
}

/** The rows and the lines of the body. */
function tiered(text: string): { readonly small: string; readonly full: string; readonly body: string } {
  const found = /^it\.each\(\[\n {2}\['small', (.+)\],\n {2}\['full @slow', (.+)\],\n\]\)\('works \(%s\)', \(_tier, \{.+\}\) => \{\n([^]*)\n\}\);$/.exec(body(text));
  if (!found) throw new Error(`Not tiered:\n${body(text)}`);
  const [, small = '', large = '', lines = ''] = found;
  return { small, full: large, body: lines.replace(/^ {2}/gm, '') };
}

/** The reason why a test is only marked. */
function reason(text: string): string {
  const { output, changed } = transform(`${HEAD}it('works', async () => {\n  ${text}\n});\nlet calls = 0;\nconst task = faceTask();\n`);
  expect(output).toContain("it('works @slow', async () => {");
  return changed.join().replace(/^Mark it @slow: |\.$/g, '');
}

describe('bare numbers', () => {
  it('become names by their place in attention, in creators, descriptions and shapes', () => {
    expect(tiered(`const query = randn([2, 8, 512, 64]);
const out = compile({ pattern: 'causal', batchSize: 2, numHeads: 8, seqLen: 512, headDim: 64 }).forward(query);
expect(out.shape).toEqual([2, 8, 512, 64]);
expect(out.lse.shape).toEqual([2, 8, 512]);`)).toEqual({
      small: '{ batchSize: 1, numHeads: 4, seqLen: 64, headDim: 32 }',
      full: '{ batchSize: 2, numHeads: 8, seqLen: 512, headDim: 64 }',
      body: `const query = randn([batchSize, numHeads, seqLen, headDim]);
const out = compile({ pattern: 'causal', batchSize, numHeads, seqLen, headDim }).forward(query);
expect(out.shape).toEqual([batchSize, numHeads, seqLen, headDim]);
expect(out.lse.shape).toEqual([batchSize, numHeads, seqLen]);`,
    });
  });

  it('become rows and columns elsewhere, with lengths, last indices and products', () => {
    expect(tiered(`const x = randn([1_000, 500]);
expect(x.shape).toEqual([1_000, 500]);
expect(x.shape[1]).toBe(500);
expect(x.size).toBe(500_000);
expect(x.data[999]).toBeDefined();
for (let row = 0; row < 1_000; row++) expect(x.get(row, 499)).not.toBeNaN();`)).toEqual({
      small: '{ rows: 64, columns: 32 }',
      full: '{ rows: 1_000, columns: 500 }',
      body: `const x = randn([rows, columns]);
expect(x.shape).toEqual([rows, columns]);
expect(x.shape[1]).toBe(columns);
expect(x.size).toBe(rows * columns);
expect(x.data[rows - 1]).toBeDefined();
for (let row = 0; row < rows; row++) expect(x.get(row, columns - 1)).not.toBeNaN();`,
    });
  });

  it('become names of layers, whose heads still divide them', () => {
    expect(tiered(`const layer = new MultiHeadAttention(768, 12);
const out = layer.forward(randn([2, 10, 768]));
expect(out.shape).toEqual([2, 10, 768]);`)).toEqual({
      small: '{ embedDim: 72 }',
      full: '{ embedDim: 768 }',
      body: `const layer = new MultiHeadAttention(embedDim, 12);
const out = layer.forward(randn([2, 10, embedDim]));
expect(out.shape).toEqual([2, 10, embedDim]);`,
    });
    expect(tiered("const layer = new Linear(1024, 256);\nexpect(layer.forward(zeros([3, 1024])).shape).toEqual([3, 256]);")).toMatchObject({
      small: '{ inFeatures: 128, outFeatures: 64 }',
      body: 'const layer = new Linear(inFeatures, outFeatures);\nexpect(layer.forward(zeros([3, inFeatures])).shape).toEqual([3, outFeatures]);',
    });
  });

  it('leave small and unrelated numbers alone', () => {
    expect(tiered("const x = full([1000, 3], 1000);\nconst y = randn([70_000, 2]);\nexpect(y.slice(40, 20).shape[1]).toBe(2);")).toEqual({
      small: '{ rows: 80 }',
      full: '{ rows: 70_000 }',
      body: 'const x = full([1000, 3], 1000);\nconst y = randn([rows, 2]);\nexpect(y.slice(40, 20).shape[1]).toBe(2);',
    });
  });

  it('stay above what indexes them', () => {
    expect(tiered('const x = randn([1000, 1000]);\nexpect(x.get(0, 100)).toBeDefined();').small).toBe('{ size: 128 }');
  });
});

describe('constants', () => {
  it('of the body become parameters', () => {
    expect(tiered(`// Sizes of production.
const batch = 2, rows = 600; // Both.
const columns: number = 600;

const x = randn([batch, rows, columns]);
expect(x.size).toBe(batch * rows * columns);`)).toEqual({
      small: '{ batch: 1, rows: 64, columns: 64 }',
      full: '{ batch: 2, rows: 600, columns: 600 }',
      body: `// Sizes of production.
// Both.

const x = randn([batch, rows, columns]);
expect(x.size).toBe(batch * rows * columns);`,
    });
  });

  it('of a destructuring go together', () => {
    expect(tiered('const [B, H, S, D] = [1, 8, 512, 64] as const;\nexpect(randn([B, H, S, D]).shape).toEqual([B, H, S, D]);')).toEqual({
      small: '{ B: 1, H: 4, S: 64, D: 32 }',
      full: '{ B: 1, H: 8, S: 512, D: 64 }',
      body: 'expect(randn([B, H, S, D]).shape).toEqual([B, H, S, D]);',
    });
  });

  it('in arithmetic keep their text in the slow row', () => {
    expect(tiered('const n = 10 * 1024;\nconst x = zeros([n, 10]);\nexpect(x.size).toBe(n * 10);')).toMatchObject({ small: '{ n: 64 }', full: '{ n: 10 * 1024 }' });
  });

  it('of a configuration become shorthands', () => {
    expect(tiered('const config = { numHeads: 8, headDim: 64, seqLen: 512 };\nconst q = randn([1, config.numHeads, config.seqLen, config.headDim]);\nexpect(q.shape[2]).toBe(config.seqLen);').body)
      .toContain('const config = { numHeads, headDim, seqLen };');
  });
});

describe('groups', () => {
  it('are tiered as a whole when a hook or a constant of theirs holds the size', () => {
    const text = `${HEAD}describe('math', () => {
  const seqLen = 512;
  let x;

  beforeEach(() => {
    x = randn([1, seqLen, 64]);
  });

  it('has a shape', () => {
    expect(x.shape).toEqual([1, seqLen, 64]);
  });

  it('is finite', () => {
    expect(Number.isFinite(sum(x))).toBe(true);
  });
});
`;
    expect(transform(text).output).toBe(text.replace("describe('math', () => {\n  const seqLen = 512;", `describe.each([
  ['small', { seqLen: 64 }],
  ['full @slow', { seqLen: 512 }],
])('math (%s)', (_tier, { seqLen }) => {`));
  });

  it('take in the constants and functions that only they use', () => {
    const { output } = transform(`${HEAD}const SIZE = 512;
const SHAPE = [SIZE, SIZE];

/** The middle. */
function middle(x) {
  return x.get(SIZE / 2, 0);
}

describe('math', () => {
  it('has a shape', () => {
    expect(randn(SHAPE).shape).toEqual(SHAPE);
  });

  it('has a middle', () => {
    expect(middle(randn([SIZE, SIZE]))).toBeDefined();
  });
});
`);
    expect(output).toBe(`${HEAD}describe.each([
  ['small', { SIZE: 64 }],
  ['full @slow', { SIZE: 512 }],
])('math (%s)', (_tier, { SIZE }) => {
  const SHAPE = [SIZE, SIZE];

  /** The middle. */
  function middle(x) {
    return x.get(SIZE / 2, 0);
  }

  it('has a shape', () => {
    expect(randn(SHAPE).shape).toEqual(SHAPE);
  });

  it('has a middle', () => {
    expect(middle(randn([SIZE, SIZE]))).toBeDefined();
  });
});
`);
  });

  it('take in an array that spells out their sizes', () => {
    const { output } = transform(`${HEAD}const SHAPE = [2, 8, 512, 64]; // [batch, heads, sequence, depth]

describe('attention', () => {
  it('has a shape', () => {
    expect(randn(SHAPE).shape).toEqual(SHAPE);
  });
  it('has a size', () => {
    expect(randn(SHAPE).size).toBe(2 * 8 * 512 * 64);
  });
});
`);
    expect(output).toBe(`${HEAD}describe.each([
  ['small', { batchSize: 1, numHeads: 4, seqLen: 64, headDim: 32 }],
  ['full @slow', { batchSize: 2, numHeads: 8, seqLen: 512, headDim: 64 }],
])('attention (%s)', (_tier, { batchSize, numHeads, seqLen, headDim }) => {
  const SHAPE = [batchSize, numHeads, seqLen, headDim]; // [batch, heads, sequence, depth]

  it('has a shape', () => {
    expect(randn(SHAPE).shape).toEqual(SHAPE);
  });
  it('has a size', () => {
    expect(randn(SHAPE).size).toBe(batchSize * numHeads * seqLen * headDim);
  });
});
`);
  });

  it('hide other names of the same size as well', () => {
    const { output } = transform(`${HEAD}const LENGTH = 512;
function make(scale) {
  const rows = 512;
  return randn([rows, 300], scale);
}
it('works', () => {
  expect(make(1).shape[0]).toBe(LENGTH);
});
`);
    expect(output).toContain("function make(scale, rows = 512, columns = 300) {\n  return randn([rows, columns], scale);");
    expect(output).toContain("['full @slow', { LENGTH: 512, columns: 300 }],\n])('works (%s)', (_tier, { LENGTH, columns }) => {\n  expect(make(1, LENGTH, columns).shape[0]).toBe(LENGTH);");
  });

  it('are marked when what they use is used elsewhere too', () => {
    const { output } = transform(`${HEAD}const SIZE = 512;
const make = () => randn([SIZE, SIZE]);
describe('math', () => {
  it('has a shape', () => {
    expect(make().shape).toEqual([SIZE, SIZE]);
  });
});
export const shared = make;
`);
    expect(output).toContain("it('has a shape @slow', () => {");
  });
});

describe('helpers of the file', () => {
  const helper = 'const inputs = () => ({ query: randn([2, 8, 512, 64]) });\n';
  const test = (title: string): string => `it('${title}', () => {\n  expect(inputs().query.shape.length).toBeDefined();\n});\n`;

  it('take their sizes as parameters, for one test after the other', () => {
    const { output } = transform(HEAD + helper + test('one') + test('two'));
    expect(output).toContain('const inputs = ({ batchSize = 2, numHeads = 8, seqLen = 512, headDim = 64 } = {}) => ({ query: randn([batchSize, numHeads, seqLen, headDim]) });');
    expect(output.match(/inputs\(\{ batchSize, numHeads, seqLen, headDim \}\)/g)).toHaveLength(2);
  });

  it('take up to two of them by position', () => {
    const { output } = transform(`${HEAD}function make(seed, scale) {\n  return randn([1000, 200]).scale(seed * scale);\n}\nit('works', () => {\n  expect(make(1, 2).shape[0]).toBe(1000);\n});\n`);
    expect(output).toContain('function make(seed, scale, rows = 1000, columns = 200) {\n  return randn([rows, columns])');
    expect(output).toContain('expect(make(1, 2, rows, columns).shape[0]).toBe(rows);');
  });
});

describe('a test stays whole', () => {
  it.each([
    ['a snapshot', 'expect(randn([1000, 1000])).toMatchInlineSnapshot();', 'a snapshot holds the result (line 5)'],
    ['a result', 'expect(randn([1000, 1000]).sum()).toBeCloseTo(17.25);', 'a result is written down (line 5)'],
    ['a statistic', 'const mean = randn([1000, 1000]).mean(); expect(Math.abs(mean)).toBeLessThan(0.1);', 'mean is a statistic that needs its samples (line 5)'],
    ['a text', "expect(String(randn([1000, 1000]).shape)).toBe('1000,1000');", 'the size stands in a text (line 5)'],
    ['what it leaves behind', 'calls++; expect(randn([1000, 1000]).size).toBe(1000 * 1000); expect(calls).toBe(1);', 'calls goes from one run to the next'],
    ['an index', 'expect(randn([1000, 1000]).get(900, 700)).toBeDefined();', 'an index or a count in the test needs the larger size'],
    ['a comment', 'const x = randn([1000, 1000]); // more than MATMUL_SHARED_DIM_THRESHOLD\n  expect(x.size).toBe(1000 * 1000);', 'a comment says what the size is for (line 5)'],
    ['digits', "const n = 100_000; const text = Array.from({ length: n }, () => '3').join(''); expect(third({ precision: 100_000 })).toBe(text);", '100_000 stands here too (line 5), and nothing says that it is the same size'],
    ['a sketch', 'const n = 100_000; for (let i = 0; i < n; i++) sketch.update(i);\n  expect(Math.abs(sketch.count() - n)).toBeLessThan(n * sketch.error());', 'it compares a figure of all samples (line 6)'],
    ['a tree that is compared with another', 'for (let i = 0; i < 100_000; i++) tree.add(i);\n  expect(tree.depth()).toBe(other.depth());', 'what is made of the size is compared with something else (line 6)'],
    ['samples', 'const samples = Array.from({ length: 10_000 }, () => Math.random());\n  expect(sum(samples) / samples.length).toBeCloseTo(0.5, 1);', 'a result is written down (line 6)'],
    ['what is made elsewhere', 'expect(init(randn([1000, 1000]), task).ok).toBe(true);', 'task is made elsewhere and may have sizes of its own (line 5)'],
    ['another meaning', 'const limit = { budget: 1000 }; expect(randn([1000, 1000]).cost(limit)).toBeDefined();', '1000 stands here too (line 5), and nothing says that it is the same size'],
    ['a shape beside its data', 'const n = 2 * 8 * 512 * 64; expect(fill(new Float32Array(n), [2, 8, 512, 64]).size).toBe(n);', '524288 is 2 × 8 × 512 × 64 too (line 5)'],
    ['a shape of which one side is named', 'const side = 512; expect(fill(new Float32Array(131_072), side, 256).ok).toBe(true);', '131072 is 512 × 256 too (line 5)'],
    ['loops over its rows', 'const data = new Float32Array(131_072); for (let i = 0; i < 512; i++) for (let j = 0; j < 256; j++) data[i * 256 + j] = i;\n  expect(data.length).toBe(131_072);', '131072 is 512 × 256 too (line 5)'],
    ['something loaded', "const model = await loadModel('a'); expect(model.run(randn([1000, 1000])).ok).toBe(true);", 'what is loaded has sizes of its own (line 5)'],
  ])('for %s', (_what, text, expected) => {
    expect(reason(text)).toBe(expected);
  });

  it('or is left alone where the title cannot say it', () => {
    const { output, left } = transform(`${HEAD}it(title(), () => {\n  expect(randn([1000, 1000])).toMatchSnapshot();\n});\n`);
    expect(output).toContain('it(title(), () => {');
    expect(left).toEqual(['5:17 Cannot be smaller: a snapshot holds the result (line 5). toMatchSnapshot goes by the title.']);
  });
});

it.each([
  ['should handle 1,000 rows', 'the size stands in a text (line 4)'],
  ['deepGraphs', 'its title speaks of a large size'],
  ['is fast even if X is large', 'its title speaks of a large size'],
])('a test called %s stays whole', (title, expected) => {
  const { changed } = transform(`${HEAD}it('${title}', () => {\n  expect(randn([1000, 1000]).shape).toEqual([1000, 1000]);\n});\n`);
  expect(changed).toEqual([`Mark it @slow: ${expected}.`]);
});

describe('names', () => {
  it('stay away from those of the test', () => {
    expect(tiered('const x = randn([1000, 500]);\nconst rows = x.shape[0];\nexpect(rows).toBe(x.shape[0]);').small).toBe('{ rows2: 64, columns: 32 }');
  });
});

it('leaves nothing for the rule to report', () => {
  const { output } = transform(`${HEAD}const SIZE = 512;
describe('all', () => {
  it('works', () => {
    expect(randn([SIZE, SIZE]).shape).toEqual([SIZE, SIZE]);
  });
  it('is slow', () => {
    expect(randn([1000, SIZE]).sum()).toBeCloseTo(17.25);
  });
});
it('works alone', () => {
  expect(randn([1000, 500]).shape).toEqual([1000, 500]);
});
`);
  expect(output).toContain('(_tier, { rows, columns })');
  expect(lintText(output, { rules: { 'slow-tests/no-production-dims': 'error' } })).toEqual([]);
});
