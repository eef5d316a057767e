/** Each codemod as a command of its own, with the options of its definition. They bring the analysis and all rewrites along. */
import type { Command } from 'commander';
import { InvalidArgumentError, Option as Flag } from 'commander';
import { allCodemods } from '../../codemods/all.ts';
import { EXTENSIONS } from '../host/apply-codemod.ts';
import type { Option } from '../host/options.ts';
import { dashed, readOptions } from '../host/options.ts';
import { runCodemod } from './run-codemod.ts';
import type { Surroundings } from './surroundings.ts';

interface CommonFlags {
  readonly dry?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly extensions: readonly string[];
}

export function addCodemods(program: Command, surroundings: Surroundings, finish: (exitCode: number) => void): void {
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
