/**
 * How does a file get other content at once or not at all? Whatever ends the process, and when the disk is full too: the system then takes a part of
 * what is written and reports no error, so that everything must have been taken before the new file takes the place of the old one.
 */
import { chmodSync, chownSync, closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** `workshop` is where the new file is made: what a killed process leaves behind is then not beside the old one. */
export function replaceFile(path: string, content: string | Uint8Array, workshop?: string): void {
  const target = targetOf(path);
  try {
    replaceVia(join(workshop ?? dirname(target), `.${basename(target)}.${process.pid}.new`), target, content);
  } catch (error) {
    if (workshop === undefined || !hasCode(error, 'EXDEV')) throw error;
    replaceFile(path, content);
  }
}

function replaceVia(made: string, target: string, content: string | Uint8Array): void {
  const old = statSync(target, { throwIfNoEntry: false });
  try {
    const file = openSync(made, 'w', old?.mode ?? 0o666);
    try {
      writeFileSync(file, typeof content === 'string' ? Buffer.from(content) : content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (old) likeOld(made, old);
    renameSync(made, target);
  } catch (error) {
    rmSync(made, { force: true });
    throw error;
  }
}

function likeOld(made: string, { mode, uid, gid }: { readonly mode: number; readonly uid: number; readonly gid: number }): void {
  try {
    chownSync(made, uid, gid);
  } catch {
    // Only root may give files away.
  }
  chmodSync(made, mode);
}

/** Where a symbolic link leads. */
function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOENT: 'is not there',
  EISDIR: 'is a folder',
  ENOSPC: 'no space is left',
  EDQUOT: 'no space is left',
  EFBIG: 'no file may become so large',
};

/** Why the disk refused, in words; undefined for any other error. */
export function diskReason(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? REASONS[String(error.code)] : undefined;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
