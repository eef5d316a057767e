/**
 * Tiering may lose nothing. Here hundreds of files are put together from phrases, run, rewritten, and run again: whatever passed
 * before passes in the fast and in the slow run afterwards, and the slow run still makes every tensor at its own size.
 */
import { runInThisContext } from 'node:vm';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import tieredFixtures from '../../codemods/tiered-fixtures/codemod.ts';
import { readSettings } from '../../src/analysis/settings.ts';
import { applyCodemod } from '../../src/host/apply-codemod.ts';
import { readOptions } from '../../src/host/options.ts';
import type { Tensor } from '../checked-tensor.ts';
import { ones as filled } from '../checked-tensor.ts';

/** What a run did: tests that passed and failed by title, and the shapes that each made. */
interface Run {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  readonly shapes: ReadonlyMap<string, readonly string[]>;
}

type Body = (...row: readonly unknown[]) => void;

/** A runner in a few lines: groups, hooks, tables, and a tensor that minds its bounds. */
function run(text: string, filter: (title: string) => boolean): Run {
  const passed: string[] = [];
  const failed: string[] = [];
  const shapes = new Map<string, string[]>();
  const tests: { title: string; hooks: Body[]; body: () => void }[] = [];
  let groups: string[] = [];
  let hooks: Body[] = [];
  let made: string[] = [];
  const add = (title: string, body: () => void): void => void tests.push({ title: [...groups, title].join(' > '), hooks: [...hooks], body });
  const within = (title: string, body: () => void): void => {
    const before = { groups, hooks };
    groups = [...groups, title];
    body();
    ({ groups, hooks } = before);
  };
  const named = (title: string, row: readonly unknown[]): string => title.replace('%s', String(row[0]));
  const withTable = (declare: (title: string, body: () => void) => void) =>
    Object.assign(declare, { each: (rows: readonly (readonly unknown[])[]) => (title: string, body: Body) => { for (const row of rows) declare(named(title, row), () => body(...row)); } });
  const ones = (shape: readonly number[], value = 1): Tensor => {
    made.push(shape.join(' × '));
    return filled(shape, value);
  };
  const given = { it: withTable(add), describe: withTable(within), beforeEach: (body: Body) => { hooks = [...hooks, body]; }, expect, ones };
  const start = runInThisContext(`({ it, describe, beforeEach, expect, ones }) => {${text.replace(/^import .*$/gm, '')}}`) as (names: typeof given) => void;
  start(given);
  for (const { title, hooks: before, body } of tests) {
    if (!filter(title)) continue;
    made = [];
    try {
      for (const hook of before) hook();
      body();
      passed.push(title);
    } catch {
      failed.push(title);
    }
    shapes.set(title, made);
  }
  return { passed, failed, shapes };
}

const HEAD = "import { beforeEach, describe, expect, it } from 'vitest';\nimport { ones } from '../src/tensor';\n";
const bare = (title: string): string => title.replace(/ ?@slow/g, '').replace(/ \((?:small|full)\)/g, '');

const file = fc.record({
  rows: fc.constantFrom(256, 384, 500, 512, 768, 1000),
  columns: fc.constantFrom(128, 256, 320, 512, 768),
  rowsName: fc.constantFrom('', 'n', 'rows', 'seqLen'),
  columnsName: fc.constantFrom('', 'm', 'dim'),
  home: fc.constantFrom('body', 'body', 'group', 'module', 'helper', 'hook'),
  small: fc.integer({ min: 1, max: 60 }),
  index: fc.integer({ min: 0, max: 255 }),
  divisor: fc.constantFrom(2, 4, 8, 16),
  phrases: fc.uniqueArray(fc.nat({ max: 23 }), { minLength: 1, maxLength: 3 }),
}).map(({ rows, columns, rowsName, columnsName, home, small, index, divisor, phrases }) => {
  const [n, m] = [rowsName || String(rows), columnsName || String(columns)];
  const said = [
    `expect(x.shape).toEqual([${n}, ${m}]);`,
    `expect(x.shape).toEqual([${String(rows)}, ${String(columns)}]);`,
    `expect(x.size).toBe(${n} * ${m});`,
    `expect(x.size).toBe(${String(rows * columns)});`,
    `expect(x.sum()).toBe(${n} * ${m});`,
    `expect(x.sum() / x.size).toBe(1);`,
    `expect(x.sum()).toBeGreaterThan(${String(small * 100)});`,
    `expect(x.get(${String(index)}, ${String(small)})).toBe(1);`,
    `expect(x.get(${n} - ${String(small)}, ${m} - 1)).toBe(1);`,
    `expect(x.get(${n} / 2, 0)).toBe(1);`,
    `expect(x.get(${String(rows - 1)}, ${String(columns - 1)})).toBe(1);`,
    `expect(x.slice([0, 0], [${String(small)}, ${String(small)}]).size).toBe(${String(small * small)});`,
    `expect(x.slice([${String(small)}, 0], [${String(small)}, 2]).sum() > 0).toBe(true);`,
    `expect(x.reshape([${m}, ${n}]).shape).toEqual([${m}, ${n}]);`,
    `expect(x.reshape([-1, ${String(divisor)}]).sum() > 0).toBe(true);`,
    `const heads = ${String(divisor)}; expect(x.reshape([${n}, heads, ${m} / heads]).sum() > 0).toBe(true);`,
    `const w = ones([${String(columns)}, 40]); expect(x.matMul(w).sum() > 0).toBe(true);`,
    `const w = ones([${m}, 4]); expect(x.matMul(w).get(0, 0)).toBe(${m});`,
    `for (let i = 0; i < ${String(small * 2)}; i++) expect(x.get(i, 0)).toBe(1);`,
    `for (let i = 0; i < ${n}; i += ${String(small)}) expect(x.get(i, 0)).toBe(1);`,
    `for (let i = 0; i < ${String(rows)}; i++) expect(x.get(i, 0)).toBe(1);`,
    `const scale = 1 / Math.sqrt(${String(columns)}); expect(Math.abs(scale * Math.sqrt(x.shape[1]) - 1) < 1e-9).toBe(true);`,
    `expect(String(x.shape)).toBe('${String(rows)},${String(columns)}');`,
    `const want = { rows: ${String(rows)} }; expect({ rows: x.shape[0] }).toEqual(want);`,
  ];
  const constants = `${rowsName && `const ${n} = ${String(rows)};\n`}${columnsName && `const ${m} = ${String(columns)};\n`}`;
  const lines = phrases.map((at) => `  { ${said[at] ?? ''} }`).join('\n');
  const make = `ones([${n}, ${m}])`;
  const test = (before: string): string => `it('works', () => {\n${before}${lines}\n});\n`;
  switch (home) {
    case 'group':
      return `describe('all', () => {\n${constants}${test(`  const x = ${make};\n`)}});\n`;
    case 'module':
      return `${constants}const whole = () => ${make};\ndescribe('all', () => {\n${test('  const x = whole();\n')}it('is there', () => {\n  expect(${make}.size > 0).toBe(true);\n});\n});\n`;
    case 'helper':
      return `function whole(scale) {\n  ${constants.replaceAll('\n', ' ')}\n  return ones([${n}, ${m}], scale);\n}\n${constants}${test('  const x = whole(1);\n')}`;
    case 'hook':
      return `describe('all', () => {\n${constants}let x;\nbeforeEach(() => {\n  x = ${make};\n});\n${test('')}it('is there', () => {\n  expect(x.size > 0).toBe(true);\n});\n});\n`;
    default:
      return test(`${constants}  const x = ${make};\n`);
  }
});

it('loses no test and no size @slow', () => {
  const kinds = { tiered: 0, marked: 0 };
  fc.assert(fc.property(file, (body) => {
    const before = run(body, () => true);
    fc.pre(before.failed.length === 0);
    const result = applyCodemod(tieredFixtures, { text: HEAD + body, path: '/project/test/a.test.ts' }, { settings: readSettings(undefined), options: readOptions(tieredFixtures.options, {}), root: '/project' });
    if (result.type !== 'done') throw new Error(JSON.stringify(result));
    const output = (result.output ?? HEAD + body).slice(HEAD.length);
    const say = (what: string): never => { throw new Error(`${what}:\n${body}\n->\n${output}`); };
    const fast = run(output, (title) => !title.includes('@slow'));
    const slow = run(output, (title) => title.includes('@slow'));
    if (fast.failed.length + slow.failed.length > 0) say(`${[...fast.failed, ...slow.failed].join()} fails`);
    for (const title of before.passed) {
      const kept = [...slow.shapes, ...fast.shapes].filter(([name]) => bare(name) === title);
      if (!kept.some(([, shapes]) => shapes.join() === before.shapes.get(title)?.join())) say(`${title} never runs at its own sizes`);
    }
    for (const [title, shapes] of fast.shapes) if (shapes.some((shape) => shape.split(' × ').reduce((product, size) => product * Number(size), 1) >= 65_536)) say(`${title} is still large`);
    if (output.includes("'small'")) kinds.tiered++;
    else if (output.includes('@slow')) kinds.marked++;
  }), { numRuns: 500, seed: 2026 });
  expect(kinds.tiered).toBeGreaterThan(150);
  expect(kinds.marked).toBeGreaterThan(20);
});
