/** Tiered suites really run before and after: every test once small in the fast run, and once as it was in the slow run. */
import { describe, expect, it } from 'vitest';
import tieredFixtures from '../../codemods/tiered-fixtures/codemod.ts';
import type { RunnerName } from '../runners/all.ts';
import { compareSuites, needsRunners } from './run-suite.ts';
import { transformTester } from './transform.ts';
import { typeErrors } from './type-errors.ts';

needsRunners();

const transform = transformTester(tieredFixtures);

/** Minds its bounds. */
const TENSOR = `export function ones(shape) {
  const size = shape.reduce((a, b) => a * b, 1);
  const get = (...index) => {
    if (!index.every((at, axis) => at >= 0 && at < shape[axis])) throw new RangeError(index.join() + ' of ' + shape.join());
    return 1;
  };
  return { shape, size, get, sum: () => size };
}
export function same(a, b) {
  if (JSON.stringify(a) !== JSON.stringify(b)) throw new Error(JSON.stringify(a) + ' is not ' + JSON.stringify(b));
}
`;

/** Bodies of tests by title; what they compare they hand to \`same\`. */
const BODIES: Readonly<Record<string, string>> = {
  'a shape': "const x = ones([1000, 500]);\n  same(x.shape, [1000, 500]);",
  'a constant, 100%': "const rows = 1000;\n  const x = ones([rows, rows]);\n  for (let row = 0; row < rows; row++) same(x.get(row, rows - 1), 1);",
  'a %d in its title': "const [B, H, S, D] = [2, 8, 512, 64];\n  const x = ones([B, H, S, D]);\n  same(x.size, B * H * S * D);",
  "isn't `small`": "const x = whole();\n  same(x.size, 1000 * 300);",
  'a result': 'const x = ones([1000, 500]);\n  same(x.sum() / 2, 250_000);',
};

const HELPER = '\nfunction whole() {\n  return ones([1000, 300]);\n}\n';
const quoted = (title: string): string => JSON.stringify(title);
const tests = (declare: (title: string, body: string) => string): string => HELPER + Object.entries(BODIES).map(([title, body]) => declare(quoted(title), body)).join('\n');
const IMPORT = "import { ones, same } from './tensor.mjs';\n";

const GROUP = (beforeEach: string): string => `
describe('a group', () => {
  const SIZE = 700;
  let x;
  ${beforeEach}(() => { x = ones([SIZE, SIZE]); });
  it('sees its size', () => { same(x.shape, [SIZE, SIZE]); });
  it('sees its middle', () => { same(x.get(SIZE / 2, 0), 1); });
});
`;

const arrow = (name = 'it') => (title: string, body: string): string => `${name}(${title}, () => {\n  ${body}\n});`;

const SUITES: Readonly<Record<RunnerName, { readonly file: string; readonly text: string }>> = {
  vitest: { file: 'a.test.mjs', text: `import { beforeEach, describe, it } from 'vitest';\n${IMPORT}${tests(arrow())}${GROUP('beforeEach')}` },
  jest: { file: 'a.test.mjs', text: `${IMPORT}${tests(arrow())}${GROUP('beforeEach')}` },
  mocha: { file: 'a.test.mjs', text: `import { beforeEach, describe, it } from 'mocha';\n${IMPORT}${tests((title, body) => `it(${title}, function () {\n  this.timeout(9000);\n  ${body}\n});`)}${GROUP('beforeEach')}` },
  jasmine: { file: 'a.test.mjs', text: `${IMPORT}${tests((title, body) => `it(${title}, (done) => {\n  ${body}\n  done();\n}, 9000);`)}${GROUP('beforeEach')}` },
  'node:test': { file: 'a.test.mjs', text: `import { beforeEach, describe, it } from 'node:test';\n${IMPORT}${tests((title, body) => `it(${title}, { timeout: 9000 }, () => {\n  ${body}\n});`)}${GROUP('beforeEach')}` },
  bun: { file: 'a.test.mjs', text: `import { beforeEach, describe, it } from 'bun:test';\n${IMPORT}${tests(arrow())}${GROUP('beforeEach')}` },
  ava: { file: 'a.test.mjs', text: `import test from 'ava';\n${IMPORT}${tests((title, body) => `test(${title}, (t) => {\n  ${body}\n  t.pass();\n});`)}` },
  tape: { file: 'a.test.mjs', text: `import test from 'tape';\n${IMPORT}${tests((title, body) => `test(${title}, (t) => {\n  ${body}\n  t.end();\n});`)}` },
  qunit: { file: 'a.test.mjs', text: `import QUnit from 'qunit';\n${IMPORT}${tests((title, body) => `QUnit.test(${title}, (assert) => {\n  ${body}\n  assert.ok(true);\n});`)}` },
  playwright: { file: 'a.test.mjs', text: `import { test } from '@playwright/test';\n${IMPORT}${tests((title, body) => `test(${title}, async () => {\n  ${body}\n});`)}` },
};

const isMarked = (item: string): boolean => item.includes('@slow');

describe.each(Object.entries(SUITES))('%s', (name, { file, text }) => {
  it('loses no test @slow', async () => {
    const files = { 'tensor.mjs': TENSOR };
    const runner = name as RunnerName;
    const { output } = transform(text, { filename: file, settings: { runner }, files });
    const { before, fast, slow, lost } = await compareSuites(runner, { [file]: text, ...files }, { [file]: output, ...files });
    expect(before.length).toBeGreaterThanOrEqual(Object.keys(BODIES).length);
    expect(before.filter((item) => item.endsWith(': failed'))).toEqual([]);
    expect(lost, output).toEqual([]);
    // One result is written down; all other tests have a small row.
    const small = before.filter((item) => !item.includes('a result'));
    expect(fast.map((item) => item.replace(' (small)', '')), output).toEqual(small);
    expect(slow.filter(isMarked).map((item) => item.replace(/ ?@slow/, '').replace(' (full)', '')).sort(), output).toEqual(before);
  });
});

it('keeps types @slow', () => {
  const declarations = `declare module 'vitest' {
  type Case = (name: string, fn: () => void) => void;
  interface Each { <T extends any[] | [any]>(cases: ReadonlyArray<T>): (name: string, fn: (...args: T) => void) => void }
  export const it: Case & { each: Each };
  export const describe: Case & { each: Each };
}
declare module 'tensors' {
  export interface Tensor { readonly shape: readonly number[]; readonly size: number; get(...index: number[]): number; sum(): number }
  export function ones(shape: readonly number[]): Tensor;
  export function same(a: unknown, b: unknown): void;
}
`;
  const head = "import { describe, it } from 'vitest';\nimport { ones, same } from 'tensors';\nvoid describe;\n";
  const text = `${head}${tests((title, body) => `it(${title}, () => {\n  ${body.replace('64];', '64] as const;')}\n});`)}
it('counts', function (this: unknown) {
  let rows: number = 1000;
  const x = ones([1000, 500]);
  rows += x.size;
  same(rows, x.size + 1000);
});
`;
  expect(typeErrors(text, declarations)).toEqual([]);
  const { output } = transform(text, { filename: 'a.test.ts' });
  expect(output).toContain('full @slow');
  expect(typeErrors(output, declarations), output).toEqual([]);
});
