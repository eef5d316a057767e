/** What a command is given by whoever calls it, and what stops it before it begins. */
import type { Output } from './terminal.ts';

export interface Surroundings {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly output: Output;
  /** Where progress goes, so that the output can be piped. */
  readonly progress: Output;
}

/** What stops a command before it begins; printed without a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** The exit code of a command that was stopped, as shells say it of Ctrl-C. */
export const STOPPED = 130;
