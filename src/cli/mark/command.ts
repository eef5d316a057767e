/** `slow-tests mark` as its help shows it, and what it does: what the profile calls slow gains the marker. */
import { existsSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { InvalidArgumentError, Option as Flag } from 'commander';
import { EXTENSIONS } from '../../host/apply-codemod.ts';
import { existingProfile } from '../profile-place.ts';
import type { Surroundings } from '../run-codemod.ts';
import { runCodemod } from '../run-codemod.ts';

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
      const [{ readProfile }, { markCodemod }, { isFastTier, isMeasured }] = await Promise.all([import('../../timing/store.ts'), import('../../host/mark-codemod.ts'), import('../../timing/budgets.ts')]);
      const { path, root } = existingProfile(surroundings.cwd, profile);
      const wanted = paths.map((given) => resolve(surroundings.cwd, given));
      const tests = new Map(readProfile(path).files.map((file) => [resolve(root, file.file), file.tests]));
      const files = [...tests]
        .filter(([file, measured]) => (wanted.length === 0 || wanted.some((one) => file === one || file.startsWith(one + sep))) && measured.some((test) => isMeasured(test) && test.duration >= over && isFastTier(test.tier)))
        // Gone since it was measured.
        .filter(([file]) => existsSync(file))
        .map(([file]) => file);
      const definition = markCodemod((file) => tests.get(file) ?? [], over);
      finish(await runCodemod({ definition, paths: files, options: {}, extensions: EXTENSIONS, dry, force, json }, surroundings));
    });
}

function durationOf(text: string): number {
  const [, amount, unit = 'ms'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m)?$/.exec(text.trim()) ?? [];
  if (amount === undefined) throw new InvalidArgumentError('Expected a duration such as 1s or 250ms.');
  return Number(amount) * (UNITS[unit] ?? 1);
}
