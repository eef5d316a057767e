/** The JSON schema of a profile, for editors and for programs in other languages. */
import { toJsonSchema } from '@valibot/to-json-schema';
import { profileSchema } from '../src/timing/profile-schema.ts';
import { SCHEMA_URL } from '../src/timing/store.ts';

export function profileJsonSchema(): object {
  const { $schema, ...rest } = toJsonSchema(profileSchema);
  return { $schema, $id: SCHEMA_URL, title: 'Profile of a test suite, written by slow-tests profile', description: 'All times are in milliseconds.', ...rest };
}
