/** Offenders get a second chance alone, with Node's own runner, which is there already. */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ava } from '../../src/knowledge/runners/ava.ts';
import { jest } from '../../src/knowledge/runners/jest.ts';
import { mocha } from '../../src/knowledge/runners/mocha.ts';
import { nodeTest } from '../../src/knowledge/runners/node-test.ts';
import { tape } from '../../src/knowledge/runners/tape.ts';
import { vitest } from '../../src/knowledge/runners/vitest.ts';
import { selectTitles } from '../../src/timing/select-titles.ts';
import { cleanEnvironment } from '../runners/profiled.ts';
import { folderWith, read } from './probe.ts';

const CLI = resolve(import.meta.dirname, '../../dist/cli.cjs');

const SUITE = `import { existsSync, appendFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
const note = (name) => appendFileSync('ran.txt', name + '\\n');
test('is held up (once)', async () => { note('held up'); if (!existsSync('quiet')) await sleep(400); });
test('is always slow', async () => { note('slow'); if (existsSync('always')) await sleep(400); });
test('is quick', () => note('quick'));
`;

describe.skipIf(!existsSync(CLI))('slow-tests check --retry', () => {
  const run = (folder: string, ...words: string[]) => spawnSync(process.execPath, [CLI, ...words], { cwd: folder, env: cleanEnvironment(), encoding: 'utf8' });

  it('counts what is slow alone, and nothing else; runs no other test @slow', () => {
    const folder = folderWith({ 'package.json': '{ "name": "own" }', 'a.test.mjs': SUITE });
    run(folder, 'profile', '--', 'node', '--test', 'a.test.mjs');
    expect(run(folder, 'check').status).toBe(1);
    writeFileSync(join(folder, 'quiet'), '');
    writeFileSync(join(folder, 'ran.txt'), '');
    const { status, stdout, stderr } = run(folder, 'check', '--retry', '--json');
    expect(stderr).toContain('Ran 1 of 1 tests again, alone.');
    expect({ status, passed: (JSON.parse(stdout) as { passed: boolean }).passed }).toEqual({ status: 0, passed: true });
    expect(read(folder, 'ran.txt')).toBe('held up\n');
  });

  it('fails for a test that is slow again @slow', () => {
    const folder = folderWith({ 'package.json': '{ "name": "own" }', 'a.test.mjs': SUITE, quiet: '', always: '' });
    run(folder, 'profile', '--', 'node', '--test', 'a.test.mjs');
    const { status, stdout } = run(folder, 'check', '--retry');
    expect(status).toBe(1);
    expect(stdout).toContain('is always slow');
  });
});

describe('the arguments that run a few tests', () => {
  const tests = [{ file: 'test/a[1].test.ts', title: ['group', 'costs $5 (net)'] }, { file: 'test/b.test.ts', title: ['a/b'] }];
  it.each([
    [vitest, ['test/a[1].test.ts', 'test/b.test.ts', '-t', '(costs \\$5 \\(net\\)|a\\/b)']],
    [jest, ['test\\/a\\[1\\]\\.test\\.ts', 'test\\/b\\.test\\.ts', '-t', '(costs \\$5 \\(net\\)|a\\/b)']],
    [mocha, ['--grep', '(costs \\$5 \\(net\\)|a\\/b)']],
    [nodeTest, ['--test-name-pattern=/(costs \\$5 \\(net\\)|a\\/b)/']],
    [ava, ['--match', 'costs $5 (net)', '--match', 'a/b']],
    [tape, undefined],
  ])('of $name', (runner, expected) => {
    expect(selectTitles(runner, tests)).toEqual(expected);
  });
});
