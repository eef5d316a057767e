/** Tests that wait on the real clock, and what only looks like it. */
import { describe, expect, it } from 'vitest';
import type { CaseOptions } from '../squiggle.ts';
import { needsRunners, ran, runSuite } from '../codemods/run-suite.ts';
import { lintText, squiggleTester } from '../squiggle.ts';

needsRunners();

const report = squiggleTester('no-real-sleep');
const VITEST = "import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';\n";
const SLEEP = 'const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));\n';

/** How long each report says that is waited; `silent` when nothing is reported. */
function waits(text: string, options: CaseOptions = {}): string {
  const said = report(text, { ...options, shows: 'reports' });
  return said === 'silent' ? said : [...said.matchAll(/Waits (\S+ \w+) on the real clock/g)].map(([, duration]) => duration).join(', ');
}

const inTest = (body: string): string => `${VITEST}it('ends', async () => {\n  ${body}\n});`;

describe('a test that waits', () => {
  it.each<readonly [what: string, text: string, duration: string]>([
    ['for a promise of a timer', inTest('await new Promise((resolve) => setTimeout(resolve, 1000));'), '1 s'],
    ['in a block', inTest('await new Promise((r) => { setTimeout(() => { r(); }, 250); });'), '250 ms'],
    ['with more to do at the end', inTest('await new Promise<void>((r) => setTimeout(() => {\n    log();\n    r();\n  }, 2 * 1000));'), '2 s'],
    ['and goes on then', inTest('await new Promise((r) => setTimeout(r, 500)).then(() => check());'), '500 ms'],
    ['by its last expression', `${VITEST}it('ends', () => new Promise((r) => setTimeout(r, 500)));`, '500 ms'],
    ['for a constant of the file', `${VITEST}const SECOND = 1_000;\nit('ends', async () => {\n  await new Promise((r) => setTimeout(r, SECOND * 1.5));\n});`, '1.5 s'],
    ['by a helper', `${VITEST}${SLEEP}it('ends', async () => {\n  await sleep(300);\n  await sleep(20);\n});`, '300 ms'],
    ['by a helper that has its own mind', `${VITEST}async function settle() {\n  await new Promise((r) => setTimeout(r, 400));\n}\nit('ends', async () => {\n  await settle();\n});`, '400 ms'],
    ['by a default', `${VITEST}const pause = (ms = 750) => new Promise((r) => setTimeout(r, ms));\nit('ends', async () => {\n  await pause();\n});`, '750 ms'],
    ["by Node's own promise", `import { setTimeout as sleep } from 'node:timers/promises';\n${inTest('await sleep(500);')}`, '500 ms'],
    ['by a member of it', `import timers from 'timers/promises';\n${inTest('await timers.setTimeout(500); await timers.scheduler.wait(600);')}`, '500 ms, 600 ms'],
    ['by promisify', `import { promisify } from 'node:util';\nconst sleep = promisify(setTimeout);\n${inTest('await sleep(500);')}`, '500 ms'],
    ['by a package', `import delay from 'delay';\n${inTest('await delay(500);')}`, '500 ms'],
    ['by a page', "import { test } from '@playwright/test';\ntest('ends', async ({ page }) => {\n  await page.waitForTimeout(3000);\n});", '3 s'],
    ['by Cypress', "describe('x', () => {\n  it('ends', () => {\n    cy.get('a').click();\n    cy.wait(2000);\n  });\n});", '2 s'],
    ['in a hook', `${VITEST}beforeEach(async () => {\n  await new Promise((r) => setTimeout(r, 500));\n});\nit('ends', () => {});`, '500 ms'],
    ['inside act', inTest('await act(async () => {\n    await new Promise((r) => setTimeout(r, 500));\n  });'), '500 ms'],
    ['again and again', inTest('for (const x of [1, 2]) await new Promise((r) => setTimeout(r, 500));'), '500 ms'],
    ['by a table', `${VITEST}it.each([50, 150])('waits %i', async (ms) => {\n  await new Promise((r) => setTimeout(r, ms));\n});`, '150 ms'],
    ['before it calls done', "describe('x', () => {\n  it('ends', (done) => {\n    setTimeout(() => {\n      check();\n      done();\n    }, 1200);\n  });\n});", '1.2 s'],
    ['to call done', "describe('x', () => {\n  it('ends', function (done) {\n    setTimeout(done, 1200);\n  });\n});", '1.2 s'],
  ])('%s', (_what, text, duration) => {
    expect(waits(text)).toBe(duration);
  });

  it('by a helper next door', () => {
    const files = { 'test/helpers.ts': 'export async function sleep(ms: number) {\n  await new Promise((resolve) => setTimeout(resolve, ms));\n}\nexport function sleepless() {}\n' };
    const text = `import { sleep, sleepless } from './helpers';\n${inTest('sleepless(500); await sleep(500);')}`;
    expect(waits(text, { files })).toBe('500 ms');
  });

  it('is held to the budget of its tier', () => {
    const text = inTest('await new Promise((r) => setTimeout(r, 600));');
    expect(waits(text, { filename: 'test/a.integration.test.ts' })).toBe('silent');
    expect(waits(text, { filename: 'test/a.integration.test.ts', settings: { budgets: { integration: 500 } } })).toBe('600 ms');
    expect(waits(text, { settings: { budgets: { unit: 600 } } })).toBe('silent');
  });
});

describe('silent is', () => {
  it.each<readonly [what: string, text: string]>([
    ['a short wait', inTest('await new Promise((r) => setTimeout(r, 100));')],
    ['a wait nobody waits for', inTest('setTimeout(() => {}, 1000);\n  const later = new Promise((r) => setTimeout(r, 1000));')],
    ['the loser of a race', `${VITEST}${SLEEP}it('ends', async () => {\n  await Promise.race([work(), sleep(5000)]);\n});`],
    ['a guard that rejects', inTest('await new Promise((resolve, reject) => {\n    setTimeout(() => reject(new Error("late")), 5000);\n    work(resolve);\n  });')],
    ['a guard that resolves', inTest('await new Promise((resolve) => {\n    setTimeout(resolve, 5000);\n    emitter.once("end", resolve);\n  });')],
    ['what is cleared', inTest('await new Promise((resolve) => {\n    const id = setTimeout(resolve, 5000);\n    emitter.once("end", () => clearTimeout(id));\n  });')],
    ['a wait of which only a member is read', `${VITEST}${SLEEP}it('starts', () => {\n  const started = sleep(5000).started;\n  expect(started).toBe(true);\n});`],
    ['a poll', inTest('while (!isReady()) await new Promise((r) => setTimeout(r, 500));')],
    ['a poll that counts', inTest('for (let i = 0; i < 10; i++) {\n    if (isReady()) break;\n    await new Promise((r) => setTimeout(r, 500));\n  }')],
    ['a wait under a condition', inTest('if (isWindows) await new Promise((r) => setTimeout(r, 500));')],
    ['the time that a mock takes', inTest('const load = vi.fn(async () => {\n    await new Promise((r) => setTimeout(r, 5000));\n  });\n  cancel(load);')],
    ['the time that a server takes', `${VITEST}${SLEEP}const server = { async get() {\n  await sleep(1000);\n} };\nit('ends', async () => {\n  await fetch(server);\n});`],
    ['a slow test', `${VITEST}it('ends @slow', async () => {\n  await new Promise((r) => setTimeout(r, 5000));\n});`],
    ['a skipped test', `${VITEST}it.skip('ends', async () => {\n  await new Promise((r) => setTimeout(r, 5000));\n});`],
    ['time to look around', `${VITEST}if (process.env.DEBUG) {\n  it('waits for the user', async () => {\n    await new Promise((r) => setTimeout(r, 60_000));\n  });\n}`],
    ['cleaning up', `${VITEST}afterEach(async () => {\n  await new Promise((r) => setTimeout(r, 500));\n});\nit('ends', () => {});`],
    ['fake timers in the test', inTest('vi.useFakeTimers();\n  await new Promise((r) => setTimeout(r, 5000));')],
    ['fake timers in a hook', `${VITEST}describe('x', () => {\n  beforeEach(() => {\n    vi.useFakeTimers();\n  });\n  it('ends', async () => {\n    await new Promise((r) => setTimeout(r, 5000));\n  });\n});`],
    ['fake timers in the file', `jest.useFakeTimers();\nit('ends', async () => {\n  await new Promise((r) => setTimeout(r, 5000));\n});`],
    ['a clock of sinon', `import sinon from 'sinon';\nlet clock;\nbeforeEach(() => {\n  clock = sinon.useFakeTimers();\n});\nit('ends', async () => {\n  await new Promise((r) => setTimeout(r, 5000));\n});`],
    ["Jasmine's clock", `beforeEach(() => {\n  jasmine.clock().install();\n});\nit('ends', (done) => {\n  setTimeout(done, 5000);\n});`],
    ["node:test's clock", "import { mock, test } from 'node:test';\ntest('ends', async () => {\n  mock.timers.enable({ apis: ['setTimeout'] });\n  await new Promise((r) => setTimeout(r, 5000));\n});"],
    ['a mocked sleep', `import { setTimeout as sleep } from 'node:timers/promises';\nimport { it, vi } from 'vitest';\nvi.mock('node:timers/promises');\nit('ends', async () => {\n  await sleep(5000);\n});`],
    ['a timer of the file itself', `import { it } from 'vitest';\nimport { setTimeout } from './clock';\nit('ends', async () => {\n  await new Promise((r) => setTimeout(r, 5000));\n});`],
    ['a time that nobody knows', inTest('await new Promise((r) => setTimeout(r, config.delay));')],
    ['done from elsewhere too', "it('ends', (done) => {\n  setTimeout(done, 5000);\n  emitter.once('end', done);\n});"],
  ])('%s', (_what, text) => {
    expect(waits(text)).toBe('silent');
  });
});

describe('suggestions', () => {
  const TTL = `import { expect, it } from 'vitest';
import { Cache } from './cache';

it('forgets', async () => {
  const cache = new Cache(500);
  cache.set('a', 1);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(cache.get('a')).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(cache.get('a')).toBeUndefined();
});
`;

  it('put the test on fake timers, or mark it', () => {
    expect(suggestionsOf(TTL)).toEqual([
      `import { expect, it, vi, afterEach } from 'vitest';
import { Cache } from './cache';

afterEach(() => {
  vi.useRealTimers();
});

it('forgets', async () => {
  vi.useFakeTimers();
  const cache = new Cache(500);
  cache.set('a', 1);
  await vi.advanceTimersByTimeAsync(400);
  expect(cache.get('a')).toBe(1);
  await vi.advanceTimersByTimeAsync(150);
  expect(cache.get('a')).toBeUndefined();
});
`,
      TTL.replace("'forgets'", "'forgets @slow'"),
    ]);
  });

  it('leave the file clean and the test passing, in no time @slow', async () => {
    const [faked = ''] = suggestionsOf(TTL);
    expect(waits(faked)).toBe('silent');
    const cache = "export class Cache {\n  #items = new Map();\n  constructor(ttl) { this.ttl = ttl; }\n  set(key, value) { this.#items.set(key, value); setTimeout(() => this.#items.delete(key), this.ttl); }\n  get(key) { return this.#items.get(key); }\n}\n";
    for (const text of [TTL, faked]) {
      const run = await runSuite('vitest', { 'a.test.js': text, 'cache.js': cache });
      expect(ran(run), run.printed).toEqual(['forgets: passed']);
    }
  });

  it.each<readonly [what: string, text: string]>([
    ['where something else needs the real clock', TTL.replace('new Cache(500)', 'await fetch("x")')],
    ['where another wait would never end', TTL.replace('const cache', 'if (slow) await sleep(10);\n  const cache')],
    ['where other tests run at the same time', TTL.replace("it('forgets'", "it.concurrent('forgets'")],
    ['where the file moves clocks itself', `${TTL}it('b', () => {\n  vi.useFakeTimers();\n});\n`],
    ['in a hook', "import { beforeEach, it } from 'vitest';\nbeforeEach(async () => {\n  await new Promise((r) => setTimeout(r, 500));\n});\nit('ends', () => {});\n"],
    ["with a runner that has none", "import test from 'node:test';\ntest('ends', async () => {\n  await new Promise((r) => setTimeout(r, 500));\n});\n"],
  ])('use no fake timers %s', (_what, text) => {
    expect(waits(text)).not.toBe('silent');
    expect(suggestionsOf(text).filter((suggested) => suggested.includes('advanceTimers'))).toEqual([]);
  });
});

/** The text after each suggestion of the first report. */
function suggestionsOf(text: string): readonly string[] {
  const [first] = lintText(text, { rules: { 'slow-tests/no-real-sleep': 'error' } });
  return (first?.suggestions ?? []).map(({ fix: { range, text: inserted } }) => text.slice(0, range[0]) + inserted + text.slice(range[1]));
}
