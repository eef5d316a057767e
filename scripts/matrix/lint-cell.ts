/** One linter in a project of a stranger: what it reports, what it fixes, and whether the types of the package hold there. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config, LintCell } from './cells.ts';
import type { Project } from './project.ts';
import { writeFiles } from './project.ts';

const JAVASCRIPT = `import * as tf from '@tensorflow/tfjs';
import { rollup } from 'rollup';
import { expect, it } from 'vitest';

it('keeps the shape', () => {
  const image = tf.zeros([512, 512, 3]);
  expect(image.shape).toEqual([512, 512, 3]);
});

for (const format of ['esm', 'cjs', 'iife']) {
  it(\`bundles as \${format}\`, async () => {
    const bundle = await rollup({ input: 'src/index.js' });
    expect((await bundle.generate({ format })).output).toHaveLength(1);
  });
}

it('polls', async () => {
  await new Promise((resolve) => setTimeout(resolve, 2000));
});

it('converges', () => {
  expect(tf.ones([2, 2]).shape).toEqual([2, 2]);
}, 60_000);
`;
const TYPESCRIPT = JAVASCRIPT.replace('[512, 512, 3])', '[512, 512, 3] as [number, number, number])').replace("['esm', 'cjs', 'iife']", "['esm', 'cjs', 'iife'] as const").replace('new Promise(', 'new Promise<void>(');

/** `line rule`. */
const REPORTS = ['6 no-production-dims', '10 no-exhaustive-patterns', '12 no-unmocked-compile', '18 no-real-sleep', '21 require-slow-marker'];
/** What is left after `--fix`, since only a person can decide it. */
const LEFT = ['12 no-unmocked-compile', '18 no-real-sleep'];
/** What the fixes write; all else stays. */
const FIXED = [
  ['[512, 512, 3]', '[64, 64, 3]'],
  ['`bundles as ${format}`', "`bundles as ${format}${format === 'esm' ? '' : ' @slow'}`"],
  ["it('converges'", "it('converges @slow'"],
] as const;

/** Uses each entry as its types say; in both module systems. */
const USES = `import slowTests from 'eslint-plugin-slow-tests';
import { createTensors, tiers } from 'eslint-plugin-slow-tests/fixtures';
import { attention } from 'eslint-plugin-slow-tests/kernel';

const { query, key, value, shape } = createTensors('small');
const result: Float32Array = attention({ query, key, value, shape, pattern: 'causal' });
export const all: readonly [string, number, number] = [slowTests.meta.name, result.length, tiers.large.seqLen];
// @ts-expect-error There is no such tier.
createTensors('tiny');
`;
const TSCONFIG = JSON.stringify({ compilerOptions: { module: 'nodenext', moduleResolution: 'nodenext', target: 'es2022', strict: true, noEmit: true, esModuleInterop: true, types: [] }, files: ['uses.mts', 'uses.cts'] });

const RULES = ['no-production-dims', 'no-exhaustive-patterns', 'no-unmocked-compile', 'no-over-budget', 'no-real-sleep', 'require-slow-marker'];
const entries = (prefix = 'slow-tests/') => Object.fromEntries(RULES.map((rule) => [`${prefix}${rule}`, 'error']));

export interface LintResult {
  readonly lints: boolean;
  readonly fixes: boolean;
  readonly types?: boolean;
}

/** Throws, with what was printed, where something is not as it should be. */
export function runLintCell(cell: LintCell, project: Project): LintResult {
  const files = cell.parser === undefined ? ['model.test.js'] : ['model.test.js', 'model.test.ts'];
  writeFiles(project.folder, {
    'package.json': JSON.stringify({ private: true, ...(cell.config === 'eslint.config.js' ? { type: 'module' } : {}) }),
    'test/model.test.js': JAVASCRIPT,
    ...(files.length > 1 ? { 'test/model.test.ts': TYPESCRIPT } : {}),
    [cell.config]: configText(cell.config, cell.parser),
  });
  const before = lint(cell, project);
  if (cell.refusal !== undefined) {
    if (!before.printed.includes(cell.refusal)) throw new Error(`It should refuse with "${cell.refusal}", and said:\n${before.printed}`);
    return { lints: false, fixes: false };
  }
  for (const file of files) expectSame(`reports of ${file}`, reportsOf(before.printed, cell, file), REPORTS);
  lint(cell, project, ['--fix']);
  const after = lint(cell, project);
  for (const file of files) {
    const original = file.endsWith('.ts') ? TYPESCRIPT : JAVASCRIPT;
    expectSame(`${file} after --fix`, readFileSync(join(project.folder, 'test', file), 'utf8'), FIXED.reduce((text, [from, to]) => text.replaceAll(from, to), original));
    expectSame(`reports of ${file} after --fix`, reportsOf(after.printed, cell, file), LEFT);
  }
  if (cell.compiler === undefined) return { lints: true, fixes: true };
  for (const file of files) rmSync(join(project.folder, 'test', file));
  writeFiles(project.folder, { 'tsconfig.json': TSCONFIG, 'uses.mts': USES, 'uses.cts': USES });
  const { exitCode, printed } = project.run(cell.compiler, ['--project', 'tsconfig.json']);
  if (exitCode !== 0) throw new Error(`${cell.compiler} does not accept the types:\n${printed}`);
  return { lints: true, fixes: true, types: true };
}

function lint({ linter, config }: LintCell, project: Project, added: readonly string[] = []): { readonly printed: string } {
  if (linter === 'oxlint') return project.run('oxlint', ['--format', 'json', ...added, 'test']);
  const environment = { ESLINT_USE_FLAT_CONFIG: String(config !== '.eslintrc.cjs') };
  return project.run('eslint', ['--format', 'json', ...(config === '.eslintrc.cjs' ? ['--ext', '.js,.ts'] : []), ...added, 'test'], environment);
}

interface Result {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly line: number; readonly message: string }[];
}
interface Diagnostics {
  readonly diagnostics: readonly { readonly code: string; readonly filename: string; readonly labels: readonly { readonly span: { readonly line: number } }[] }[];
}

function reportsOf(printed: string, { linter }: LintCell, file: string): string[] {
  const json = printed.slice(printed.search(/^[[{]/m));
  try {
    if (linter === 'oxlint') {
      const { diagnostics } = JSON.parse(json.slice(0, json.lastIndexOf('}') + 1)) as Diagnostics;
      return inOrder(diagnostics.filter(({ filename }) => filename.endsWith(file)).map(({ code, labels }) => [labels[0]?.span.line ?? 0, code.replace(/^slow-tests\((.+)\)$/, '$1')]));
    }
    const results = JSON.parse(json.slice(0, json.lastIndexOf(']') + 1)) as readonly Result[];
    return inOrder(results.filter(({ filePath }) => filePath.endsWith(file)).flatMap(({ messages }) => messages.map(({ line, ruleId, message }): [number, string] => [line, ruleId?.replace('slow-tests/', '') ?? message])));
  } catch {
    throw new Error(`No report:\n${printed}`);
  }
}

const inOrder = (reports: (readonly [number, string])[]): string[] => reports.sort(([a], [b]) => a - b).map(([line, rule]) => `${line} ${rule}`);

function expectSame(what: string, seen: unknown, wanted: unknown): void {
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) throw new Error(`${what}: expected ${JSON.stringify(wanted, undefined, 1)}, got ${JSON.stringify(seen, undefined, 1)}`);
}

function configText(config: Config, parser: LintCell['parser']): string {
  if (config === '.oxlintrc.json') return JSON.stringify({ jsPlugins: ['eslint-plugin-slow-tests'], categories: { correctness: 'off' }, rules: entries() });
  if (config === '.eslintrc.cjs') return `module.exports = ${JSON.stringify({ root: true, plugins: ['slow-tests'], parserOptions: { ecmaVersion: 2022, sourceType: 'module' }, rules: entries() })};\n`;
  const own = "{ files: ['**/*.js'], languageOptions: { sourceType: 'module' } }";
  const babel = "{ requireConfigFile: false, babelOptions: { configFile: false, presets: ['@babel/preset-typescript'] } }";
  const typescript = `{ files: ['**/*.ts'], languageOptions: { parser${parser === '@babel/eslint-parser' ? `, parserOptions: ${babel}` : ''} } }`;
  const items = [own, ...(parser === undefined ? [] : [typescript]), 'slowTests.configs.strict'].join(',\n  ');
  if (config === 'eslint.config.cjs') return `const slowTests = require('eslint-plugin-slow-tests');\n\nmodule.exports = [\n  ${items},\n];\n`;
  const imports = ["import slowTests from 'eslint-plugin-slow-tests';", ...(parser === undefined ? [] : [`import * as parser from '${parser}';`])];
  const typed = config === 'eslint.config.ts' ? "import type { Linter } from 'eslint';\n" : '';
  return `${imports.join('\n')}\n${typed}\n${typed === '' ? 'export default' : 'const configs: Linter.Config[] ='} [\n  ${items},\n];\n${typed === '' ? '' : 'export default configs;\n'}`;
}
