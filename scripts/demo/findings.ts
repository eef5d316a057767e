/** What the plugin found, without the rest of what ESLint says. */

import path from 'node:path';
import type { ESLint } from 'eslint';

export const PREFIX = 'slow-tests/';

export interface Finding {
  /** Path from the linted folder, with forward slashes. */
  readonly file: string;
  readonly line: number;
  /** Without the prefix of the plugin. */
  readonly rule: string;
  readonly message: string;
  readonly fixable: boolean;
}

export interface LintSummary {
  readonly files: number;
  readonly findings: readonly Finding[];
  readonly syntaxErrors: readonly { readonly file: string; readonly message: string }[];
}

export function summarize(results: readonly ESLint.LintResult[], folder: string): LintSummary {
  const relative = (file: string): string => path.relative(folder, file).split(path.sep).join('/');
  return {
    files: results.length,
    findings: results.flatMap((result) =>
      result.messages.flatMap(({ ruleId, line, message, fix }) =>
        ruleId?.startsWith(PREFIX)
          ? [{ file: relative(result.filePath), line, rule: ruleId.slice(PREFIX.length), message, fixable: fix !== undefined }]
          : [],
      ),
    ),
    syntaxErrors: results.flatMap((result) =>
      result.messages.filter((message) => message.fatal).map(({ message }) => ({ file: relative(result.filePath), message })),
    ),
  };
}

/** Findings per rule, most first. */
export function countByRule(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return new Map([...counts].sort(([leftRule, left], [rightRule, right]) => right - left || leftRule.localeCompare(rightRule)));
}
