/** What `no-exhaustive-patterns` writes: the same tests with the same bodies, all but one of them marked. */
import { describe, expect, it } from 'vitest';
import type { CaseOptions } from '../squiggle.ts';
import { squiggleTester } from '../squiggle.ts';

const report = squiggleTester('no-exhaustive-patterns');
const HEAD = `import { beforeEach, describe, expect, it, test } from 'vitest';
import { rollup } from 'rollup';
import { Backend } from './backend';
`;

/** The lines that `--fix` writes, without their numbers; `not fixed` when it only reports, `silent` when it does not. */
function fixOf(text: string, options: CaseOptions = {}): string {
  const said = report(HEAD + text, options);
  if (said === 'silent') return said;
  const [, fixed] = said.split('\nfixed:\n');
  return fixed === undefined ? 'not fixed' : fixed.replace(/^\d+ \| /gm, '');
}

const loop = (head: string, title: string): string => `for (const ${head}) {\n  it(${title}, async () => { await rollup({}); });\n}`;

describe('marks the others', () => {
  it.each<readonly [what: string, text: string, fixed: string]>([
    ['a template', loop(`format of ['esm', 'cjs', 'iife']`, '`bundles ${format}`'), `  it(\`bundles \${format}\${format === 'esm' ? '' : ' @slow'}\`, async () => { await rollup({}); });`],
    ['the variant as title', loop(`format of ['esm', 'cjs', 'iife']`, 'format'), `  it(\`\${format}\${format === 'esm' ? '' : ' @slow'}\`, async () => { await rollup({}); });`],
    ['a plain title', loop(`format of ['esm', 'cjs', 'iife']`, `'bundles'`), `  it(\`bundles\${format === 'esm' ? '' : ' @slow'}\`, async () => { await rollup({}); });`],
    ['double quotes', loop(`format of ["esm", "cjs", "iife"]`, `"bundles 'it'"`), `  it(\`bundles 'it'\${format === "esm" ? "" : " @slow"}\`, async () => { await rollup({}); });`],
    ['numbers', loop(`mode of [1, 2, 3]`, '`mode ${mode}`'), "  it(`mode ${mode}${mode === 1 ? '' : ' @slow'}`, async () => { await rollup({}); });"],
    ['nothing, true and text', loop(`mode of [null, true, 'x']`, '`mode ${mode}`'), "  it(`mode ${mode}${mode === null ? '' : ' @slow'}`, async () => { await rollup({}); });"],
    ['members', loop('backend of [Backend.CPU, Backend.GPU, Backend.WASM]', '`on ${backend}`'), "  it(`on ${backend}${backend === Backend.CPU ? '' : ' @slow'}`, async () => { await rollup({}); });"],
    ['pairs', loop(`[format, level] of [['esm', 1], ['cjs', 2], ['iife', 3]]`, '`bundles ${format}`'), "  it(`bundles ${format}${format === 'esm' ? '' : ' @slow'}`, async () => { await rollup({}); });"],
    ['objects', loop(`{ name, level } of [{ name: 'a', level: 1 }, { name: 'b', level: 2 }, { name: 'c', level: 3 }]`, 'name'), "  it(`${name}${name === 'a' ? '' : ' @slow'}`, async () => { await rollup({}); });"],
    ['objects told apart by another field', loop(`{ mode, level } of [{ mode: 'a', level: 1 }, { mode: 'a', level: 2 }, { mode: 'b', level: 3 }]`, '`x ${level}`'), "  it(`x ${level}${level === 1 ? '' : ' @slow'}`, async () => { await rollup({}); });"],
    ['forEach', `['esm', 'cjs', 'iife'].forEach((format) => {\n  it(\`bundles \${format}\`, async () => { await rollup({}); });\n});`, "  it(`bundles ${format}${format === 'esm' ? '' : ' @slow'}`, async () => { await rollup({}); });"],
    ['a group in the loop', `for (const format of ['esm', 'cjs', 'iife']) {\n  describe(format, () => {\n    it('bundles', async () => { await rollup({ format }); });\n    it('has a name', () => {});\n  });\n}`, "  describe(`${format}${format === 'esm' ? '' : ' @slow'}`, () => {"],
    ['two tests in the loop', `for (const format of ['esm', 'cjs', 'iife']) {\n  it(\`bundles \${format}\`, async () => { await rollup({}); });\n  it(\`watches \${format}\`, async () => { await rollup({}); });\n}`,
      "  it(`bundles ${format}${format === 'esm' ? '' : ' @slow'}`, async () => { await rollup({}); });\n  it(`watches ${format}${format === 'esm' ? '' : ' @slow'}`, async () => { await rollup({}); });"],
    ['nested loops, every variant of either once', `for (const format of ['esm', 'cjs', 'iife']) {\n  for (const minify of [true, false]) {\n    it(\`bundles \${format} \${minify}\`, async () => { await rollup({}); });\n  }\n}`,
      "    it(`bundles ${format} ${minify}${minify === (format !== 'cjs') ? '' : ' @slow'}`, async () => { await rollup({}); });"],
    ['a list that has a name', `const FORMATS = ['esm', 'cjs', 'iife'];\n${loop('format of FORMATS', '`bundles ${format}`')}`, "  it(`bundles ${format}${format === 'esm' ? '' : ' @slow'}`, async () => { await rollup({}); });"],
    ['a neighbour that is marked', `for (const format of ['esm', 'cjs', 'iife']) {\n  it(\`watches \${format} @slow\`, async () => { await rollup({}); });\n  it(\`bundles \${format}\`, async () => { await rollup({}); });\n}`,
      "  it(`bundles ${format}${format === 'esm' ? '' : ' @slow'}`, async () => { await rollup({}); });"],
    ['a neighbour that is skipped', `for (const format of ['esm', 'cjs', 'iife']) {\n  it.skip(\`watches \${format}\`, async () => { await rollup({}); });\n  it(\`bundles \${format}\`, async () => { await rollup({}); });\n}`,
      "  it(`bundles ${format}${format === 'esm' ? '' : ' @slow'}`, async () => { await rollup({}); });"],
    ['modifiers, conditions and options', `for (const format of ['esm', 'cjs', 'iife']) it.skipIf(isWindows)(\`bundles \${format}\`, { timeout: 900 }, async () => { await rollup({}); });`,
      "for (const format of ['esm', 'cjs', 'iife']) it.skipIf(isWindows)(`bundles ${format}${format === 'esm' ? '' : ' @slow'}`, { timeout: 900 }, async () => { await rollup({}); });"],
    ['a table inside the loop', "for (const format of ['esm', 'cjs', 'iife']) it.each([1, 2])(`bundles ${format} %i`, async () => { await rollup({}); });",
      "for (const format of ['esm', 'cjs', 'iife']) it.each([1, 2])(`bundles ${format} %i${format === 'esm' ? '' : ' @slow'}`, async () => { await rollup({}); });"],
    ['a title from elsewhere', loop(`format of ['esm', 'cjs', 'iife']`, 'titleOf(format)'), "  it(`${titleOf(format)}${format === 'esm' ? '' : ' @slow'}`, async () => { await rollup({}); });"],
    ['a title that is put together', loop(`format of ['esm', 'cjs', 'iife']`, "'bundles ' + format"), "  it('bundles ' + format + (format === 'esm' ? '' : ' @slow'), async () => { await rollup({}); });"],
    ['a title with a backtick', loop(`format of ['esm', 'cjs', 'iife']`, "'bundles `x`'"), "  it(`bundles \\`x\\`${format === 'esm' ? '' : ' @slow'}`, async () => { await rollup({}); });"],
    ['a title with an escape', loop(`format of ['esm', 'cjs', 'iife']`, "'bundles \\'x\\''"), "  it(`bundles 'x'${format === 'esm' ? '' : ' @slow'}`, async () => { await rollup({}); });"],
    ['objects by a member', loop(`mode of [{ mode: 'a' }, { mode: 'b' }, { mode: 'c' }]`, '`x ${mode.mode}`'), "  it(`x ${mode.mode}${mode.mode === 'a' ? '' : ' @slow'}`, async () => { await rollup({}); });"],
    ['an inline snapshot', `for (const format of ['esm', 'cjs', 'iife']) {\n  it(\`bundles \${format}\`, async () => { expect(await rollup({})).toMatchInlineSnapshot('x'); });\n}`,
      "  it(`bundles ${format}${format === 'esm' ? '' : ' @slow'}`, async () => { expect(await rollup({})).toMatchInlineSnapshot('x'); });"],
  ])('%s', (_what, text, fixed) => {
    expect(fixOf(text)).toBe(fixed);
  });

  it('keeps the essential variant of the settings, under the marker of the settings', () => {
    const text = loop(`format of ['esm', 'cjs', 'iife']`, '`builds ${format}`');
    expect(fixOf(text, { settings: { essential: ['iife'] } })).toContain("${format === 'iife' ? '' : ' @slow'}");
    expect(fixOf(text, { settings: { marker: '#long' } })).toContain("${format === 'esm' ? '' : ' #long'}");
  });
});

describe('does not', () => {
  it.each<readonly [what: string, text: string]>([
    ['a list that is filtered', loop(`format of ['esm', 'cjs', 'iife'].filter(Boolean)`, '`bundles ${format}`')],
    ['the first two are equal', loop(`format of ['esm', 'esm', 'iife']`, '`bundles ${format}`')],
    ['an external snapshot goes by the title', `for (const format of ['esm', 'cjs', 'iife']) {\n  it(\`bundles \${format}\`, async () => { expect(await rollup({})).toMatchSnapshot(); });\n}`],
    ['one test compares them all', `it('bundles', async () => {\n  const sizes = [];\n  for (const format of ['esm', 'cjs', 'iife']) sizes.push(await rollup({ format }));\n  expect(Math.min(...sizes)).toBe(12);\n});`],
    ['what it leaves for the next test', `const built = new Map();\nfor (const format of ['esm', 'cjs', 'iife']) it(\`bundles \${format}\`, async () => { built.set(format, await rollup({})); });\nit('knows them', () => { expect(built.size).toBe(3); });`],
    ['variants that the body leaves out', `for (const format of ['esm', 'cjs', 'iife']) {\n  if (format === 'esm') continue;\n  it(\`bundles \${format}\`, async () => { await rollup({}); });\n}`],
    ['a test that only some variants have', `for (const format of ['esm', 'cjs', 'iife']) {\n  if (format !== 'esm') it(\`bundles \${format}\`, async () => { await rollup({}); });\n}`],
    ['an inner variable hides the variant', `for (const format of ['esm', 'cjs', 'iife']) {\n  for (const [format] of rows()) it(\`x \${format}\`, async () => { await rollup({}); });\n}`],
  ])('%s', (_what, text) => {
    expect(fixOf(text)).toBe('not fixed');
  });

  it('by itself with tape, which cannot leave tests out by title', () => {
    const text = `const test = require('tape');\nconst { rollup } = require('rollup');\nfor (const format of ['esm', 'cjs', 'iife']) {\n  test(\`bundles \${format}\`, async (t) => { await rollup({ format }); t.end(); });\n}`;
    expect(report(text)).toBe(`3 | for (const format of ['esm', 'cjs', 'iife']) {
  | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
Generates a fast test for each of 3 variants (esm, cjs, iife), each running rollup; keep one in the fast run and mark the others @slow.
suggestion: Mark the other variants @slow, and run them when SLOW is set.
4 |   test(\`bundles \${format}\${format === 'esm' ? '' : ' @slow'}\`, { skip: format !== 'esm' && !process.env.SLOW }, async (t) => { await rollup({ format }); t.end(); });`);
  });

  it('but says in a suggestion what to look at', () => {
    const snapshots = `for (const format of ['esm', 'cjs', 'umd']) {\n  it(\`bundles \${format}\`, async () => { expect(await rollup({})).toMatchSnapshot(); });\n}`;
    const inside = `it('bundles', async () => {\n  const all = [];\n  for (const format of ['esm', 'cjs', 'umd']) all.push(await rollup({ format }));\n  expect(all).toEqual([]);\n});`;
    expect([snapshots, inside].map((text) => report(HEAD + text)).join('\n')).toMatchInlineSnapshot(`
      "4 | for (const format of ['esm', 'cjs', 'umd']) {
        | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Generates a fast test for each of 3 variants (esm, cjs, umd), each running rollup; keep one in the fast run and mark the others @slow.
      suggestion: Mark the other variants @slow; toMatchSnapshot goes by the title and must be updated.
      5 |   it(\`bundles \${format}\${format === 'esm' ? '' : ' @slow'}\`, async () => { expect(await rollup({})).toMatchSnapshot(); });
      6 |   for (const format of ['esm', 'cjs', 'umd']) all.push(await rollup({ format }));
        |   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      One fast test runs 3 variants (esm, cjs, umd) through rollup; keep one in the fast run and run the others @slow.
      suggestion: Mark this test @slow; keep one variant in a fast test of its own. What follows the loop hangs on all variants.
      4 | it('bundles @slow', async () => {"
    `);
  });
});
