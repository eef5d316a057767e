/** The `slow-tests` command as its help shows it; each codemod is a command of its own, with the options of its definition. */
import { Command, InvalidArgumentError, Option as Flag } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { SettingsError } from '../analysis/settings.ts';
import { allCodemods } from '../../codemods/all.ts';
import { EXTENSIONS } from '../host/apply-codemod.ts';
import type { Option } from '../host/options.ts';
import { dashed, readOptions } from '../host/options.ts';
import { ProfileError } from '../timing/profile-error.ts';
import { addCheck } from './check/command.ts';
import { addInit } from './init/command.ts';
import { addMark } from './mark/command.ts';
import { addMigrate } from './migrate/command.ts';
import { addProfile } from './profile/command.ts';
import { addRun } from './run/command.ts';
import { addShard } from './shard/command.ts';
import { addReport } from './report/command.ts';
import type { Surroundings } from './run-codemod.ts';
import { CommandError, runCodemod } from './run-codemod.ts';

const DESCRIPTION = 'Rewrites slow tests: production-size data, exhaustive variants, real compiles. No test is lost.';

interface CommonFlags {
  readonly dry?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly extensions: readonly string[];
}

/** `finish` is given the exit code. */
export function createProgram(surroundings: Surroundings, finish: (exitCode: number) => void): Command {
  const program = new Command('slow-tests').description(DESCRIPTION).version(packageJson.version).showHelpAfterError('(slow-tests --help lists the commands)');
  program.configureOutput({ writeOut: (text) => void surroundings.output.write(text), writeErr: (text) => void surroundings.progress.write(text) });
  for (const definition of allCodemods) {
    const command = program.command(definition.name).description(definition.description).showHelpAfterError(`(slow-tests ${definition.name} --help lists the options)`);
    command.argument('<paths...>', 'files, folders or globs');
    for (const [name, option] of Object.entries(definition.options)) command.addOption(flagOf(name, option));
    command
      .option('-d, --dry', 'show the changes as a diff and write nothing')
      .addOption(new Flag('--extensions <list>', 'which files of a folder are read').argParser(listOf).default(EXTENSIONS, EXTENSIONS.join(',')))
      .option('-f, --force', 'rewrite files that hold what git has not committed')
      .option('--json', 'print the report as JSON')
      .addHelpText('after', '\nSettings are read from "slow-tests" in package.json; options come before them.')
      .action(async (paths: readonly string[], flags: CommonFlags & Readonly<Record<string, unknown>>) => {
        const { dry = false, force = false, json = false, extensions } = flags;
        const options = readOptions(definition.options, flags);
        finish(await runCodemod({ definition, paths, options, extensions, dry, force, json }, surroundings));
      });
  }
  addInit(program, surroundings, finish);
  addCheck(program, surroundings, finish);
  addMark(program, surroundings, finish);
  addMigrate(program, surroundings, finish);
  addProfile(program, surroundings, finish);
  addRun(program, surroundings, finish);
  addShard(program, surroundings, finish);
  addReport(program, surroundings, finish);
  return program;
}

/** Says something about what was asked for, not about this program. */
export function isExpected(error: Error): boolean {
  return error instanceof CommandError || error instanceof SettingsError || error instanceof ProfileError;
}

function flagOf(name: string, { type, description, default: value, values }: Option): Flag {
  const long = `--${dashed(name)}`;
  const shown = Array.isArray(value) ? value.join(',') : String(value);
  const placeholder = { integer: '<number>', boolean: '[true|false]', string: '<name>', strings: '<list>' }[type];
  const flag = new Flag(`${long} ${values ? `<${values.join('|')}>` : placeholder}`, shown === '' ? description : `${description} (default: ${shown})`);
  return values ? flag.choices(values) : flag;
}

function listOf(text: string): string[] {
  const items = text.split(',').map((item) => item.trim().replace(/^\./, '')).filter(Boolean);
  if (items.length === 0) throw new InvalidArgumentError('Expected a list such as ts,tsx.');
  return items;
}
