/** Which files the suite consists of today: those of the profile that are still there, and those that came since. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { glob } from 'tinyglobby';
import type { Runner } from '../../knowledge/runner.ts';
import { ignoredByGit } from '../git.ts';
import { IGNORED } from '../run/named-files.ts';

export interface SuiteFiles {
  /** From the folder on, with `/`. */
  readonly files: readonly string[];
  /** Of the profile, and no longer there. */
  readonly gone: readonly string[];
}

/** Runners that take only what their configuration means as well, so that one name too many does no harm. */
const FILTERS: ReadonlySet<string> = new Set(['vitest', 'jest', 'playwright', 'bun', 'ava']);

export async function findSuiteFiles(profiled: readonly string[], named: readonly string[], { name }: Runner, folder: string): Promise<SuiteFiles> {
  const there = profiled.filter((file) => existsSync(join(folder, file)));
  const found = named.length > 0 && !FILTERS.has(name) ? await glob(named.map(plain), { cwd: folder, ignore: IGNORED, expandDirectories: true }) : await similar(there, named.map(plain), FILTERS.has(name), folder);
  const known = new Set(there);
  const added = found.map(plain).filter((file) => !known.has(file) && /\.[cm]?[jt]sx?$/.test(file) && !/\.d\.[cm]?ts$/.test(file));
  // Where git ignores the suite itself, it says nothing of one file.
  const [first] = there;
  const isIgnored = first !== undefined && ignoredByGit([join(folder, first)]).length > 0;
  const ignored = new Set(isIgnored ? [] : ignoredByGit(added.map((file) => join(folder, file))));
  return { files: [...there, ...added.filter((file) => !ignored.has(join(folder, file)))].sort(), gone: profiled.filter((file) => !there.includes(file)) };
}

function plain(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\.\//, '');
}

/** Named alike: `*.test.ts` beside or (where the runner has the last word) anywhere; without such an ending, any file of the same folders. */
async function similar(files: readonly string[], named: readonly string[], isAnywhere: boolean, folder: string): Promise<string[]> {
  const patterns = new Set<string>();
  for (const file of files) {
    const ending = /[._-](?:test|spec)s?\.[cm]?[jt]sx?$/.exec(basename(file))?.[0];
    const own = dirname(file) === '.' ? '' : `${dirname(file)}/`;
    patterns.add(ending === undefined ? `${own}*${/\.\w+$/.exec(file)?.[0] ?? '.js'}` : isAnywhere ? `**/*${ending}` : `${own}*${ending}`);
  }
  const found = patterns.size === 0 ? [] : await glob([...patterns], { cwd: folder, ignore: IGNORED, expandDirectories: false });
  return named.length === 0 ? found : found.filter((file) => named.some((part) => file.includes(part.replace(/\/?\*.*$/, ''))));
}
