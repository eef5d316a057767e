/** What `slow-tests init` must know of a project: its package.json, its runner, and where its configurations are. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runner } from '../../knowledge/runner.ts';
import { allRunners } from '../../knowledge/runners/all.ts';

export interface Project {
  readonly folder: string;
  readonly packageText: string;
  readonly scripts: Readonly<Record<string, string>>;
  /** Undefined when nothing tells which one is in use. */
  readonly runner: Runner | undefined;
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
  return { folder, packageText, scripts, runner: runnerOf(json, scripts) };
}

function runnerOf(json: PackageJson, scripts: Readonly<Record<string, string>>): Runner | undefined {
  const byName = (name: string | undefined) => allRunners.find((runner) => runner.name === name);
  const dependencies = new Set([...Object.keys(json.dependencies ?? {}), ...Object.keys(json.devDependencies ?? {})]);
  const test = scripts['test'] ?? '';
  return (
    byName(json['slow-tests']?.runner) ??
    // What the test script calls is in use, whatever else is installed.
    (/\bnode\b.*--test\b/.test(test) ? byName('node:test') : /\bbun test\b/.test(test) ? byName('bun') : undefined) ??
    allRunners.find(({ packages, command }) => [...packages, ...programOf(command)].some((name) => new RegExp(`(?:^|[\\s/])${name}(?:\\s|$)`).test(test))) ??
    allRunners.find(({ packages }) => packages.some((name) => dependencies.has(name)))
  );
}

/** `playwright` of `playwright test`; `node` says nothing of what it runs. */
function programOf({ words: [program] }: Runner['command']): string[] {
  return program === undefined || program === 'node' ? [] : [program];
}

/** The first of some files that is there. */
export function findConfig(folder: string, names: readonly string[]): string | undefined {
  return names.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** Names of a configuration in every language that Node and bundlers load. */
export function configNames(stem: string): string[] {
  return ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((extension) => `${stem}.${extension}`);
}
