/** One file through a codemod: read, rewritten in memory, and written at once or not at all. */
import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import type { Changed, Left } from '../host/apply-codemod.ts';
import { applyCodemod } from '../host/apply-codemod.ts';
import type { CodemodDefinition } from '../host/define-codemod.ts';
import { textOfBytes } from '../host/file-text.ts';
import type { OptionValue } from '../host/options.ts';
import { projectSettings } from '../host/project-settings.ts';

export type FileReport = { readonly path: string } & (
  | { readonly type: 'rewritten'; readonly before: string; readonly after: string; readonly changed: readonly Changed[]; readonly left: readonly Left[] }
  | { readonly type: 'unchanged'; readonly left: readonly Left[] }
  | { readonly type: 'no tests' }
  | { readonly type: 'error'; readonly message: string }
);

export interface RewriteOptions {
  /** Nothing is written. */
  readonly dry: boolean;
  readonly options: Readonly<Record<string, OptionValue>>;
}

/** Whatever is wrong with the file is in its report; only wrong settings are thrown, since they are those of every file. */
export function rewriteFile(definition: CodemodDefinition, path: string, { dry, options }: RewriteOptions): FileReport {
  const failed = (message: string): FileReport => ({ path, type: 'error', message });
  const { settings, root } = projectSettings(path);
  try {
    const text = textOfBytes(readFileSync(path));
    if (text === undefined) return failed('is not UTF-8');
    const result = applyCodemod(definition, { text, path }, { settings, root, options });
    if (result.type === 'error') return failed(result.message);
    if (result.type === 'no tests') return { path, type: 'no tests' };
    const { output, changed, left } = result;
    if (output === undefined) return { path, type: 'unchanged', left };
    // By a new file that takes the place of the old one; through a symbolic link, and with the old one's mode.
    if (!dry) writeFileAtomic.sync(path, output);
    return { path, type: 'rewritten', before: text, after: output, changed, left };
  } catch (error) {
    return failed(reasonOf(error));
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOENT: 'is not there',
  EISDIR: 'is a folder',
  ENOSPC: 'no space is left',
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? error.message;
}
