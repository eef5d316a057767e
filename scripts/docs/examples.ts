/** Runs the plugin on examples of the pages. No file of an example exists: what is not in its text is unknown to the rules. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from '../../src/index.ts';
import type { CodeBlock } from './markdown.ts';

const ROOT = '/project';
const NAMESPACE = plugin.meta.namespace;

export type Verdict = 'incorrect' | 'correct';

/** What the innermost telling heading says about the example below it. */
export function verdictOf({ headings }: CodeBlock): Verdict | undefined {
  for (const heading of [...headings].reverse()) {
    if (/\bincorrect\b/i.test(heading)) return 'incorrect';
    if (/\bcorrect\b|never reported/i.test(heading)) return 'correct';
  }
  return undefined;
}

export function isExample({ language }: CodeBlock): boolean {
  return /^[cm]?[jt]sx?$/.test(language);
}

/** A flat configuration with rules at their defaults. Options stand in the example, in a comment that ESLint reads. */
function configFor({ attributes }: CodeBlock, rules: readonly string[]): Linter.Config[] {
  return [
    {
      files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
      plugins: { [NAMESPACE]: plugin },
      languageOptions: { parser },
      rules: Object.fromEntries(rules.map((rule) => [`${NAMESPACE}/${rule}`, 'error'])),
      settings: { [NAMESPACE]: attributes['settings'] ?? {} },
    },
  ];
}

function fileOf({ attributes, language }: CodeBlock): string {
  const { file } = attributes;
  return path.posix.join(ROOT, typeof file === 'string' ? file : `test/example.test.${language}`);
}

export function lintExample(block: CodeBlock, rules: readonly string[] = Object.keys(plugin.rules)): Linter.LintMessage[] {
  return withProfile(block, (measured) => new Linter({ cwd: ROOT }).verify(measured.text, configFor(measured, rules), fileOf(measured)));
}

/** `"took": {"group > test": 2300}` behind the language stands for a profile with these durations. */
function withProfile<T>(block: CodeBlock, work: (block: CodeBlock) => T): T {
  const { took, settings } = block.attributes;
  if (typeof took !== 'object' || took === null) return work(block);
  const folder = mkdtempSync(path.join(tmpdir(), 'slow-tests-docs-'));
  try {
    const profile = path.join(folder, 'profile.json');
    const tests = Object.entries(took).map(([title, duration]) => ({ title: title.split(' > '), duration: Number(duration), tier: 'unit', outcome: 'passed', runs: 1 }));
    writeFileSync(profile, JSON.stringify({ version: 1, files: [{ file: path.posix.relative(ROOT, fileOf(block)), tests }] }));
    return work({ ...block, attributes: { ...block.attributes, settings: { ...(settings ?? {}), profile } } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The text after `eslint --fix`. */
export function fixExample(block: CodeBlock, rules: readonly string[] = Object.keys(plugin.rules)): string {
  return new Linter({ cwd: ROOT }).verifyAndFix(block.text, configFor(block, rules), fileOf(block)).output;
}

/** The text after taking the first suggestion of the first report; unchanged when there is none. */
export function followSuggestion(block: CodeBlock, rules?: readonly string[]): string {
  const [fix] = lintExample(block, rules).flatMap(({ suggestions = [] }) => suggestions.map((suggestion) => suggestion.fix));
  return fix ? block.text.slice(0, fix.range[0]) + fix.text + block.text.slice(fix.range[1]) : block.text;
}

/** What stands under a heading that begins with "After". */
export function rewriteExample(before: CodeBlock, after: CodeBlock, rules?: readonly string[]): string {
  return after.headings.at(-1)?.startsWith('After the suggestion') ? followSuggestion(before, rules) : fixExample(before, rules);
}

export function isAfter(block: CodeBlock): boolean {
  return isExample(block) && (block.headings.at(-1)?.startsWith('After') ?? false);
}

export function printReports(messages: readonly Linter.LintMessage[]): string {
  return messages.map(({ line, column, message }) => `${line}:${column}  ${message}\n`).join('');
}

export function shortName(ruleId: string | null): string {
  return ruleId?.replace(`${NAMESPACE}/`, '') ?? 'syntax error';
}
