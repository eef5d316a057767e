/** One file through a codemod: read, rewritten in memory, and written at once or not at all. */
import { readFileSync } from 'node:fs';
import type { Changed, Left } from '../host/apply-codemod.ts';
import { applyCodemod } from '../host/apply-codemod.ts';
import type { CodemodDefinition } from '../host/define-codemod.ts';
import { textOfBytes } from '../host/file-text.ts';
import type { OptionValue } from '../host/options.ts';
import { projectSettings } from '../host/project-settings.ts';
import { diskReason, replaceFile } from './replace-file.ts';

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
    if (!dry) replaceFile(path, output);
    return { path, type: 'rewritten', before: text, after: output, changed, left };
  } catch (error) {
    return failed(reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  return diskReason(error) ?? (error instanceof Error ? error.message : String(error));
}
