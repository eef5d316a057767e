/** Which command runs the suite of a project: a script of its package.json, or the runner that is installed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../../analysis/settings.ts';
import { projectSettings } from '../../host/project-settings.ts';
import { allRunners } from '../../knowledge/runners/all.ts';
import type { SuiteCommand } from '../../timing/suite-command.ts';
import { recogniseCommand } from '../../timing/suite-command.ts';
import { packageFolder } from '../package-folder.ts';
import { CommandError } from '../surroundings.ts';

export interface Suite extends SuiteCommand {
  /** That of package.json; the runner starts there, as `npm test` would. */
  readonly folder: string;
  readonly settings: Settings;
}

export function findSuite(cwd: string, script: string): Suite {
  const folder = packageFolder(cwd);
  if (folder === undefined) throw new CommandError(`There is no package.json in ${cwd} or above it.`);
  const { settings } = projectSettings(join(folder, 'package.json'));
  const scripted = recogniseCommand(['npm', 'run', script], folder);
  const isMeant = settings.runner === undefined || scripted?.runner.name === settings.runner;
  const command = (isMeant ? scripted : undefined) ?? installed(folder, settings.runner);
  if (!command) {
    throw new CommandError(`No known test runner is in the script "${script}" of ${join(folder, 'package.json')} or among its dependencies. Say which one: "slow-tests": { "runner": "vitest" }, or another script with --script.`);
  }
  return { ...command, folder, settings };
}

/** Its bare call: `vitest run`. */
function installed(folder: string, name: string | undefined): SuiteCommand | undefined {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
  const runner = name === undefined ? allRunners.find(({ packages }) => packages.some((item) => item in dependencies || item in devDependencies)) : allRunners.find((item) => item.name === name);
  return runner && recogniseCommand(runner.command.words, folder);
}
