/** What the rules say of a text, and how long each took. */
import * as typescriptParser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from '../../src/index.ts';

const RULES: Readonly<Record<string, string>> = {
  'tiered-fixtures': 'no-production-dims',
  'split-slow': 'no-exhaustive-patterns',
  'mock-compile': 'no-unmocked-compile',
};

export interface Report {
  readonly rule: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface Linted {
  readonly reports: readonly Report[];
  /** Why the parser could not read it. */
  readonly fatal?: string;
  /** By rule, in ms; the first one that asks pays for the analysis. */
  readonly times: Readonly<Record<string, number>>;
}

const linter = new Linter({ configType: 'flat', cwd: '/' });

/** All rules, each with its own options left as they are. Throws what a rule throws. */
export function lintText(text: string, path: string, rules: readonly string[] = Object.keys(plugin.rules)): Linted {
  const config: Linter.Config = {
    // A pattern that ends in `*` alone names no file, and what no pattern names is not linted.
    files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
    plugins: { 'slow-tests': plugin },
    languageOptions: { parser: typescriptParser, parserOptions: { ecmaFeatures: { jsx: !/\.[cm]?ts$/.test(path) } } },
    linterOptions: { reportUnusedDisableDirectives: 'off', noInlineConfig: true },
    rules: Object.fromEntries(rules.map((rule) => [`slow-tests/${rule}`, 'error'])),
  };
  // Only this one keeps the times.
  const options: Linter.FixOptions & { readonly stats: true } = { filename: path, fix: false, stats: true };
  const { messages } = linter.verifyAndFix(text, config, options);
  const fatal = messages.find((message) => message.fatal)?.message;
  const reports = messages.flatMap(({ ruleId, line, column, message }) => (ruleId === null ? [] : [{ rule: ruleId.replace('slow-tests/', ''), line, column, message }]));
  const times = Object.entries(linter.getTimes().passes.at(-1)?.rules ?? {}).map(([rule, { total }]) => [rule.replace('slow-tests/', ''), total] as const);
  return { reports, times: Object.fromEntries(times), ...(fatal === undefined ? {} : { fatal }) };
}

/** What the rule of a codemod says of a text. */
export function reportsOf(codemod: string, text: string, path: string): string[] {
  const rule = RULES[codemod];
  return rule === undefined ? [] : lintText(text, path, [rule]).reports.map(({ line, message }) => `${line} ${message}`);
}
