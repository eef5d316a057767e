// `slow-tests migrate` with runners that start at once; the others are in migrate-runners.slow.test.ts, Vitest is in migrate.test.ts.
import { beforeAll, describe, it } from 'vitest';
import { installRunners } from '../runners/install.ts';
import type { MigratedRunner } from './migrated-suites.ts';
import { expectMigrated } from './migrated-suites.ts';

const LIMIT = 240_000;

describe('a suite is migrated', () => {
  beforeAll(installRunners, LIMIT);

  it.each<MigratedRunner>(['mocha', 'node:test', 'tape'])('of %s @slow', { timeout: LIMIT }, expectMigrated);
});
