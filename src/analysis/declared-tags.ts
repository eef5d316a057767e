/** Does the configuration of Vitest above a test file declare a tag? Without that, a test with the tag is an error. */
import { dirname, join } from 'node:path';
import { resolveFile, textOf } from './neighbours.ts';

const MAX_FOLDERS = 12;

export function declaresTag(path: string, tag: string): boolean {
  const entry = new RegExp(`\\btags\\s*:\\s*\\[[^\\]]*\\bname\\s*:\\s*['"\`]${tag.replace(/\W/g, '\\$&')}['"\`]`);
  let folder = dirname(path);
  for (let count = 0; count < MAX_FOLDERS; count++) {
    const found = resolveFile(join(folder, 'vitest.config')) ?? resolveFile(join(folder, 'vite.config'));
    // The nearest configuration is the one in use.
    if (found !== undefined) return entry.test(textOf(found) ?? '');
    const parent = dirname(folder);
    if (parent === folder) return false;
    folder = parent;
  }
  return false;
}
