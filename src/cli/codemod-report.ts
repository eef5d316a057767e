/** What a codemod did, for people: a block for each file that has something to say, and a table of all of them. */
import { relative } from 'node:path';
import type { FileReport } from './rewrite-file.ts';
import { showDiff } from './show-diff.ts';
import { formatTable } from './table.ts';
import type { Terminal } from './terminal.ts';

export interface RunReport {
  readonly codemod: string;
  readonly dry: boolean;
  readonly files: readonly FileReport[];
}

export function printReport({ dry, files }: RunReport, cwd: string, terminal: Terminal): void {
  for (const file of files) {
    const lines = linesOf(file, dry, cwd, terminal);
    if (lines.length > 0) terminal.say([terminal.style('bold', relative(cwd, file.path)), ...lines, ''].join('\n'));
  }
  terminal.say(summary(files, dry));
}

function linesOf(file: FileReport, dry: boolean, cwd: string, terminal: Terminal): string[] {
  const { style } = terminal;
  if (file.type === 'no tests') return [];
  if (file.type === 'error') return [`  ${style('red', 'error')}  ${file.message}`];
  const left = file.left.map(({ line, column, reason }) => `  ${style('yellow', 'left alone')}  ${line}:${column}  ${reason}`);
  if (file.type === 'unchanged') return left;
  const changed = file.changed.map(({ line, description }) => `  ${style('green', dry ? 'would change' : 'changed')}  line ${line}  ${description}`);
  return [...changed, ...left, ...(dry ? [showDiff(relative(cwd, file.path), file.before, file.after, terminal)] : [])];
}

function summary(files: readonly FileReport[], dry: boolean): string {
  const count = (type: FileReport['type']) => files.filter((file) => file.type === type).length;
  const left = files.flatMap((file) => ('left' in file ? file.left : []));
  const changed = files.flatMap((file) => (file.type === 'rewritten' ? file.changed : []));
  return formatTable(
    ['', 'files', 'places'],
    [
      [dry ? 'would be rewritten' : 'rewritten', String(count('rewritten')), String(changed.length)],
      ['left alone', String(files.filter((file) => 'left' in file && file.left.length > 0).length), String(left.length)],
      ['unchanged', String(count('unchanged')), ''],
      ['without tests', String(count('no tests')), ''],
      ['errors', String(count('error')), ''],
    ],
    ['left', 'right', 'right'],
  );
}

/** For programs: paths from the working folder, texts left out. */
export function reportAsJson({ codemod, dry, files }: RunReport, cwd: string): string {
  const plain = files.map((file) => {
    const { path, type } = file;
    const shown = { path: relative(cwd, path), type };
    if (file.type === 'error') return { ...shown, message: file.message };
    if (file.type === 'rewritten') return { ...shown, changed: file.changed, left: file.left };
    return file.type === 'unchanged' ? { ...shown, left: file.left } : shown;
  });
  return JSON.stringify({ codemod, dry, files: plain }, undefined, 2);
}
