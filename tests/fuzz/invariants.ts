/** What must hold for any test file, whatever the rules and the codemods make of it. */
import { Linter } from 'eslint';
import * as typescriptParser from '@typescript-eslint/parser';
import { allCodemods } from '../../codemods/all.ts';
import { lostTitles } from '../../scripts/corpus/lost-titles.ts';
import type { Analysis } from '../../src/analysis/analyze.ts';
import { analyzeFile } from '../../src/analysis/analyze.ts';
import { parseText } from '../../src/analysis/parse.ts';
import { readSettings } from '../../src/analysis/settings.ts';
import { applyCodemod, applyEdits } from '../../src/host/apply-codemod.ts';
import type { CodemodDefinition, PlannedChange } from '../../src/host/define-codemod.ts';
import { defaultsOf } from '../../src/host/options.ts';
import plugin from '../../src/index.ts';

export interface TestFile {
  readonly text: string;
  readonly path: string;
}

export interface Transformed {
  readonly codemod: string;
  readonly output: string;
}

const ROOT = '/project';
export const SETTINGS = { costs: [{ module: 'flash', export: 'compile', kind: 'compile', milliseconds: 900 }, { module: 'flash', export: 'jit', kind: 'compile', stub: 'identity' }, { module: 'flash', export: 'Engine.compile', kind: 'compile' }] };
const settings = readSettings({ 'slow-tests': SETTINGS });

const linter = new Linter({ configType: 'flat', cwd: ROOT });
const RULES: Readonly<Record<string, readonly string[]>> = {
  'tiered-fixtures': ['no-production-dims'],
  'split-slow': ['no-exhaustive-patterns', 'require-slow-marker'],
  'mock-compile': ['no-unmocked-compile'],
};

export class Broken extends Error {
  override readonly name = 'Broken';

  constructor(what: string, before: string, after?: string) {
    super(`${what}\n--- before\n${before}${after === undefined ? '' : `\n--- after\n${after}`}\n---`);
  }
}

/** Throws what does not hold; otherwise what the codemods made of the file. */
export function checkInvariants(file: TestFile): readonly Transformed[] {
  const bare = file.text.replace(/^\uFEFF/, '');
  const parsed = parseText(bare, file.path);
  if (parsed.type === 'error') throw new Broken(`The grammar is wrong: ${parsed.message} at ${bare.slice(parsed.offset, parsed.offset + 60)}`, file.text);
  const analysis = analyzeFile(parsed.file, settings, ROOT);
  if (!analysis) throw new Broken('No test is found', file.text);
  // Most of the time goes into the parser that ESLint is given: every fourth file is linted.
  const isLinted = file.text.length % 4 === 0;
  const reports = isLinted ? lint(file) : [];
  const rewritten = new Map(reports.map((report) => [report, rewritesOf(report, bare, file)]));
  return allCodemods.flatMap((codemod) => {
    const planned = plan(codemod, analysis);
    checkEdits(codemod, planned, file);
    if (isLinted) checkAgreement(codemod, planned, reports.filter(({ ruleId }) => RULES[codemod.name]?.some((rule) => ruleId === `slow-tests/${rule}`)), rewritten, { ...file, text: bare });
    const output = transform(codemod, file, { isLinted, titles: titlesOf(analysis, bare) });
    return output === undefined ? [] : [{ codemod: codemod.name, output }];
  });
}

function plan(codemod: CodemodDefinition, analysis: Analysis): readonly PlannedChange[] {
  return codemod.plan({ analysis, settings, options: defaultsOf(codemod.options), measured: { verdictOn: () => undefined, essentialOf: (_loop, wished) => wished, areQuick: () => false } });
}

function checkEdits({ name }: CodemodDefinition, planned: readonly PlannedChange[], { text }: TestFile): void {
  for (const { rewrite } of planned) {
    if (rewrite.type === 'refusal') {
      if (!rewrite.reason.endsWith('.')) throw new Broken(`${name}: the reason is no sentence: ${rewrite.reason}`, text);
      continue;
    }
    if (rewrite.edits.length === 0) throw new Broken(`${name}: a rewrite without edits`, text);
    for (const { range: [start, end] } of rewrite.edits) if (!(start >= 0 && start <= end && end <= text.length)) throw new Broken(`${name}: an edit at ${start} to ${end}`, text);
  }
}

/** The rule reports what the codemod plans, and offers it, byte for byte. */
function checkAgreement({ name }: CodemodDefinition, planned: readonly PlannedChange[], reports: readonly Linter.LintMessage[], rewritten: ReadonlyMap<Linter.LintMessage, readonly string[]>, { text }: TestFile): void {
  const places = new Set(reports.map(({ line, column }) => `${line}:${column}`));
  for (const { range, rewrite } of planned) {
    const place = placeOf(text, range[0]);
    if (!places.has(place)) throw new Broken(`${name} plans something at ${place} where no rule reports: ${[...places].join(' ')}`, text);
    if (rewrite.type === 'refusal') continue;
    const output = applyEdits(text, rewrite.edits);
    if (![...rewritten].some(([report, outputs]) => reports.includes(report) && outputs.includes(output))) throw new Broken(`${name}: no rule offers the edit at ${place} (${rewrite.description})`, text, `${output}\n--- offered\n${[...rewritten].filter(([report]) => reports.includes(report)).map(([report, outputs]) => `${report.line}:${report.column} ${report.message}\n${outputs.join('\n--- or\n')}`).join('\n--- and\n')}`);
  }
  if (reports.length > 0 && planned.length === 0) throw new Broken(`${name} plans nothing where the rule reports ${reports.map(({ line, message }) => `${line} ${message}`).join('; ')}`, text);
}

function lint({ text, path }: TestFile): Linter.LintMessage[] {
  const messages = linter.verify(text, {
    files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
    plugins: { 'slow-tests': plugin },
    languageOptions: { parser: typescriptParser, parserOptions: { ecmaFeatures: { jsx: !/\.[cm]?ts$/.test(path) } } },
    linterOptions: { reportUnusedDisableDirectives: 'off', noInlineConfig: true },
    rules: Object.fromEntries(Object.keys(plugin.rules).map((rule) => [`slow-tests/${rule}`, 'error'])),
    settings: { 'slow-tests': SETTINGS },
  }, { filename: path });
  const fatal = messages.find((message) => message.fatal);
  if (fatal) throw new Broken(`${fatal.message} (${fatal.line}:${fatal.column})`, text);
  return messages;
}

function rewritesOf({ ruleId, fix, suggestions = [] }: Linter.LintMessage, bare: string, { path }: TestFile): readonly string[] {
  return [...(fix ? [fix] : []), ...suggestions.map((suggestion) => suggestion.fix)].map(({ range: [start, end], text }) => {
    if (!(start >= 0 && start <= end && end <= bare.length)) throw new Broken(`${ruleId ?? ''} edits from ${start} to ${end}`, bare);
    const output = bare.slice(0, start) + text + bare.slice(end);
    const parsed = parseText(output, path);
    if (parsed.type === 'error') throw new Broken(`${ruleId ?? ''}: ${parsed.message}`, bare, output);
    return output;
  });
}

function transform(codemod: CodemodDefinition, { text, path }: TestFile, { isLinted, titles }: { readonly isLinted: boolean; readonly titles: readonly string[] }): string | undefined {
  const run = (given: string) => {
    const result = applyCodemod(codemod, { text: given, path }, { settings, options: defaultsOf(codemod.options), root: ROOT });
    if (result.type === 'done') return result;
    throw new Broken(`${codemod.name}: ${result.type === 'error' ? result.message : result.type}`, text, given === text ? undefined : given);
  };
  const { output, left } = run(text);
  if (output === undefined) return undefined;
  const fail = (what: string): never => { throw new Broken(`${codemod.name}: ${what}`, text, output); };
  const again = run(output);
  if (again.output !== undefined) fail(`a second run changes it to\n${again.output}`);
  const [lost] = lostTitles(titles, titlesIn(output, path));
  if (lost !== undefined) fail(`the title ${lost} is lost`);
  if (text.startsWith('\uFEFF') !== output.startsWith('\uFEFF')) fail('the BOM is not as it was');
  if (!/(?<!\r)\n/.test(text) && /(?<!\r)\n/.test(output)) fail('lines end in two ways');
  if (!text.includes('\r') && output.includes('\r')) fail('a carriage return came in');
  const flat = output.replace(/\s+/g, ' ');
  const unkept = commentsIn(text).find((comment) => !flat.includes(comment));
  if (unkept !== undefined) fail(`the comment ${unkept} is lost`);
  if (!isLinted || left.length > 0) return output;
  const wanted = RULES[codemod.name] ?? [];
  const reports = lint({ text: output, path }).filter(({ ruleId }) => wanted.some((rule) => ruleId === `slow-tests/${rule}`));
  if (reports.length > 0) fail(`the rule still reports ${reports.map(({ line, message }) => `${line} ${message}`).join('; ')}`);
  return output;
}

function titlesIn(text: string, path: string): string[] {
  const bare = text.replace(/^\uFEFF/, '');
  const parsed = parseText(bare, path);
  return parsed.type === 'file' ? titlesOf(analyzeFile(parsed.file, settings, ROOT), bare) : [];
}

function titlesOf(analysis: Analysis | undefined, bare: string): string[] {
  return (analysis?.reading.declarations ?? []).flatMap(({ title }) => (title ? [bare.slice(title.range[0], title.range[1])] : []));
}

function commentsIn(text: string): string[] {
  return [...text.matchAll(/\/\* (?:odd|a block|a comment)[^*]*\*\/|\/\/ [a-z][\w ]*/g)].map(([comment]) => comment.replace(/\s+/g, ' '));
}

function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/);
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}
