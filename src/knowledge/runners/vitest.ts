import type { Runner } from '../runner.ts';

export const vitest: Runner = {
  name: 'vitest',
  modules: ['vitest', '@effect/vitest', 'vite-plus/test'],
  packages: ['vitest'],
  globals: true,
  defaultIsTest: false,
  roots: {
    test: ['test', 'it', 'bench'],
    group: ['describe', 'suite'],
    beforeAll: ['beforeAll', 'aroundAll'],
    beforeEach: ['beforeEach', 'aroundEach'],
    after: ['afterEach', 'afterAll'],
  },
  skippedRoots: [],
  modifiers: ['only', 'skip', 'todo', 'fails', 'concurrent', 'sequential', 'shuffle', 'override', 'scoped'],
  skipModifiers: ['skip', 'todo'],
  conditions: ['skipIf', 'runIf'],
  tables: ['each', 'for'],
  extenders: ['extend', 'override'],
  subtests: [],
  options: { timeout: 'timeout', tags: 'tags', skip: ['skip', 'todo'] },
  timeouts: { lastArgument: true, contextMethods: [] },
  mockObjects: ['vi', 'vitest'],
  spies: { names: ['vi'], replace: 'vi.spyOn($target).mockImplementation($stub)', restore: 'vi.restoreAllMocks()' },
  clock: { names: ['vi'], start: 'vi.useFakeTimers()', advance: 'await vi.advanceTimersByTimeAsync($time)', restore: 'vi.useRealTimers()' },
  command: {
    words: ['vitest', 'run'],
    titles: 'regexp',
    nothingRan: /^\s*Tests\s+(?:\d+ (?:skipped|todo)(?: \| )?)+ \(\d+\)\s*$|^No test files found/m,
    failsOnNothing: false,
    // Titles are the common tongue; tests that carry the tag alone take a call of their own.
    selections: [
      {
        since: '4.1.0',
        tags: ['$slowTag', '$stressTag'],
        fast: [['-t', '^(?!.*$slow)', '--tags-filter=!$slowTag && !$stressTag']],
        slow: [['-t', '^(?!.*$stress).*$slow', '--tags-filter=!$stressTag'], ['-t', '^(?!.*$slow)', '--tags-filter=$slowTag && !$stressTag']],
        stress: [['-t', '$stress'], ['-t', '^(?!.*$stress)', '--tags-filter=$stressTag']],
      },
      {
        since: '4.1.0',
        tags: ['$slowTag'],
        fast: [['-t', '^(?!.*$slow)', '--tags-filter=!$slowTag']],
        slow: [['-t', '^(?!.*$stress).*$slow'], ['-t', '^(?!.*$slow)', '--tags-filter=$slowTag']],
        stress: [['-t', '$stress']],
      },
      { fast: [['-t', '^(?!.*$slow)']], slow: [['-t', '^(?!.*$stress).*$slow']], stress: [['-t', '$stress']] },
    ],
  },
};
