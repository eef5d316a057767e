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
  commands: { fast: "vitest run -t '^(?!.*@slow)'", slow: "vitest run -t '@slow'" },
};
