import type { Runner } from '../runner.ts';

export const jest: Runner = {
  name: 'jest',
  modules: ['@jest/globals', '@rstest/core'],
  packages: ['jest', 'ts-jest', 'react-scripts', '@jest/core'],
  globals: true,
  defaultIsTest: false,
  roots: {
    test: ['test', 'it', 'fit'],
    group: ['describe', 'fdescribe'],
    beforeAll: ['beforeAll'],
    beforeEach: ['beforeEach'],
    after: ['afterEach', 'afterAll'],
  },
  skippedRoots: ['xit', 'xtest', 'xdescribe'],
  modifiers: ['only', 'skip', 'todo', 'failing', 'concurrent'],
  skipModifiers: ['skip', 'todo'],
  conditions: [],
  tables: ['each'],
  extenders: [],
  subtests: [],
  options: { skip: [] },
  timeouts: { lastArgument: true, contextMethods: [] },
  mockObjects: ['jest'],
  spies: { names: ['jest'], replace: 'jest.spyOn($target).mockImplementation($stub)', restore: 'jest.restoreAllMocks()' },
  clock: { names: ['jest'], start: 'jest.useFakeTimers()', advance: 'await jest.advanceTimersByTimeAsync($time)', restore: 'jest.useRealTimers()' },
  command: {
    words: ['jest'],
    titles: 'regexp',
    selections: [{ fast: [['-t', '^(?!.*$slow)']], slow: [['-t', '^(?!.*$stress).*$slow']], stress: [['-t', '$stress']] }],
  },
};
