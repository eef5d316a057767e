// The parts of `slow-tests mutants`, each by itself: no runner is started here.
import { existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SuiteRun } from '../../../src/cli/migrate/suite-runs.ts';
import { titlesWith } from '../../../src/cli/migrate/titles.ts';
import { copyProject } from '../../../src/cli/mutants/project-copy.ts';
import { AIM, findPromotions } from '../../../src/cli/mutants/promote.ts';
import type { TestPart } from '../../../src/cli/mutants/reached.ts';
import { sample, shareBounds } from '../../../src/cli/mutants/sample.ts';
import { sourceFiles } from '../../../src/cli/mutants/source-files.ts';
import type { Tried } from '../../../src/cli/mutants/try-mutant.ts';
import { tryMutant } from '../../../src/cli/mutants/try-mutant.ts';
import { isFastTier } from '../../../src/timing/budgets.ts';
import type { ProfiledTest } from '../../../src/timing/profile.ts';
import { folderWith } from '../probe.ts';

const mutantOf = (id: string) => ({ id, file: 'src/a.js', line: 1, mutator: 'BooleanLiteral', original: 'true', replacement: 'false' });

describe('a sample', () => {
  it('is the same for the same seed, holds each item once, and differs with the seed', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { maxLength: 60 }), fc.nat(80), fc.integer(), (items, count, seed) => {
        const chosen = sample(items, count, seed);
        expect(chosen).toEqual(sample(items, count, seed));
        expect(new Set(chosen).size).toBe(Math.min(count, items.length));
        expect(chosen.every((item) => items.includes(item))).toBe(true);
      }),
    );
    const many = Array.from({ length: 500 }, (_, index) => index);
    expect(sample(many, 20, 1)).not.toEqual(sample(many, 20, 2));
  });

  it('takes each item as often as any other', () => {
    const items = Array.from({ length: 10 }, (_, index) => index);
    const counts = items.map((item) => Array.from({ length: 2000 }, (_, seed) => sample(items, 3, seed)).filter((chosen) => chosen.includes(item)).length);
    // 600 of each are expected, with a deviation of 20.
    for (const count of counts) expect(Math.abs(count - 600)).toBeLessThan(120);
  });

  it.each([
    [0, 0, 0, 1],
    [10, 10, 0.72, 1],
    [0, 10, 0, 0.28],
    [45, 50, 0.79, 0.96],
  ])('with %i hits of %i says that the share lies between %f and %f', (hits, count, low, high) => {
    expect(shareBounds(hits, count).map((bound) => Math.round(bound * 100) / 100)).toEqual([low, high]);
  });
});

describe('what a mutant does to the runs', () => {
  const test = (title: string, outcome: ProfiledTest['outcome'] = 'passed'): ProfiledTest => ({ title: [title], tier: title.includes('@slow') ? 'comprehensive' : 'unit', outcome, duration: 10, runs: 1 });
  const titles = ['plain', 'shape (small)', 'shape (full @slow)', 'long @slow'];
  const parts = (['fast', 'slow'] as const).map((tier): TestPart => ({ file: 'a.test.js', tier, reached: new Set(['1']), passed: titles.map((title) => test(title)).filter((one) => isFastTier(one.tier) === (tier === 'fast')), wall: 100, exitCode: 0 }));
  const ended = (failing: readonly string[], missing: readonly string[], rest: Partial<SuiteRun> = {}): ((tier: 'fast' | 'slow') => SuiteRun) => (tier) => {
    const tests = titles.filter((title) => !missing.includes(title)).map((title) => test(title, failing.includes(title) ? 'failed' : 'passed')).filter((one) => isFastTier(one.tier) === (tier === 'fast'));
    const fails = tests.some(({ outcome }) => outcome === 'failed');
    return { files: [{ file: 'a.test.js', tests }], recorded: undefined, exitCode: fails ? 1 : 0, isOverTime: false, isStopped: false, isEmpty: false, printed: '', wall: 100, coverage: undefined, ...rest };
  };
  const tried = async (run: (tier: 'fast' | 'slow') => SuiteRun, aside: readonly string[] = []) => {
    const tiers: string[] = [];
    const result = await tryMutant(mutantOf('1'), {
      parts,
      titles: titlesWith({ slow: '@slow', stress: '@stress' }),
      known: () => new Set(),
      aside: () => new Set(aside.map((title) => JSON.stringify([title]))),
      jobs: 1,
      run: (tier) => {
        tiers.push(tier);
        return Promise.resolve(run(tier));
      },
    });
    if (result === 'stopped') return result;
    return { before: result.isKilledBefore, fast: result.isKilledFast, killers: result.killers.map(({ title }) => title.join()), tiers: tiers.join() };
  };

  it.each([
    ['a fast test of before fails: nothing else need be run', ended(['plain'], []), { before: true, fast: true, killers: [], tiers: 'fast' }],
    ['only a small row fails: the original sizes are asked too', ended(['shape (small)'], []), { before: false, fast: true, killers: [], tiers: 'fast,slow' }],
    ['a small row and its full row fail', ended(['shape (small)', 'shape (full @slow)'], []), { before: true, fast: true, killers: [], tiers: 'fast,slow' }],
    ['only slow tests fail: they are named', ended(['long @slow', 'shape (full @slow)'], []), { before: true, fast: false, killers: ['shape (full @slow)', 'long @slow'], tiers: 'fast,slow' }],
    ['nothing fails', ended([], []), { before: false, fast: false, killers: [], tiers: 'fast,slow' }],
    ['a test is not heard of any more', ended([], ['plain']), { before: true, fast: true, killers: [], tiers: 'fast' }],
  ])('%s', async (_name, run, expected) => {
    expect(await tried(run)).toEqual(expected);
  });

  it('names no test where the slow run hangs before all have run', async () => {
    const hanging = (tier: 'fast' | 'slow'): SuiteRun => (tier === 'fast' ? ended([], [])(tier) : ended([], ['long @slow', 'shape (full @slow)'], { isOverTime: true, exitCode: 143 })(tier));
    expect(await tried(hanging)).toEqual({ before: true, fast: false, killers: [], tiers: 'fast,slow' });
  });

  it('counts a run that breaks off without a failing test', async () => {
    const breaking = (tier: 'fast' | 'slow'): SuiteRun => ended([], [], tier === 'slow' ? { exitCode: 1 } : {})(tier);
    expect(await tried(breaking)).toMatchObject({ before: true, fast: false });
  });

  it('believes no test that ends in one way and in another', async () => {
    expect(await tried(ended(['plain'], []), ['plain'])).toMatchObject({ before: false, fast: true });
    expect(await tried(ended([], []))).toMatchObject({ before: false, fast: false });
  });

  it('says so when somebody stops it', async () => {
    expect(await tried(ended([], [], { isStopped: true }))).toBe('stopped');
  });
});

describe('tests to promote', () => {
  const missedBy = (...killers: readonly [string, number][]): Tried => ({ mutant: mutantOf('1'), isKilledBefore: true, isKilledFast: false, killers: killers.map(([title, ms]) => ({ file: 'a.test.js', title: [title], ms })) });
  const killed: Tried = { mutant: mutantOf('1'), isKilledBefore: true, isKilledFast: true, killers: [] };

  it('are those with the most kills for the time, and none whose kills others have won', () => {
    const found = findPromotions([missedBy(['all', 1000], ['two', 100]), missedBy(['all', 1000], ['two', 100], ['one', 90]), missedBy(['all', 1000])]);
    expect(found.map(({ title: [title], wins, share }) => [title, wins, Math.round(share * 100)])).toEqual([
      ['two', 2, 67],
      ['all', 1, 100],
    ]);
  });

  it('are none when the aim is reached, when nothing can be won, and when nothing was killed before', () => {
    expect(findPromotions([...Array.from({ length: 19 }, () => killed), missedBy(['one', 1])])).toEqual([]);
    expect(findPromotions([missedBy()])).toEqual([]);
    expect(findPromotions([{ ...killed, isKilledBefore: false }])).toEqual([]);
  });

  it('win what can be won, up to the aim', () => {
    const names = ['a', 'b', 'c', 'd'];
    const killers = fc.uniqueArray(fc.constantFrom(...names)).map((chosen) => missedBy(...chosen.map((name): [string, number] => [name, name.charCodeAt(0)])));
    fc.assert(
      fc.property(fc.array(fc.oneof(killers, fc.constant(killed)), { minLength: 1, maxLength: 20 }), (tried) => {
        const found = findPromotions(tried);
        const winnable = tried.filter((one) => one.isKilledFast || one.killers.length > 0).length / tried.length;
        const now = tried.filter(({ isKilledFast }) => isKilledFast).length / tried.length;
        expect(found.at(-1)?.share ?? now).toBeGreaterThanOrEqual(Math.min(AIM, winnable));
        expect(found.every(({ wins }) => wins > 0)).toBe(true);
      }),
    );
  });
});

describe('the copy of a project', () => {
  it('holds its files, links packages, leads those of its workspace and what is above to the right places, and can be removed', () => {
    const top = folderWith({
      'package.json': '{}',
      'tsconfig.base.json': '{}',
      'node_modules/above/index.js': '',
      'app/package.json': '{}',
      'app/src/a.js': 'a',
      'app/packages/inner/index.js': 'inner',
      'app/node_modules/dependency/index.js': 'd',
      'app/node_modules/@scope/plain/index.js': 'p',
      'app/.git/HEAD': '',
      'app/.slow-tests/profile.json': '{}',
    });
    const root = join(top, 'app');
    symlinkSync('../packages/inner', join(root, 'node_modules/inner'));
    symlinkSync('../../packages/inner', join(root, 'node_modules/@scope/inner'));
    const copy = copyProject(root);
    try {
      const at = (path: string): string => realpathSync(join(copy.root, path));
      writeFileSync(join(copy.root, 'src/a.js'), 'changed');
      writeFileSync(join(copy.root, 'packages/inner/index.js'), 'changed');
      expect(readFileSync(join(root, 'src/a.js'), 'utf8')).toBe('a');
      expect(readFileSync(join(root, 'packages/inner/index.js'), 'utf8')).toBe('inner');
      expect([at('node_modules/dependency'), at('node_modules/@scope/plain'), at('../tsconfig.base.json'), at('../node_modules/above')]).toEqual(
        ['app/node_modules/dependency', 'app/node_modules/@scope/plain', 'tsconfig.base.json', 'node_modules/above'].map((path) => realpathSync(join(top, path))),
      );
      expect([at('node_modules/inner'), at('node_modules/@scope/inner')]).toEqual([at('packages/inner'), at('packages/inner')]);
      expect(['.git', '.slow-tests'].filter((name) => existsSync(join(copy.root, name)))).toEqual([]);
    } finally {
      copy.remove();
    }
    expect(existsSync(copy.root)).toBe(false);
    expect(lstatSync(join(root, 'node_modules/inner')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(root, 'node_modules/dependency/index.js'), 'utf8')).toBe('d');
  });

  it('goes away with the next one, when the process that made it was killed', () => {
    // No system gives such a number.
    const leftOver = join(tmpdir(), 'slow-tests-mutants-999999999-a');
    const foreign = folderWith({ 'package.json': '{}' });
    mkdirSync(leftOver, { recursive: true });
    const [first, second] = [copyProject(foreign), copyProject(foreign)];
    expect([leftOver, first.root, second.root].map((path) => existsSync(path))).toEqual([false, true, true]);
    for (const { remove } of [first, second]) remove();
  });
});

describe('source', () => {
  it('is what is neither a test, nor for tests, nor configuration, nor built', async () => {
    const folder = folderWith(
      Object.fromEntries(['src/a.ts', 'lib/b.js', 'index.mjs', 'src/a.test.ts', 'src/a_test.js', 'test/c.js', 'src/__tests__/d.ts', 'vitest.config.ts', '.eslintrc.cjs', 'types/e.d.ts', 'dist/f.js', 'scripts/g.js', 'lib/check.js'].map((path) => [path, 'export {};'])),
    );
    mkdirSync(join(folder, 'empty'));
    writeFileSync(join(folder, 'lib/bytes.js'), new Uint8Array([0xff, 0xfe, 0x00]));
    expect((await sourceFiles(folder, new Set(['lib/check.js']))).map(({ file }) => file)).toEqual(['index.mjs', 'lib/b.js', 'src/a.ts']);
  });
});
