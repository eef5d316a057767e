import type { Runner } from '../runner.ts';

/** tape has no title filter, nor have those of its kind: slow tests go into files of their own, `*.slow.js`, or behind an environment gate. */
export const tape: Runner = {
  name: 'tape',
  modules: ['tape', 'tape-promise', 'tape-promise/tape', 'tape-catch', 'blue-tape', '@putout/test', 'supertape', 'tap', 'zora', 'brittle', 'uvu', 'manten'],
  packages: ['tape', 'supertape', 'tap'],
  globals: false,
  defaultIsTest: true,
  roots: { test: ['test'], group: ['describe', 'testSuite'], beforeAll: [], beforeEach: [], after: [] },
  skippedRoots: [],
  modifiers: ['skip', 'only', 'todo', 'solo'],
  skipModifiers: ['skip', 'todo'],
  conditions: [],
  tables: [],
  // uvu's.
  extenders: ['suite'],
  subtests: ['test', 'describe'],
  options: { timeout: 'timeout', skip: ['skip', 'todo'] },
  timeouts: { lastArgument: false, contextMethods: ['timeoutAfter'] },
  mockObjects: [],
  spies: undefined,
  clock: undefined,
  command: { words: ['tape'], titles: 'text', nothingRan: /^TAP version 13\n(?:# (?:SKIP|TODO) .*\n|\s*\n)*1\.\.0$/m, failsOnNothing: false, selections: [] },
};
