#!/usr/bin/env node
/** The `slow-tests` command. Exit code 1 for any error, whatever else went well. */
import nodeModule from 'node:module';

const surroundings = { cwd: process.cwd(), environment: process.env, output: process.stdout, progress: process.stderr };

async function main(): Promise<void> {
  // Node 22.1 and later keep what they compiled, which halves the start; so nothing else is loaded before.
  (nodeModule as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();
  const { createProgram, isExpected } = await import('./program.ts');
  try {
    const program = await createProgram(process.argv.slice(2), surroundings, (exitCode) => {
      process.exitCode = exitCode;
    });
    await program.parseAsync();
  } catch (error) {
    const shown = error instanceof Error ? (isExpected(error) ? error.message : (error.stack ?? error.message)) : String(error);
    process.stderr.write(`slow-tests: ${shown}\n`);
    process.exitCode = 1;
  }
}

// `slow-tests … | head` closes the pipe; what is left to say is of no use then.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

void main();
