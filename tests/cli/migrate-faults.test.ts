// What a migration survives: kill -9 and a full disk at any call that writes, runners that crash, tests that delete what they run from, users who go on working.
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callsOf, changedIn, faultsIn, isMigrated, MEASURED, MEASURED_AFTER, migrateIn, OVER, recover, suiteWith, VARIANTS } from './faulty-migration.ts';
import { folderWith, read } from './probe.ts';

const LIMIT = 240_000;
const BOTH = { 'test/variants.test.mjs': VARIANTS, 'test/measured.test.mjs': MEASURED };
const CLI = resolve(import.meta.dirname, '../../dist/cli.cjs');

/** A test file that does something as soon as it was rewritten. */
const whenRewritten = (action: string): string =>
  `import { appendFileSync, readFileSync, rmSync } from 'node:fs';\nimport { fileURLToPath } from 'node:url';\n${VARIANTS}const own = fileURLToPath(import.meta.url);\nif (readFileSync(own, 'utf8').includes("' " + '@slow')) ${action}\n`;

describe.skipIf(process.platform === 'win32')('a migration', () => {
  it('is old or new wherever kill -9 ends it, and goes on or goes back; with a full disk it says so @slow', { timeout: LIMIT }, async () => {
    const reference = suiteWith(BOTH);
    const { exitCode, printed } = await migrateIn(reference, OVER);
    expect(exitCode, printed).toBe(0);
    expect(isMigrated(reference), printed).toBe(true);
    expect(faultsIn(reference)).toEqual([]);
    const calls = callsOf(reference);
    for (const [share, how] of [[0.4, 'undo'], [0.75, 'resume']] as const) {
      const folder = suiteWith(BOTH);
      const at = Math.round(calls * share);
      const killed = await migrateIn(folder, OVER, { fault: { type: 'kill', at } });
      expect(killed.exitCode, killed.printed).toBeNull();
      expect(faultsIn(folder), `killed at ${at}`).toEqual([]);
      expect(await recover(folder, how), `killed at ${at}`).toEqual([]);
    }
    const folder = suiteWith(BOTH);
    const full = await migrateIn(folder, OVER, { fault: { type: 'full', at: Math.round(calls * 0.6) } });
    expect(full).toMatchObject({ exitCode: 1, printed: expect.stringMatching(/no space is left\. Every file has its bytes of before or its whole rewrite.*--resume.*--undo/) as string });
    expect(faultsIn(folder)).toEqual([]);
    expect(await recover(folder, 'resume')).toEqual([]);
  });

  it('takes back what makes the runner crash, or deletes the test file, and leaves what somebody else wrote @slow', { timeout: LIMIT }, async () => {
    const files = {
      'test/crashes.test.mjs': whenRewritten("process.kill(process.pid, 'SIGSEGV');"),
      'test/deletes.test.mjs': whenRewritten('rmSync(own);'),
      'test/forgets.test.mjs': whenRewritten("rmSync('.slow-tests', { recursive: true, force: true });"),
      'test/grows.test.mjs': whenRewritten("if (!readFileSync(own, 'utf8').endsWith('mine')) appendFileSync(own, '// mine');"),
    };
    const folder = suiteWith(files);
    const { exitCode, printed } = await migrateIn(folder, []);
    expect(exitCode, printed).toBe(1);
    expect(printed).toMatch(/taken back +test\/crashes\.test\.mjs +split-slow: /);
    expect(printed).toMatch(/taken back +test\/deletes\.test\.mjs +split-slow: A test run deleted it\./);
    expect(printed).toMatch(/taken back +test\/grows\.test\.mjs +Somebody else has changed it meanwhile/);
    expect(changedIn(folder)).toEqual([' M test/forgets.test.mjs', ' M test/grows.test.mjs', '?? migration-report.md']);
    for (const path of ['test/crashes.test.mjs', 'test/deletes.test.mjs'] as const) expect(read(folder, path)).toBe(files[path]);
    expect(read(folder, 'test/grows.test.mjs')).toMatch(/@slow[^]*\/\/ mine$/);
    const undone = await migrateIn(folder, ['--undo', '--force']);
    expect(undone.exitCode, undone.printed).toBe(0);
    expect(changedIn(folder)).toEqual([]);
  });

  it('is one at a time @slow', { timeout: LIMIT }, async () => {
    const folder = suiteWith(BOTH);
    const ended = await Promise.all([migrateIn(folder, OVER), migrateIn(folder, OVER)]);
    // One may begin when the other has ended: it finds a clean suite, or the rewrites of the other.
    for (const { exitCode, printed } of ended) expect(exitCode === 0 ? 'All proofs held.' : printed).toMatch(/All proofs held\.|Another migration of this project/);
    expect(faultsIn(folder)).toEqual([]);
    expect(isMigrated(folder), ended.map(({ printed }) => printed).join('\n')).toBe(true);
  });

  it('keeps the report that stood there, and has it back with --undo @slow', { timeout: LIMIT }, async () => {
    const folder = suiteWith({ 'test/measured.test.mjs': MEASURED, 'migration-report.md': 'mine\n' });
    const { exitCode, printed } = await migrateIn(folder, OVER);
    expect(exitCode, printed).toBe(0);
    expect(read(folder, 'test/measured.test.mjs')).toBe(MEASURED_AFTER);
    expect(read(folder, 'migration-report.md')).toContain('# Migration of slow tests');
    expect((await migrateIn(folder, ['--undo'])).exitCode).toBe(0);
    expect(changedIn(folder)).toEqual([]);
  });

  it('leaves files alone that are read-only @slow', { timeout: LIMIT }, async () => {
    const folder = suiteWith(BOTH);
    chmodSync(join(folder, 'test/variants.test.mjs'), 0o444);
    const { exitCode, printed } = await migrateIn(folder, OVER);
    expect(exitCode, printed).toBe(0);
    expect(printed).toContain('test/variants.test.mjs: The file is read-only.');
    expect(changedIn(folder)).toEqual([' M test/measured.test.mjs', '?? migration-report.md']);
  });
});

describe.skipIf(process.platform === 'win32')('a codemod', () => {
  it('writes a file wholly or not at all, where the system takes a part of it and reports no error', () => {
    const head = "import { it } from 'vitest';\nit('trains', () => {}, 60_000);\n";
    const text = `${head}//${'x'.repeat(4092 - head.length - 3)}\n`;
    const folder = folderWith({ 'package.json': '{}', 'a.test.js': text });
    const { status, stdout } = spawnSync('bash', ['-c', 'ulimit -f 4; exec "$@"', 'bash', process.execPath, CLI, 'split-slow', 'a.test.js'], { cwd: folder, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stdout).toContain('no file may become so large');
    expect(readFileSync(join(folder, 'a.test.js'), 'utf8')).toBe(text);
  });
});
