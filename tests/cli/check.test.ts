/** The gate: what fails it, what it says, and what it writes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../src/timing/profile.ts';
import { aProfile, aTest } from '../timing/profiles.ts';
import { call } from './call.ts';
import { folderWith, read } from './probe.ts';

const SOURCE = `import { describe, it } from 'vitest';
describe('forest', () => {
  it('separates the moons', () => {});
  it('starts empty', () => {});
});
`;

const withTests = (tests: Profile['files'][number]['tests'], given: Partial<Profile> = {}): Profile => aProfile({ files: [{ file: 'test/a.test.ts', tests }], ...given });

const moons = (duration: number, given: Parameters<typeof aTest>[1] = {}) => aTest(['forest', 'separates the moons'], { duration, ...given });

function project(profile: Profile, settings?: object): string {
  return folderWith({
    'package.json': JSON.stringify({ name: 'own', ...(settings ? { 'slow-tests': settings } : {}) }),
    'test/a.test.ts': SOURCE,
    '.slow-tests/profile.json': JSON.stringify(profile),
  });
}

const codeOf = async (profile: Profile, words: readonly string[] = [], settings?: object): Promise<number | undefined> => (await call(project(profile, settings), ['check', ...words])).exitCode;

describe('exit code 0', () => {
  const within: readonly (readonly [what: string, profile: Profile, words?: readonly string[], settings?: object])[] = [
    ['a unit test within its budget', withTests([moons(100)])],
    ['within the tolerance', withTests([moons(109)])],
    ['within a wider tolerance', withTests([moons(190)]), ['--tolerance', '100%']],
    ['a slow test within its own budget', withTests([moons(4900, { tier: 'comprehensive' })])],
    ['budgets of the settings', withTests([moons(900)]), [], { budgets: { unit: 1000 } }],
    ['budgets of the command line', withTests([moons(900), aTest(['x'], { duration: 9000, tier: 'comprehensive' })]), ['--budget', 'unit=1s', '--budget', 'comprehensive=9000ms'], { budgets: { unit: 10 } }],
    ['a test that was skipped', withTests([moons(1), aTest(['x'], { outcome: 'skipped', duration: 9000, runs: 0 })])],
    ['a slow machine, relatively', withTests([moons(390)], { calibration: 10 }), ['--relative']],
    ['the wall time of files side by side', withTests([moons(90), ...Array.from({ length: 400 }, () => aTest(['many'], { duration: 90 }))], { wall: 20_000 })],
  ];
  it.each(within.map(([what, profile, words = [], settings]) => ({ what, profile, words, settings })))('$what', async ({ profile, words, settings }) => {
    expect(await codeOf(profile, words, settings)).toBe(0);
  });
});

describe('exit code 1', () => {
  const over: readonly (readonly [what: string, profile: Profile, words?: readonly string[]])[] = [
    ['a test over the budget of its tier', withTests([moons(120)])],
    ['a slow test over its own', withTests([moons(6000, { tier: 'comprehensive' })])],
    ['no tolerance', withTests([moons(101)]), ['--tolerance', '0']],
    ['a fast machine, relatively', withTests([moons(90)], { calibration: 1.25 }), ['--relative']],
    ['a fast run over its total', withTests(Array.from({ length: 400 }, () => aTest(['many'], { duration: 90 })))],
    ['a part of the suite that is over already', withTests([moons(500)], { partial: true })],
  ];
  it.each(over.map(([what, profile, words = []]) => ({ what, profile, words })))('$what', async ({ profile, words }) => {
    expect(await codeOf(profile, words)).toBe(1);
  });

  it('says what, by how much, and where', async () => {
    const folder = project(withTests([moons(2340), aTest(['forest', 'starts empty'], { duration: 130, line: 4 }), aTest(['quick'], { duration: 2 })]));
    expect((await call(folder, ['check'])).printed).toMatchInlineSnapshot(`
      "  took  budget                  test
      ------  ------  --------------  --------------------------------------------
      2.34 s  100 ms  slow, unmarked  test/a.test.ts  forest > separates the moons
      130 ms  100 ms  unit            test/a.test.ts:4  forest > starts empty

      The fast run takes 2.47 s (its tests and files one after the other); its budget is 30.0 s.
      2 of 3 tests are over budget.
      Anything may take 10 % more than its budget.
      "
    `);
  });
});

describe('exit code 2', () => {
  const unknown: readonly (readonly [what: string, content: string | undefined, said: RegExp, words?: readonly string[]])[] = [
    ['no profile', undefined, /profile\.json: there is no profile\. Record one/],
    ['a broken one', '{ "version": 1,', /profile\.json: expected JSON/],
    ['one of another version', '{ "version": 2 }', /profile\.json: version: expected 1/],
    ['one with a wrong field', JSON.stringify({ ...aProfile(), runs: 'two' }), /profile\.json: runs: expected/],
    ['no calibration', JSON.stringify(aProfile({ files: [] })), /profile\.json: calibration: expected/, ['--relative']],
  ];
  it.each(unknown.map(([what, content, said, words = []]) => ({ what, content, said, words })))('$what', async ({ content, said, words }) => {
    const folder = folderWith({ 'package.json': '{ "name": "own" }', ...(content === undefined ? {} : { '.slow-tests/profile.json': content }) });
    const { exitCode, complained, printed } = await call(folder, ['check', ...words]);
    expect({ exitCode, printed }).toEqual({ exitCode: 2, printed: '' });
    expect(complained).toMatch(said);
  });

  it('is that of a part of the suite, and of no test at all', async () => {
    expect(await codeOf(withTests([moons(1)], { partial: true }))).toBe(2);
    expect(await codeOf(withTests([]))).toBe(2);
  });
});

it('gives programs the whole judgement', async () => {
  const { printed } = await call(project(withTests([moons(2340)])), ['check', '--json']);
  expect(JSON.parse(printed)).toEqual({
    passed: false,
    tests: 1,
    isPartial: false,
    factor: 1,
    tolerance: 0.1,
    fastRun: { duration: 2340, basis: 'sum', budget: 30_000, isOver: false },
    offenders: [{ file: 'test/a.test.ts', title: ['forest', 'separates the moons'], tier: 'unit', duration: 2340, budget: 100, offence: 'hidden' }],
    tolerated: [],
  });
});

describe('on GitHub', () => {
  const environment = { GITHUB_ACTIONS: 'true' };

  it('annotates the line of the test', async () => {
    const { printed } = await call(project(withTests([moons(2340), aTest(['forest', 'starts empty'], { duration: 130 })])), ['check'], environment);
    expect(printed.split('\n').filter((line) => line.startsWith('::'))).toEqual([
      '::error file=test/a.test.ts,line=3,title=A slow test without the marker::forest > separates the moons took 2.34 s; it may take 100 ms.',
      '::error file=test/a.test.ts,line=4,title=A unit test over its budget::forest > starts empty took 130 ms; it may take 100 ms.',
    ]);
  });

  it('lets no title become a command', async () => {
    const title = ['a\n::set-output name=x::y%0A', '\u001B[2Jgone'];
    const { printed } = await call(project(withTests([aTest(title, { duration: 2000 })])), ['check'], environment);
    expect(printed.split('\n').filter((line) => line.startsWith('::'))).toHaveLength(1);
    expect(printed).not.toContain('\n::set-output');
    expect(printed.split('\n')[2]).toContain('a ::set-output name=x::y%0A >');
  });

  it('counts paths from the folder that GitHub checked out', async () => {
    const folder = project(withTests([moons(2340)]));
    const { printed } = await call(folder, ['check'], { ...environment, GITHUB_WORKSPACE: join(folder, '..') });
    expect(printed).toMatch(/^::error file=slow-tests-cli-\w+\/test\/a\.test\.ts,line=3/m);
  });
});

describe('the ratchet', () => {
  const put = (folder: string, profile: Profile): void => writeFileSync(join(folder, '.slow-tests/profile.json'), JSON.stringify(profile));
  const baseline = (folder: string): unknown => JSON.parse(read(folder, '.slow-tests/baseline.json'));

  it('accepts what is, then only less', async () => {
    const folder = project(withTests([moons(2340), aTest(['__proto__'], { duration: 500 })]));
    const check = async (): Promise<number | undefined> => (await call(folder, ['check', '--ratchet'])).exitCode;
    expect(await check()).toBe(0);
    const first = { version: 1, tests: [{ file: 'test/a.test.ts', title: ['__proto__'], duration: 500 }, { file: 'test/a.test.ts', title: ['forest', 'separates the moons'], duration: 2340 }] };
    expect(baseline(folder)).toEqual(first);
    expect(await check()).toBe(0);

    put(folder, withTests([moons(2700), aTest(['__proto__'], { duration: 500 })]));
    expect(await check(), 'longer').toBe(1);
    expect(baseline(folder), 'never raised').toEqual(first);

    put(folder, withTests([moons(1800), aTest(['__proto__'], { duration: 40 })]));
    expect(await check(), 'shorter').toBe(0);
    expect(baseline(folder), 'lowered').toEqual({ version: 1, tests: [{ file: 'test/a.test.ts', title: ['forest', 'separates the moons'], duration: 1800 }] });

    put(folder, withTests([moons(2340)]));
    expect(await check(), 'as long as at first').toBe(1);
    put(folder, withTests([moons(1800), aTest(['new'], { duration: 300 })]));
    expect(await check(), 'a new one').toBe(1);
    expect(JSON.stringify(baseline(folder))).not.toContain('new');
  });

  it('keeps what was not measured this time', async () => {
    const folder = project(withTests([moons(2340)]));
    await call(folder, ['check', '--ratchet']);
    const before = read(folder, '.slow-tests/baseline.json');
    put(folder, withTests([aTest(['other'])]));
    expect((await call(folder, ['check', '--ratchet'])).exitCode).toBe(0);
    expect(read(folder, '.slow-tests/baseline.json')).toBe(before);
  });

  it('holds for the fast run too, and where the baseline is put', async () => {
    const many = (count: number): Profile => withTests(Array.from({ length: count }, (_, index) => aTest([`many ${index}`], { duration: 90 })));
    const folder = project(many(400));
    const check = async (): Promise<number | undefined> => (await call(folder, ['check', '--ratchet', '--baseline', 'slow.json'])).exitCode;
    expect(await check()).toBe(0);
    expect(JSON.parse(read(folder, 'slow.json'))).toMatchObject({ fastRun: 36_000 });
    put(folder, many(450));
    expect(await check()).toBe(1);
    put(folder, many(300));
    expect(await check()).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'slow.json'), 'utf8'))).toEqual({ version: 1, tests: [] });
  });
});
