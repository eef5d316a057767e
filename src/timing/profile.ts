/** What a profile says: how long each test of a suite took, and what its files cost besides. All times are in milliseconds. */
import type { Tier } from '../analysis/tests.ts';

/** The version this package writes. A profile of another version is refused. */
export const PROFILE_VERSION = 1;

/** Where `slow-tests profile` writes, and where others look, below the folder of package.json. */
export const PROFILE_PATH = '.slow-tests/profile.json';

export interface Profile {
  readonly $schema?: string;
  readonly version: typeof PROFILE_VERSION;
  /** A name of `src/knowledge/runners`, or undefined for a report that does not tell. */
  readonly runner?: string;
  /** The command that was measured, as it could be typed again. */
  readonly command?: string;
  /** When the last run ended, ISO 8601. */
  readonly recordedAt: string;
  readonly environment: { readonly node: string; readonly platform: string; readonly cpus: number };
  /** How many runs the durations are medians of. */
  readonly runs: number;
  /** The run was broken off: what is here was measured, other tests are missing. */
  readonly partial: boolean;
  /** From the start of the command to its end, where that was measured. */
  readonly wall?: number;
  /** What the fixed workload took on the same machine at the same time. */
  readonly calibration?: number;
  readonly files: readonly ProfiledFile[];
}

export interface ProfiledFile {
  /** Relative to the folder that the profile speaks of, with `/`; never outside it. */
  readonly file: string;
  /** Time of this file outside its tests, as far as the runner tells. */
  readonly outside?: Partial<Readonly<Record<OutsidePart, number>>>;
  readonly tests: readonly ProfiledTest[];
}

export const OUTSIDE_PARTS = ['environment', 'setup', 'transform', 'import', 'collect', 'hooks'] as const;

export type OutsidePart = (typeof OUTSIDE_PARTS)[number];

export const OUTCOMES = ['passed', 'failed', 'skipped'] as const;

export type Outcome = (typeof OUTCOMES)[number];

export const TIERS: readonly Tier[] = ['unit', 'integration', 'comprehensive', 'stress'];

export interface ProfiledTest {
  /** The groups from the outermost to the innermost, then the test's own title, as the runner prints them. */
  readonly title: readonly string[];
  readonly tier: Tier;
  readonly outcome: Outcome;
  /** The median of the runs that executed it; undefined where none did. */
  readonly duration?: number;
  /** How many runs executed it. */
  readonly runs: number;
  /** One-based, where the runner tells. */
  readonly line?: number;
}
