#!/usr/bin/env node
/** The `slow-tests` command. Exit code 1 for any error, whatever else went well. */
import { SettingsError } from '../analysis/settings.ts';
import { createProgram } from './program.ts';
import { CommandError } from './run-codemod.ts';

const surroundings = { cwd: process.cwd(), environment: process.env, output: process.stdout, progress: process.stderr };

async function main(): Promise<void> {
  try {
    await createProgram(surroundings, (exitCode) => {
      process.exitCode = exitCode;
    }).parseAsync();
  } catch (error) {
    const isExpected = error instanceof CommandError || error instanceof SettingsError;
    process.stderr.write(`slow-tests: ${isExpected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  }
}

// `slow-tests … | head` closes the pipe; what is left to say is of no use then.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

void main();
