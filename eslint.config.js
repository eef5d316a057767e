// @ts-check
import js from '@eslint/js';
import eslintPlugin from 'eslint-plugin-eslint-plugin';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';
// Our own rules run on our own tests as users get them: from the build.
import slowTests from './dist/index.mjs';

/** Who may not import whom, beside what the architecture test says: the cheap borders, seen in the editor. */
const BORDERS = [
  { files: ['src/kernel/**'], patterns: ['**/analysis/**', '**/knowledge/**', '**/rewrites/**', '**/host/**', 'node:*', 'eslint', '@typescript-eslint/*'] },
  { files: ['src/knowledge/**'], patterns: ['**/analysis/**', '**/rewrites/**', '**/host/**', '**/kernel/**', 'eslint', '@typescript-eslint/*'] },
  { files: ['src/analysis/**'], patterns: ['**/rewrites/**', '**/host/**', '**/rules/**', '**/kernel/**', 'eslint'] },
  { files: ['src/fixtures/**'], patterns: ['**/analysis/**', '**/knowledge/**', '**/rewrites/**', '**/host/**', 'eslint', '@typescript-eslint/*'] },
  { files: ['rules/**', 'codemods/**/*.ts'], patterns: ['@typescript-eslint/*', '**/kernel/**', '**/analysis/nodes.ts', '**/analysis/module.ts'] },
];

export default defineConfig(
  { ignores: ['**/node_modules/', 'dist/', 'coverage/', '.slow-tests/', 'examples/', 'tests/**/fixtures/', 'assembly/', 'src/kernel/wasm/bytes.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{js,mjs,ts}'],
    extends: [js.configs.recommended],
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // Numbers in messages are what this package is about.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // Syntax is told apart by the strings that every parser writes; the enum exists in one of them only.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // Other parsers and callers without types hand over what the types exclude: such guards stay.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      // Interfaces of runners are asynchronous, whatever one function behind them needs; objects here have no `this`.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // Both misread `known ?? remember(key, new Map())` and narrowed generics.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
    },
  },
  {
    files: ['rules/**/*.ts', 'src/host/**/*.ts'],
    extends: [eslintPlugin.configs.recommended],
  },
  {
    files: ['src/kernel/**/*.ts'],
    rules: { '@typescript-eslint/no-shadow': 'error' },
  },
  {
    // Indices of typed arrays are proven by the loop around them; tests read what modules and matchers type as any.
    files: ['src/kernel/**/*.ts', 'tests/**/*.ts', 'bench/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  ...BORDERS.map(({ files, patterns }) => ({
    files,
    rules: { '@typescript-eslint/no-restricted-imports': /** @type {const} */ (['error', { patterns: [{ group: patterns, message: 'See docs/ARCHITECTURE.md for who imports whom.' }] }]) },
  })),
  { ...slowTests.configs.recommended, files: ['tests/**/*.test.ts'] },
);
