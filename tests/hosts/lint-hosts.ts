/** The linters that the plugin is for, each as a function from a folder of test files to the same plain reports. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import * as typescriptParser from '@typescript-eslint/parser';
import type { ESLint as CurrentESLint, Linter } from 'eslint';

const require = createRequire(import.meta.url);
const BUILT = resolve(import.meta.dirname, '../../dist/index.mjs');

export interface Plugin extends CurrentESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: NonNullable<CurrentESLint.Plugin['rules']>;
  readonly configs: { readonly recommended: Linter.Config; readonly strict: Linter.Config };
}

/** The plugin as it is published. */
export const plugin = ((await import(BUILT)) as { readonly default: Plugin }).default;
export const ALL_RULES: Readonly<Record<string, 'error'>> = Object.fromEntries(
  Object.keys(plugin.rules).map((name) => [`${plugin.meta.namespace}/${name}`, 'error']),
);

/** `file:line:column rule message`, lines and columns from 1. */
export type Report = string;

type ESLintClass = new (options: Record<string, unknown>) => { lintFiles(patterns: string | string[]): Promise<CurrentESLint.LintResult[]> };

function reportsOf(folder: string, results: readonly CurrentESLint.LintResult[]): Report[] {
  return results
    .flatMap(({ filePath, messages }) =>
      messages.map(({ line, column, ruleId, message }) => `${relative(folder, filePath).replaceAll('\\', '/')}:${line}:${column} ${ruleId ?? 'none'} ${message}`),
    )
    .sort();
}

export const flatConfig: readonly Linter.Config[] = [
  { files: ['**/*.{js,mjs,cjs}'], languageOptions: { sourceType: 'module' } },
  { files: ['**/*.{ts,tsx}'], languageOptions: { parser: typescriptParser, parserOptions: { ecmaFeatures: { jsx: true } } } },
  { files: ['**/*.{js,mjs,cjs,ts,tsx}'], plugins: { 'slow-tests': plugin }, rules: ALL_RULES },
];

async function lintFlat(ESLint: ESLintClass, folder: string): Promise<Report[]> {
  const eslint = new ESLint({ cwd: folder, overrideConfigFile: true, overrideConfig: flatConfig });
  return reportsOf(folder, await eslint.lintFiles(['.']));
}

async function lintLegacy(ESLint: ESLintClass, folder: string): Promise<Report[]> {
  const eslint = new ESLint({
    cwd: folder,
    useEslintrc: false,
    extensions: ['.js', '.mjs', '.ts', '.tsx'],
    plugins: { 'slow-tests': plugin },
    overrideConfig: {
      root: true,
      plugins: ['slow-tests'],
      parserOptions: { ecmaVersion: 2024, sourceType: 'module' },
      rules: ALL_RULES,
      overrides: [{ files: ['*.ts', '*.tsx'], parser: require.resolve('@typescript-eslint/parser') }],
    },
  });
  return reportsOf(folder, await eslint.lintFiles(['.']));
}

interface OxlintDiagnostic {
  readonly message: string;
  readonly code: string;
  readonly filename: string;
  readonly labels: readonly [{ readonly span: { readonly line: number; readonly column: number } }];
}

function runOxlint(folder: string): Report[] {
  const scratch = mkdtempSync(join(tmpdir(), 'slow-tests-oxlint-'));
  try {
    const config = join(scratch, 'oxlint.json');
    writeFileSync(config, JSON.stringify({ jsPlugins: [BUILT], categories: { correctness: 'off' }, rules: ALL_RULES }));
    const bin = join(dirname(require.resolve('oxlint/package.json')), 'bin/oxlint');
    const { diagnostics } = JSON.parse(reportOfFailing(process.execPath, [bin, '-c', config, '-f', 'json', '.'], folder)) as { readonly diagnostics: readonly OxlintDiagnostic[] };
    return diagnostics
      .map(({ message, code, filename, labels: [{ span }] }) => `${filename.replaceAll('\\', '/')}:${span.line}:${span.column} ${code.replace(/^(.+)\((.+)\)$/, '$1/$2')} ${message}`)
      .sort();
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What a linter prints; it exits with 1 because it found something. */
export function reportOfFailing(command: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 1 && 'stdout' in error) return String(error.stdout);
    throw error;
  }
}

interface Unsupported {
  readonly FlatESLint: ESLintClass;
  readonly LegacyESLint: ESLintClass;
}
interface Package {
  readonly ESLint: ESLintClass;
}

/** Every host by name. */
export const HOSTS: Readonly<Record<string, (folder: string) => Promise<Report[]> | Report[]>> = {
  'ESLint 8, flat': (folder) => lintFlat((require('eslint8/use-at-your-own-risk') as Unsupported).FlatESLint, folder),
  'ESLint 8, eslintrc': (folder) => lintLegacy((require('eslint8') as Package).ESLint, folder),
  'ESLint 9, flat': (folder) => lintFlat((require('eslint9') as Package).ESLint, folder),
  'ESLint 9, eslintrc': (folder) => lintLegacy((require('eslint9/use-at-your-own-risk') as Unsupported).LegacyESLint, folder),
  'ESLint 10': (folder) => lintFlat((require('eslint') as Package).ESLint, folder),
  oxlint: runOxlint,
};
