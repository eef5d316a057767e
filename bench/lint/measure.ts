/** One ESLint with both plugins, and the rule times it reports per file. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import parser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import { ESLint } from 'eslint';

/** Milliseconds that the rules of each plugin took in one file. */
export interface FileTime {
  readonly file: string;
  readonly own: number;
  readonly jest: number;
  readonly parse: number;
}

export interface Benchmark {
  readonly eslintVersion: string;
  readonly ownRules: number;
  readonly jestRules: number;
  readonly lint: (files: readonly string[]) => Promise<FileTime[]>;
}

interface OwnPlugin extends ESLint.Plugin {
  readonly configs: { readonly recommended: Linter.Config };
}
interface JestPlugin extends ESLint.Plugin {
  readonly configs: { readonly 'flat/recommended': Linter.Config };
}

const SOURCES = ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'];
const GROUP = 50;

export async function openBenchmark(root: string): Promise<Benchmark> {
  const own = ((await import(new URL('../../dist/index.mjs', import.meta.url).href)) as { readonly default: OwnPlugin }).default;
  const jest = loadJestPlugin();
  const ownRules = own.configs.recommended.rules ?? {};
  const jestRules = jest.configs['flat/recommended'].rules ?? {};
  const eslint = new ESLint({
    cwd: root,
    stats: true,
    overrideConfigFile: true,
    allowInlineConfig: false,
    warnIgnored: false,
    overrideConfig: [
      // Published tests lie in node_modules, which ESLint skips by default.
      { ignores: ['!**/node_modules/'] },
      { files: SOURCES, languageOptions: { parser }, linterOptions: { reportUnusedDisableDirectives: 'off' } },
      { files: ['**/*.{js,jsx,mjs,cjs,tsx}'], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
      { files: SOURCES, plugins: { 'slow-tests': own, jest }, settings: { jest: { version: 30 } }, rules: { ...ownRules, ...jestRules } },
    ],
  });
  return {
    eslintVersion: ESLint.version,
    ownRules: Object.keys(ownRules).length,
    jestRules: Object.keys(jestRules).length,
    async lint(files) {
      const times: FileTime[] = [];
      for (let start = 0; start < files.length; start += GROUP) {
        for (const result of await eslint.lintFiles(files.slice(start, start + GROUP))) {
          if (result.fatalErrorCount === 0) times.push(timeOf(result));
        }
      }
      return times;
    },
  };
}

function timeOf({ filePath, stats }: ESLint.LintResult): FileTime {
  let own = 0;
  let jest = 0;
  let parse = 0;
  for (const pass of stats?.times.passes ?? []) {
    parse += pass.parse?.total ?? 0;
    for (const [rule, { total }] of Object.entries(pass.rules ?? {})) {
      if (rule.startsWith('slow-tests/')) own += total;
      else if (rule.startsWith('jest/')) jest += total;
    }
  }
  return { file: filePath, own, jest, parse };
}

/** Installed on first use, so that nobody else pays for it. */
function loadJestPlugin(): JestPlugin {
  const folder = import.meta.dirname;
  if (!existsSync(join(folder, 'node_modules/eslint-plugin-jest'))) {
    console.log('Installing eslint-plugin-jest into bench/lint …\n');
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
  }
  return createRequire(join(folder, 'package.json'))('eslint-plugin-jest') as JestPlugin;
}
