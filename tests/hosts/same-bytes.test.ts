// A rewrite has one place: what a rule's fix or suggestion writes and what the codemod writes are the same bytes.
import { Linter } from 'eslint';
import * as typescriptParser from '@typescript-eslint/parser';
import { describe, expect, it } from 'vitest';
import mockCompile from '../../codemods/mock-compile/codemod.ts';
import splitSlow from '../../codemods/split-slow/codemod.ts';
import tieredFixtures from '../../codemods/tiered-fixtures/codemod.ts';
import { readSettings } from '../../src/analysis/settings.ts';
import { applyCodemod } from '../../src/host/apply-codemod.ts';
import type { CodemodDefinition } from '../../src/host/define-codemod.ts';
import { defaultsOf } from '../../src/host/options.ts';
import plugin from '../../src/index.ts';

const linter = new Linter({ configType: 'flat', cwd: '/project' });
const PATH = '/project/test/a.test.ts';

/** The texts that a rule offers: after its fix, and after each of its suggestions. */
function offered(rule: string, text: string): string[] {
  const config: Linter.Config = {
    files: ['**/*.ts'],
    plugins: { 'slow-tests': plugin },
    languageOptions: { parser: typescriptParser },
    rules: { [`slow-tests/${rule}`]: 'error' },
  };
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const bare = text.slice(bom.length);
  return linter
    .verify(text, config, { filename: PATH })
    .flatMap(({ fix, suggestions = [] }) => [fix, ...suggestions.map((suggestion) => suggestion.fix)])
    .flatMap((fix) => (fix ? [bom + bare.slice(0, fix.range[0]) + fix.text + bare.slice(fix.range[1])] : []));
}

function written(definition: CodemodDefinition, text: string): string {
  const result = applyCodemod(definition, { text, path: PATH }, { settings: readSettings(undefined), options: defaultsOf(definition.options) });
  if (result.type !== 'done' || result.output === undefined) throw new Error(`Nothing is rewritten: ${JSON.stringify(result)}`);
  return result.output;
}

const VITEST = "import { describe, expect, it } from 'vitest';\n";
const CASES: readonly { readonly codemod: CodemodDefinition; readonly rule: string; readonly what: string; readonly text: string }[] = (
  [
    [splitSlow, 'no-exhaustive-patterns', 'a loop', `${VITEST}import { rollup } from 'rollup';\nfor (const format of ['esm', 'cjs', 'iife']) {\n  it(\`bundles \${format}\`, async () => { await rollup({ format }); });\n}\n`],
    [splitSlow, 'no-exhaustive-patterns', 'a table', `${VITEST}import { rollup } from 'rollup';\nit.each(['esm', 'cjs', 'iife'])('bundles %s', async (format) => { await rollup({ format }); });\n`],
    [splitSlow, 'no-exhaustive-patterns', 'one test', `${VITEST}import { rollup } from 'rollup';\nit('bundles', async () => {\n  for (const format of ['esm', 'cjs', 'iife']) {\n    await rollup({ format });\n  }\n});\n`],
    [mockCompile, 'no-unmocked-compile', 'a build', `${VITEST}import { rollup } from 'rollup';\ndescribe('a bundle', () => {\n  it('has modules', async () => {\n    const bundle = await rollup({ input: 'a.js' });\n    expect(bundle.cache).toBeDefined();\n  });\n  it('watches', async () => {\n    const bundle = await rollup({ input: 'a.js' });\n    expect(bundle.watchFiles).toBeDefined();\n  });\n});\n`],
    [mockCompile, 'no-unmocked-compile', 'a module', `${VITEST}import { readFileSync } from 'node:fs';\nit('runs', async () => {\n  const module = await WebAssembly.compile(readFileSync('a.wasm'));\n  expect(module).toBeDefined();\n});\n`],
    [tieredFixtures, 'no-production-dims', 'a tensor', `${VITEST}import * as tf from '@tensorflow/tfjs';\nit('has no holes', () => {\n  const x = tf.randomNormal([512, 512]);\n  expect(tf.any(tf.isNaN(x)).dataSync()[0]).toBe(0);\n});\n`],
  ] as const
).map(([codemod, rule, what, text]) => ({ codemod, rule, what, text }));
const VARIANTS: readonly (readonly [string, (text: string) => string])[] = [
  ['', (text) => text],
  [' with CRLF', (text) => text.replaceAll('\n', '\r\n')],
  [' with a BOM', (text) => `\uFEFF${text}`],
  [' indented by tabs', (text) => text.replace(/^(?: {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2))],
];

describe.each(VARIANTS)('text%s', (_variant, change) => {
  it.each(CASES)('$codemod.name and $rule write the same for $what', ({ codemod, rule, text }) => {
    expect(offered(rule, change(text))).toContain(written(codemod, change(text)));
  });
});
