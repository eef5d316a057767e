/** `slow-tests profile` as its help shows it. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { Surroundings } from '../surroundings.ts';

interface Flags {
  readonly from?: readonly string[];
  readonly runs: number;
  readonly output?: string;
}

export function addProfile(program: Command, surroundings: Surroundings, finish: (exitCode: number) => void): void {
  program
    .command('profile')
    .description('Run the suite by its own command and record how long each test takes, in .slow-tests/profile.json.')
    .argument('[command...]', 'the command that runs the suite, after --')
    .option('--from <report...>', 'read reports instead: JSON of Vitest, Jest, Mocha or Playwright, or JUnit XML')
    .option('--runs <number>', 'run the suite so many times, and record the median', positive, 1)
    .option('-o, --output <file>', 'where the profile is written')
    .usage('[options] -- <command...>')
    .addHelpText('after', '\nThe command, its reporters and its exit code stay as they are: slow-tests profile -- npm test')
    .action(async (command: readonly string[], flags: Flags) => {
      const { runProfile } = await import('./run-profile.ts');
      finish(await runProfile({ ...flags, command }, surroundings));
    });
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('Expected a whole number, 1 or more.');
  return number;
}
