/** Lints test files with the recommended configuration of the built plugin and the TypeScript parser. */

import parser from '@typescript-eslint/parser';
import { ESLint, type Linter } from 'eslint';
import { recordExpenses } from './expense-recorder.ts';
import type { Expense } from './expenses.ts';
import { PREFIX } from './findings.ts';

interface Plugin extends ESLint.Plugin {
  readonly configs: { readonly recommended: Linter.Config };
}

/** Files that go to ESLint at a time; progress is shown after each group. */
const GROUP = 50;

const PLUGIN = new URL('../../dist/index.mjs', import.meta.url);

export interface TestLinter {
  /** What the tests that were linted so far pay for. */
  readonly expenses: readonly Expense[];
  /** Those of the files that the configuration is meant for. */
  readonly selectTests: (files: readonly string[]) => Promise<string[]>;
  readonly lint: (files: readonly string[], onProgress: (done: number) => void) => Promise<ESLint.LintResult[]>;
}

/** Throws an Error that says what to do when the plugin is not built. */
async function loadPlugin(): Promise<Plugin> {
  try {
    const loaded = (await import(PLUGIN.href)) as { readonly default: Plugin };
    return loaded.default;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') {
      throw new Error('The plugin is not built: run `npm run build` first.', { cause: error });
    }
    throw error;
  }
}

/** The folder is what the globs of the configuration are relative to. */
export async function openLinter(folder: string): Promise<TestLinter> {
  const plugin = await loadPlugin();
  const expenses: Expense[] = [];
  const recorder = recordExpenses(folder, (found) => expenses.push(...found));
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    warnIgnored: false,
    // Git lists files that were deleted and not committed yet.
    errorOnUnmatchedPattern: false,
    overrideConfig: [
      {
        files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
        languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
        linterOptions: { reportUnusedDisableDirectives: 'off' },
      },
      plugin.configs.recommended,
      { plugins: { demo: { rules: { 'record-expenses': recorder } } }, rules: { 'demo/record-expenses': 'warn' } },
    ],
  });
  return {
    expenses,
    async selectTests(files) {
      const selected: string[] = [];
      for (const file of files) {
        const config = (await eslint.calculateConfigForFile(file)) as Linter.Config | undefined;
        if (Object.keys(config?.rules ?? {}).some((rule) => rule.startsWith(PREFIX))) selected.push(file);
      }
      return selected;
    },
    async lint(files, onProgress) {
      const results: ESLint.LintResult[] = [];
      for (let start = 0; start < files.length; start += GROUP) {
        results.push(...(await lintGroup(eslint, files.slice(start, start + GROUP))));
        onProgress(Math.min(start + GROUP, files.length));
      }
      return results;
    },
  };
}

/** A file that makes ESLint throw costs only itself. */
async function lintGroup(eslint: ESLint, files: readonly string[]): Promise<ESLint.LintResult[]> {
  try {
    return await eslint.lintFiles([...files]);
  } catch (error) {
    const [only] = files;
    if (only === undefined || files.length > 1) {
      const results: ESLint.LintResult[] = [];
      for (const file of files) results.push(...(await lintGroup(eslint, [file])));
      return results;
    }
    return [failedResult(only, error instanceof Error ? error.message : String(error))];
  }
}

function failedResult(filePath: string, message: string): ESLint.LintResult {
  return {
    filePath,
    messages: [{ ruleId: null, severity: 2, fatal: true, line: 1, column: 1, message }],
    suppressedMessages: [],
    errorCount: 1,
    fatalErrorCount: 1,
    warningCount: 0,
    fixableErrorCount: 0,
    fixableWarningCount: 0,
    usedDeprecatedRules: [],
  };
}
