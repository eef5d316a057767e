// The fast run of the migrated example still finds bugs: each is planted alone, and a test has to fail.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bugs, seenByFastTests } from './bugs.ts';
import { migrateExample, ORIGINAL, removeCopy, runSuite, testsThatFail, withBug } from './plant.ts';

describe('the list of bugs', () => {
  test('is long, and at most a fifth waits for the slow run', () => {
    expect(bugs.length).toBeGreaterThanOrEqual(12);
    expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length);
    expect(seenByFastTests.length).toBeGreaterThanOrEqual(0.8 * bugs.length);
  });

  for (const bug of bugs) {
    test(`"${bug.name}" has one place in the example`, () => {
      const source = readFileSync(path.join(ORIGINAL, 'src', bug.file), 'utf8');
      expect(withBug(source, bug)).not.toBe(source);
    });
  }

  test.each([
    ['nowhere', 'three words here'],
    ['2 times', 'one two one'],
  ])('a bug whose text stands there %s is an error', (times, text) => {
    const bug = { name: 'wrong scale', file: 'compile.ts', from: 'one', to: '1' };
    expect(() => withBug(text, bug)).toThrow(`The bug "wrong scale" replaces a text that src/compile.ts of the example has ${times}, not once: one`);
  });
});

describe('the fast run of the migrated example', () => {
  let migrated: string;
  beforeAll(async () => {
    migrated = await migrateExample();
  }, 60_000);
  afterAll(() => removeCopy(migrated));

  test('passes without a bug, and leaves out what is slow @slow', { timeout: 60_000 }, async ({ signal }) => {
    const { passed, failed, skipped } = await runSuite(migrated, 'fast', signal);
    expect(failed).toEqual([]);
    expect(passed.length).toBeGreaterThan(0);
    expect(skipped.length).toBeGreaterThan(0);
    expect(skipped.filter(({ name }) => !name.includes('@slow'))).toEqual([]);
  });

  for (const bug of seenByFastTests) {
    test.concurrent(`finds that ${bug.name} @slow`, { timeout: 60_000 }, async ({ signal }) => {
      expect(await testsThatFail(migrated, bug, 'fast', signal)).not.toEqual([]);
    });
  }
});
