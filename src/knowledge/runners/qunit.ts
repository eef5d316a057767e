import type { Runner } from '../runner.ts';

export const qunit: Runner = {
  name: 'qunit',
  modules: ['qunit'],
  packages: ['qunit', 'qunitjs', 'karma-qunit', 'ember-qunit'],
  globals: true,
  defaultIsTest: false,
  roots: {
    test: ['test'],
    group: ['module'],
    beforeAll: ['before'],
    beforeEach: ['beforeEach'],
    after: ['after', 'afterEach'],
  },
  skippedRoots: ['skip', 'todo'],
  modifiers: ['only', 'skip', 'todo', 'if'],
  skipModifiers: ['skip', 'todo'],
  conditions: [],
  tables: ['each'],
  extenders: [],
  subtests: [],
  options: { skip: [] },
  timeouts: { lastArgument: false, contextMethods: ['timeout'] },
  mockObjects: [],
  spies: undefined,
  clock: undefined,
  command: {
    words: ['qunit'],
    titles: 'regexp',
    selections: [{ fast: [['--filter', '!/$slow/']], slow: [['--filter', '/^(?!.*$stress).*$slow/']], stress: [['--filter', '/$stress/']] }],
  },
};
