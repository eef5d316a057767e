/** The `slow-tests` command as its help shows it. */
import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { SettingsError } from '../analysis/settings.ts';
import { ProfileError } from '../timing/profile-error.ts';
import { addCheck } from './check/command.ts';
import { addInit } from './init/command.ts';
import { addMark } from './mark/command.ts';
import { addMigrate } from './migrate/command.ts';
import { addMutants } from './mutants/command.ts';
import { addProfile } from './profile/command.ts';
import { addReport } from './report/command.ts';
import { addRun } from './run/command.ts';
import { addShard } from './shard/command.ts';
import type { Surroundings } from './surroundings.ts';
import { CommandError } from './surroundings.ts';

const DESCRIPTION = 'Rewrites slow tests: production-size data, exhaustive variants, real compiles. No test is lost.';

/** They load what they need when they are called. */
const COMMANDS = { init: addInit, check: addCheck, mark: addMark, migrate: addMigrate, mutants: addMutants, profile: addProfile, run: addRun, shard: addShard, report: addReport };

/** `words` are those after the name of the program; `finish` is given the exit code. */
export async function createProgram(words: readonly string[], surroundings: Surroundings, finish: (exitCode: number) => void): Promise<Command> {
  const program = new Command('slow-tests').description(DESCRIPTION).version(packageJson.version).showHelpAfterError('(slow-tests --help lists the commands)');
  program.configureOutput({ writeOut: (text) => void surroundings.output.write(text), writeErr: (text) => void surroundings.progress.write(text) });
  // Who measures a suite does not wait for the codemods.
  if (!Object.hasOwn(COMMANDS, words[0] ?? '')) {
    const { addCodemods } = await import('./codemod-commands.ts');
    addCodemods(program, surroundings, finish);
  }
  for (const add of Object.values(COMMANDS)) add(program, surroundings, finish);
  return program;
}

/** Says something about what was asked for, not about this program. */
export function isExpected(error: Error): boolean {
  return error instanceof CommandError || error instanceof SettingsError || error instanceof ProfileError;
}
