/** A small suite, run by a real runner through `slow-tests profile`. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Profile, ProfiledTest } from '../../src/timing/profile.ts';
import { readProfile } from '../../src/timing/store.ts';

const CLI = resolve(import.meta.dirname, '../../dist/cli.cjs');

export interface ProfiledRun {
  readonly exitCode: number;
  readonly printed: string;
  /** Undefined when none was written. */
  readonly profile: Profile | undefined;
  readonly text: (path: string) => string;
}

export interface Suite {
  readonly files: Readonly<Record<string, string>>;
  /** What is measured; paths are relative to the folder of the suite. */
  readonly words: (folder: string) => readonly string[];
  readonly flags?: readonly string[];
  /** Without `slow-tests profile` around it. */
  readonly plain?: boolean;
}

/** In a new folder below `home`, which is removed afterwards. */
export async function profileSuite(home: string, { files, words, flags = [], plain = false }: Suite): Promise<ProfiledRun> {
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(join(home, 'profiled-'));
  try {
    for (const [path, text] of Object.entries({ 'package.json': '{ "private": true }\n', ...files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const [program = '', ...args] = plain ? words(folder) : [process.execPath, CLI, 'profile', ...flags, '--', ...words(folder)];
    const { exitCode, printed } = await execute(program, args, folder);
    const path = join(folder, '.slow-tests/profile.json');
    const texts = new Map(['report.json', 'report.xml', 'report.txt'].filter((name) => existsSync(join(folder, name))).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
    return { exitCode, printed, profile: existsSync(path) ? readProfile(path) : undefined, text: (name) => texts.get(name) ?? '' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As a person has it: nothing of the runner that these tests run in. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, VITEST: undefined, NODE_ENV: undefined, NODE_OPTIONS: undefined, NODE_TEST_CONTEXT: undefined, CI: undefined, SLOW: '1' };
}

function execute(program: string, args: readonly string[], cwd: string): Promise<{ readonly exitCode: number; readonly printed: string }> {
  return new Promise((settle, reject) => {
    execFile(program, args, { cwd, env: cleanEnvironment(), timeout: 60_000, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(new Error(`${error.message}\n${stdout}\n${stderr}`, { cause: error }));
      else settle({ exitCode: typeof error?.code === 'number' ? error.code : 0, printed: stripVTControlCharacters(`${stdout}\n${stderr}`) });
    });
  });
}

/** Milliseconds that the long test of each suite waits. */
export const LONG = 80;

/** Title, tier and outcome; whether the duration is that of the long test. */
export function shown({ title, tier, outcome, duration }: ProfiledTest): string {
  const time = duration === undefined ? 'no time' : duration >= LONG * 0.9 ? 'long' : 'short';
  return `${title.join(' > ')}: ${tier} ${outcome} ${time}`;
}

export const testsOf = (profile: Profile | undefined): string[] => profile?.files.flatMap(({ tests }) => tests.map(shown)).sort() ?? [];

const WAIT = `await new Promise((done) => setTimeout(done, ${LONG}));`;

/** What every runner says of the suite below. */
export const EXPECTED = ['group > fails @slow: comprehensive failed short', 'group > inner > is long @stress: stress passed long', 'group > is fast: unit passed short', 'is skipped: unit skipped no time'];

/** For runners with groups. */
export function grouped(head: string, skip = 'it.skip'): string {
  return `${head}
describe('group', () => {
  it('is fast', () => {});
  describe('inner', () => {
    it('is long @stress', async () => { ${WAIT} });
  });
  it('fails @slow', () => { throw new Error('on purpose'); });
});
${skip}('is skipped', () => {});
`;
}

export const AVA = `import test from 'ava';
test('group > is fast', (t) => t.pass());
test('group > inner > is long @stress', async (t) => { ${WAIT} t.pass(); });
test('group > fails @slow', (t) => t.fail());
test.skip('is skipped', (t) => t.pass());
`;

export const TAPE = `const test = require('tape');
test('group > is fast', (t) => t.end());
test('group > inner', (t) => {
  t.test('is long @stress', async () => { ${WAIT} });
  t.end();
});
test('group > fails @slow', (t) => { t.fail(); t.end(); });
`;
