// What `slow-tests migrate` takes back, and how little of it: one test of a file, a file that only fails among others, coverage that is lost.
import { describe, expect, it } from 'vitest';
import { changedFiles, migrateIn, repositoryWith, VITEST } from './migration.ts';
import { read } from './probe.ts';

const LIMIT = 240_000;

/** Takes the longer the more elements there are. */
const LIBRARY = `export function randn(shape) {
  return { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)), isProduction: () => shape[2] >= 512 };
}
export function attention(query) {
  if (query.isProduction() && !process.env.SLOW) tiled(query);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, query.data.length / 800);
  return query;
}
`;
const TILED = `function tiled(query) {
  return query.shape;
}
`;
const test = (title: string, assertion: string): string => `it('${title}', () => {
  const query = randn([2, 8, 512, 64]);
  expect(${assertion}).toBe(true);
});
`;
const HEAD = "import { expect, it } from 'vitest';\nimport { attention, randn } from '../src/index.js';\n\n";
const holds = 'attention(query).data.length > 0';

const suite = (files: Readonly<Record<string, string>>): string =>
  repositoryWith({ 'src/index.js': LIBRARY + TILED, 'vitest.config.js': "export default { test: { env: { SLOW: process.env.SLOW ?? '' } } };\n", ...files }, 'vitest run', [VITEST]);

describe('a migration takes back', () => {
  it('of a file only the test that does not hold @slow', { timeout: LIMIT }, async () => {
    const picky = test('is what production has', 'attention(query).isProduction()');
    const folder = suite({ 'test/shape.test.js': `${HEAD}${test('computes', holds)}\n${picky}` });
    const { exitCode, printed } = await migrateIn(folder, ['--no-coverage']);
    expect(exitCode, printed).toBe(0);
    expect(printed).toMatch(/taken back +test\/shape\.test\.js +tiered-fixtures \(line \d+\): "is what production has \(small\)" fails\./);
    expect(printed).toContain('Coverage is not compared: it was asked for with --no-coverage.');
    const text = read(folder, 'test/shape.test.js');
    expect(text).toContain("])('computes (%s)', ");
    expect(text).toContain(picky);
  });

  it('a file that no longer covers what it covered @slow', { timeout: LIMIT }, async () => {
    const folder = suite({ 'test/shape.test.js': `${HEAD}${test('computes', holds)}` });
    const { exitCode, printed } = await migrateIn(folder, []);
    expect(exitCode, printed).toBe(0);
    expect(printed).toMatch(/taken back +test\/shape\.test\.js +tiered-fixtures: src\/index\.js:9 \(tiled\) is no longer covered\./);
    expect(changedFiles(folder)).toEqual(['?? migration-report.md']);
  });

  it('a file that holds alone, and not among others @slow', { timeout: LIMIT }, async () => {
    const config = "const isWhole = process.argv.every((word) => !word.endsWith('.test.js'));\nexport default { test: { env: { WHOLE: String(isWhole) } } };\n";
    const social = test('is small alone', `attention(query).isProduction() || process.env.WHOLE === 'false'`);
    const files = { 'test/social.test.js': `${HEAD}${social}`, 'test/shape.test.js': `${HEAD}${test('computes', holds)}` };
    const manifest = { type: 'module', scripts: { test: 'vitest run', 'test:slow': 'mine' }, devDependencies: { 'eslint-plugin-slow-tests': '*', vitest: '*' } };
    const folder = suite({ ...files, 'src/index.js': LIBRARY.replace(/^.*tiled.*\n/m, ''), 'vitest.config.js': config, 'package.json': JSON.stringify(manifest, undefined, '\t') });
    const { exitCode, printed } = await migrateIn(folder, []);
    expect(exitCode, printed).toBe(0);
    expect(printed).toMatch(/taken back +test\/social\.test\.js +In the run of the whole suite: "is small alone \(small\)" fails\./);
    // It fails, fails again, and is put back.
    expect(printed.match(/Run the fast tests of the whole suite/g)).toHaveLength(3);
    expect(printed.match(/Run the slow tests of the whole suite/g)).toHaveLength(2);
    expect(changedFiles(folder)).toEqual([' M package.json', ' M test/shape.test.js', '?? migration-report.md']);
    expect(read(folder, 'package.json')).toBe(JSON.stringify({ ...manifest, scripts: { ...manifest.scripts, 'test:fast': 'slow-tests run fast' } }, undefined, '\t'));
    expect(await migrateIn(folder, ['--undo'])).toMatchObject({ exitCode: 0 });
    expect(changedFiles(folder)).toEqual([]);
  });
});
