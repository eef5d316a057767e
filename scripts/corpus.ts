/**
 * `npm run corpus -- PATH…`: lints and transforms every test file below some folders, in memory, and counts what must never
 * happen: a crash, a result that does not parse, a second run that changes something, a title that is lost, a finding of the rule
 * that is neither mended nor said to be left alone. Nothing is written but a report; `--compare old.json` shows what is judged in
 * another way than in an earlier one, `--output new.json` says where this one goes, `--codemod NAME` and `--lint` do a part.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { allCodemods } from '../codemods/all.ts';
import { mayHoldTests } from '../src/analysis/test-words.ts';
import { findFiles } from '../src/cli/find-files.ts';
import { formatTable } from '../src/cli/table.ts';
import type { Terminal } from '../src/cli/terminal.ts';
import { openTerminal } from '../src/cli/terminal.ts';
import { EXTENSIONS } from '../src/host/apply-codemod.ts';
import type { CodemodDefinition } from '../src/host/define-codemod.ts';
import { textOfBytes } from '../src/host/file-text.ts';
import type { Checked } from './corpus/check-file.ts';
import { checkFile, FAILURES } from './corpus/check-file.ts';
import type { FileJudgement, Judgement } from './corpus/judgement.ts';
import { changeCounts, compareJudgements, judgementOf } from './corpus/judgement.ts';
import type { Linted } from './corpus/rule-reports.ts';
import { lintText } from './corpus/rule-reports.ts';

const REPORT = resolve(import.meta.dirname, '../.slow-tests/corpus.json');
const SHOWN = 20;
const SLOWEST = 10;
const OPTIONS = { codemod: { type: 'string' }, lint: { type: 'boolean' }, compare: { type: 'string' }, output: { type: 'string' } } as const;

interface Seen {
  readonly path: string;
  readonly checked: readonly Checked[];
  readonly linted: Linted | undefined;
  readonly crash: string | undefined;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  if (positionals.length === 0) throw new Error('Expected a folder: npm run corpus -- PATH…');
  const cwd = resolve(process.env['INIT_CWD'] ?? '.');
  const codemods = values.lint === true ? [] : allCodemods.filter(({ name }) => values.codemod === undefined || name === values.codemod);
  const before = values.compare === undefined ? undefined : (JSON.parse(readFileSync(resolve(cwd, values.compare), 'utf8')) as Judgement);
  const terminal = openTerminal(process.stdout, process.env);
  const { files, missing } = await findFiles(positionals, EXTENSIONS, cwd);
  if (missing.length > 0) throw new Error(`Not there: ${missing.join(', ')}`);
  const seen: Seen[] = [];
  await terminal.show('Checking', async (update) => {
    for (const [index, file] of files.entries()) {
      const one = look(file, codemods, values.codemod === undefined);
      if (one) seen.push(one);
      if (index % 50 !== 0) continue;
      update(`${index} of ${files.length} files`);
      await new Promise((next) => setImmediate(next));
    }
  }, () => `${files.length} files, ${seen.length} may hold tests`);
  if (codemods.length > 0) terminal.say(tableOf(codemods.map(({ name }) => name), seen.flatMap(({ checked }) => checked)));
  sayReports(terminal, seen, cwd);
  const judgement = judgementOf(seen.map((one) => judge(one, cwd)));
  const failed = judgement.files.flatMap(({ path, failures }) => failures.map((failure) => `${path}  ${failure}`));
  for (const failure of failed.slice(0, SHOWN)) terminal.say(terminal.style('red', failure));
  const output = values.output === undefined ? REPORT : resolve(cwd, values.output);
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, `${JSON.stringify(judgement, undefined, 1)}\n`);
  if (before) sayChanges(terminal, compareJudgements(before, judgement));
  terminal.say(`\n${failed.length} failures. All that was found: ${output}`);
  return failed.length > 0 ? 1 : 0;
}

/** Undefined for a file that can hold no tests. */
function look(path: string, codemods: readonly CodemodDefinition[], isLinted: boolean): Seen | undefined {
  const text = textOfBytes(readFileSync(path));
  if (text === undefined || !mayHoldTests(text)) return undefined;
  const checked = codemods.map((codemod) => checkFile(codemod, path));
  if (!isLinted) return { path, checked, linted: undefined, crash: undefined };
  try {
    return { path, checked, linted: lintText(text, path), crash: undefined };
  } catch (error) {
    return { path, checked, linted: undefined, crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function judge({ path, checked, linted, crash }: Seen, cwd: string): FileJudgement {
  return {
    path: relative(cwd, path),
    reports: linted?.reports ?? [],
    codemods: Object.fromEntries(checked.filter(({ changes, left }) => changes + left.length > 0).map(({ codemod, changes, left }) => [codemod, { changes, left }])),
    failures: [
      ...checked.flatMap(({ codemod, failure, detail = '' }) => (failure === undefined ? [] : [`${codemod}: ${failure}: ${detail}`])),
      ...(crash === undefined ? [] : [`lint: crash: ${crash}`]),
    ],
  };
}

function sayReports(terminal: Terminal, seen: readonly Seen[], cwd: string): void {
  const linted = seen.flatMap(({ path, linted: result }) => (result ? [{ path, ...result, time: Object.values(result.times).reduce((sum, time) => sum + time, 0) }] : []));
  if (linted.length === 0) return;
  const rules = [...new Set(linted.flatMap(({ times }) => Object.keys(times)))].sort();
  const rows = rules.map((rule) => {
    const counts = linted.map(({ reports }) => reports.filter((report) => report.rule === rule).length);
    const time = linted.reduce((sum, { times }) => sum + (times[rule] ?? 0), 0);
    return [rule, String(counts.reduce((sum, count) => sum + count, 0)), String(counts.filter((count) => count > 0).length), (time / linted.length).toFixed(3)];
  });
  terminal.say(formatTable(['', 'reports', 'files', 'ms per file'], rows, ['left', 'right', 'right', 'right']));
  terminal.say(`${linted.length} files linted, ${linted.filter(({ fatal }) => fatal !== undefined).length} of them cannot be read by the parser. The first rule pays for the analysis that all share.`);
  const slowest = [...linted].sort((a, b) => b.time - a.time).slice(0, SLOWEST);
  terminal.say(formatTable(['slowest files', 'ms'], slowest.map(({ path, time }) => [relative(cwd, path), time.toFixed(1)]), ['left', 'right']));
}

function sayChanges(terminal: Terminal, changes: readonly string[]): void {
  terminal.say(`\n${changes.length} judgements differ.`);
  if (changes.length === 0) return;
  terminal.say(formatTable(['', 'no longer', 'new'], changeCounts(changes).map(({ name, gone, added }) => [name, String(gone), String(added)]), ['left', 'right', 'right']));
  for (const line of changes) terminal.say(terminal.style(line.startsWith('-') ? 'red' : 'green', line));
}

function tableOf(names: readonly string[], checked: readonly Checked[]): string {
  const of = (name: string) => checked.filter(({ codemod }) => codemod === name);
  const sum = (name: string, read: (entry: Checked) => number) => String(of(name).reduce((total, entry) => total + read(entry), 0));
  return formatTable(
    ['', ...names],
    [
      ['files', ...names.map((name) => String(of(name).length))],
      ['files with tests', ...names.map((name) => sum(name, ({ tests }) => (tests > 0 ? 1 : 0)))],
      ['files that do not parse', ...names.map((name) => sum(name, ({ isUnread }) => (isUnread ? 1 : 0)))],
      ['files rewritten', ...names.map((name) => sum(name, ({ changes }) => (changes > 0 ? 1 : 0)))],
      ['places rewritten', ...names.map((name) => sum(name, ({ changes }) => changes))],
      ['places left alone', ...names.map((name) => sum(name, ({ left }) => left.length))],
      ...FAILURES.map((failure) => [failure, ...names.map((name) => sum(name, (entry) => (entry.failure === failure ? 1 : 0)))]),
    ],
    ['left', ...names.map(() => 'right' as const)],
  );
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`corpus: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
