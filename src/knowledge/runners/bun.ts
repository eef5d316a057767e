import type { Runner } from '../runner.ts';

export const bun: Runner = {
  name: 'bun',
  modules: ['bun:test'],
  packages: ['bun-types', '@types/bun'],
  globals: true,
  defaultIsTest: false,
  roots: {
    test: ['test', 'it'],
    group: ['describe'],
    beforeAll: ['beforeAll'],
    beforeEach: ['beforeEach'],
    after: ['afterEach', 'afterAll'],
  },
  skippedRoots: ['xit', 'xtest', 'xdescribe'],
  modifiers: ['only', 'skip', 'todo', 'failing', 'concurrent', 'serial'],
  skipModifiers: ['skip', 'todo'],
  conditions: ['if', 'skipIf', 'todoIf', 'failingIf', 'concurrentIf', 'serialIf'],
  tables: ['each'],
  extenders: [],
  subtests: [],
  options: { timeout: 'timeout', skip: [] },
  timeouts: { lastArgument: true, contextMethods: [] },
  mockObjects: ['jest', 'vi', 'mock'],
  spies: { names: ['mock', 'spyOn'], replace: 'spyOn($target).mockImplementation($stub)', restore: 'mock.restore()' },
  clock: undefined,
  command: {
    words: ['bun', 'test'],
    titles: 'regexp',
    selections: [{ fast: [['-t', '^(?!.*$slow)']], slow: [['-t', '^(?!.*$stress).*$slow']], stress: [['-t', '$stress']] }],
  },
};
