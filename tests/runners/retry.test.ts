// `slow-tests check --retry` with every runner: a test that was held up once runs again without the others, and does not count.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { RunnerName } from './all.ts';
import { RUNNERS } from './all.ts';
import { installRunners, SUITES } from './install.ts';
import { cleanEnvironment } from './profiled.ts';
import type { RealRunner } from './runner.ts';

const CLI = resolve(import.meta.dirname, '../../dist/cli.cjs');
/** Generous: what is quick must be so on a machine that does much else. */
const SETTINGS = { budgets: { unit: 1500 } };
const HELD_UP = 2200;

type Retried = Exclude<RunnerName, 'qunit'>;

/** Notes what runs, since no runner prints that the same way; waits until the file `quiet` is there. */
const BODIES = (head: string, declare: string, end = ''): string => `${head}
const note = (name) => appendFileSync('ran.txt', name + '\\n');
const wait = () => existsSync('quiet') ? undefined : new Promise((done) => setTimeout(done, ${HELD_UP}));
${declare}('is held up (once), a+b', async (${end ? 't' : ''}) => { note('held up'); await wait(); ${end} });
${declare}('is quick', (${end ? 't' : ''}) => { note('quick'); ${end} });
`;
const FS = "import { appendFileSync, existsSync } from 'node:fs';";
const REQUIRE_FS = "const { appendFileSync, existsSync } = require('node:fs');";

const TESTS: Readonly<Record<Retried, readonly [string, string]>> = {
  vitest: ['a.test.ts', BODIES(`import { it } from 'vitest';\n${FS}`, 'it')],
  jest: ['a.test.js', BODIES(REQUIRE_FS, 'it')],
  mocha: ['a.test.mjs', BODIES(`import { it } from 'mocha';\n${FS}`, 'it')],
  jasmine: ['a.test.js', BODIES(REQUIRE_FS, 'it')],
  'node:test': ['a.test.mjs', BODIES(`import { it } from 'node:test';\n${FS}`, 'it')],
  bun: ['a.test.ts', BODIES(`import { it } from 'bun:test';\n${FS}`, 'it')],
  ava: ['a.test.mjs', BODIES(`import test from 'ava';\n${FS}`, 'test', 't.pass();')],
  tape: ['a.test.js', BODIES(`const test = require('tape');\n${REQUIRE_FS}`, 'test', 't.end();')],
  playwright: ['a.test.ts', BODIES(`import { test } from '@playwright/test';\n${FS}`, 'test')],
};

beforeAll(installRunners, 240_000);

it.each(Object.keys(TESTS) as Retried[])('%s runs the test that was held up again, alone @slow', (name) => {
  const runner: RealRunner = RUNNERS[name];
  const [file, text] = TESTS[name];
  const folder = mkdtempSync(join(SUITES, 'retried-'));
  const run = (...words: string[]) => spawnSync(process.execPath, [CLI, ...words], { cwd: folder, env: cleanEnvironment(), encoding: 'utf8', timeout: 100_000 });
  try {
    const files = { 'package.json': JSON.stringify({ private: true, 'slow-tests': SETTINGS }), ...runner.files, [file]: text };
    for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content);
    const { program = process.execPath, args } = runner.command({ folder, tests: [file], selection: 'all' });
    const profiled = run('profile', '--', program, ...args);
    expect(profiled.status, profiled.stderr).toBe(0);
    writeFileSync(join(folder, 'quiet'), '');
    writeFileSync(join(folder, 'ran.txt'), '');
    const { status, stderr } = run('check', '--retry', '--json');
    if (name === 'tape') {
      expect([status, stderr]).toEqual([1, expect.stringContaining('Not retried: no filter for titles is known')]);
      return;
    }
    expect(stderr).toContain('Ran 1 of 1 tests again, alone.');
    expect([status, readFileSync(join(folder, 'ran.txt'), 'utf8')]).toEqual([0, 'held up\n']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 240_000);
