/** Profiles on the disk: read with every field checked, written at once or not at all. */
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { check, fail, ProfileError } from './profile-error.ts';
import { profileSchema } from './profile-schema.ts';
import type { Profile, ProfiledFile } from './profile.ts';
import { PROFILE_VERSION } from './profile.ts';

export const SCHEMA_URL = 'https://unpkg.com/eslint-plugin-slow-tests/schema/profile.schema.json';

/** No suite has a report of this size; what is larger is something else. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Throws a `ProfileError` that names the file, the field and what was expected. */
export function readProfile(path: string): Profile {
  const json: unknown = parseJson(readText(path), path);
  if (typeof json === 'object' && json !== null && 'version' in json && json.version !== PROFILE_VERSION) {
    return fail(path, 'version', `${PROFILE_VERSION}, which this version of slow-tests reads`, JSON.stringify(json.version));
  }
  return check(profileSchema, json, path);
}

/** Makes the folder where there is none. A profile that could not be read again is refused before anything is written. */
export function writeProfile(path: string, profile: Profile): void {
  const checked = check(profileSchema, profile, path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileAtomic.sync(path, printProfile({ ...checked, $schema: SCHEMA_URL }));
}

/** The text of a report or profile; an error that says what is in the way. */
export function readText(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > MAX_BYTES) return fail(path, undefined, `${MAX_BYTES / 1024 / 1024} MB at most`, `${Math.round(size / 1024 / 1024)} MB`);
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof ProfileError) throw error;
    throw new ProfileError(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProfileError(`${path}: expected JSON, got something that is none or not whole: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** One test, one line: a diff of two profiles can be read. */
function printProfile({ files, ...head }: Profile): string {
  const lines = JSON.stringify(head, undefined, 2).slice(0, -2);
  return `${lines},\n  "files": [${files.map(printFile).join(',')}${files.length > 0 ? '\n  ' : ''}]\n}\n`;
}

function printFile({ file, outside, tests }: ProfiledFile): string {
  const head = JSON.stringify({ file, outside }).slice(0, -1);
  const lines = tests.map(({ title, tier, outcome, duration, runs, line }) => `\n      ${JSON.stringify({ title, tier, outcome, duration, runs, line })}`);
  return `\n    ${head}, "tests": [${lines.join(',')}${tests.length > 0 ? '\n    ' : ''}]}`;
}
