/** `slow-tests run` as its help shows it. */
import type { Command } from 'commander';
import { Argument } from 'commander';
import type { RunTier } from '../../timing/select.ts';
import { RUN_TIERS } from '../../timing/select.ts';
import type { Surroundings } from '../surroundings.ts';

interface Flags {
  readonly script: string;
  readonly print?: boolean;
  readonly passWithNoTests?: boolean;
}

export function addRun(program: Command, surroundings: Surroundings, finish: (exitCode: number) => void): void {
  program
    .command('run')
    .description('Run one tier of the suite with its own runner; what follows -- goes to the runner.')
    .addArgument(new Argument('<tier>', 'fast leaves out what is marked slow, slow runs that, stress what is marked stress').choices(RUN_TIERS))
    .argument('[arguments...]', 'for the runner, after --')
    .option('--script <name>', 'the script of package.json that runs the suite', 'test')
    .option('--print', 'print the command and run nothing')
    .option('--pass-with-no-tests', 'a tier without tests is no failure')
    .addHelpText('after', '\nThe exit code is that of the runner; 5 when everything went well and no test ran.')
    .action(async (tier: RunTier, added: readonly string[], { script, print = false, passWithNoTests = false }: Flags) => {
      const { runTier } = await import('./run-tier.ts');
      finish(await runTier({ tier, script, added, print, passWithNoTests }, surroundings));
    });
}
