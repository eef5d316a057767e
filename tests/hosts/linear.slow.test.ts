/** Large files: four times the text takes about four times as long, whatever it is made of, for the rules and for each codemod. */
import { Linter } from 'eslint';
import * as typescriptParser from '@typescript-eslint/parser';
import { describe, expect, it } from 'vitest';
import { allCodemods } from '../../codemods/all.ts';
import { readSettings } from '../../src/analysis/settings.ts';
import { applyCodemod } from '../../src/host/apply-codemod.ts';
import { defaultsOf } from '../../src/host/options.ts';
import plugin from '../../src/index.ts';

const HEAD = "import { beforeEach, describe, expect, it } from 'vitest';\nimport * as tf from '@tensorflow/tfjs';\nimport { rollup } from 'rollup';\n";
const many = (count: number, text: (index: number) => string): string => Array.from({ length: count }, (_item, index) => text(index)).join('');
const sized = (index: number): string => `it('adds ${index}', () => {\n  const x = tf.zeros([2, 8, 512, 64]);\n  expect(tf.add(x, ${index}).shape).toEqual([2, 8, 512, 64]);\n});\n`;
const bundled = (index: number): string => `it('bundles ${index}', async () => {\n  const bundle = await rollup({ input: 'a${index}.js' });\n  expect(bundle.watchFiles).toEqual([]);\n});\n`;

/** How much of it is small, and what it looks like. */
const SHAPES: Readonly<Record<string, readonly [small: number, text: (count: number) => string]>> = {
  'tests with sizes': [400, (count) => many(count, sized)],
  'tests that compile': [500, (count) => many(count, bundled)],
  'cheap tests': [3000, (count) => many(count, (index) => `it('is ${index}', () => {\n  expect([${index}]).toEqual([${index}]);\n});\n`)],
  'loops over variants': [250, (count) => `const DTYPES = ['float32', 'float64', 'int32'];\n${many(count, (index) => `for (const dtype of DTYPES) {\n  it(\`casts \${dtype} ${index}\`, async () => {\n    await rollup({ input: dtype });\n  });\n}\n`)}`],
  'groups with hooks': [40, (count) => many(count, (group) => `describe('group ${group}', () => {\n  beforeEach(() => { tf.ones([512, 512]); });\n${many(10, sized)}});\n`)],
  'nested groups': [25, (count) => `${many(count, (index) => `describe('level ${index}', () => {\n`)}${many(5, sized)}${many(5, bundled)}${'});\n'.repeat(count)}`],
  'rows of a table': [2500, (count) => `it.each([\n${many(count, (index) => `  [${index}, 'a${index}'],\n`)}])('bundles %i', async (size, input) => {\n  await rollup({ input });\n  expect(tf.zeros([size, 512])).toBeDefined();\n});\n`],
  'calls of one helper': [400, (count) => `function make(length) {\n  return tf.randomNormal([2, 8, length, 64]);\n}\n${many(count, (index) => `it('makes ${index}', () => {\n  expect(make(512).shape[2]).toBe(512);\n});\n`)}`],
};

const linter = new Linter({ configType: 'flat', cwd: '/project' });
const rules = Object.fromEntries(Object.keys(plugin.rules).map((name) => [`slow-tests/${name}`, 'warn' as const]));
const settings = readSettings(undefined);

const TOOLS: Readonly<Record<string, (text: string) => unknown>> = {
  rules: (text) => linter.verify(text, { files: ['**/*.ts'], plugins: { 'slow-tests': plugin }, languageOptions: { parser: typescriptParser }, rules }, { filename: '/project/a.test.ts' }),
  ...Object.fromEntries(allCodemods.map((definition) => [definition.name, (text: string) => applyCodemod(definition, { path: '/project/a.test.ts', text }, { settings, options: defaultsOf(definition.options) })])),
};

/** ms computed by this process, at best: what else the machine does hardly counts. */
function cost(work: () => unknown): number {
  return Math.min(...Array.from({ length: 3 }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }));
}

describe.each(Object.entries(SHAPES))('%s', (_shape, [small, text]) => {
  it.each(Object.entries(TOOLS))('%s', (_tool, run) => {
    const [little, much] = [HEAD + text(small), HEAD + text(4 * small)];
    run(little);
    const factor = cost(() => run(much)) / Math.max(20, cost(() => run(little)));
    // Sixteen would be the square.
    expect(factor).toBeLessThan(9);
  }, 300_000);
});
