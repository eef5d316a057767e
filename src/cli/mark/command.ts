/** `slow-tests mark` as its help shows it. */
import type { Command } from 'commander';
import { InvalidArgumentError, Option as Flag } from 'commander';
import type { Surroundings } from '../surroundings.ts';

interface Flags {
  readonly over: number;
  readonly profile?: string;
  readonly dry?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

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

function durationOf(text: string): number {
  const [, amount, unit = 'ms'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m)?$/.exec(text.trim()) ?? [];
  if (amount === undefined) throw new InvalidArgumentError('Expected a duration such as 1s or 250ms.');
  return Number(amount) * (UNITS[unit] ?? 1);
}
