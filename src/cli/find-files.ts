/** Which files a command means by its arguments: files, folders and globs, less what git ignores. */
import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { glob } from 'tinyglobby';
import { ignoredByGit } from './git.ts';

export interface Found {
  /** Absolute, sorted, each file once. */
  readonly files: readonly string[];
  /** Arguments that lead nowhere, as absolute paths. */
  readonly missing: readonly string[];
}

const SKIPPED = ['**/node_modules/**', '**/.git/**'];

/** A file that is named is taken whatever it is called; folders and globs give files with one of the extensions. */
export async function findFiles(paths: readonly string[], extensions: readonly string[], cwd: string): Promise<Found> {
  const named = new Set<string>();
  const found = new Set<string>();
  const missing: string[] = [];
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const stat = statSync(absolute, { throwIfNoEntry: false });
    if (stat?.isFile()) named.add(absolute);
    else {
      const inside = stat?.isDirectory() ? await search(extensions.map((extension) => `**/*.${extension}`), absolute) : await search([path], cwd);
      const wanted = inside.filter((file) => extensions.some((extension) => file.endsWith(`.${extension}`)));
      for (const file of wanted) found.add(file);
      if (!stat && wanted.length === 0) missing.push(absolute);
    }
  }
  for (const file of ignoredByGit([...found])) found.delete(file);
  return { files: withoutDoubles([...named, ...found].sort()), missing };
}

async function search(patterns: readonly string[], cwd: string): Promise<string[]> {
  const files = await glob(patterns, { cwd, absolute: true, ignore: SKIPPED });
  return files.map((file) => resolve(file));
}

/** A file and a symbolic link to it are one file. */
function withoutDoubles(files: readonly string[]): string[] {
  const seen = new Set<string>();
  return files.filter((file) => {
    const real = realpathSync(file);
    if (seen.has(real)) return false;
    seen.add(real);
    return true;
  });
}
