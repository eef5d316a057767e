/** How the test files of each runner look, for programs that nobody wrote. */

export interface RunnerForm {
  readonly runner: string;
  /** Lines that bring the names. */
  readonly head: string;
  readonly test: string;
  /** Empty where there are no groups. */
  readonly group: string;
  readonly beforeEach: string;
  readonly beforeAll: string;
  readonly after: string;
  readonly tables: readonly string[];
  readonly modifiers: readonly string[];
  /** Modifiers that take a condition. */
  readonly conditions: readonly string[];
  readonly timeout: 'last' | 'options' | 'this' | 'context' | 'none';
  /** Parameter that a test needs for its assertions. */
  readonly context: string;
  readonly equal: (actual: string, expected: string) => string;
  readonly truthy: (actual: string) => string;
  readonly mocks: string;
  readonly isModule: boolean;
  readonly canRun: boolean;
}

const jestLike = {
  group: 'describe', beforeEach: 'beforeEach', beforeAll: 'beforeAll', after: 'afterEach', tables: ['each'], conditions: [], timeout: 'last', context: '', mocks: 'vi', isModule: true, canRun: true,
  equal: (actual: string, expected: string) => `expect(${actual}).toEqual(${expected})`,
  truthy: (actual: string) => `expect(${actual}).toBeTruthy()`,
} as const;
const asserting = {
  equal: (actual: string, expected: string) => `assert.deepEqual(${actual}, ${expected})`,
  truthy: (actual: string) => `assert.ok(${actual})`,
} as const;
const contextual = {
  equal: (actual: string, expected: string) => `t.deepEqual(${actual}, ${expected})`,
  truthy: (actual: string) => `t.truthy(${actual})`,
} as const;
const none = { group: '', beforeEach: '', beforeAll: '', after: '', tables: [], modifiers: [], conditions: [], mocks: '' } as const;

const vitest = { ...jestLike, runner: 'vitest', tables: ['each', 'for'], modifiers: ['concurrent', 'sequential', 'skip', 'only', 'fails', 'todo'], conditions: ['skipIf', 'runIf'] } as const;
const jest = { ...jestLike, runner: 'jest', modifiers: ['concurrent', 'skip', 'only', 'failing'], mocks: 'jest' } as const;
const mocha = { ...jestLike, ...asserting, runner: 'mocha', beforeAll: 'before', tables: [], modifiers: ['skip', 'only'], timeout: 'this', mocks: '' } as const;
const nodeTest = { ...jestLike, ...asserting, runner: 'node:test', beforeAll: 'before', tables: [], modifiers: ['skip', 'todo', 'only'], timeout: 'options', mocks: 'mock' } as const;
const ASSERT = 'import assert from «node:assert»;\n';

export const RUNNER_FORMS: readonly RunnerForm[] = [
  { ...vitest, head: 'import { afterEach, beforeAll, beforeEach, describe, expect, it, test, vi } from «vitest»;\n', test: 'it' },
  { ...vitest, head: 'import { afterEach, beforeAll, beforeEach, describe as group, expect, test as check, vi } from «vitest»;\n', test: 'check', group: 'group' },
  { ...vitest, head: 'import * as v from «vitest»;\nconst { expect, vi } = v;\n', test: 'v.it', group: 'v.describe', beforeEach: 'v.beforeEach', beforeAll: 'v.beforeAll', after: 'v.afterEach' },
  { ...jest, head: '', test: 'test', isModule: false },
  { ...jest, head: 'import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from «@jest/globals»;\n', test: 'it' },
  { ...jest, head: 'const { afterEach, beforeAll, beforeEach, describe, expect, test: it, jest } = require(«@jest/globals»);\n', test: 'it', isModule: false },
  { ...mocha, head: 'const assert = require(«assert»);\n', test: 'it', isModule: false },
  { ...mocha, head: `${ASSERT}import { after, afterEach, before, beforeEach, describe, it } from «mocha»;\n`, test: 'it' },
  { ...mocha, head: `${ASSERT}import { beforeEach, setup, suite, suiteSetup, teardown, test } from «mocha»;\n`, test: 'test', group: 'suite', beforeEach: 'setup', beforeAll: 'suiteSetup', after: 'teardown' },
  { ...nodeTest, head: `${ASSERT}import { afterEach, before, beforeEach, describe, it, mock } from «node:test»;\n`, test: 'it' },
  { ...nodeTest, head: `${ASSERT}import test, { afterEach, before, beforeEach, describe, mock } from «node:test»;\n`, test: 'test' },
  { ...nodeTest, head: 'const assert = require(«node:assert»);\nconst { afterEach, before, beforeEach, suite, test } = require(«node:test»);\n', test: 'test', group: 'suite', isModule: false, mocks: '' },
  { ...jestLike, head: 'import { afterEach, beforeAll, beforeEach, describe, expect, it } from «bun:test»;\n', runner: 'bun', test: 'it', modifiers: ['skip', 'todo', 'only'], conditions: ['skipIf', 'if'], mocks: '' },
  { ...jestLike, head: 'import { afterEach, beforeAll, beforeEach, describe, expect, it } from «jasmine»;\n', runner: 'jasmine', test: 'it', tables: [], modifiers: [], mocks: '' },
  { ...none, ...contextual, head: 'import test from «ava»;\n', runner: 'ava', test: 'test', beforeEach: 'test.beforeEach', beforeAll: 'test.before', modifiers: ['serial', 'skip', 'only', 'failing'], timeout: 'context', context: 't', isModule: true, canRun: false },
  { ...none, ...contextual, head: 'const test = require(«tape»);\n', runner: 'tape', test: 'test', modifiers: ['skip', 'only'], timeout: 'options', context: 't', isModule: false, canRun: false },
  { ...none, ...asserting, head: '', runner: 'qunit', test: 'QUnit.test', group: 'QUnit.module', tables: ['each'], modifiers: ['skip', 'only'], timeout: 'none', context: 'assert', isModule: true, canRun: false },
  { ...none, head: 'import { expect, test } from «@playwright/test»;\n', runner: 'playwright', test: 'test', group: 'test.describe', beforeEach: 'test.beforeEach', beforeAll: 'test.beforeAll', after: 'test.afterEach', modifiers: ['skip', 'only', 'fixme'], timeout: 'none', context: '{ page }', equal: jestLike.equal, truthy: jestLike.truthy, isModule: true, canRun: false },
];
