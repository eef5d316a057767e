/** Which tests cost most, as far as the findings tell: those with most findings first. */

import type { Finding } from './findings.ts';

export interface RankedTest {
  readonly file: string;
  /** Of the first finding. */
  readonly line: number;
  /** Undefined for findings outside any test: hooks, groups, module level. */
  readonly title: string | undefined;
  /** What the order is by; comparable inside one ranking only. */
  readonly cost: number;
  readonly rules: readonly string[];
}

const TITLE = /^\s*(?:[xf]?(?:it|test|specify)\b[^'"`]*|\].*\)\(\s*)(['"`])(.*?)\1/;

/** The title of the test around a line, found by its text: the nearest line above that opens one and is indented less. */
export function enclosingTitle(lines: readonly string[], line: number): string | undefined {
  const indentation = (text: string): number => text.search(/\S|$/);
  const depth = indentation(lines[line - 1] ?? '');
  for (let index = line - 1; index >= 0; index--) {
    const text = lines[index] ?? '';
    const title = TITLE.exec(text)?.[2];
    if (title !== undefined && (index === line - 1 || indentation(text) < depth)) return title;
  }
  return undefined;
}

export function rankTests(findings: readonly Finding[], linesOf: (file: string) => readonly string[], count: number): RankedTest[] {
  const groups = new Map<string, { title: string | undefined; found: Finding[] }>();
  for (const finding of findings) {
    const title = enclosingTitle(linesOf(finding.file), finding.line);
    const key = JSON.stringify([finding.file, title ?? null]);
    const group = groups.get(key) ?? { title, found: [] };
    group.found.push(finding);
    groups.set(key, group);
  }
  return [...groups.values()]
    .flatMap(({ title, found }) => {
      const [first] = found;
      return first ? [{ file: first.file, line: first.line, title, cost: found.length, rules: [...new Set(found.map(({ rule }) => rule))] }] : [];
    })
    .sort((left, right) => right.cost - left.cost || left.file.localeCompare(right.file) || left.line - right.line)
    .slice(0, count);
}
