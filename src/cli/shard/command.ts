/** `slow-tests shard` as its help shows it. */
import type { Command } from 'commander';
import { InvalidArgumentError, Option as Flag } from 'commander';
import type { RunTier } from '../../timing/select.ts';
import { RUN_TIERS } from '../../timing/select.ts';
import type { Surroundings } from '../surroundings.ts';

interface Flags {
  readonly of: number;
  readonly tier: RunTier;
  readonly index?: number;
  readonly script: string;
  readonly profile?: string;
  readonly print?: boolean;
  readonly json?: boolean;
}

export function addShard(program: Command, surroundings: Surroundings, finish: (exitCode: number) => void): void {
  program
    .command('shard')
    .description('Deal the files of a tier to several machines by recorded time; shows the deal, or runs one share.')
    .argument('[arguments...]', 'for the runner, after --')
    .addOption(new Flag('--of <count>', 'how many machines there are').argParser(countOf).makeOptionMandatory())
    .addOption(new Flag('--tier <tier>', 'which tests are run').choices(RUN_TIERS).default('slow'))
    .addOption(new Flag('--index <number>', 'run this share, from 1 on').argParser(countOf))
    .option('--script <name>', 'the script of package.json that runs the suite', 'test')
    .option('--profile <path>', 'the profile that says how long files take (default: .slow-tests/profile.json)')
    .option('--print', 'print the command of the share and run nothing')
    .option('--json', 'print a matrix for GitHub Actions')
    .action(async (added: readonly string[], { print = false, json = false, index, profile, ...flags }: Flags) => {
      const { runShard } = await import('./run-shard.ts');
      finish(await runShard({ ...flags, index, profile, added, print, json }, surroundings));
    });
}

function countOf(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Expected a number from 1 on.');
  return Number(text);
}
