/**
 * A tester for rules. A case is the text of a test file; the answer shows the reported lines with squiggles, the messages, and
 * the text after the fix and after each suggestion, fixed twice and parsed. Each case is also linted with CRLF, with a BOM and indented
 * by tabs, which must come to the same; no case may be written down twice.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Linter } from 'eslint';
import * as typescriptParser from '@typescript-eslint/parser';
import plugin from '../src/index.ts';
import { atEndOfFile } from './end-of-file.ts';

export interface CaseOptions {
  readonly rules?: Linter.RulesRecord;
  /** Option object of the rule under test. */
  readonly options?: object;
  /** `settings['slow-tests']`. */
  readonly settings?: unknown;
  /** Path from the project's root. */
  readonly filename?: string;
  /** Neighbours of the test file, written into a real folder; by path from the project's root. */
  readonly files?: Readonly<Record<string, string>>;
  /** Only reports, or (as a rule) the rewritten texts as well. */
  readonly shows?: 'reports' | 'rewrites';
}

interface Outcome {
  readonly messages: readonly Linter.LintMessage[];
  readonly fixed: string;
  readonly suggestions: readonly (readonly string[])[];
}

const ALL_RULES: Linter.RulesRecord = Object.fromEntries(Object.keys(plugin.rules).map((name) => [`slow-tests/${name}`, 'error']));
const folders: string[] = [];
const linters = new Map<string, Linter>();

atEndOfFile(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Writes the files of a project into a new folder, removed after the test file, and returns the folder. */
export function writeProject(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'slow-tests-case-')));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Messages of the source plugin; `root` is the folder that holds the project. */
export function lintText(text: string, { rules = ALL_RULES, settings, filename = 'test/example.test.ts' }: CaseOptions, root = '/project'): Linter.LintMessage[] {
  return linterOf(root).verify(text, configOf(rules, settings), { filename: join(root, filename) });
}

function linterOf(root: string): Linter {
  const known = linters.get(root) ?? new Linter({ configType: 'flat', cwd: root });
  linters.set(root, known);
  return known;
}

function configOf(rules: Linter.RulesRecord, settings: unknown): Linter.Config {
  return {
    files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
    plugins: { 'slow-tests': plugin },
    languageOptions: { parser: typescriptParser },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules,
    ...(settings === undefined ? {} : { settings: { 'slow-tests': settings } }),
  };
}

/** A function that lints one case after the other with one rule and renders what it says; `silent` for no report at all. */
export function squiggleTester(rule: string, defaults: CaseOptions = {}): (text: string, options?: CaseOptions) => string {
  const seen = new Set<string>();
  return (text, given = {}) => {
    const options = { ...defaults, ...given };
    const key = JSON.stringify([text, options]);
    if (seen.has(key)) throw new Error(`The same case stands here twice:\n${text}`);
    seen.add(key);
    const rules: Linter.RulesRecord = { [`slow-tests/${rule}`]: options.options ? ['error', options.options] : 'error' };
    const root = options.files ? writeProject(options.files) : '/project';
    const check = (variant: string, isPlain = true): Outcome => outcomeOf(variant, { ...options, rules }, root, isPlain);
    const plain = check(text);
    // Equal to the plain texts sign by sign, so that those need no second look.
    for (const variant of VARIANTS) compare(variant, text, plain, (given) => check(given, false));
    return render(text, plain, options.shows ?? 'rewrites');
  };
}

/** `isProved`: what comes out is linted in its turn. */
function outcomeOf(text: string, options: CaseOptions, root: string, isProved: boolean): Outcome {
  const bare = text.replace(/^\uFEFF/, '');
  const bom = text.slice(0, text.length - bare.length);
  const lint = (given: string): Linter.LintMessage[] => {
    const messages = lintText(given, options, root);
    const fatal = messages.find((message) => message.fatal);
    if (fatal) throw new Error(`${fatal.message} (line ${String(fatal.line)}):\n${given}`);
    return messages;
  };
  const messages = lint(text);
  const once = applyFixes(bare, messages);
  const fixed = bom + once.text;
  const again = !isProved || fixed === text ? messages : lint(fixed);
  if (isProved && once.skipped === 0 && again.some(({ fix }) => fix)) throw new Error(`A second fix changes what the first one left:\n${fixed}`);
  const suggestions = messages.map(({ suggestions: given = [] }) => given.map(({ fix }) => {
    const output = bom + applyFixes(bare, [{ fix }]).text;
    if (isProved) lint(output);
    return output;
  }));
  return { messages, fixed, suggestions };
}

function applyFixes(text: string, messages: readonly Pick<Linter.LintMessage, 'fix'>[]): { text: string; skipped: number } {
  let result = '';
  let at = 0;
  let skipped = 0;
  for (const fix of messages.flatMap(({ fix: edit }) => edit ?? []).sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1])) {
    if (fix.range[0] < at) {
      skipped++;
      continue;
    }
    result += text.slice(at, fix.range[0]) + fix.text;
    at = fix.range[1];
  }
  return { text: result + text.slice(at), skipped };
}

interface Variant {
  readonly name: string;
  change(text: string): string;
  /** Column of the variant for a column of the plain line. */
  column(line: string, column: number): number;
}

const VARIANTS: readonly Variant[] = [
  { name: 'CRLF', change: (text) => text.replaceAll('\n', '\r\n'), column: (_line, column) => column },
  { name: 'BOM', change: (text) => `\uFEFF${text}`, column: (_line, column) => column },
  {
    name: 'tabs',
    change: (text) => text.replace(/^(?: {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2)),
    column(line, column) {
      const pairs = /^(?: {2})*/.exec(line)?.[0] ?? '';
      return column > pairs.length ? column - pairs.length / 2 : column;
    },
  },
];

function compare({ name, change, column }: Variant, text: string, plain: Outcome, check: (text: string) => Outcome): void {
  const changed = change(text);
  if (changed === text) return;
  const lines = text.split('\n');
  const place = (line = 1, at = 1): string => `${String(line)}:${String(column(lines[line - 1] ?? '', at))}`;
  const actual = check(changed);
  const expected = plain.messages.map((message) => `${place(message.line, message.column)}-${place(message.endLine, message.endColumn)} ${message.message}`);
  const given = actual.messages.map(({ line, column: from, endLine = 1, endColumn = 1, message }) =>
    `${String(line)}:${String(from)}-${String(endLine)}:${String(endColumn)} ${message}`);
  const same = (what: string, a: unknown, b: unknown): void => {
    if (JSON.stringify(a) !== JSON.stringify(b)) throw new Error(`${name}: other ${what}.\nplain: ${JSON.stringify(a, null, 2)}\n${name}: ${JSON.stringify(b, null, 2)}\n${text}`);
  };
  same('reports', expected, given);
  same('fix', change(plain.fixed), actual.fixed);
  same('suggestions', plain.suggestions.map((texts) => texts.map(change)), actual.suggestions);
}

function render(text: string, { messages, fixed, suggestions }: Outcome, shows: 'reports' | 'rewrites'): string {
  if (messages.length === 0) return 'silent';
  const lines = text.split('\n');
  const parts = messages.map((message, index) => {
    const line = lines[message.line - 1] ?? '';
    const number = String(message.line);
    const from = message.column - 1;
    const to = message.endLine === message.line ? (message.endColumn ?? from + 1) - 1 : line.length;
    const squiggles = ' '.repeat(from) + '~'.repeat(Math.max(1, to - from));
    const shown = shows === 'reports' ? [] : (message.suggestions ?? []).map(({ desc }, at) =>
      `suggestion: ${desc}\n${changedLines(text, suggestions[index]?.[at] ?? '')}`);
    return [`${number} | ${line}`, `${' '.repeat(number.length)} | ${squiggles}`, message.message, ...shown].join('\n');
  });
  if (fixed !== text && shows === 'rewrites') parts.push(`fixed:\n${changedLines(text, fixed)}`);
  return parts.join('\n');
}

/** The lines that differ: an unchanged head and tail are left out. */
function changedLines(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  return now.slice(head, now.length - tail).map((line, index) => `${String(head + index + 1)} | ${line}`).join('\n');
}
