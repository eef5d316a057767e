/** One body over two rows: how it is written per runner and style, and what refuses. That the results run is tested beside it. */
import { describe, expect, it } from 'vitest';
import type { TierOptions, TierParameter } from '../../src/rewrites/tier-rows.ts';
import { tierRows } from '../../src/rewrites/tier-rows.ts';
import { declarationOf, rewriteText } from './rewriting.ts';

const SEQ: TierParameter = { name: 'seqLen', small: '64', full: '512' };

interface Given {
  readonly kind?: 'test' | 'group';
  readonly title?: string;
  readonly parameters?: readonly TierParameter[];
  readonly options?: Partial<TierOptions>;
  /** Literals of the body that become a name. */
  readonly literals?: Readonly<Record<string, string>>;
  /** Of a file that uses globals. */
  readonly runner?: string;
}

function tier(text: string, { kind = 'test', title = '', parameters = [SEQ], options = {}, literals = { 512: 'seqLen' }, runner = 'vitest' }: Given = {}): string {
  return rewriteText(text, (analysis) => {
    const declaration = declarationOf(analysis, title, kind);
    const { text: read } = analysis.reading.module.file;
    const edits = Object.entries(literals).flatMap(([literal, name]) =>
      [...read.matchAll(new RegExp(`(?<=[(, [])${literal}(?=[), \\]])`, 'g'))]
        .filter(({ index }) => index > (declaration.callback?.range[0] ?? 0) && index < declaration.call.range[1])
        .map(({ index }) => ({ range: [index, index + literal.length] as const, text: name })),
    );
    return tierRows(analysis, declaration, parameters, { description: 'Tier it.', edits, ...options });
  }, { settings: { runner } });
}

const vitest = "import { describe, expect, it, test } from 'vitest';\n";

describe('a table', () => {
  it('is written where the runner has one and the callback takes nothing', () => {
    expect(tier(`${vitest}
describe('attention', () => {
  test('matches', async () => {
    expect(randn(512)).toBeDefined();
  }, 60_000);
});
`)).toBe(`${vitest}
describe('attention', () => {
  test.each([
    ['small', { seqLen: 64 }],
    ['full @slow', { seqLen: 512 }],
  ])('matches (%s)', async (_tier, { seqLen }) => {
    expect(randn(seqLen)).toBeDefined();
  }, 60_000);
});
`);
  });

  it('keeps modifiers, conditions, options, comments and the style of the file', () => {
    expect(tier(`import { it } from "vitest"

const options = {timeout: 5}
// Why this is here.
it.skipIf(true).concurrent("matches", {timeout: 5, retry: 2}, function named() {
    // Inside.
    randn(512)
}) // Behind.
`)).toBe(`import { it } from "vitest"

const options = {timeout: 5}
// Why this is here.
it.skipIf(true).concurrent.each([
    ["small", {seqLen: 64}],
    ["full @slow", {seqLen: 512}],
])("matches (%s)", {timeout: 5, retry: 2}, function named(_tier, {seqLen}) {
    // Inside.
    randn(seqLen)
}) // Behind.
`);
  });

  it('takes no trailing comma where the file writes none', () => {
    const head = `${vitest}const list = [\n  'a',\n  'b'\n];\n`;
    expect(tier(`${head}it('matches', () => randn(512));\n`)).toBe(`${head}it.each([
  ['small', { seqLen: 64 }],
  ['full @slow', { seqLen: 512 }]
])('matches (%s)', (_tier, { seqLen }) => randn(seqLen));
`);
  });

  it('breaks rows that are too long', () => {
    const parameters = ['batchSize', 'numberOfHeads', 'sequenceLength', 'headDimension', 'vocabulary'].map((name) => ({ name, small: `${name}.small`, full: `${name}.full` }));
    const output = tier(`${vitest}it('matches', () => {\n\trandn(512);\n});\n`, { parameters, literals: {} });
    expect(output).toContain('it.each([\n\t[\n\t\t\'small\',\n\t\t{ batchSize: batchSize.small,');
    expect(output).toContain('headDimension, vocabulary }) => {\n\trandn(512);');
  });

  it('groups as a whole', () => {
    const text = `${vitest}describe.only('math', () => {\n  const seqLen = 512;\n  it('adds', () => { randn(seqLen); });\n});\n`;
    const edits = [{ range: [text.indexOf('const'), text.indexOf('it(')] as const, text: '' }];
    expect(tier(text, { kind: 'group', literals: {}, options: { edits } })).toBe(`${vitest}describe.only.each([
  ['small', { seqLen: 64 }],
  ['full @slow', { seqLen: 512 }],
])('math (%s)', (_tier, { seqLen }) => {
  it('adds', () => { randn(seqLen); });
});
`);
  });
});

describe('a loop', () => {
  it('stands around a test whose runner has no table', () => {
    expect(tier(`describe('attention', function () {
\t// First.
\tit('isn\\'t \`wrong\`', function () {
\t\tthis.timeout(5000);

\t\tconst text = \`
\tkept: 512
\`;
\t\trandn(512);
\t}).timeout(500);
});
`, { runner: 'mocha' })).toBe(`describe('attention', function () {
\t// First.
\tfor (const { tier, seqLen } of [
\t\t{ tier: 'small', seqLen: 64 },
\t\t{ tier: 'full @slow', seqLen: 512 },
\t]) {
\t\tit(\`isn't \\\`wrong\\\` (\${tier})\`, function () {
\t\t\tthis.timeout(5000);

\t\t\tconst text = \`
\tkept: 512
\`;
\t\t\trandn(seqLen);
\t\t}).timeout(500);
\t}
});
`);
  });

  it.each([
    ['a context', `${vitest}it('a', ({ task }) => {\n  randn(512);\n});\n`],
    ['this', `${vitest}it('a', function () {\n  this.x = randn(512);\n});\n`],
    ['a table of its own', `${vitest}it.each([1, 2])('a', (n) => {\n  randn(512);\n});\n`],
    ['a wrapper', `${vitest}it('a', wrap(() => {\n  randn(512);\n}));\n`],
    ['a placeholder in its title', `${vitest}it('a %s', () => {\n  randn(512);\n});\n`],
    ['a placeholder in a hole of its title', `${vitest}for (const t of ['%s']) {\n  it(\`a \${t}\`, () => {\n    randn(512);\n  });\n}\n`],
    ['done', "import { test } from '@jest/globals';\ntest('a', (done) => {\n  randn(512, done);\n});\n"],
    ['a condition of bun', "import { it } from 'bun:test';\nit.skipIf(true)('a', () => {\n  randn(512);\n});\n"],
  ])('stands around a test with %s', (_what, text) => {
    const output = tier(text);
    expect(output).toMatch(/^( *)for \(const \{ tier, seqLen \} of \[\n +\{ tier: 'small', seqLen: 64 \},\n +\{ tier: 'full @slow', seqLen: 512 \},\n *\]\) \{\n/m);
    expect(output).toMatch(/randn\(seqLen/);
    expect(output).toContain(' (${tier})`');
  });

  it('gates the slow row by the environment where titles select nothing', () => {
    const head = "import test from 'tape';\n";
    expect(tier(`${head}test('adds', (t) => {\n  randn(512);\n  t.end();\n});\n`)).toBe(`${head}for (const { tier, seqLen } of [
  { tier: 'small', seqLen: 64 },
  { tier: 'full @slow', seqLen: 512 },
]) {
  test(\`adds (\${tier})\`, { skip: tier !== 'small' && !process.env.SLOW }, (t) => {
    randn(seqLen);
    t.end();
  });
}
`);
    expect(tier(`${head}test('adds', { timeout: 500 }, (t) => {\n  randn(512);\n});\n`)).toContain("{ skip: tier !== 'small' && !process.env.SLOW, timeout: 500 }, (t)");
    expect(tier(`${head}test('adds', { skip: true, timeout: 500 }, (t) => {\n  randn(512);\n});\n`)).toMatch(/^refused/);
  });

  it('leaves lines alone that another edit removes or writes', () => {
    const text = "it('a', () => {\n  const seqLen = 512;\n  use(\n    seqLen,\n  );\n});\n";
    const at = (part: string): number => text.indexOf(part);
    const edits = [
      { range: [at('  const'), at('  use')] as const, text: '' },
      { range: [at('  use'), at('});')] as const, text: '  use(seqLen,\n    2);\n' },
    ];
    const output = tier(text, { literals: {}, options: { edits }, runner: 'mocha' });
    expect(output).toContain("  it(`a (${tier})`, () => {\n    use(seqLen,\n      2);\n  });\n}\n");
  });
});

describe('rows that are there', () => {
  it('get more keys', () => {
    const table = `${vitest}it.each([
  ['small', { patterns: ['causal'] }],
  ['full @slow', { patterns: ['causal', 'full'] }],
])('a (%s)', (_tier, { patterns }) => {
  randn(512);
});
`;
    const once = tier(table);
    expect(once).toBe(`${vitest}it.each([
  ['small', { patterns: ['causal'], seqLen: 64 }],
  ['full @slow', { patterns: ['causal', 'full'], seqLen: 512 }],
])('a (%s)', (_tier, { patterns, seqLen }) => {
  randn(seqLen);
});
`);
    expect(tier(once)).toBe(once);
    expect(tier(once, { parameters: [{ ...SEQ, full: '1024' }] })).toBe('refused: The rows have another seqLen.');
  });

  it('get more keys in a loop, and in the group around a test', () => {
    const loop = tier("it('a', () => {\n  randn(512);\n});\n", { runner: 'mocha' });
    const more = { name: 'dim', small: '8', full: '64' };
    expect(tier(loop, { parameters: [more], literals: {} })).toContain("of [\n  { tier: 'small', seqLen: 64, dim: 8 },\n  { tier: 'full @slow', seqLen: 512, dim: 64 },\n]) {");
    const group = tier(`${vitest}describe('g', () => {\n  it('a', () => {\n    randn(512);\n  });\n});\n`, { kind: 'group' });
    expect(tier(group, { parameters: [more], literals: {} })).toContain("['full @slow', { seqLen: 512, dim: 64 }],\n])('g (%s)', (_tier, { seqLen, dim }) => {\n  it('a'");
  });
});

describe('a refusal', () => {
  it.each([
    ['snapshots', "it('a', () => {\n  expect(randn(512)).toMatchInlineSnapshot();\n});\n", 'toMatchInlineSnapshot goes by the title, or holds one result.'],
    ['a body elsewhere', 'const body = () => { randn(512); };\nit("a", body);\n', 'The body of the test stands elsewhere.'],
    ['a name of the body', "it('a', () => {\n  const seqLen = 3;\n  randn(512);\n});\n", 'The test declares a seqLen of its own.'],
    ['a name from outside', "const seqLen = 3;\nit('a', () => {\n  randn(512, seqLen);\n});\n", 'seqLen means something else in the test.'],
    ['a global name', "it('a', () => {\n  randn(512, seqLen);\n});\n", 'seqLen means something else in the test.'],
    ['a loop inside an expression', "list.forEach((n) => it(`a ${n} %s`, () => { randn(512); }));\n", 'The test is no statement of its own.'],
  ])('says why: %s', (_what, text, reason) => {
    expect(tier(vitest + text)).toBe(`refused: ${reason}`);
  });

  it('does not mind a name that is meant to be hidden, or fresh names', () => {
    const output = tier(`${vitest}const seqLen = 3;\nconst tier = _tier = 1;\nit('a', () => {\n  randn(512, seqLen, _tier);\n});\n`, { options: { hides: ['seqLen'] } });
    expect(output).toContain("])('a (%s)', (_tier2, { seqLen }) => {\n  randn(seqLen, seqLen, _tier);");
  });
});

describe('bytes', () => {
  it('are the same under CRLF and with a BOM', () => {
    for (const text of [`${vitest}it('a', () => {\n  randn(512);\n\n  other();\n});\n`, "it('a', function () {\n  this.x(randn(512));\n\n  other();\n});\n"]) {
      const plain = tier(text, { runner: 'mocha' });
      expect(tier(text.replaceAll('\n', '\r\n'), { runner: 'mocha' })).toBe(plain.replaceAll('\n', '\r\n'));
      expect(tier(`\uFEFF${text}`, { runner: 'mocha' })).toBe(`\uFEFF${plain}`);
    }
  });
});
