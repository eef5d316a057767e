import type { Runner } from '../runner.ts';

export const playwright: Runner = {
  name: 'playwright',
  modules: ['@playwright/test', 'playwright/test', '@playwright/experimental-ct-react', '@playwright/experimental-ct-vue'],
  packages: ['@playwright/test'],
  globals: false,
  defaultIsTest: true,
  roots: {
    test: ['test'],
    group: ['describe'],
    beforeAll: ['beforeAll'],
    beforeEach: ['beforeEach'],
    after: ['afterEach', 'afterAll'],
  },
  skippedRoots: [],
  modifiers: ['only', 'skip', 'fixme', 'fail', 'serial', 'parallel'],
  skipModifiers: ['skip', 'fixme'],
  conditions: [],
  tables: [],
  extenders: ['extend'],
  subtests: [],
  options: { tags: 'tag', skip: [] },
  timeouts: { lastArgument: false, contextMethods: ['setTimeout'] },
  mockObjects: [],
  spies: undefined,
  clock: undefined,
  command: {
    words: ['playwright', 'test'],
    titles: 'regexp',
    selections: [{ fast: [['--grep-invert', '$slow']], slow: [['--grep', '$slow', '--grep-invert', '$stress']], stress: [['--grep', '$stress']] }],
  },
};
