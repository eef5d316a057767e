/** Which runner does a command start, through package managers and scripts of package.json, and where do arguments for it go? */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Runner } from '../knowledge/runner.ts';
import { allRunners } from '../knowledge/runners/all.ts';
import { splitCommand } from './split-command.ts';

export interface SuiteCommand {
  readonly runner: Runner;
  /** Of the runner's package, or of Node for its own; undefined where it could not be found. */
  readonly version: string | undefined;
  /** The call of the runner itself, scripts opened: `vitest run` of `npm test`. */
  readonly words: readonly string[];
  /** What is put into its environment on the way: `CI=1` of `cross-env CI=1 vitest run`. */
  readonly assignments: Readonly<Record<string, string>>;
  /** What loads more of its environment, and stands in front of the call: `dotenv -e .env --`. */
  readonly around: readonly string[];
  /** The given command with arguments for the runner; undefined where a script runs something else after it. */
  readonly withArguments: (added: readonly string[]) => readonly string[] | undefined;
}

/** A script may call a script; none calls itself for long. */
const MAX_DEPTH = 5;

/** Undefined when nothing in it is known to be a runner. */
export function recogniseCommand(words: readonly string[], cwd: string): SuiteCommand | undefined {
  const found = findCall(words, cwd, 0);
  if (!found) return undefined;
  const { call, assigned, around, isLast, separator } = found;
  const runner = runnerOf(call);
  if (!runner) return undefined;
  return {
    runner,
    version: versionOf(runner, cwd),
    words: call,
    assignments: Object.fromEntries(assigned.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)])),
    around,
    withArguments: (added) => (added.length === 0 ? words : isLast ? [...words, ...(separator && !words.includes('--') ? ['--'] : []), ...added] : undefined),
  };
}

interface FoundCall {
  readonly call: readonly string[];
  readonly assigned: readonly string[];
  readonly around: readonly string[];
  /** Do arguments at the end of the given command reach it? */
  readonly isLast: boolean;
  /** npm keeps arguments for itself that do not follow `--`. */
  readonly separator: boolean;
}

function findCall(given: readonly string[], cwd: string, depth: number): FoundCall | undefined {
  const words = unwrap(given);
  // What is unwrapped stands in front.
  const front = given.slice(0, given.length - words.length);
  const around = loaderIn(front);
  const assigned = front.filter((word) => ASSIGNMENT.test(word));
  if (runnerOf(words)) return { call: words, assigned, around, isLast: true, separator: false };
  const script = scriptOf(words);
  if (!script || depth >= MAX_DEPTH) return undefined;
  const text = readScript(script.name, cwd);
  if (text === undefined) return undefined;
  const calls = splitCommand(text);
  for (const [index, call] of calls.entries()) {
    const isLastCall = index === calls.length - 1;
    const found = findCall(isLastCall ? [...call, ...script.added] : call, cwd, depth + 1);
    // What is added to `npm test` arrives behind the script's text; a script inside must hand it on, and npm does so behind `--` only.
    if (found) return { ...found, assigned: [...assigned, ...found.assigned], around: [...around, ...found.around], isLast: isLastCall && found.isLast && (!found.separator || call.includes('--')), separator: script.separator };
  }
  return undefined;
}

/** Programs that run another one, and how many words belong to them. */
const WRAPPERS: Readonly<Record<string, RegExp>> = {
  npx: /^(?:-y|--yes|--no|--no-install|--prefer-offline|-q|--quiet|--)$/,
  bunx: /^(?:--bun|-b)$/,
  'cross-env': /^$/,
  env: /^$/,
  c8: /^-/,
  nyc: /^-/,
  dotenv: /^(?:-|--$)/,
  dotenvx: /^run$/,
  'env-cmd': /^-/,
  'xvfb-run': /^-/,
  time: /^-/,
  tsx: /^$/,
  nice: /^-/,
};

/** They read files of variables that nobody else knows how to read. */
const LOADERS: ReadonlySet<string> = new Set(['dotenv', 'dotenvx', 'env-cmd']);

/** Up to its `--`, as other wrappers may follow. */
function loaderIn(front: readonly string[]): readonly string[] {
  const from = front.findIndex((word) => LOADERS.has(programName(word)));
  if (from < 0) return [];
  const end = front.indexOf('--', from);
  return front.slice(from, end < 0 ? undefined : end + 1);
}

const ASSIGNMENT = /^[A-Za-z_]\w*=/;
const MANAGERS = ['npm', 'pnpm', 'yarn', 'bun'];

/** Without assignments, wrappers and package managers in front: `npx cross-env CI=1 vitest run` -> `vitest run`. */
function unwrap(given: readonly string[]): readonly string[] {
  let words = given;
  for (;;) {
    const [first = '', second = '', third = ''] = words;
    const program = programName(first);
    const wrapper = Object.hasOwn(WRAPPERS, program) ? WRAPPERS[program] : undefined;
    const behind = wrapper ? words.indexOf('--') : -1;
    if (ASSIGNMENT.test(first)) words = words.slice(1);
    // `dotenv -e .env.test -- vitest`: what stands before belongs to the wrapper.
    else if (behind > 0 && isCall(words.slice(behind + 1)) && !isCall(words.slice(1 + leading(words.slice(1), wrapper ?? /^$/)))) words = words.slice(behind + 1);
    else if (wrapper && !(program === 'tsx' && second === '--test')) words = words.slice(1 + leading(words.slice(1), wrapper));
    else if (MANAGERS.includes(program) && (second === 'exec' || second === 'dlx' || second === 'x')) words = words.slice(third === '--' ? 3 : 2);
    else if (/^(?:pnpm|yarn)$/.test(program) && runnerOf(words.slice(1))) words = words.slice(1);
    else return words;
  }
}

/** Of a runner, or of a package manager that may start one. */
function isCall(words: readonly string[]): boolean {
  const call = unwrap(words);
  return runnerOf(call) !== undefined || MANAGERS.includes(programName(call[0] ?? ''));
}

function leading(words: readonly string[], option: RegExp): number {
  const end = words.findIndex((word) => !option.test(word));
  return end < 0 ? words.length : end;
}

/** `vitest` of `./node_modules/.bin/vitest.cmd`, `node_modules/vitest/vitest.mjs` and `vitest@3`. */
function programName(word: string): string {
  const packaged = /node_modules[\\/](@[^\\/]+[\\/][^\\/]+|[^\\/.][^\\/]*)[\\/]/.exec(word)?.[1]?.replace('\\', '/');
  const base = basename(word.replaceAll('\\', '/')).replace(/\.(?:[cm]?js|cmd|exe|ps1)$/, '');
  const name = base === 'bun' || base === 'node' ? base : (packaged ?? base);
  return name.replace(/(?<=.)@[\w.^~-]+$/, '');
}

const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/^(?:vitest)$/, 'vitest'],
  [/^(?:jest|jest-cli|react-scripts)$/, 'jest'],
  [/^(?:_?mocha)$/, 'mocha'],
  [/^jasmine$/, 'jasmine'],
  [/^ava$/, 'ava'],
  [/^tape$/, 'tape'],
  [/^qunit$/, 'qunit'],
];

/** Options of Node that take the next word. */
const TAKES_VALUE = /^(?:-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file|--tsconfig|--test-(?:reporter|reporter-destination|name-pattern|skip-pattern|concurrency|timeout|shard))$/;

/** Of a call without wrappers. */
function runnerOf([first = '', ...rest]: readonly string[]): Runner | undefined {
  const byName = (name: string) => allRunners.find((runner) => runner.name === name);
  const program = programName(first);
  if (program === 'playwright' || program === '@playwright/test') return rest.includes('test') ? byName('playwright') : undefined;
  if (program === 'bun') return rest.find((word) => !word.startsWith('-')) === 'test' ? byName('bun') : undefined;
  if (program === 'react-scripts' && rest[0] !== 'test') return undefined;
  if (program === 'node' || program === 'tsx') {
    const script = rest.findIndex((word, index) => !word.startsWith('-') && !TAKES_VALUE.test(rest[index - 1] ?? ''));
    const options = script < 0 ? rest : rest.slice(0, script);
    if (options.includes('--test')) return byName('node:test');
    // `node --require ts-node/register node_modules/mocha/bin/mocha.js`: the path tells, wherever it stands.
    const path = rest.findIndex((word) => /node_modules[\\/]/.test(word) && runnerOf([word, 'test']) !== undefined);
    return path < 0 ? undefined : runnerOf(rest.slice(path));
  }
  const known = PROGRAMS.find(([names]) => names.test(program));
  return known && byName(known[1]);
}

interface Script {
  readonly name: string;
  readonly separator: boolean;
  readonly added: readonly string[];
}

/** Which script of package.json a package manager is asked for. */
function scriptOf([first = '', ...rest]: readonly string[]): Script | undefined {
  const manager = programName(first);
  if (!MANAGERS.includes(manager)) return undefined;
  const words = rest.filter((word, index) => !word.startsWith('-') || rest.slice(0, index).includes('--') || index > 1);
  const [verb = '', named] = words;
  const isRun = verb === 'run' || verb === 'run-script';
  const name = isRun ? named : verb === 't' || verb === 'tst' ? 'test' : verb;
  if (name === undefined || name === '') return undefined;
  const added = words.slice(isRun ? 2 : 1);
  return { name, separator: manager === 'npm', added: added[0] === '--' ? added.slice(1) : manager === 'npm' ? [] : added };
}

function readScript(name: string, cwd: string): string | undefined {
  for (const folder of upwards(cwd)) {
    const json = readPackage(join(folder, 'package.json'));
    if (!json) continue;
    const script = json.scripts && Object.hasOwn(json.scripts, name) ? json.scripts[name] : undefined;
    return typeof script === 'string' ? script : undefined;
  }
  return undefined;
}

function versionOf({ name, packages }: Runner, cwd: string): string | undefined {
  if (name === 'node:test') return process.versions.node;
  for (const folder of upwards(cwd)) {
    const version = readPackage(join(folder, 'node_modules', packages[0] ?? name, 'package.json'))?.version;
    if (typeof version === 'string') return version;
  }
  return undefined;
}

interface PackageJson {
  readonly version?: unknown;
  readonly scripts?: Readonly<Record<string, unknown>>;
}

function readPackage(file: string): PackageJson | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as PackageJson;
  } catch {
    return undefined;
  }
}

function upwards(cwd: string): string[] {
  const folders = [resolve(cwd)];
  for (let folder = dirname(resolve(cwd)); folder !== folders.at(-1); folder = dirname(folder)) folders.push(folder);
  return folders;
}
