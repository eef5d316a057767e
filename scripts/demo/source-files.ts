/** Which JavaScript and TypeScript files a checkout has, without what is installed, built or ignored by git. */

import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const CODE = /\.[cm]?[jt]sx?$/;
const DECLARATIONS = /\.d\.[cm]?ts$/;
const NOT_WRITTEN_HERE = new Set(['node_modules', 'bower_components', 'dist', 'build', 'out', 'coverage', 'vendor', '.git']);

export function isSource(relative: string): boolean {
  const folders = relative.split('/').slice(0, -1);
  return CODE.test(relative) && !DECLARATIONS.test(relative) && !folders.some((folder) => NOT_WRITTEN_HERE.has(folder));
}

/** Paths from `folder`, with forward slashes, sorted. */
export async function findSources(folder: string): Promise<string[]> {
  const files = (await listByGit(folder)) ?? (await listByWalking(folder));
  return files.filter(isSource).sort();
}

/** Tracked and new files of a git checkout; undefined when the folder is not in one, or is ignored by it. */
async function listByGit(folder: string): Promise<string[] | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: folder,
      maxBuffer: 2 ** 28,
    });
    const files = stdout.split('\0').filter(Boolean);
    return files.length > 0 ? files : undefined;
  } catch {
    return undefined;
  }
}

async function listByWalking(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      if (entry.isFile()) return [entry.name];
      if (!entry.isDirectory() || NOT_WRITTEN_HERE.has(entry.name)) return [];
      const inside = await listByWalking(path.join(folder, entry.name));
      return inside.map((file) => `${entry.name}/${file}`);
    }),
  );
  return found.flat();
}
