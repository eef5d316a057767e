/** Does any file of a project hold a marker, or the tag of that name? Asked where the runner's summary cannot be read. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { EXTENSIONS } from '../../host/apply-codemod.ts';
import { IGNORED } from './named-files.ts';

export async function holdsMarker(folder: string, marker: string): Promise<boolean> {
  const tag = new RegExp(`\\btags?\\s*:[^\\n]*['"\`]@?${marker.replace(/^@/, '').replace(/\W/g, '\\$&')}['"\`]`);
  const files = await glob([`**/*.{${EXTENSIONS.join(',')}}`], { cwd: folder, ignore: IGNORED });
  return files.some((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return text.includes(marker) || tag.test(text);
  });
}
