/** Rewrites the tests of a folder with the built `slow-tests` command, as a user would: one codemod after the other. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { allCodemods } from '../../codemods/all.ts';
import type { Update } from '../../src/cli/terminal.ts';

const run = promisify(execFile);
const COMMAND = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url));

export interface Rewritten {
  readonly codemod: string;
  /** Places that were changed, and places that were left alone. */
  readonly changed: number;
  readonly left: number;
}

interface Output {
  readonly files: readonly { readonly changed?: readonly unknown[]; readonly left?: readonly unknown[] }[];
}

/** Throws an Error with what the command said when it failed. */
export async function rewriteTests(folder: string, tests: string, update: Update): Promise<Rewritten[]> {
  const done: Rewritten[] = [];
  for (const { name } of allCodemods) {
    update(name);
    const { stdout } = await run(process.execPath, [COMMAND, name, tests, '--json'], { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
    const { files } = JSON.parse(stdout) as Output;
    const count = (key: 'changed' | 'left') => files.reduce((total, file) => total + (file[key]?.length ?? 0), 0);
    done.push({ codemod: name, changed: count('changed'), left: count('left') });
  }
  return done;
}
