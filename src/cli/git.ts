/** What git says about files; nothing about those outside a repository, or where there is no git. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const MAX_BYTES = 256 * 1024 * 1024;

/** Those of the absolute paths that git ignores. */
export function ignoredByGit(files: readonly string[]): string[] {
  return [...byRepository(files)].flatMap(([repository, own]) => {
    const ignored = run(['check-ignore', '-z', '--stdin'], repository, own.map((file) => relative(repository, file)).join('\0'));
    return ignored.map((path) => join(repository, path));
  });
}

/** Those of the absolute paths that hold what no commit has: a rewrite of them could not be taken back. */
export function uncommitted(files: readonly string[]): string[] {
  return [...byRepository(files)].flatMap(([repository, own]) => {
    // `XY path`; a folder of which nothing is known to git ends with a slash.
    const changed = run(['status', '--porcelain', '--no-renames', '-z'], repository).map((entry) => join(repository, entry.slice(3)));
    const known = new Set(changed);
    const folders = changed.filter((path) => path.endsWith(sep));
    return own.filter((file) => known.has(file) || folders.some((folder) => file.startsWith(folder)));
  });
}

function byRepository(files: readonly string[]): Map<string, string[]> {
  const repositories = new Map<string, string | undefined>();
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const repository = repositoryOf(dirname(file), repositories);
    if (repository === undefined) continue;
    const group = groups.get(repository);
    if (group) group.push(file);
    else groups.set(repository, [file]);
  }
  return groups;
}

/** The nearest folder above with a `.git`, which is a file in worktrees and submodules. */
function repositoryOf(folder: string, known: Map<string, string | undefined>): string | undefined {
  if (known.has(folder)) return known.get(folder);
  const parent = dirname(folder);
  const found = existsSync(join(folder, '.git')) ? folder : parent === folder ? undefined : repositoryOf(parent, known);
  known.set(folder, found);
  return found;
}

function run(args: readonly string[], cwd: string, input = ''): string[] {
  const { stdout } = spawnSync('git', args, { cwd, input, encoding: 'utf8', maxBuffer: MAX_BYTES });
  return (stdout ?? '').split('\0').filter(Boolean);
}
