/**
 * `npm run corpus -- PATH…`: runs every codemod over all test files below some folders, in memory, and counts what must never
 * happen: a crash, a result that does not parse, a second run that changes something, a title that is lost, a finding of the rule
 * that is neither mended nor said to be left alone. Nothing is written but a report.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { allCodemods } from '../codemods/all.ts';
import { findFiles } from '../src/cli/find-files.ts';
import { formatTable } from '../src/cli/table.ts';
import { openTerminal } from '../src/cli/terminal.ts';
import { EXTENSIONS } from '../src/host/apply-codemod.ts';
import type { Checked } from './corpus/check-file.ts';
import { checkFile, FAILURES } from './corpus/check-file.ts';

const REPORT = resolve(import.meta.dirname, '../.slow-tests/corpus.json');
const SHOWN = 20;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { codemod: { type: 'string' }, diffs: { type: 'boolean' } } });
  if (positionals.length === 0) throw new Error('Expected a folder: npm run corpus -- PATH…');
  const cwd = process.env['INIT_CWD'] ?? '.';
  const codemods = allCodemods.filter(({ name }) => values.codemod === undefined || name === values.codemod);
  const terminal = openTerminal(process.stdout, process.env);
  const { files, missing } = await findFiles(positionals, EXTENSIONS, resolve(cwd));
  if (missing.length > 0) throw new Error(`Not there: ${missing.join(', ')}`);
  const checked: Checked[] = [];
  await terminal.show('Checking', async (update) => {
    for (const [index, file] of files.entries()) {
      for (const codemod of codemods) checked.push(checkFile(codemod, file));
      if (index % 50 !== 0) continue;
      update(`${index} of ${files.length} files`);
      await new Promise((next) => setImmediate(next));
    }
  }, () => `${files.length} files`);
  terminal.say(tableOf(codemods.map(({ name }) => name), checked));
  const failed = checked.filter(({ failure }) => failure !== undefined);
  for (const { codemod, path, failure, detail } of failed.slice(0, SHOWN)) terminal.say(`${terminal.style('red', failure ?? '')}  ${codemod}  ${relative(cwd, path)}\n  ${detail ?? ''}`);
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, JSON.stringify(checked.filter(({ failure, changes, left }) => failure !== undefined || changes + left.length > 0), undefined, 1));
  terminal.say(`\n${failed.length} failures. All that was found: ${REPORT}`);
  return failed.length > 0 ? 1 : 0;
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
