/** `slow-tests mutants` as its help shows it. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { Surroundings } from '../surroundings.ts';
import { STOPPED } from '../surroundings.ts';

interface Flags {
  readonly sample: number;
  readonly seed: number;
  readonly jobs: number;
  readonly script: string;
  readonly json?: boolean;
}

export const DEFAULT_MUTANTS = 50;

const HELP = `
Mutants are made by @stryker-mutator/instrumenter, which is installed by whoever asks for them. They are tried in a copy of the
project, so that its source is never changed. "Slow" is what carries the marker, as for slow-tests run.

Exit codes: 0 the mutants were tried, 1 they could not be, 130 stopped.`;

export function addMutants(program: Command, surroundings: Surroundings, finish: (exitCode: number) => void): void {
  program
    .command('mutants')
    .description('Try bugs in the source: how many of those that the whole suite finds does the fast run find, and which slow tests should be fast?')
    .argument('[command...]', 'behind --, the command that runs the suite')
    .option('--sample <number>', 'how many mutants are tried', wholeNumber, DEFAULT_MUTANTS)
    .option('--seed <number>', 'chooses which', wholeNumber, 1)
    .option('-j, --jobs <number>', 'try so many side by side, each in a copy of its own', wholeNumber, 1)
    .option('--script <name>', 'the script of package.json that runs the suite', 'test')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action(async (command: readonly string[], { sample: count, seed, jobs, script, json = false }: Flags) => {
      const { profilePlace } = await import('../profile-place.ts');
      const { openTerminal } = await import('../terminal.ts');
      const { runMutants } = await import('./run-mutants.ts');
      const { mutantsAsJson, printMutants } = await import('./report.ts');
      const { root, settings } = profilePlace(surroundings.cwd);
      const said = openTerminal(surroundings.progress, surroundings.environment);
      const outcome = await runMutants({ count, seed, jobs, suite: { command, script, root, settings }, surroundings, said });
      if (outcome === 'stopped') return finish(STOPPED);
      const terminal = openTerminal(surroundings.output, surroundings.environment);
      if (json) terminal.say(mutantsAsJson(outcome));
      else printMutants(outcome, terminal);
      finish(0);
    });
}

export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('Expected a whole number, 1 or more.');
  return number;
}
