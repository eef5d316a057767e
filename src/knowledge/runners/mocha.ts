import type { Runner } from '../runner.ts';

export const mocha: Runner = {
  name: 'mocha',
  modules: ['mocha'],
  packages: ['mocha', 'hardhat', '@nomicfoundation/hardhat-toolbox', 'truffle', 'karma-mocha', '@web/test-runner'],
  globals: true,
  defaultIsTest: false,
  roots: {
    test: ['it', 'specify', 'test'],
    group: ['describe', 'context', 'suite', 'contract'],
    beforeAll: ['before', 'suiteSetup'],
    beforeEach: ['beforeEach', 'setup'],
    after: ['after', 'afterEach', 'teardown', 'suiteTeardown'],
  },
  skippedRoots: ['xit', 'xspecify', 'xdescribe', 'xcontext'],
  modifiers: ['only', 'skip'],
  skipModifiers: ['skip'],
  conditions: [],
  tables: [],
  extenders: [],
  subtests: [],
  options: { skip: [] },
  timeouts: { lastArgument: false, contextMethods: ['timeout'] },
  mockObjects: [],
  spies: undefined,
  clock: undefined,
  command: {
    words: ['mocha'],
    titles: 'regexp',
    selections: [{ fast: [['--grep', '$slow', '--invert']], slow: [['--grep', '^(?!.*$stress).*$slow']], stress: [['--grep', '$stress']] }],
  },
};
