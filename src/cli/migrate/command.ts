/** `slow-tests migrate` as its help shows it. */
import type { Command } from 'commander';
import { Option as Flag } from 'commander';
import type { Granularity } from '../../coverage/granularity.ts';
import { durationOf } from '../duration-flag.ts';
import { DEFAULT_MUTANTS, wholeNumber } from '../mutants/command.ts';
import type { Surroundings } from '../surroundings.ts';
import { CommandError } from '../surroundings.ts';
import { NOT_PROVEN } from './report.ts';

interface Flags {
  readonly script: string;
  readonly runs: number;
  readonly jobs: number;
  readonly over?: number;
  readonly coverage: Granularity | false;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly resume?: boolean;
  readonly undo?: boolean;
  readonly coverVariants?: boolean;
  readonly mutants?: true | number;
  readonly seed: number;
}

const HELP = `
The suite is measured, each file is rewritten by the codemods, run and compared, and what does not hold is put back byte for byte.
Without a test command after --, the script of package.json runs the suite. Runs have CI=1, so that no snapshot is written.

Not proven yet:
${NOT_PROVEN.map((line) => `  ${line}`).join('\n')}

Exit codes: 0 all proofs hold of what is there now, 1 something does not hold, 130 stopped. What was taken back is no failure; it is named.`;

export function addMigrate(program: Command, surroundings: Surroundings, finish: (exitCode: number) => void): void {
  program
    .command('migrate')
    .description('Rewrite slow tests file by file, each proven by running it or put back as it was.')
    .argument('[words...]', 'files and folders to migrate (default: all that the suite runs); behind --, the command that runs the suite')
    .usage('[options] [paths...] [-- command...]')
    .option('--script <name>', 'the script of package.json that runs the suite', 'test')
    .option('--runs <number>', 'run the suite so often before; tests that do not always end alike are set aside', wholeNumber, 1)
    .option('-j, --jobs <number>', 'run so many files side by side while they are proven, and try so many mutants; only where files do not disturb each other', wholeNumber, 1)
    .addOption(new Flag('--over <duration>', 'mark tests that took so long and that no rewrite makes cheap: 1s, 250ms (default: the budget of integration tests, 1s)').argParser(durationOf))
    .addOption(new Flag('--coverage <what>', 'compare what is covered by functions, which costs nothing, or by blocks too, which may take twice the time').choices(['functions', 'blocks']).default('functions'))
    .option('--no-coverage', 'do not compare what is covered')
    .option('--cover-variants', 'keep the variants that cover together what all of them cover, at the least time, instead of one; each variant is run alone for that')
    .option('--mutants [number]', `try so many bugs in the source afterwards (${DEFAULT_MUTANTS} without a number): how many of those that the suite finds does the fast run find?`, wholeNumber)
    .option('--seed <number>', 'chooses the mutants', wholeNumber, 1)
    .option('-d, --dry-run', 'show the plan and the changes as a diff, and write nothing')
    .option('-f, --force', 'rewrite files that hold what git has not committed; with --undo, put back files that were changed since')
    .option('--resume', 'go on with a migration that was broken off')
    .option('--undo', 'put back all files of the last migration as they were')
    .addHelpText('after', HELP)
    .action(async (words: readonly string[], { script, runs, jobs, over, coverage, dryRun = false, force = false, resume = false, undo = false, coverVariants: coversVariants = false, mutants: wanted, seed }: Flags, command: Command) => {
      if (resume && undo) throw new CommandError('Either --resume or --undo.');
      const { runMigrate } = await import('./run-migrate.ts');
      const mutants = wanted === undefined ? undefined : { count: wanted === true ? DEFAULT_MUTANTS : wanted, seed };
      const { paths, command: suite } = split(words, rawWords(command));
      finish(await runMigrate({ paths, command: suite, script, runs, jobs, over, granularity: coverage === false ? undefined : coverage, coversVariants, mutants, dryRun, force, mode: resume ? 'resume' : undo ? 'undo' : 'migrate' }, surroundings));
    });
}

/** As they were typed: the parser takes the `--` away. */
function rawWords(command: Command): readonly string[] {
  const { rawArgs = [] } = (command.parent ?? command) as { readonly rawArgs?: readonly string[] };
  return rawArgs;
}

function split(words: readonly string[], raw: readonly string[]): { readonly paths: readonly string[]; readonly command: readonly string[] } {
  const at = raw.indexOf('--');
  const count = at < 0 ? 0 : raw.length - at - 1;
  return { paths: words.slice(0, words.length - count), command: words.slice(words.length - count) };
}
