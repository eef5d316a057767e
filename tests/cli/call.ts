/** Calls the command as a shell would, and keeps what it says apart from where it says it. */
import { stripVTControlCharacters } from 'node:util';
import { createProgram } from '../../src/cli/program.ts';

export interface Called {
  readonly exitCode: number | undefined;
  readonly printed: string;
  /** What went to the error stream. */
  readonly complained: string;
}

export async function call(cwd: string, words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Called> {
  let printed = '';
  let complained = '';
  let exitCode: number | undefined;
  const output = { write: (text: string) => (printed += text) };
  const progress = { write: (text: string) => (complained += text) };
  const program = await createProgram(words, { cwd, environment, output, progress }, (code) => (exitCode = code));
  await program.exitOverride().parseAsync(words, { from: 'user' });
  return { exitCode, printed: stripVTControlCharacters(printed), complained: stripVTControlCharacters(complained) };
}
