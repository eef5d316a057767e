/** Lints the tests of any checkout and says what was found, without changing anything. */

import { execFile } from 'node:child_process';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { countByRule, summarize, type LintSummary } from './findings.ts';
import { openLinter } from './lint.ts';
import { count, oneLine } from './phrases.ts';
import { rankTests, type RankedTest } from './ranking.ts';
import { findSources } from './source-files.ts';
import { formatTable } from '../../src/cli/table.ts';
import type { Terminal } from '../../src/cli/terminal.ts';

const TOP = 10;
const TITLE_WIDTH = 72;

/** Throws an Error when the path does not exist. Returns the exit code. */
export async function surveyCheckout(given: string, terminal: Terminal): Promise<number> {
  const target = await realpath(path.resolve(given)).catch(() => {
    throw new Error(`There is no file or folder ${path.resolve(given)}.`);
  });
  const isFolder = (await stat(target)).isDirectory();
  const base = await findBase(isFolder ? target : path.dirname(target));

  const linter = await openLinter(base);
  const summary = await terminal.show(
    `Lint the tests of ${target}`,
    async (update) => {
      const sources = isFolder ? (await findSources(target)).map((file) => path.join(target, file)) : [target];
      const tests = await linter.selectTests(sources);
      const results = await linter.lint(tests, (done) => {
        update(`${done} of ${tests.length} files`);
      });
      return summarize(results, base);
    },
    ({ findings, files }) => `${count(findings.length, 'finding')} in ${count(files, 'test file')}`,
  );
  if (summary.files === 0) {
    terminal.say('No test files were found there.');
    return 0;
  }
  sayRules(summary, terminal);
  saySyntaxErrors(summary, terminal);
  sayMostExpensive(rankTests(linter.expenses, summary.findings, TOP), terminal);
  return 0;
}

/** What the globs of the configuration are relative to: the top of the git checkout, or the folder. */
async function findBase(folder: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('git', ['rev-parse', '--show-toplevel'], { cwd: folder });
    return await realpath(stdout.trim());
  } catch {
    return folder;
  }
}

function sayRules(summary: LintSummary, terminal: Terminal): void {
  const rows = [...countByRule(summary.findings)].map(([rule, total]) => {
    const found = summary.findings.filter((finding) => finding.rule === rule);
    return [rule, String(total), String(found.filter(({ fixable }) => fixable).length), String(new Set(found.map(({ file }) => file)).size)];
  });
  if (rows.length === 0) return;
  terminal.say();
  terminal.say(formatTable(['rule', 'findings', 'fixable', 'files'], rows, ['left', 'right', 'right', 'right']));
}

function saySyntaxErrors({ syntaxErrors }: LintSummary, terminal: Terminal): void {
  const [first] = syntaxErrors;
  if (!first) return;
  terminal.say();
  terminal.say(terminal.style('yellow', `${count(syntaxErrors.length, 'file')} could not be read, the first is ${first.file}: ${oneLine(first.message, 120)}`));
}

function sayMostExpensive(ranked: readonly RankedTest[], terminal: Terminal): void {
  if (ranked.length === 0) return;
  terminal.say();
  const rows = ranked.map(({ title, file, line, rules }) => [oneLine(title, TITLE_WIDTH), `${file}:${line}`, rules.join(', ')]);
  terminal.say(formatTable(['most expensive tests', 'where', 'rules'], rows, ['left', 'left', 'left']));
}
