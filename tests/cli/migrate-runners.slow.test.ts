// `slow-tests migrate` with runners that take their time to start: `npm run test:long`.
import { beforeAll, describe, it } from 'vitest';
import { installRunners } from '../runners/install.ts';
import type { MigratedRunner } from './migrated-suites.ts';
import { expectCoverageKept, expectMigrated } from './migrated-suites.ts';

const LIMIT = 240_000;

describe('a suite is migrated', () => {
  beforeAll(installRunners, LIMIT);

  it.each<MigratedRunner>(['jasmine', 'ava', 'jest', 'playwright', 'bun'])('of %s @slow', { timeout: LIMIT }, expectMigrated);

  it('and taken back where bun tells of lines that are no longer run @slow', { timeout: LIMIT }, expectCoverageKept);
});
