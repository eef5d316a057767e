/** An ESLint rule that reports nothing and records what the tests of each linted file pay for. */

import path from 'node:path';
import type { Rule } from 'eslint';
import { analyzeFile } from '../../src/analysis/analyze.ts';
import type { ParsedFile } from '../../src/analysis/module.ts';
import { readSettings } from '../../src/analysis/settings.ts';
import { expensesOf, type Expense } from './expenses.ts';

/** Files are named by their path from `folder`, as findings are. */
export function recordExpenses(folder: string, record: (expenses: readonly Expense[]) => void): Rule.RuleModule {
  return {
    meta: { type: 'suggestion', schema: [] },
    create({ sourceCode, filename, settings, cwd }) {
      return {
        'Program:exit'() {
          // ESLint and typescript-eslint type one tree and one scope manager differently.
          const file = { ast: sourceCode.ast, scopes: sourceCode.scopeManager, text: sourceCode.text, path: filename } as unknown as ParsedFile;
          const analysis = analyzeFile(file, readSettings(settings), cwd);
          if (!analysis) return;
          const name = path.relative(folder, filename).split(path.sep).join('/');
          record(expensesOf(analysis.facts, name, (offset) => sourceCode.getLocFromIndex(offset).line));
        },
      };
    },
  };
}
