// The whole proof, for `npm run test:long`: the original finds every bug, and so do the fast and the slow run together.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bugs, seenBySlowTests } from './bugs.ts';
import { migrateExample, ORIGINAL, removeCopy, runSuite, testsThatFail } from './plant.ts';

const LONG = { timeout: 600_000 };

describe('the original example', () => {
  test('passes without a bug', LONG, async ({ signal }) => {
    expect((await runSuite(ORIGINAL, 'fast', signal)).failed).toEqual([]);
  });

  // No test of it carries the marker: its fast run is the whole suite.
  for (const bug of bugs) {
    test(`finds that ${bug.name}`, LONG, async ({ signal }) => {
      expect(await testsThatFail(ORIGINAL, bug, 'fast', signal)).not.toEqual([]);
    });
  }
});

// What the fast run finds is told by bugs.test.ts.
describe('the slow run of the migrated example', () => {
  let migrated: string;
  beforeAll(async () => {
    migrated = await migrateExample();
  }, 60_000);
  afterAll(() => removeCopy(migrated));

  test('passes without a bug', LONG, async ({ signal }) => {
    expect((await runSuite(migrated, 'slow', signal)).failed).toEqual([]);
  });

  for (const bug of seenBySlowTests) {
    test(`finds, as the fast run can not, that ${bug.name}`, LONG, async ({ signal }) => {
      expect(await testsThatFail(migrated, bug, 'fast', signal)).toEqual([]);
      expect(await testsThatFail(migrated, bug, 'slow', signal)).not.toEqual([]);
    });
  }
});
