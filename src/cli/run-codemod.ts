/** A codemod over many files: found, guarded by git, rewritten one after the other, and reported. */
import { relative } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CodemodDefinition } from '../host/define-codemod.ts';
import type { OptionValue } from '../host/options.ts';
import { projectSettings } from '../host/project-settings.ts';
import { findFiles } from './find-files.ts';
import { uncommitted } from './git.ts';
import { printReport, reportAsJson } from './codemod-report.ts';
import type { FileReport } from './rewrite-file.ts';
import { rewriteFile } from './rewrite-file.ts';
import type { Surroundings } from './surroundings.ts';
import { CommandError } from './surroundings.ts';
import { openTerminal } from './terminal.ts';

export interface CodemodRun {
  readonly definition: CodemodDefinition;
  readonly paths: readonly string[];
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly extensions: readonly string[];
  readonly dry: boolean;
  readonly force: boolean;
  readonly json: boolean;
}

const SHOWN_PATHS = 5;
/** How long one may rewrite before progress is drawn again, in ms. */
const DRAW_INTERVAL = 100;

/** The exit code. */
export async function runCodemod({ definition, paths, options, extensions, dry, force, json }: CodemodRun, { cwd, environment, output, progress }: Surroundings): Promise<number> {
  const { files, missing } = await findFiles(paths, extensions, cwd);
  // Wrong settings anywhere stop the command before it has written half of the files.
  for (const file of files) projectSettings(file);
  if (!dry && !force) refuseUncommitted(files, cwd);
  const reports: FileReport[] = missing.map((path) => ({ path, type: 'error', message: 'leads to no file' }));
  const work = async (update: (detail: string) => void): Promise<void> => {
    let drawn = performance.now();
    for (const [index, file] of files.entries()) {
      reports.push(rewriteFile(definition, file, { dry, options }));
      if (performance.now() - drawn < DRAW_INTERVAL) continue;
      update(`${index + 1} of ${files.length} files`);
      await nextTurn();
      drawn = performance.now();
    }
  };
  // In a pipe or a log, progress would only be in the way.
  if (progress.isTTY) await openTerminal(progress, environment).show(definition.name, work, () => `${files.length} files`);
  else await work(() => undefined);
  const report = { codemod: definition.name, dry, files: reports };
  const terminal = openTerminal(output, environment);
  if (json) terminal.say(reportAsJson(report, cwd));
  else printReport(report, cwd, terminal);
  return reports.some(({ type }) => type === 'error') ? 1 : 0;
}

export function refuseUncommitted(files: readonly string[], cwd: string, dryFlag = '--dry'): void {
  const changed = uncommitted(files);
  if (changed.length === 0) return;
  const shown = changed.slice(0, SHOWN_PATHS).map((file) => `  ${relative(cwd, file)}`);
  if (changed.length > SHOWN_PATHS) shown.push(`  and ${changed.length - SHOWN_PATHS} more`);
  throw new CommandError(`What git has not committed could not be had back after a rewrite:\n${shown.join('\n')}\nCommit or stash it, look first with ${dryFlag}, or go on with --force.`);
}
