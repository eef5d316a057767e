// `slow-tests run` with every runner: which tests each tier runs, and what is said when there are none.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOTHING_RAN, runTier } from '../../src/cli/run/run-tier.ts';
import type { ShardRun } from '../../src/cli/shard/run-shard.ts';
import { runShard } from '../../src/cli/shard/run-shard.ts';
import type { RunTier } from '../../src/timing/select.ts';
import type { RunnerName } from './all.ts';
import { RUNNERS } from './all.ts';
import { installRunners, moduleFile, nodeBinary, SUITES } from './install.ts';
import type { RealRunner } from './runner.ts';

const folders: string[] = [];
beforeAll(installRunners, 240_000);
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

interface Project {
  /** The script `test`, with a report that can be read. */
  readonly script: string;
  /** The same as a person has it. */
  readonly plain: string;
  readonly file: string;
  readonly suite: (titles: readonly string[]) => string;
}

const grouped = (head: string, test = 'it', describe = 'describe') => (titles: readonly string[]): string =>
  `${head}\n${describe}('group', () => {\n${titles.map((title) => `  ${test}('${title}', () => {});\n`).join('')}});\n`;
const tapeSuite = (titles: readonly string[]): string =>
  `const test = require('tape');\n${titles.map((title) => `test('group > ${title}', ${title.includes('@slow') ? `{ skip: !process.env.${title.includes('@stress') ? 'STRESS' : 'SLOW'} }, ` : ''}(t) => {\n  t.pass();\n  t.end();\n});\n`).join('')}`;

const PROJECTS: Readonly<Record<RunnerName, Project>> = {
  vitest: { script: 'vitest --reporter=json --outputFile=report.json --pool=threads', plain: 'vitest', file: 'a.test.ts', suite: grouped("import { describe, it } from 'vitest';") },
  jest: { script: 'jest --config jest.config.json --json --outputFile=report.json --runInBand', plain: 'jest --config jest.config.json', file: 'a.test.js', suite: grouped('') },
  mocha: { script: 'mocha --no-config --reporter ./reporter.cjs a.test.mjs', plain: 'mocha a.test.mjs', file: 'a.test.mjs', suite: grouped("import { describe, it } from 'mocha';") },
  jasmine: { script: 'jasmine --reporter=./reporter.cjs a.test.js', plain: 'jasmine a.test.js', file: 'a.test.js', suite: grouped('') },
  'node:test': { script: 'node --test --test-reporter=./reporter.mjs a.test.mjs', plain: 'node --test', file: 'a.test.mjs', suite: grouped("import { describe, it } from 'node:test';") },
  bun: { script: 'bun test --reporter=junit --reporter-outfile=report.xml', plain: 'bun test', file: 'a.test.ts', suite: grouped("import { describe, it } from 'bun:test';") },
  ava: { script: 'ava --tap a.test.mjs', plain: 'ava a.test.mjs', file: 'a.test.mjs', suite: (titles) => `import test from 'ava';\n${titles.map((title) => `test('group > ${title}', (t) => t.pass());\n`).join('')}` },
  tape: { script: "tape '*.test.js'", plain: 'tape *.test.js', file: 'a.test.js', suite: tapeSuite },
  qunit: { script: 'qunit a.test.js', plain: 'qunit a.test.js', file: 'a.test.js', suite: (titles) => `const QUnit = require('qunit');\nQUnit.module('group', () => {\n${titles.map((title) => `  QUnit.test('${title}', (assert) => assert.ok(true));\n`).join('')}});\n` },
  playwright: { script: 'playwright test --reporter=json', plain: 'playwright test', file: 'a.test.ts', suite: grouped("import { test } from '@playwright/test';", 'test', 'test.describe') },
};
const NAMES = Object.keys(PROJECTS) as RunnerName[];
const TITLES = ['is fast', 'is long @slow', 'is endless @slow @stress'];

function write(name: RunnerName, script: string, titles: readonly string[], files: Readonly<Record<string, string>> = {}, settings: object = {}): string {
  const { file, suite } = PROJECTS[name];
  const folder = mkdtempSync(join(SUITES, `tiers-${name.replace(/\W/g, '-')}-`));
  folders.push(folder);
  const all = { 'package.json': JSON.stringify({ private: true, scripts: { test: script }, 'slow-tests': settings }), ...RUNNERS[name].files, [file]: suite(titles), ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

interface Run {
  readonly exitCode: number;
  readonly printed: string;
  readonly said: string;
}

/** Without what the runner of these tests puts into it. */
function testEnvironment(): NodeJS.ProcessEnv {
  const bun = dirname(moduleFile(`@oven/bun-${process.platform}-${process.arch}/bin/bun`));
  return { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, VITEST: undefined, NODE_ENV: undefined, NODE_OPTIONS: undefined, NODE_TEST_CONTEXT: undefined, PATH: `${bun}${delimiter}${process.env['PATH'] ?? ''}` };
}

/** Without a terminal. */
async function run(folder: string, tier: RunTier, given: { readonly added?: readonly string[]; readonly print?: boolean; readonly passWithNoTests?: boolean } = {}): Promise<Run> {
  const texts = { printed: '', said: '' };
  const output = { write: (text: string) => (texts.printed += text) };
  const progress = { write: (text: string) => (texts.said += text) };
  const exitCode = await runTier({ tier, script: 'test', added: [], print: false, passWithNoTests: false, ...given }, { cwd: folder, environment: testEnvironment(), output, progress });
  return { exitCode, ...texts };
}

function titlesOf(name: RunnerName, { printed }: Run, folder: string): string[] {
  const reader: RealRunner = RUNNERS[name];
  return reader.read(printed, folder).filter(({ status }) => status !== 'skipped').map(({ title }) => title.replace(/^(?:.* > )?group > /, '')).sort();
}

/** Node 20 runs everything; its own test below runs the others. */
const hasNoFilter = (name: RunnerName): boolean => name === 'tape' || (name === 'node:test' && process.versions.node.startsWith('20.'));

describe.concurrent.each(NAMES)('%s', (name) => {
  it.each<readonly [RunTier, readonly string[]]>([
    ['fast', ['is fast']],
    ['slow', ['is long @slow']],
    ['stress', ['is endless @slow @stress']],
  ])('runs the tier %s @slow', async (tier, expected) => {
    const folder = write(name, PROJECTS[name].script, TITLES);
    const done = await run(folder, tier);
    expect(done.exitCode, done.said + done.printed).toBe(0);
    const ran = titlesOf(name, done, folder);
    if (!hasNoFilter(name)) expect(ran).toEqual([...expected].sort());
    else if (name === 'tape') expect(ran).toEqual(tier === 'fast' ? ['is fast'] : tier === 'slow' ? ['is fast', 'is long @slow'] : [...TITLES].sort());
    else expect(ran).toEqual(tier === 'fast' ? [...TITLES].sort() : [...expected].sort());
    expect(done.said).toMatch(/^\$ /m);
  }, 120_000);

  it('says so when a tier has no tests @slow', async () => {
    const folder = write(name, PROJECTS[name].plain, ['is fast']);
    const done = await run(folder, 'slow');
    expect([done.exitCode, done.said], done.printed).toEqual([NOTHING_RAN, expect.stringContaining('No test of the tier slow ran')]);
  }, 120_000);
});

describe('the command', () => {
  const MOCHA = PROJECTS.mocha;

  it('hands arguments on, and how the runner ended', async () => {
    const folder = write('mocha', MOCHA.script, TITLES, { 'b.test.mjs': "import { it } from 'mocha';\nit('fails', () => { throw new Error('on purpose'); });\nit('fails too', () => { throw new Error('on purpose'); });\n" });
    const done = await run(folder, 'fast', { added: ['b.test.mjs'] });
    expect(done.exitCode).toBe(2);
    expect(titlesOf('mocha', done, folder)).toEqual(['fails', 'fails too', 'is fast']);
  });

  it('ends well with no tests where that is asked for, and runs all with the variables set @slow', async () => {
    const folder = write('mocha', 'mocha a.test.mjs', ['is fast']);
    expect((await run(folder, 'slow', { passWithNoTests: true })).exitCode).toBe(0);
    expect((await run(folder, 'fast')).exitCode).toBe(0);
    const all = write('tape', 'tape *.test.js', TITLES);
    expect(titlesOf('tape', await run(all, 'all'), all)).toEqual([...TITLES].sort());
  });

  it('honours the marker of the settings @slow', async () => {
    const titles = ['is fast', 'is long [slow]', 'is @slow by name'];
    const folder = write('mocha', MOCHA.script, titles, {}, { marker: '[slow]' });
    expect(titlesOf('mocha', await run(folder, 'fast'), folder)).toEqual(['is @slow by name', 'is fast']);
    expect(titlesOf('mocha', await run(folder, 'slow'), folder)).toEqual(['is long [slow]']);
  });

  it('keeps what the script sets, and prints what could be typed', async () => {
    const folder = write('jest', "cross-env CI=1 jest --config jest.config.json -- 'a b'", TITLES);
    const { exitCode, printed } = await run(folder, 'slow', { print: true, added: ['--ci'] });
    expect(exitCode).toBe(0);
    if (process.platform !== 'win32') expect(printed).toBe("CI=1 SLOW=1 jest --config jest.config.json -t '^(?!.*@stress).*@slow' --ci -- 'a b'\n");
  });

  it('loads what the script loads into the environment @slow', async () => {
    // As dotenv-cli does it: `-e` names a file, and what follows `--` is started.
    const loader = "const [, , , file, , program, ...args] = process.argv;\nconst lines = require('fs').readFileSync(file, 'utf8').trim().split('\\n');\nconst env = { ...process.env, ...Object.fromEntries(lines.map((line) => line.split('='))) };\nprocess.exit(require('child_process').spawnSync(program, args, { env, stdio: 'inherit' }).status);\n";
    const folder = write('node:test', 'dotenv -e .env -- node --test --test-reporter=./reporter.mjs a.test.mjs', [], {
      '.env': 'FROM_FILE=yes\n',
      'node_modules/dotenv-cli/package.json': JSON.stringify({ name: 'dotenv-cli', version: '1.0.0', bin: { dotenv: './cli.js' } }),
      'node_modules/dotenv-cli/cli.js': loader,
      'a.test.mjs': "import { test } from 'node:test';\nif (process.env.FROM_FILE === 'yes') test('is told @slow', () => {});\n",
    });
    const done = await run(folder, 'slow');
    expect(titlesOf('node:test', done, folder)).toEqual(['is told @slow']);
    expect(done.exitCode, done.said).toBe(0);
    expect((await run(folder, 'slow', { print: true })).printed).toMatch(/dotenv -e \.env -- node --test /);
  }, 120_000);

  it.each(['vitest run', 'vitest watch --reporter=dot', 'vite build && vitest', 'npx vitest@4 dev'])('runs %s once', async (script) => {
    const { printed } = await run(write('vitest', script, TITLES), 'all', { print: true });
    expect(printed).toMatch(/^SLOW=1 STRESS=1 vitest(?:@4)? run(?: --reporter=dot)?$/m);
  });

  it('says what is missing', async () => {
    await expect(run(write('mocha', 'make test', TITLES), 'fast')).rejects.toThrow('No known test runner is in the script "test"');
    await expect(run(write('mocha', 'tsc', TITLES, {}, { runner: 'mocha' }), 'fast', { print: true })).resolves.toMatchObject({ printed: 'mocha --grep @slow --invert\n' });
  });

  it('warns of slow tests that nothing holds back @slow', async () => {
    const folder = write('tape', 'tape *.test.js', TITLES, { 'b.test.js': "require('tape')('c @slow', (t) => t.end());\n", 'c.slow.test.js': "require('tape')('d', (t) => t.end());\n" });
    const { printed, said } = await run(folder, 'fast');
    expect(said).toContain('run their slow tests too: b.test.js.');
    expect(printed).toContain('# c @slow');
    expect(printed).not.toContain('# d');
    expect((await run(folder, 'slow')).printed).toContain('# d');
  });
});

describe('tags of Vitest', () => {
  const CONFIG = (tags: readonly string[]) => `export default { test: { pool: 'threads', tags: [${tags.map((name) => `{ name: '${name}' }`).join(', ')}] } };\n`;
  const SUITE = (hasStress: boolean) => `import { describe, it } from 'vitest';
it('is fast', () => {});
it('by title @slow', () => {});
it('by tag', { tags: ['slow'] }, () => {});
it('by both @slow', { tags: ['slow'] }, () => {});
describe('group', { tags: ['slow'] }, () => {
  it('inherits', () => {});
});
it('endless @slow @stress', () => {});
${hasStress ? "it('endless by tag', { tags: ['slow', 'stress'] }, () => {});\n" : ''}`;

  it.each([[['slow']], [['slow', 'stress']]])('%j select together with titles, each test once @slow', async (tags) => {
    const hasStress = tags.includes('stress');
    const folder = write('vitest', 'vitest --reporter=verbose', [], { 'vitest.config.mjs': CONFIG(tags), 'a.test.ts': SUITE(hasStress) });
    const ran = async (tier: RunTier) => [...(await run(folder, tier)).printed.matchAll(/✓ a\.test\.ts > (.*?)(?: \d+ms)?$/gm)].map(([, title = '']) => title).sort();
    expect(await ran('fast')).toEqual(['is fast']);
    expect(await ran('slow')).toEqual(['by both @slow', 'by tag', 'by title @slow', 'group > inherits']);
    expect(await ran('stress')).toEqual(['endless @slow @stress', ...(hasStress ? ['endless by tag'] : [])]);
  }, 120_000);
});

describe.each([20, 22, 24])('node:test of Node %i', (major) => {
  it.skipIf(major === 20 && !process.versions.node.startsWith('20.'))('runs each tier @slow', () => {
    // The shell of a script would replace the pattern, and Node 20 does not.
    const script = PROJECTS['node:test'].script.replace('a.test', '*.test');
    const folder = write('node:test', script, [...TITLES, 'is gated']);
    const ran = (tier: RunTier): string[] => {
      const environment = { ...process.env, NO_COLOR: '1', NODE_OPTIONS: undefined, NODE_TEST_CONTEXT: undefined, VITEST: undefined };
      const printed = execFileSync(nodeBinary(major), ['--import', 'tsx', join(import.meta.dirname, '../../src/cli/main.ts'), 'run', tier], { cwd: folder, env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      return titlesOf('node:test', { exitCode: 0, printed, said: '' }, folder);
    };
    expect(ran('slow')).toEqual(['is long @slow']);
    expect(ran('stress')).toEqual(['is endless @slow @stress']);
    expect(ran('fast')).toEqual(major === 20 ? [...TITLES, 'is gated'].sort() : ['is fast', 'is gated']);
  }, 240_000);
});

it('the tag filter of Node 24 selects, and nothing of it leaves out, so it is not used @slow', () => {
  const folder = write('node:test', 'node --test', [], { 'a.test.mjs': "import { it } from 'node:test';\nit('is fast', () => {});\nit('by tag', { tags: ['slow'] }, () => {});\nit('by both @slow', { tags: ['slow'] }, () => {});\n" });
  const ran = (filter: string): string[] => {
    const environment = { ...process.env, NO_COLOR: '1', NODE_OPTIONS: undefined, NODE_TEST_CONTEXT: undefined, VITEST: undefined };
    const printed = execFileSync(nodeBinary(24), ['--test', '--test-reporter=./reporter.mjs', filter], { cwd: folder, env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return titlesOf('node:test', { exitCode: 0, printed, said: '' }, folder);
  };
  expect(ran('--experimental-test-tag-filter=slow')).toEqual(['by both @slow', 'by tag']);
  expect(ran('--test-skip-pattern=/@slow/')).toEqual(['by tag', 'is fast']);
}, 240_000);

describe('shards', () => {
  const LETTERS = ['a', 'b', 'c', 'd', 'e'];
  const fileOf = (name: RunnerName, letter: string): string => `test/${PROJECTS[name].file.replace('a.', `${letter}.`)}`;
  const SCRIPTS: Partial<Readonly<Record<RunnerName, string>>> = { mocha: "mocha --no-config --timeout 5000 --reporter ./reporter.cjs 'test/*.test.mjs'", jasmine: "jasmine --reporter=./reporter.cjs 'test/*.test.js'", 'node:test': 'node --test --test-reporter=./reporter.mjs', ava: 'ava --tap test/*.test.mjs', tape: 'tape test/*.test.js', qunit: 'qunit test' };

  function suite(name: RunnerName): string {
    const files = Object.fromEntries(LETTERS.map((letter) => [fileOf(name, letter), PROJECTS[name].suite([`${letter} is fast`, `${letter} is long @slow`])]));
    // The last one is not in the profile yet.
    const profiled = LETTERS.slice(0, -1).map((letter, index) => ({
      file: fileOf(name, letter),
      tests: [
        { title: ['group', `${letter} is fast`], tier: 'unit', outcome: 'passed', duration: 1, runs: 1 },
        { title: ['group', `${letter} is long @slow`], tier: 'comprehensive', outcome: 'passed', duration: [4000, 1000, 1000, 1500][index], runs: 1 },
      ],
    }));
    const profile = { version: 1, runner: name, recordedAt: '2026-01-01T00:00:00.000Z', environment: { node: '22.0.0', platform: 'linux', cpus: 2 }, runs: 1, partial: false, files: profiled };
    return write(name, SCRIPTS[name] ?? PROJECTS[name].script, ['x is fast'], { ...files, '.slow-tests/profile.json': JSON.stringify(profile) });
  }

  async function shard(folder: string, given: Partial<ShardRun>): Promise<Run> {
    const texts = { printed: '', said: '' };
    const output = { write: (text: string) => (texts.printed += text) };
    const progress = { write: (text: string) => (texts.said += text) };
    const request: ShardRun = { of: 2, tier: 'slow', index: undefined, script: 'test', profile: undefined, added: [], print: false, json: false, ...given };
    const exitCode = await runShard(request, { cwd: folder, environment: testEnvironment(), output, progress });
    return { exitCode, ...texts };
  }

  it.concurrent.each(NAMES)('of %s run each file once @slow', async (name) => {
    const folder = suite(name);
    const ran: string[][] = [];
    for (const index of [1, 2]) {
      const done = await shard(folder, { index });
      expect(done.exitCode, done.said + done.printed).toBe(0);
      ran.push(titlesOf(name, done, folder).filter((title) => title.includes('@slow')));
    }
    expect(ran.flat().sort()).toEqual(LETTERS.map((letter) => `${letter} is long @slow`));
    expect(ran.map((titles) => titles.length).sort()).not.toContain(0);
  }, 120_000);

  it('are shown with their times, beside what the runner would make of them', async () => {
    const { printed } = await shard(suite('vitest'), {});
    expect(printed).toMatch(/shard {2}files {2}slow tests {2}expected\n.*\n {4}1 .* 5\.00 s\n {4}2 .* 5\.00 s\n/);
    expect(printed).toContain('not in the profile and taken for as long as the median');
    expect(printed).toMatch(/Dealt by vitest's own --shard, which knows no times, the longest would take \d/);
  });

  it('say when no test of the tier was measured', async () => {
    expect((await shard(suite('vitest'), { tier: 'stress' })).printed).toContain('The profile knows no test of the tier stress: what is dealt is the loading of files.\n');
  });

  it('are a matrix for GitHub, without shares that have no files', async () => {
    const { printed } = await shard(suite('mocha'), { of: 8, json: true });
    const { include } = JSON.parse(printed) as { readonly include: readonly { readonly index: number; readonly of: number; readonly files: number; readonly seconds: number }[] };
    expect(include.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5]);
    expect(include[0]).toEqual({ index: 1, of: 8, files: 1, seconds: 4 });
    expect((await shard(suite('mocha'), { of: 8, index: 7 })).said).toContain('Shard 7 of 8 has no files');
  });

  it('are printed as they could be typed', async () => {
    const { printed } = await shard(suite('mocha'), { index: 1, print: true, added: ['--bail'] });
    expect(printed).toBe("SLOW=1 mocha --no-config --timeout 5000 --reporter ./reporter.cjs --grep '^(?!.*@stress).*@slow' test/a.test.mjs --bail\n");
  });

  it('ask for a profile', async () => {
    await expect(shard(write('mocha', PROJECTS.mocha.script, TITLES), {})).rejects.toThrow('there is no profile. Record one');
    await expect(shard(suite('mocha'), { index: 3 })).rejects.toThrow('There is no shard 3 of 2.');
  });
});
