/** What a file must hold to be a profile. `schema/profile.schema.json` is made from this. */
import * as v from 'valibot';
import { OUTCOMES, OUTSIDE_PARTS, PROFILE_VERSION, TIERS } from './profile.ts';

/** A file below the folder of the profile: no root, no drive, no `..`, nothing that a terminal or a log would obey. */
// eslint-disable-next-line no-control-regex -- they are what must not be there
const INSIDE = /^(?![A-Za-z]:)(?!\.{1,2}(?:\/|$))[^/\\\u0000-\u001F\u007F]+(?:\/(?!\.{1,2}(?:\/|$))[^/\\\u0000-\u001F\u007F]+)*$/;

const milliseconds = v.pipe(v.number(), v.minValue(0, 'milliseconds, 0 or more'));
const count = v.pipe(v.number(), v.integer('a whole number'), v.minValue(0, '0 or more'));
const positive = v.pipe(v.number(), v.integer('a whole number'), v.minValue(1, '1 or more'));

const test = v.object({
  title: v.pipe(v.array(v.string()), v.minLength(1, 'the titles of groups and test')),
  tier: v.picklist(TIERS),
  outcome: v.picklist(OUTCOMES),
  duration: v.exactOptional(milliseconds),
  runs: count,
  line: v.exactOptional(positive),
});

const file = v.object({
  file: v.pipe(v.string(), v.regex(INSIDE, 'a relative path inside the project, with /')),
  outside: v.exactOptional(v.object(v.entriesFromList(OUTSIDE_PARTS, v.exactOptional(milliseconds)))),
  tests: v.array(test),
});

export const profileSchema = v.object({
  $schema: v.exactOptional(v.string()),
  version: v.literal(PROFILE_VERSION),
  runner: v.exactOptional(v.string()),
  command: v.exactOptional(v.string()),
  recordedAt: v.pipe(v.string(), v.isoTimestamp('a time such as 2026-01-31T12:00:00.000Z')),
  environment: v.object({ node: v.string(), platform: v.string(), cpus: count }),
  runs: positive,
  partial: v.boolean(),
  wall: v.exactOptional(milliseconds),
  calibration: v.exactOptional(milliseconds),
  files: v.array(file),
});

/** Is a name that a report gives one that a profile may hold? */
export function isInside(name: string): boolean {
  return INSIDE.test(name);
}
