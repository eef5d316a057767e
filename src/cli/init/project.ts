/** What `slow-tests init` must know of a project: its package.json, its runner, and where its configurations are. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runner } from '../../knowledge/runner.ts';
import { allRunners } from '../../knowledge/runners/all.ts';
import type { SuiteCommand } from '../../timing/suite-command.ts';
import { recogniseCommand } from '../../timing/suite-command.ts';

export interface Project {
  readonly folder: string;
  readonly packageText: string;
  readonly scripts: Readonly<Record<string, string>>;
  /** Undefined when nothing tells which one is in use. */
  readonly runner: Runner | undefined;
  /** Of the runner, where it is installed. */
  readonly version: string | undefined;
}

interface PackageJson {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly 'slow-tests'?: { readonly runner?: string };
}

/** Throws when the folder holds no package.json that can be read. */
export function readProject(folder: string): Project {
  const packageText = readFileSync(join(folder, 'package.json'), 'utf8');
  const json = JSON.parse(packageText) as PackageJson;
  const { scripts = {} } = json;
  const found = runnerOf(folder, json);
  return { folder, packageText, scripts, runner: found?.runner, version: found?.version };
}

/** What the test script calls is in use, whatever else is installed. */
function runnerOf(folder: string, json: PackageJson): Pick<SuiteCommand, 'runner' | 'version'> | undefined {
  const named = allRunners.find(({ name }) => name === json['slow-tests']?.runner);
  const scripted = named ? undefined : recogniseCommand(['npm', 'test'], folder);
  const dependencies = new Set([...Object.keys(json.dependencies ?? {}), ...Object.keys(json.devDependencies ?? {})]);
  const installed = named ?? allRunners.find(({ packages }) => packages.some((name) => dependencies.has(name)));
  return scripted ?? (installed && recogniseCommand(installed.command.words, folder));
}

/** The first of some files that is there. */
export function findConfig(folder: string, names: readonly string[]): string | undefined {
  return names.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** Names of a configuration in every language that Node and bundlers load. */
export function configNames(stem: string): string[] {
  return ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((extension) => `${stem}.${extension}`);
}
