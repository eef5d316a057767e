/** Profiles to test with. */
import type { Profile, ProfiledTest } from '../../src/timing/profile.ts';

export const aTest = (title: readonly string[], given: Partial<ProfiledTest> = {}): ProfiledTest => ({ title, tier: 'unit', outcome: 'passed', duration: 1, runs: 1, ...given });

export const aProfile = (given: Partial<Profile> = {}): Profile => ({
  version: 1,
  recordedAt: '2026-01-31T12:00:00.000Z',
  environment: { node: '20.20.0', platform: 'linux', cpus: 2 },
  runs: 1,
  partial: false,
  files: [{ file: 'test/a.test.ts', outside: { import: 12.5 }, tests: [aTest(['group', 'adds']), aTest(['group', 'multiplies @slow'], { tier: 'comprehensive', duration: 1500.25, line: 7 })] }],
  ...given,
});
