/** `slow-tests shard`: deals the files of a tier to machines by recorded time, shows the deal, or runs one share. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readProfile } from '../../timing/store.ts';
import { ProfileError } from '../../timing/profile-error.ts';
import type { RunTier } from '../../timing/select.ts';
import type { Shard, WeighedFile } from '../../timing/shards.ts';
import { dealFiles, dealtByRunner, longest, weighFiles } from '../../timing/shards.ts';
import { profilePlace } from '../profile-place.ts';
import type { Surroundings } from '../surroundings.ts';
import { CommandError } from '../surroundings.ts';
import type { Suite } from '../run/find-suite.ts';
import { findSuite } from '../run/find-suite.ts';
import { readCallWords } from '../run/named-files.ts';
import { callsOf, NOTHING_RAN, runCalls, typed } from '../run/run-tier.ts';
import { formatTable } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { openTerminal } from '../terminal.ts';
import { findSuiteFiles } from './suite-files.ts';

export interface ShardRun {
  readonly of: number;
  readonly tier: RunTier;
  /** Which share to run; undefined shows all. */
  readonly index: number | undefined;
  readonly script: string;
  readonly profile: string | undefined;
  readonly added: readonly string[];
  readonly print: boolean;
  readonly json: boolean;
}

/** The exit code. */
export async function runShard(request: ShardRun, surroundings: Surroundings): Promise<number> {
  const { of: count, tier, index, print, json } = request;
  if (index !== undefined && index > count) throw new CommandError(`There is no shard ${index} of ${count}.`);
  const suite = findSuite(surroundings.cwd, request.script);
  const { options, named } = readCallWords(suite.words, suite.runner, suite.folder);
  const said = openTerminal(surroundings.progress, surroundings.environment);
  const files = await weighedFiles(request, suite, named, surroundings, said);
  const shards = dealFiles(files, count);
  const terminal = openTerminal(surroundings.output, surroundings.environment);
  if (json) terminal.say(matrixOf(shards));
  else if (index === undefined) show(shards, suite, tier, terminal);
  if (index === undefined) return 0;
  const shard = shards[index - 1];
  if (!shard || shard.files.length === 0) {
    said.say(`slow-tests: Shard ${index} of ${count} has no files; there are ${files.length} for all.`);
    return 0;
  }
  const shareOf = { ...suite, words: options };
  const calls = await callsOf(shareOf, tier, [...fileArguments(suite, shard, files), ...request.added], said);
  if (print) {
    for (const call of calls) terminal.say(typed(call));
    return 0;
  }
  const exitCode = await runCalls(calls, suite, surroundings, said);
  if (exitCode !== NOTHING_RAN) return exitCode;
  // Another shard has them: a share without a test of the tier is no failure.
  said.say(`slow-tests: No test of the tier ${tier} is in shard ${index} of ${count}.`);
  return 0;
}

async function weighedFiles({ tier, profile: given }: ShardRun, { runner, folder }: Suite, named: readonly string[], { cwd }: Surroundings, said: Terminal): Promise<readonly WeighedFile[]> {
  const { path, root } = profilePlace(cwd, given);
  if (!existsSync(path)) throw new ProfileError(`${relative(cwd, path)}: there is no profile. Record one: slow-tests profile -- <your test command>`);
  const profile = readProfile(path);
  const toFolder = (file: string): string => relative(folder, join(root, file)).replaceAll('\\', '/');
  const moved = { ...profile, files: profile.files.map((item) => ({ ...item, file: toFolder(item.file) })) };
  const { files, gone } = await findSuiteFiles(moved.files.map(({ file }) => file), named, runner, folder);
  if (gone.length > 0) said.say(`slow-tests: ${gone.length} ${gone.length === 1 ? 'file' : 'files'} of the profile ${gone.length === 1 ? 'is' : 'are'} gone.`);
  return weighFiles(moved, tier, files);
}

/** As the runner takes exactly these. */
function fileArguments({ runner, folder }: Suite, { files }: Shard, all: readonly WeighedFile[]): readonly string[] {
  const names = files.map(({ file }) => file).sort();
  if (runner.name === 'jest') return ['--runTestsByPath', ...names];
  if (runner.name === 'bun') return names.map((name) => `./${name}`);
  // Vitest takes parts of paths: `a.test.ts` would be `src/a.test.ts` too.
  if (runner.name === 'vitest') {
    const others = all.filter((item) => !files.includes(item) && names.some((name) => item.file.toLowerCase().includes(name.toLowerCase())));
    return [...others.map(({ file }) => `--exclude=${file.replace(/[\\*?()[\]{}!]/g, '\\$&')}`), ...names.map((name) => join(folder, name))];
  }
  if (runner.name === 'playwright') return names.map((name) => `^${join(folder, name).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`);
  return names;
}

/** One line, for `strategy: { matrix: ${{ fromJSON(…) }} }`. */
function matrixOf(shards: readonly Shard[]): string {
  return JSON.stringify({ include: shards.filter(({ files }) => files.length > 0).map(({ index, files, expected }) => ({ index, of: shards.length, files: files.length, seconds: Math.round(expected) / 1000 })) });
}

function show(shards: readonly Shard[], { runner }: Suite, tier: RunTier, { say }: Terminal): void {
  const files = shards.flatMap((shard) => shard.files);
  const rows = shards.map(({ index, files: own, expected }) => [String(index), String(own.length), String(own.reduce((sum, { tests }) => sum + tests, 0)), seconds(expected)]);
  say(formatTable(['shard', 'files', `${tier} tests`, 'expected'], rows, ['right', 'right', 'right', 'right']));
  const added = files.filter(({ isNew }) => isNew).length;
  if (added > 0) say(`${added} ${added === 1 ? 'file is' : 'files are'} not in the profile and taken for as long as the median.`);
  if (files.every(({ tests }) => tests === 0)) say(`The profile knows no test of the tier ${tier}: what is dealt is the loading of files.`);
  const total = files.reduce((sum, { expected }) => sum + expected, 0);
  const even = total / shards.length;
  const own = dealtByRunner(runner.name, files, shards.length);
  say(`The longest is expected to take ${seconds(longest(shards))}${over(longest(shards), even)}, all together ${seconds(total)}.`);
  if (own) say(`Dealt by ${runner.name}'s own --shard, which knows no times, the longest would take ${seconds(longest(own))}${over(longest(own), even)}.`);
}

/** How much longer than an even share. */
function over(time: number, even: number): string {
  return even > 0 ? ` (${Math.round((time / even - 1) * 100)} % over an even share)` : '';
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
}
