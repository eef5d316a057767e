import type { Runner } from '../runner.ts';

export const jasmine: Runner = {
  name: 'jasmine',
  modules: ['jasmine-core/noGlobals', 'jasmine'],
  packages: ['jasmine', 'jasmine-core', 'karma-jasmine'],
  globals: true,
  defaultIsTest: false,
  roots: {
    test: ['it', 'fit'],
    group: ['describe', 'fdescribe'],
    beforeAll: ['beforeAll'],
    beforeEach: ['beforeEach'],
    after: ['afterEach', 'afterAll'],
  },
  skippedRoots: ['xit', 'xdescribe'],
  modifiers: [],
  skipModifiers: [],
  conditions: [],
  tables: [],
  extenders: [],
  subtests: [],
  options: { skip: [] },
  timeouts: { lastArgument: true, contextMethods: [] },
  mockObjects: [],
  spies: { names: [], replace: 'spyOn($target).and.callFake($stub)' },
  clock: undefined,
  command: {
    words: ['jasmine'],
    titles: 'regexp',
    selections: [{ fast: [['--filter=^(?!.*$slow)']], slow: [['--filter=^(?!.*$stress).*$slow']], stress: [['--filter=$stress']] }],
  },
};
