/** What does a report in the form of lcov say was executed? Line by line, since bun names no functions. */
import { isAbsolute, relative } from 'node:path';
import type { CoveredFunction } from './covered.ts';
import { functionKey } from './covered.ts';
import type { RunCoverage } from './read-v8.ts';
import { isSourceFile } from './source-file.ts';

/** `tests` are the files that the run knows tests of, relative to `root`, with `/`. All of them share the report. */
export function readLcov(text: string, root: string, tests: ReadonlySet<string>): RunCoverage {
  const whole = new Map<string, Map<string, CoveredFunction>>();
  let lines: Map<string, CoveredFunction> | undefined;
  for (const row of text.split(/\r?\n/)) {
    if (row.startsWith('SF:')) {
      const path = row.slice(3);
      const file = (isAbsolute(path) ? relative(root, path) : path).replaceAll('\\', '/');
      lines = !file.startsWith('../') && !tests.has(file) && isSourceFile(file, root) ? (whole.get(file) ?? new Map<string, CoveredFunction>()) : undefined;
      if (lines) whole.set(file, lines);
    }
    const [, number = '', count = ''] = /^DA:(\d+),(\d+)/.exec(row) ?? [];
    if (number === '') continue;
    const line = lineOf(Number(number), Number(count) > 0);
    const key = functionKey(line);
    if (lines && (line.ran.length > 0 || !lines.has(key))) lines.set(key, line);
  }
  return { whole, byTest: new Map() };
}

/** As a stretch of its own; no text has the length 0, so that it is taken for no offset. */
function lineOf(line: number, hasRun: boolean): CoveredFunction {
  return { name: `line ${line}`, start: line, end: line + 1, of: 0, ran: hasRun ? [line, line + 1] : [] };
}
