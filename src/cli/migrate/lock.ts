/** One migration at a time: who holds the lock of a project, and is that process still there? */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAlive } from '../is-alive.ts';
import { CommandError } from '../surroundings.ts';

export interface Lock {
  readonly release: () => void;
}

export function takeLock(path: string, pid = process.pid): Lock {
  mkdirSync(dirname(path), { recursive: true });
  // A link appears with its content, or not at all.
  const own = `${path}.${pid}`;
  writeFileSync(own, String(pid));
  try {
    if (!linked(own, path)) {
      const holder = holderOf(path);
      if (holder !== undefined && isAlive(holder)) throw new CommandError(`Another migration of this project is under way (process ${holder}). If that is none, remove ${path}.`);
      putAside(path, `${path}.${pid}.stale`, holder);
      if (!linked(own, path)) throw new CommandError('Another migration of this project has just begun.');
    }
  } finally {
    rmSync(own, { force: true });
  }
  return {
    release() {
      if (holderOf(path) === pid) rmSync(path, { force: true });
    },
  };
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Two may find the same lock of a dead process: who gets hold of a living one by that gives it back. */
function putAside(path: string, aside: string, dead: number | undefined): void {
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (holderOf(aside) !== dead) linked(aside, path);
  rmSync(aside, { force: true });
}
