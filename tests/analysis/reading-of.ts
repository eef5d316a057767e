/** Reads the text of a test file as a rule would, and says what was read in short lines for comparisons. */
import { join } from 'node:path';
import { Linter } from 'eslint';
import type { Rule } from 'eslint';
import * as typescriptParser from '@typescript-eslint/parser';
import type { ScopeManager } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/utils';
import type { Analysis } from '../../src/analysis/analyze.ts';
import { analyzeFile } from '../../src/analysis/analyze.ts';
import type { Declaration } from '../../src/analysis/declarations.ts';
import type { ParsedFile } from '../../src/analysis/module.ts';
import { readSettings } from '../../src/analysis/settings.ts';
import { writeProject } from '../squiggle.ts';

export interface ReadOptions {
  readonly settings?: unknown;
  readonly filename?: string;
  /** Neighbours of the test file, by path from the project's root. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The tree with parents and the scopes that ESLint gives to its rules. */
export function parsedFile(text: string, path: string, root: string): ParsedFile {
  let parsed: ParsedFile | undefined;
  const rule: Rule.RuleModule = {
    create: ({ sourceCode }) => ({
      Program() {
        parsed = {
          ast: sourceCode.ast as unknown as TSESTree.Program,
          scopes: sourceCode.scopeManager as unknown as ScopeManager,
          text: sourceCode.text,
          path,
        };
      },
    }),
  };
  const [fatal] = new Linter({ cwd: root }).verify(
    text,
    { files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'], plugins: { case: { rules: { rule } } }, languageOptions: { parser: typescriptParser }, rules: { 'case/rule': 'error' } },
    { filename: path },
  );
  if (!parsed) throw new Error(`${fatal?.message ?? 'Nothing was parsed.'}\n${text}`);
  return parsed;
}

export function analysisOf(text: string, { settings, filename = 'test/example.test.ts', files }: ReadOptions = {}): Analysis | undefined {
  const root = files ? writeProject(files) : '/project';
  return analyzeFile(parsedFile(text, join(root, filename), root), readSettings({ 'slow-tests': settings ?? {} }), root);
}

/** `test math > adds`, `test heavy (comprehensive)`, `test later (skipped)`, `group math`, `hook beforeEach`; groups and hooks without state. */
export function declarationsOf(text: string, options?: ReadOptions): readonly string[] {
  const analysis = analysisOf(text, options);
  if (!analysis || analysis.reading.declarations.length === 0) return ['no tests'];
  const { declarations, tests } = analysis.reading;
  return declarations.map((declaration: Declaration) => {
    const { fullTitle, tier, isSkipped } = tests.place(declaration);
    if (declaration.kind === 'hook') return `hook ${declaration.hook ?? '?'}`;
    const state = isSkipped ? ' (skipped)' : tier === 'unit' ? '' : ` (${tier})`;
    return `${declaration.kind} ${fullTitle}${state}`;
  });
}

/** Runner of each test, without repeats. */
export function runnersOf(text: string, options?: ReadOptions): readonly string[] {
  return [...new Set(analysisOf(text, options)?.reading.declarations.map(({ runner }) => runner.name))];
}
