import type { Runner } from '../runner.ts';

/** Node 20 cannot exclude by title, so there the slow tests need a file or an environment gate of their own. */
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
  commands: {
    fast: "node --test --test-skip-pattern='/@slow/'",
    slow: "node --test --test-name-pattern='/@slow/'",
  },
};
