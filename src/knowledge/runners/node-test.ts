import type { Runner } from '../runner.ts';

/** Node 20 cannot exclude by title, so there slow tests need an environment gate besides their marker, or a file of their own. */
export const nodeTest: Runner = {
  name: 'node:test',
  modules: ['node:test', 'test'],
  packages: [],
  globals: false,
  defaultIsTest: true,
  roots: {
    test: ['test', 'it'],
    group: ['describe', 'suite'],
    beforeAll: ['before'],
    beforeEach: ['beforeEach'],
    after: ['after', 'afterEach'],
  },
  skippedRoots: [],
  modifiers: ['only', 'skip', 'todo', 'expectFailure'],
  skipModifiers: ['skip', 'todo'],
  conditions: [],
  tables: [],
  extenders: [],
  subtests: ['test'],
  options: { timeout: 'timeout', tags: 'tags', skip: ['skip', 'todo'] },
  timeouts: { lastArgument: false, contextMethods: [] },
  mockObjects: ['mock'],
  spies: { names: [], replace: '$context.mock.method($target, $stub)' },
  clock: undefined,
  command: {
    words: ['node', '--test'],
    titles: 'regexp',
    nothingRan: /^\S+ pass 0\n\S+ fail 0$/m,
    failsOnNothing: false,
    // A look-ahead in the pattern of names leaves nothing out: a group that matches runs everything in it.
    selections: [
      { since: '22.0.0', fast: [['--test-skip-pattern=/$slow/']], slow: [['--test-name-pattern=/$slow/', '--test-skip-pattern=/$stress/']], stress: [['--test-name-pattern=/$stress/']] },
      { slow: [['--test-name-pattern=/^(?!.*$stress).*$slow/']], stress: [['--test-name-pattern=/$stress/']] },
    ],
  },
};
