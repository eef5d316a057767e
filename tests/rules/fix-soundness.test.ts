/**
 * A fix may only stand where every assertion still means the same. Here hundreds of tests are put together from phrases,
 * really run, fixed, and run again: what passed before must pass afterwards.
 */
import { runInThisContext } from 'node:vm';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { ones } from '../checked-tensor.ts';
import { lintText } from '../squiggle.ts';

const passes = (body: string): boolean => {
  try {
    const run = runInThisContext(`(ones, expect) => {${body}}`) as (...given: readonly unknown[]) => void;
    run(ones, expect);
    return true;
  } catch {
    return false;
  }
};

const test = fc.record({
  rows: fc.constantFrom(256, 384, 500, 512, 768, 1000),
  columns: fc.constantFrom(128, 256, 320, 512, 768),
  rowsName: fc.constantFrom('', 'n', 'rows', 'seqLen'),
  columnsName: fc.constantFrom('', 'm', 'dim'),
  small: fc.integer({ min: 1, max: 60 }),
  index: fc.integer({ min: 0, max: 255 }),
  divisor: fc.constantFrom(2, 4, 8, 16),
  phrases: fc.uniqueArray(fc.nat({ max: 23 }), { minLength: 1, maxLength: 3 }),
}).map(({ rows, columns, rowsName, columnsName, small, index, divisor, phrases }) => {
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
    `expect(x.slice([0, 0], [${String(small)}, ${String(small)}]).size).toBe(${String(small * small)});`,
    `expect(x.slice([${String(small)}, 0], [${String(small)}, 2]).sum() > 0).toBe(true);`,
    `expect(x.reshape([${m}, ${n}]).shape).toEqual([${m}, ${n}]);`,
    `expect(x.reshape([-1, ${String(divisor)}]).sum() > 0).toBe(true);`,
    `const heads = ${String(divisor)}; expect(x.reshape([${n}, heads, ${m} / heads]).sum() > 0).toBe(true);`,
    `expect(x.split(${String(divisor / 2)}).every((part) => part.sum() > 0)).toBe(true);`,
    `const w = ones([${String(columns)}, 40]); expect(x.matMul(w).sum() > 0).toBe(true);`,
    `const w = ones([${m}, 4]); expect(x.matMul(w).get(0, 0)).toBe(${m});`,
    `for (let i = 0; i < ${String(small * 2)}; i++) expect(x.get(i, 0)).toBe(1);`,
    `for (let i = 0; i < ${n}; i += ${String(small)}) expect(x.get(i, 0)).toBe(1);`,
    `const scale = 1 / Math.sqrt(${String(columns)}); expect(Math.abs(scale * Math.sqrt(x.shape[1]) - 1) < 1e-9).toBe(true);`,
    `expect(Math.sqrt(x.size) > ${String(Math.floor(Math.sqrt(rows * columns)) - 0.5)}).toBe(true);`,
    `expect(String(x.shape)).toBe('${String(rows)},${String(columns)}');`,
    `const want = { rows: ${String(rows)} }; expect({ rows: x.shape[0] }).toEqual(want);`,
  ];
  const constants = `${rowsName && `const ${n} = ${String(rows)};\n`}${columnsName && `const ${m} = ${String(columns)};\n`}`;
  return `${constants}const x = ones([${n}, ${m}]);\n${phrases.map((at) => `{ ${said[at] ?? ''} }`).join('\n')}`;
});

it('keeps every test that passes passing @slow', () => {
  const head = `import { expect, it } from 'vitest';\nimport { ones } from '../src/tensor';\nit('works', () => {\n`;
  let fixed = 0;
  fc.assert(fc.property(test, (body) => {
    fc.pre(passes(body));
    let output = head + body;
    const fixes = lintText(`${output}\n});`, { rules: { 'slow-tests/no-production-dims': 'error' } }).flatMap(({ fix }) => fix ?? []);
    for (const { range, text } of fixes.sort((a, b) => b.range[0] - a.range[0])) output = output.slice(0, range[0]) + text + output.slice(range[1]);
    if (fixes.length > 0) fixed++;
    if (!passes(output.slice(head.length))) throw new Error(`The fix breaks a test:\n${body}\n->\n${output.slice(head.length)}`);
  }), { numRuns: 400, seed: 2026 });
  expect(fixed).toBeGreaterThan(20);
}, 120_000);
