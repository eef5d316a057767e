/** The same small suite for every runner that a migration can listen to: two tests, of which one is slow, and a file without any. */
import { delimiter, dirname } from 'node:path';
import { expect } from 'vitest';
import { moduleFile } from '../runners/install.ts';
import type { Installed } from './migration.ts';
import { changedFiles, migrateIn, repositoryWith } from './migration.ts';
import { read } from './probe.ts';

interface Suite {
  readonly command: string;
  readonly packages: readonly string[];
  readonly head: string;
  /** The call that declares a test up to its body, and the one that asserts. */
  readonly declare: (title: string) => string;
  readonly assert: (actual: string, expected: string) => string;
  readonly end?: string;
}

const ASSERT = "import assert from 'node:assert/strict';\n";
const it = (title: string): string => `it('${title}', () => {`;
const deepEqual = (actual: string, expected: string): string => `assert.deepEqual(${actual}, ${expected});`;
const toEqual = (actual: string, expected: string): string => `expect(${actual}).toEqual(${expected});`;
const withContext = (title: string): string => `test('${title}', (t) => {`;

export const MIGRATED = {
  mocha: { command: 'mocha test/*.test.js', packages: ['mocha'], head: ASSERT, declare: it, assert: deepEqual },
  'node:test': { command: 'node --test test/*.test.js', packages: [], head: `${ASSERT}import { it } from 'node:test';\n`, declare: it, assert: deepEqual },
  tape: { command: 'tape test/*.test.js', packages: ['tape'], head: "import test from 'tape';\n", declare: withContext, assert: (actual, expected) => `t.deepEqual(${actual}, ${expected});`, end: '  t.end();\n' },
  jasmine: { command: 'jasmine test/*.test.js', packages: ['jasmine'], head: '', declare: it, assert: toEqual },
  ava: { command: 'ava test/*.test.js', packages: ['ava'], head: "import test from 'ava';\n", declare: withContext, assert: (actual, expected) => `t.deepEqual(${actual}, ${expected});` },
  jest: { command: 'jest', packages: ['jest'], head: '', declare: it, assert: toEqual },
  playwright: { command: 'playwright test', packages: ['@playwright/test', 'playwright'], head: "import { expect, test } from '@playwright/test';\n", declare: (title) => `test('${title}', () => {`, assert: toEqual },
  bun: { command: 'bun test', packages: [], head: "import { expect, test } from 'bun:test';\n", declare: (title) => `test('${title}', () => {`, assert: toEqual },
} as const satisfies Readonly<Record<string, Suite>>;

export type MigratedRunner = keyof typeof MIGRATED;

const LIBRARY = `export function randn(shape) {
  return { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) };
}
export function attention(query) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, query.data.length / 500);
  return query;
}
`;

/** Runs a migration, and checks that the slow test runs over rows, that the quick ones are as they were, and that all of it can be undone. */
export async function expectMigrated(runner: MigratedRunner): Promise<void> {
  const { folder, quick } = write(runner);
  const environment = runner === 'bun' ? bunEnvironment() : {};
  const { exitCode, printed } = await migrateIn(folder, [], environment);
  expect(exitCode, printed).toBe(0);
  expect(read(folder, 'test/shape.test.js'), printed).toMatch(/full/);
  expect(read(folder, 'test/quick.test.js')).toBe(quick);
  expect(printed).toMatch(runner === 'bun' ? /All [5-9] lines of 1 source files that ran before run in the fast or the slow run\./ : /All 4 functions of 1 source files that ran before run in the fast or the slow run\./);
  expect(printed).toContain('All proofs hold.');
  const undone = await migrateIn(folder, ['--undo']);
  expect(undone.exitCode, undone.printed).toBe(0);
  expect(changedFiles(folder)).toEqual([]);
}

/** Below production size a branch of the source is no longer run: bun's own lines tell. */
export async function expectCoverageKept(): Promise<void> {
  const test = "import { expect, test } from 'bun:test';\nimport { attention, randn } from '../src/index.js';\n\ntest('computes', () => {\n  const query = randn([2, 8, 512, 64]);\n  expect(attention(query).data.length).toBeGreaterThan(0);\n});\n";
  const source = LIBRARY.replace('  return query;', '  if (query.shape[2] >= 512 && !process.env.SLOW) {\n    query.isTiled = true;\n  }\n  return query;');
  const folder = repositoryWith({ 'src/index.js': source, 'test/shape.test.js': test }, 'bun test', []);
  const { exitCode, printed } = await migrateIn(folder, [], bunEnvironment());
  expect(exitCode, printed).toBe(0);
  expect(printed).toMatch(/taken back +test\/shape\.test\.js +.*src\/index\.js \(line 7\) is no longer covered\./);
  expect(changedFiles(folder)).toEqual(['?? migration-report.md']);
}

function bunEnvironment(): NodeJS.ProcessEnv {
  return { PATH: `${dirname(moduleFile(`@oven/bun-${process.platform}-${process.arch}/bin/bun`))}${delimiter}${process.env['PATH'] ?? ''}` };
}

function write(runner: MigratedRunner): { readonly folder: string; readonly quick: string } {
  const suite: Suite = MIGRATED[runner];
  const isScript = runner === 'jest';
  const head = isScript ? "const { attention, randn } = require('../src/index.js');\n\n" : `${suite.head}import { attention, randn } from '../src/index.js';\n\n`;
  const test = (title: string, lines: readonly string[]): string => `${suite.declare(title)}\n${lines.map((line) => `  ${line}\n`).join('')}${suite.end ?? ''}});\n`;
  const quick = `${head}${test('multiplies', [suite.assert('randn([2, 3]).data.length', '6')])}`;
  const slow = test('keeps the shape', ['const seqLen = 512;', 'const query = randn([2, 8, seqLen, 64]);', suite.assert('attention(query).shape', '[2, 8, seqLen, 64]')]);
  const folder = repositoryWith(
    {
      'src/index.js': isScript ? `${LIBRARY.replaceAll('export ', '')}module.exports = { randn, attention };\n` : LIBRARY,
      'test/shape.test.js': `${head}${slow}\n${test('is quick', [suite.assert('randn([2]).data.length', '2')])}`,
      'test/quick.test.js': quick,
    },
    suite.command,
    suite.packages.map((name): Installed => ({ name, folder: dirname(moduleFile(`${name}/package.json`)) })),
  );
  return { folder, quick };
}
