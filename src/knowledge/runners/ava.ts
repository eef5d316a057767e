import type { Runner } from '../runner.ts';

/** AVA's hooks are members of `test`: `test.before`, `test.beforeEach`. */
export const ava: Runner = {
  name: 'ava',
  modules: ['ava'],
  packages: ['ava'],
  globals: false,
  defaultIsTest: true,
  roots: {
    test: ['test'],
    group: [],
    beforeAll: ['before'],
    beforeEach: ['beforeEach'],
    after: ['after', 'afterEach'],
  },
  skippedRoots: [],
  // `cb` until version 3: a test that ends with `t.end()`.
  modifiers: ['serial', 'skip', 'only', 'todo', 'failing', 'always', 'cb'],
  skipModifiers: ['skip', 'todo'],
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
    words: ['ava'],
    titles: 'text',
    nothingRan: /Couldn.t find any (?:matching )?tests/,
    failsOnNothing: true,
    selections: [{ fast: [['--match', '!*$slow*']], slow: [['--match', '*$slow*', '--match', '!*$stress*']], stress: [['--match', '*$stress*']] }],
  },
};
