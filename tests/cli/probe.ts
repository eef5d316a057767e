/** A codemod that only these tests know, and a folder to run it in: `it(…)` becomes `test(…)`, except for titles with "leave". */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { CodemodRun } from '../../src/cli/run-codemod.ts';
import { runCodemod } from '../../src/cli/run-codemod.ts';
import { EXTENSIONS } from '../../src/host/apply-codemod.ts';
import type { PlannedChange } from '../../src/host/define-codemod.ts';
import { defineCodemod } from '../../src/host/define-codemod.ts';
import { atEndOfFile } from '../end-of-file.ts';

export const probe = defineCodemod({
  name: 'probe',
  description: 'Write test instead of it.',
  options: { breaks: { type: 'boolean', default: false, description: 'Write what does not parse.' } },
  plan({ analysis, options }) {
    const { text } = analysis.reading.module.file;
    return analysis.facts.tests.flatMap(({ range, fullTitle }): PlannedChange[] => {
      if (!text.startsWith('it(', range[0])) return [];
      if (fullTitle.includes('leave')) return [{ range, rewrite: { type: 'refusal', reason: 'The title says so.' } }];
      const edit = { range: [range[0], range[0] + 2] as const, text: options.breaks ? 'it(' : 'test' };
      return [{ range, rewrite: { type: 'edits', edits: [edit], isProven: true, description: 'Write test.' } }];
    });
  },
});

const folders: string[] = [];
atEndOfFile(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with files, removed afterwards. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'slow-tests-cli-')));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

export const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');

export interface Ran {
  readonly exitCode: number;
  readonly printed: string;
}

export async function run(cwd: string, paths: readonly string[], given: Partial<CodemodRun> = {}, environment: NodeJS.ProcessEnv = {}, isTTY = false): Promise<Ran> {
  let printed = '';
  const output = {
    isTTY,
    write(text: string) {
      printed += text;
    },
  };
  const silent = { write: () => undefined };
  const codemodRun: CodemodRun = { definition: probe, paths, options: { breaks: false }, extensions: EXTENSIONS, dry: false, force: false, json: false, ...given };
  const exitCode = await runCodemod(codemodRun, { cwd, environment, output, progress: silent });
  return { exitCode, printed: environment['KEEP_COLOUR'] ? printed : stripVTControlCharacters(printed) };
}

interface Json {
  readonly files: readonly { readonly path: string; readonly type: string; readonly message?: string }[];
}

/** `path: type`, or the message of an error; from the report for programs. */
export async function outcomes(cwd: string, paths: readonly string[], given: Partial<CodemodRun> = {}): Promise<string[]> {
  const { printed } = await run(cwd, paths, { json: true, ...given });
  return (JSON.parse(printed) as Json).files.map(({ path, type, message }) => `${path.replaceAll('\\', '/')}: ${message ?? type}`);
}
