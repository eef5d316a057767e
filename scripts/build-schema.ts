/** Writes the JSON schema of profiles, from what this package checks them with. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { profileJsonSchema } from './profile-json-schema.ts';

writeFileSync(join(import.meta.dirname, '../schema/profile.schema.json'), `${JSON.stringify(profileJsonSchema(), undefined, 2)}\n`);
