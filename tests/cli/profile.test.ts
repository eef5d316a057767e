// What `slow-tests profile` does around a run: exit codes, several runs, a run that is broken off, reports that are there.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readProfile } from '../../src/timing/store.ts';
import { cleanEnvironment } from '../runners/profiled.ts';
import { folderWith } from './probe.ts';

const CLI = resolve(import.meta.dirname, '../../dist/cli.cjs');
const PROFILE = '.slow-tests/profile.json';

interface Ended {
  readonly exitCode: number | null;
  readonly printed: string;
}

function run(folder: string, words: readonly string[], whileRunning?: (signal: (name: NodeJS.Signals) => void) => Promise<void>): Promise<Ended> {
  return new Promise((settle) => {
    const child = spawn(process.execPath, [CLI, 'profile', ...words], { cwd: folder, env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => void (printed += chunk.toString()));
    child.on('close', (exitCode) => settle({ exitCode, printed }));
    void whileRunning?.((name) => void child.kill(name));
  });
}

/** For Node's own runner, which is there already. */
const suite = (body: string, files: Readonly<Record<string, string>> = {}): string =>
  folderWith({ 'package.json': '{ "scripts": { "test": "node --test a.test.mjs", "other": "node other.mjs" } }', 'a.test.mjs': `import { test } from 'node:test';\n${body}`, ...files });

const PASSES = "test('passes', () => {});\n";

describe('the exit code', () => {
  it.each([
    ['passes', PASSES, 0],
    ['fails', "test('fails', () => { throw new Error('on purpose'); });\n", 1],
    ['exits', `${PASSES}process.exitCode = 7;\n`, 1],
  ])('is that of a suite that %s @slow', async (_how, body, expected) => {
    const folder = suite(body);
    const { exitCode, printed } = await run(folder, ['--', 'npm', 'test']);
    expect(exitCode, printed).toBe(expected);
    expect(readProfile(join(folder, PROFILE))).toMatchObject({ runner: 'node:test', command: 'npm test', partial: false });
    expect(printed).toContain(`Recorded `);
    expect(printed).toContain(`in ${PROFILE}.\nNext: slow-tests report shows`);
  });

  it('is that of a command without tests, and nothing is written @slow', async () => {
    const folder = suite(PASSES, { 'other.mjs': 'process.exitCode = Number(process.env.CODE ?? 0);\n' });
    expect(await run(folder, ['--', 'npm', 'run', 'other'])).toMatchObject({ exitCode: 1, printed: expect.stringContaining('No runner was heard in `npm run other`') as string });
    expect(await run(folder, ['--', process.execPath, '-e', 'process.exit(5)'])).toMatchObject({ exitCode: 5 });
    expect(existsSync(join(folder, PROFILE))).toBe(false);
  });

  it('is 1 where the command is not there, or none is given', async () => {
    const folder = suite(PASSES);
    expect(await run(folder, ['--', 'no-such-program'])).toMatchObject({ exitCode: 1, printed: expect.stringContaining('no-such-program') as string });
    expect(await run(folder, [])).toMatchObject({ exitCode: 1, printed: expect.stringContaining('Say what to measure') as string });
  });
});

describe('several runs', () => {
  it('are recorded by their median @slow', async () => {
    const body = `import { existsSync, writeFileSync, readFileSync } from 'node:fs';
const n = existsSync('n') ? Number(readFileSync('n', 'utf8')) + 1 : 0;
writeFileSync('n', String(n));
test('waits', () => new Promise((done) => setTimeout(done, [300, 20, 100][n])));
test('flickers', () => { if (n === 1) throw new Error('on purpose'); });
`;
    const folder = suite(body);
    const { exitCode, printed } = await run(folder, ['--runs', '3', '--', 'node', '--test', 'a.test.mjs']);
    const profile = readProfile(join(folder, PROFILE));
    const [waits, flickers] = profile.files[0]?.tests ?? [];
    expect(profile.runs).toBe(3);
    expect(waits?.duration).toBeGreaterThan(95);
    expect(waits?.duration).toBeLessThan(290);
    expect(flickers).toMatchObject({ outcome: 'failed', runs: 3 });
    expect(exitCode).toBe(1);
    expect(printed).toContain('median of 3 runs');
  });
});

/** What nobody has waited for yet is dead all the same. */
function isAlive(pid: string): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}

describe('a run that is broken off', () => {
  const BODY = `${PASSES}test('hangs', () => new Promise((done) => setTimeout(done, 60_000)));\n`;
  const started = async (folder: string): Promise<void> => {
    while (!existsSync(join(folder, 'started'))) await sleep(20);
    await sleep(400);
  };

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s keeps what was measured, and leaves no process behind @slow', async (signal, expected) => {
    const folder = suite(`import { writeFileSync } from 'node:fs';\nwriteFileSync('started', String(process.pid));\n${BODY}`);
    const { exitCode, printed } = await run(folder, ['--', 'npm', 'test'], async (send) => {
      await started(folder);
      send(signal);
    });
    expect(exitCode, printed).toBe(expected);
    expect(printed).toContain('as far as the run came');
    expect(isAlive(readFileSync(join(folder, 'started'), 'utf8'))).toBe(false);
    const { partial, files } = readProfile(join(folder, PROFILE));
    expect(partial).toBe(true);
    expect(files[0]?.tests.map(({ title }) => title)).toContainEqual(['passes']);
  });

  it('keeps the whole runs before it @slow', async () => {
    const folder = suite(`import { existsSync, writeFileSync } from 'node:fs';
const isSecond = existsSync('first');
writeFileSync(isSecond ? 'started' : 'first', '');
test('passes', () => new Promise((done) => setTimeout(done, isSecond ? 60_000 : 1)));
`);
    const { exitCode } = await run(folder, ['--runs', '2', '--', 'node', '--test', 'a.test.mjs'], async (send) => {
      await started(folder);
      send('SIGINT');
    });
    expect(exitCode).toBe(130);
    expect(readProfile(join(folder, PROFILE))).toMatchObject({ partial: false, runs: 1, files: [{ tests: [{ outcome: 'passed' }] }] });
  });
});

describe('where the profile lies', () => {
  it('is beside the nearest package.json, where settings say, or where the command says @slow', async () => {
    const folder = suite(PASSES, { 'inner/b.test.mjs': `import { test } from 'node:test';\n${PASSES}` });
    await run(join(folder, 'inner'), ['--', 'node', '--test', 'b.test.mjs']);
    expect(readProfile(join(folder, PROFILE)).files.map(({ file }) => file)).toEqual(['inner/b.test.mjs']);
    await run(folder, ['--output', 'else.json', '--', 'npm', 'test']);
    expect(readProfile(join(folder, 'else.json')).files).toHaveLength(1);
    const settled = suite(PASSES, { 'package.json': '{ "scripts": { "test": "node --test a.test.mjs" }, "slow-tests": { "profile": "set.json" } }' });
    await run(settled, ['--', 'npm', 'test']);
    expect(readProfile(join(settled, 'set.json')).files).toHaveLength(1);
  });
});

describe('reports that are there', () => {
  it('become a profile @slow', async () => {
    const folder = suite(PASSES);
    execFileSync(process.execPath, ['--test', '--test-reporter=junit', '--test-reporter-destination=report.xml', 'a.test.mjs'], { cwd: folder, env: cleanEnvironment() });
    const { exitCode, printed } = await run(folder, ['--from', 'report.xml']);
    expect(exitCode, printed).toBe(0);
    expect(readProfile(join(folder, PROFILE)).files[0]?.tests).toMatchObject([{ title: ['passes'], outcome: 'passed' }]);
  });

  it('leave the profile that is there when they hold no test', async () => {
    const folder = suite(PASSES, { 'report.json': '{"testResults": []}', [PROFILE]: 'as it was' });
    expect(await run(folder, ['--from', 'report.json'])).toEqual({ exitCode: 1, printed: 'slow-tests: There was no test of this project. Nothing was written.\n' });
    expect(readFileSync(join(folder, PROFILE), 'utf8')).toBe('as it was');
  });

  it('are refused with the place that is wrong, without a stack', async () => {
    const folder = suite(PASSES, { 'report.json': '{"testResults": [{"name": 3}]}' });
    const { exitCode, printed } = await run(folder, ['--from', 'report.json']);
    expect(exitCode).toBe(1);
    expect(printed).toBe(`slow-tests: ${join(folder, 'report.json')}: testResults.0.name: expected string, got 3.\n`);
    expect(existsSync(join(folder, PROFILE))).toBe(false);
  });
});
