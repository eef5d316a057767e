/** Runs a program without a shell, on the terminal where there is one, and says how it ended. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { stripVTControlCharacters } from 'node:util';
import type { Surroundings } from '../surroundings.ts';
import type { Program } from './find-program.ts';

export interface Ended {
  readonly exitCode: number;
  /** What it printed, without colours; undefined where it wrote to the terminal itself. */
  readonly printed: string | undefined;
}

/** Enough for a summary at the end. */
const KEPT_CHARACTERS = 100_000;

export async function start({ file, args }: Program, cwd: string, environment: NodeJS.ProcessEnv, { output, progress }: Surroundings): Promise<Ended> {
  const isTerminal = output.isTTY === true;
  const child = spawn(file, args, { cwd, env: environment, stdio: isTerminal ? 'inherit' : ['inherit', 'pipe', 'pipe'] });
  let printed = '';
  const keep = (text: string): void => {
    printed = (printed + text).slice(-KEPT_CHARACTERS);
  };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    keep(text);
    output.write(text);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    keep(text);
    progress.write(text);
  });
  // Ctrl-C reaches the runner too; it is the one to end first.
  const wait = (): void => undefined;
  const pass = (): void => void child.kill('SIGTERM');
  process.on('SIGINT', wait).on('SIGTERM', pass);
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']));
    });
    return { exitCode, printed: isTerminal ? undefined : stripVTControlCharacters(printed) };
  } finally {
    process.off('SIGINT', wait).off('SIGTERM', pass);
  }
}
