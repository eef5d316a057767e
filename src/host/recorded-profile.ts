/**
 * What a project has recorded about its tests, for whoever lints: read once a process, and again when the file changes. A profile
 * that is missing, broken or of another version is as if it were not there: `slow-tests check` says what is wrong with it.
 */
import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { packageOf } from '../analysis/neighbours.ts';
import type { Profile, ProfiledTest } from '../timing/profile.ts';
import { PROFILE_PATH, PROFILE_VERSION } from '../timing/profile.ts';

interface Recorded {
  readonly mtimeMs: number;
  readonly tests: ReadonlyMap<string, readonly ProfiledTest[]>;
}

const NOTHING: readonly ProfiledTest[] = [];
/** How long it is believed that there is no profile, in ms. */
const ABSENT_MS = 5_000;
const profiles = new Map<string, Recorded>();
const absentSince = new Map<string, number>();

/** The recorded tests of a file; none without a profile. `profile` is the path in the settings, relative to `cwd`. */
export function recordedTests(file: string, profile: string | undefined, cwd: string): readonly ProfiledTest[] {
  if (!isAbsolute(file)) return NOTHING;
  const own = packageOf(file)?.folder ?? cwd;
  const outer = packageOf(join(cwd, 'x'))?.folder ?? cwd;
  for (const root of own === outer ? [own] : [own, outer]) {
    const tests = profileAt(profile === undefined ? join(root, PROFILE_PATH) : resolve(cwd, profile))?.tests.get(relative(root, file).replaceAll('\\', '/'));
    if (tests) return tests;
  }
  return NOTHING;
}

function profileAt(path: string): Recorded | undefined {
  if (Date.now() - (absentSince.get(path) ?? -Infinity) < ABSENT_MS) return undefined;
  const mtimeMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (mtimeMs === undefined) {
    absentSince.set(path, Date.now());
    return undefined;
  }
  const known = profiles.get(path);
  if (known?.mtimeMs === mtimeMs) return known;
  const recorded = { mtimeMs, tests: readTests(path) };
  profiles.set(path, recorded);
  return recorded;
}

function readTests(path: string): Recorded['tests'] {
  try {
    const { version, files = [] } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Profile>;
    if (version !== PROFILE_VERSION) return new Map();
    return new Map(files.map(({ file, tests }) => [file, tests.filter(isTest)]));
  } catch {
    return new Map();
  }
}

function isTest({ title, duration }: ProfiledTest): boolean {
  return Array.isArray(title) && title.every((part) => typeof part === 'string') && (duration === undefined || typeof duration === 'number');
}
