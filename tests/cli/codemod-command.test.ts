// What a codemod's command does with files: which it reads, what it writes, what it says, and how it ends.
import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectSettings } from '../../src/host/project-settings.ts';
import { folderWith, outcomes, read, run } from './probe.ts';

const HEAD = "import { it, test } from 'vitest';\n";
const TEST = `${HEAD}it('adds', () => {});\n`;
const DONE = `${HEAD}test('adds', () => {});\n`;
const git = (cwd: string, ...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd, encoding: 'utf8' });

describe('files', () => {
  it('of folders are found by extension; those of dependencies and those that git ignores are not', async () => {
    const folder = folderWith({
      'a.test.ts': TEST, 'deep/b.test.mjs': TEST, 'c.test.txt': TEST, 'node_modules/x/d.test.js': TEST, 'dist/e.test.js': TEST, '.gitignore': 'dist\n',
    });
    git(folder, 'init', '-q');
    expect(await outcomes(folder, ['.'], { force: true })).toEqual(['a.test.ts: rewritten', 'deep/b.test.mjs: rewritten']);
  });

  it.each(['js', 'jsx', 'mjs', 'cjs', 'ts', 'tsx', 'mts', 'cts'])('.%s', async (extension) => {
    const folder = folderWith({ [`a.test.${extension}`]: TEST });
    expect(await outcomes(folder, ['.'])).toEqual([`a.test.${extension}: rewritten`]);
    expect(read(folder, `a.test.${extension}`)).toBe(DONE);
  });

  it('that are named are taken wherever they lie', async () => {
    const folder = folderWith({ 'dist/a.test.js': TEST, '.gitignore': 'dist\n' });
    git(folder, 'init', '-q');
    expect(await outcomes(folder, ['dist/a.test.js'], { force: true })).toEqual(['dist/a.test.js: rewritten']);
  });

  it('of globs', async () => {
    const folder = folderWith({ 'test/a.test.ts': TEST, 'test/b.ts': TEST, 'test/[id].test.ts': TEST });
    expect(await outcomes(folder, ['test/*.test.ts'])).toEqual(['test/[id].test.ts: rewritten', 'test/a.test.ts: rewritten']);
    expect(await outcomes(folder, ['test/[id].test.ts'])).toEqual(['test/[id].test.ts: unchanged']);
  });

  it('can be chosen by --extensions', async () => {
    const folder = folderWith({ 'a.test.ts': TEST, 'b.test.js': TEST });
    expect(await outcomes(folder, ['.'], { extensions: ['ts'] })).toEqual(['a.test.ts: rewritten']);
  });

  it('named twice are rewritten once', async () => {
    const folder = folderWith({ 'a.test.ts': TEST });
    symlinkSync('a.test.ts', join(folder, 'b.test.ts'));
    expect(await outcomes(folder, ['.', 'a.test.ts', 'b.test.ts'])).toEqual(['a.test.ts: rewritten']);
  });

  it('of folders that link to each other are found, and the search ends', async () => {
    const folder = folderWith({ 'a/a.test.ts': TEST, 'b/b.test.ts': TEST });
    symlinkSync('../b', join(folder, 'a/b'));
    symlinkSync('../a', join(folder, 'b/a'));
    symlinkSync('.', join(folder, 'a/self'));
    symlinkSync('nowhere', join(folder, 'a/broken.test.ts'));
    expect(await outcomes(folder, ['a'])).toEqual(['a/a.test.ts: rewritten', 'a/b/b.test.ts: rewritten']);
  });

  it('that are not there are an error, and the others go on', async () => {
    const folder = folderWith({ 'a.test.ts': TEST });
    expect(await outcomes(folder, ['nowhere', 'a.test.ts'])).toEqual(['nowhere: leads to no file', 'a.test.ts: rewritten']);
  });
});

describe('what is said', () => {
  const files = { 'a.test.ts': TEST, 'b.test.ts': `${HEAD}it('leave this', () => {});\n`, 'c.ts': 'export const c = 1;\n', 'd.test.ts': 'it(' };

  it('is a block for each file that has something, and a table', async () => {
    const { printed, exitCode } = await run(folderWith(files), ['.']);
    expect(exitCode).toBe(1);
    expect(printed).toBe(`a.test.ts
  changed  line 2  Write test.

b.test.ts
  left alone  2:1  The title says so.

d.test.ts
  error  cannot be parsed: Expected \`)\` but found \`EOF\` (1:4)

               files  places
-------------  -----  ------
rewritten          1       1
left alone         1       1
unchanged          1
without tests      1
errors             1
`);
  });

  it('is a diff with --dry, and nothing is written', async () => {
    const folder = folderWith({ 'a.test.ts': TEST });
    const { printed, exitCode } = await run(folder, ['.'], { dry: true });
    expect(exitCode).toBe(0);
    expect(printed).toContain(`--- a/a.test.ts\n+++ b/a.test.ts\n@@ -1,2 +1,2 @@\n import { it, test } from 'vitest';\n-it('adds', () => {});\n+test('adds', () => {});\n`);
    expect(printed).toContain('would be rewritten');
    expect(read(folder, 'a.test.ts')).toBe(TEST);
  });

  it('is coloured on a terminal, but not under NO_COLOR', async () => {
    const folder = folderWith({ 'a.test.ts': TEST });
    const colour = async (environment: NodeJS.ProcessEnv) => (await run(folder, ['.'], { dry: true }, { KEEP_COLOUR: '1', ...environment }, true)).printed.includes('\u001B[32m+test');
    expect(await colour({})).toBe(true);
    expect(await colour({ NO_COLOR: '1' })).toBe(false);
  });

  it('is JSON for programs', async () => {
    const { printed } = await run(folderWith(files), ['.'], { json: true });
    expect(JSON.parse(printed)).toEqual({
      codemod: 'probe',
      dry: false,
      files: [
        { path: 'a.test.ts', type: 'rewritten', changed: [{ line: 2, description: 'Write test.' }], left: [] },
        { path: 'b.test.ts', type: 'unchanged', left: [{ line: 2, column: 1, reason: 'The title says so.' }] },
        { path: 'c.ts', type: 'no tests' },
        { path: 'd.test.ts', type: 'error', message: 'cannot be parsed: Expected `)` but found `EOF` (1:4)' },
      ],
    });
  });
});

describe('the exit code', () => {
  it.each([
    ['0 when files were rewritten', { 'a.test.ts': TEST }, 0],
    ['0 when there was nothing to do', { 'a.test.ts': DONE }, 0],
    ['0 when something is left alone', { 'a.test.ts': `${HEAD}it('leave', () => {});\n` }, 0],
    ['1 when one file failed', { 'a.test.ts': TEST, 'b.test.ts': 'it(' }, 1],
  ])('is %s', async (_name, files, expected) => {
    expect((await run(folderWith(files), ['.'])).exitCode).toBe(expected);
  });

  it('is 1 when the result would not parse, and nothing is written', async () => {
    const folder = folderWith({ 'a.test.ts': TEST });
    const { exitCode, printed } = await run(folder, ['.'], { options: { breaks: true } });
    expect(exitCode).toBe(1);
    expect(printed).toContain('would not parse after the rewrite, so it stays as it is');
    expect(read(folder, 'a.test.ts')).toBe(TEST);
  });
});

describe('settings', () => {
  it('are those of the nearest package.json that has some', () => {
    const folder = folderWith({ 'package.json': '{ "slow-tests": { "marker": "@long" } }', 'inner/package.json': '{ "name": "inner" }', 'inner/a.test.ts': TEST });
    expect(projectSettings(join(folder, 'inner/a.test.ts'))).toMatchObject({ root: folder, settings: { marker: { slow: '@long' } } });
  });

  it('that are wrong stop the command before anything is written', async () => {
    const folder = folderWith({ 'a/a.test.ts': TEST, 'b/package.json': '{ "slow-tests": { "marker": 1 } }', 'b/b.test.ts': TEST });
    await expect(run(folder, ['.'])).rejects.toThrow(/b[\\/]package\.json: slow-tests\.marker: expected a title token such as '@slow', got 1\./);
    expect(read(folder, 'a/a.test.ts')).toBe(TEST);
  });
});

describe('git', () => {
  const repository = () => {
    const folder = folderWith({ 'test/a.test.ts': TEST, 'readme.md': 'a' });
    git(folder, 'init', '-q');
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'first');
    return folder;
  };

  it('has committed everything: the files are rewritten', async () => {
    const folder = repository();
    expect((await run(folder, ['test'])).exitCode).toBe(0);
    expect(git(folder, 'status', '--porcelain')).toBe(' M test/a.test.ts\n');
  });

  it.each([
    ['a changed file', { 'test/a.test.ts': `${TEST}\n` }],
    ['a file that is not added', { 'test/b.test.ts': TEST }],
    ['a folder that is not added', { 'test/new/b.test.ts': TEST }],
  ])('has not committed %s: nothing is rewritten', async (_name, changes) => {
    const folder = repository();
    const files = folderWith(changes);
    execFileSync('cp', ['-r', `${files}/.`, folder]);
    const before = read(folder, 'test/a.test.ts');
    await expect(run(folder, ['test'])).rejects.toThrow(/What git has not committed[^]*test[\\/][^]*--force/);
    expect(read(folder, 'test/a.test.ts')).toBe(before);
    expect((await run(folder, ['test'], { dry: true })).exitCode).toBe(0);
    expect((await run(folder, ['test'], { force: true })).exitCode).toBe(0);
    expect(read(folder, 'test/a.test.ts')).not.toBe(before);
  });

  it('has not committed what is not meant: the files are rewritten', async () => {
    const folder = repository();
    execFileSync('cp', [join(folder, 'test/a.test.ts'), join(folder, 'b.test.ts')]);
    expect((await run(folder, ['test'])).exitCode).toBe(0);
  });
});

describe('writing', () => {
  it('keeps the mode, and leaves nothing beside the file', async () => {
    const folder = folderWith({ 'a.test.ts': TEST });
    chmodSync(join(folder, 'a.test.ts'), 0o751);
    await run(folder, ['.']);
    expect(statSync(join(folder, 'a.test.ts')).mode & 0o777).toBe(0o751);
    expect(readdirSync(folder)).toEqual(['a.test.ts']);
  });

  it('goes through a symbolic link, which stays one', async () => {
    const folder = folderWith({ 'real/a.ts': TEST, 'test/b.txt': '' });
    symlinkSync('../real/a.ts', join(folder, 'test/link.test.ts'));
    expect(await outcomes(folder, ['test'])).toEqual(['test/link.test.ts: rewritten']);
    expect(lstatSync(join(folder, 'test/link.test.ts')).isSymbolicLink()).toBe(true);
    expect(read(folder, 'real/a.ts')).toBe(DONE);
  });

  it('does not touch a file that stays as it is', async () => {
    const folder = folderWith({ 'a.test.ts': DONE });
    const before = statSync(join(folder, 'a.test.ts'));
    await run(folder, ['.']);
    expect(statSync(join(folder, 'a.test.ts'))).toMatchObject({ mtimeMs: before.mtimeMs, ino: before.ino });
  });
});
