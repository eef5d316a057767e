/** `slow-tests mark` as its help shows it. */
import type { Command } from 'commander';
import { Option as Flag } from 'commander';
import { durationOf } from '../duration-flag.ts';
import type { Surroundings } from '../surroundings.ts';

interface Flags {
  readonly over: number;
  readonly profile?: string;
  readonly dry?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function addMark(program: Command, surroundings: Surroundings, finish: (exitCode: number) => void): void {
  program
    .command('mark')
    .description('Mark the fast tests that the profile says are slow.')
    .argument('[paths...]', 'only tests in these files and folders (default: all of the profile)')
    .addOption(new Flag('--over <duration>', 'how long a test took that is slow: 1s, 250ms').argParser(durationOf).default(1000, '1s'))
    .option('--profile <path>', 'the profile to go by (default: .slow-tests/profile.json)')
    .option('-d, --dry', 'show the changes as a diff and write nothing')
    .option('-f, --force', 'rewrite files that hold what git has not committed')
    .option('--json', 'print the report as JSON')
    .action(async (paths: readonly string[], { over, profile, dry = false, force = false, json = false }: Flags) => {
      const { runMark } = await import('./run-mark.ts');
      finish(await runMark({ paths, over, profile, dry, force, json }, surroundings));
    });
}
