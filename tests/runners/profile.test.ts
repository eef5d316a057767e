// Each runner, measured by `slow-tests profile`: its tests with their durations, its own report as it would be, its exit code.
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunnerName } from './all.ts';
import { RUNNERS } from './all.ts';
import { installRunners, moduleFile, nodeBinary, SUITES } from './install.ts';
import { AVA, cleanEnvironment, EXPECTED, grouped, profileSuite, TAPE, testsOf } from './profiled.ts';
import type { RealRunner } from './runner.ts';

beforeAll(installRunners, 240_000);

type Measured = Exclude<RunnerName, 'qunit'>;

const FILES: Readonly<Record<Measured, Readonly<Record<string, string>>>> = {
  vitest: { 'a.test.ts': grouped("import { describe, it } from 'vitest';") },
  jest: { 'a.test.js': grouped('') },
  mocha: { 'a.test.mjs': grouped("import { describe, it } from 'mocha';") },
  jasmine: { 'a.test.js': grouped('', 'xit') },
  'node:test': { 'a.test.mjs': grouped("import { describe, it } from 'node:test';") },
  bun: { 'a.test.ts': grouped("import { describe, it } from 'bun:test';") },
  ava: { 'a.test.mjs': AVA },
  tape: { 'a.test.js': TAPE },
  playwright: { 'a.test.ts': grouped("import { test as it } from '@playwright/test';\nconst { describe } = it;") },
};

/** tape says nothing of tests that are skipped, and a test around others is one of its own. */
const EXPECTED_OF: Partial<Readonly<Record<Measured, readonly string[]>>> = {
  tape: ['group > fails @slow: comprehensive failed short', 'group > inner > is long @stress: stress passed long', 'group > inner: unit passed short', 'group > is fast: unit passed short'],
};

/** Where a runner says the line of a test. */
const LINES: readonly Measured[] = ['node:test', 'bun', 'tape', 'playwright'];

describe.each(Object.keys(FILES) as Measured[])('%s', (name) => {
  it('is measured, and prints and returns what it would without @slow', async () => {
    const runner: RealRunner = RUNNERS[name];
    const files = { ...runner.files, ...FILES[name] };
    const tests = Object.keys(FILES[name]);
    const words = (folder: string): readonly string[] => {
      const { program = process.execPath, args } = runner.command({ folder, tests, selection: 'all' });
      return [program, ...args];
    };
    const plain = await profileSuite(SUITES, { files, words, plain: true });
    const { profile, exitCode, printed } = await profileSuite(SUITES, { files, words });
    expect(testsOf(profile), printed).toEqual(EXPECTED_OF[name] ?? EXPECTED);
    expect(profile).toMatchObject({ runner: name, partial: false, runs: 1, files: [{ file: tests[0] }] });
    expect(profile?.files[0]?.tests.some(({ line }) => line !== undefined)).toBe(LINES.includes(name));
    expect(profile?.wall).toBeGreaterThan(0);
    expect(exitCode).toBe(plain.exitCode);
    const [own = ''] = printed.split('Recorded ');
    expect(linesOf(own)).toEqual(linesOf(plain.printed));
  });
});

it('measures Mocha in parallel processes, where groups come without their titles @slow', async () => {
  const words = () => [process.execPath, moduleFile('mocha/bin/mocha.js'), '--parallel', '--jobs', '2', 'a.test.mjs'];
  const { profile, printed } = await profileSuite(SUITES, { files: FILES.mocha, words });
  expect(testsOf(profile), printed).toEqual(EXPECTED);
});

/** Without what differs from run to run: times, folders, seeds, the order of two streams. */
function linesOf(printed: string): string[] {
  return printed
    .replaceAll(/profiled-\w+/g, '')
    .replaceAll(/\d+(?:\.\d+)?/g, '0')
    .replaceAll(/\(?0 ?(?:ms|s)\b\)?|\(0\)|[⠁-⣿]/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .sort();
}

describe('node:test', () => {
  it.each([22, 24])('is measured on Node %i @slow', async (major) => {
    const { profile, printed } = await profileSuite(SUITES, { files: FILES['node:test'], words: () => [nodeBinary(major), '--test', '--test-reporter=dot', 'a.test.mjs'] });
    expect(testsOf(profile), printed).toEqual(EXPECTED);
  });

  it.each([
    ['no reporter', ['--test', 'a.test.mjs'], '# subtest|is fast'],
    ['a reporter and a file for it', ['--test', '--test-reporter', 'tap', '--test-reporter-destination', 'report.txt', 'a.test.mjs'], ''],
    ['no --test', ['a.test.mjs'], 'is fast'],
  ])('keeps what is printed with %s @slow', async (_case, args, prints) => {
    const { profile, printed, text } = await profileSuite(SUITES, { files: FILES['node:test'], words: () => [process.execPath, ...args] });
    expect(testsOf(profile), printed).toEqual(EXPECTED);
    expect(printed).toMatch(new RegExp(prints));
    if (args.includes('tap')) expect(text('report.txt')).toContain('TAP version 13');
  });
});

describe('a suite whose tests start runners', () => {
  it('is measured without them, and its tests see no trace of it @slow', async () => {
    const files = {
      'inner/inner.mjs': "import { test } from 'node:test';\ntest('inner', () => {});\n",
      'outer.test.mjs': `import { test } from 'node:test';
import assert from 'node:assert';
import { execFileSync } from 'node:child_process';
test('outer', () => {
  assert.strictEqual(process.env.NODE_OPTIONS, undefined);
  assert.deepStrictEqual(Object.keys(process.env).filter((name) => /^(?:SLOW_TESTS|PW_TEST)/.test(name)), []);
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  execFileSync(process.execPath, ['--test', 'inner/inner.mjs'], { env });
});
`,
    };
    const { profile, printed } = await profileSuite(SUITES, { files, words: () => [process.execPath, '--test', 'outer.test.mjs'] });
    expect(testsOf(profile), printed).toEqual([expect.stringMatching(/^outer: unit passed/)]);
    expect(cleanEnvironment()['NODE_OPTIONS']).toBeUndefined();
  });
});
