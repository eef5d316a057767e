/** What the rule of a codemod says of a text. */
import * as typescriptParser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from '../../src/index.ts';

const RULES: Readonly<Record<string, string>> = {
  'tiered-fixtures': 'no-production-dims',
  'split-slow': 'no-exhaustive-patterns',
  'mock-compile': 'no-unmocked-compile',
};

const linter = new Linter({ configType: 'flat', cwd: '/' });

export function reportsOf(codemod: string, text: string, path: string): string[] {
  const rule = RULES[codemod];
  if (rule === undefined) return [];
  const config: Linter.Config = {
    // A pattern that ends in `*` alone names no file, and what no pattern names is not linted.
    files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
    plugins: { 'slow-tests': plugin },
    languageOptions: { parser: typescriptParser, parserOptions: { ecmaFeatures: { jsx: !/\.[cm]?ts$/.test(path) } } },
    linterOptions: { reportUnusedDisableDirectives: 'off', noInlineConfig: true },
    rules: { [`slow-tests/${rule}`]: 'error' },
  };
  return linter.verify(text, config, { filename: path }).filter(({ ruleId }) => ruleId !== null).map(({ line, message }) => `${line} ${message}`);
}
