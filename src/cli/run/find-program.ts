/**
 * Where the program of a command lies, so that it can be started without a shell: what packages put into `.bin` are scripts of a shell on
 * Windows, and a shell would read patterns its own way. JavaScript is run by this Node.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, delimiter, dirname, extname, join, resolve } from 'node:path';

export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

/** A program inside of what loads its environment: `dotenv -e .env -- vitest run`. */
export function findCall({ around, words }: { readonly around: readonly string[]; readonly words: readonly string[] }, folder: string, environment: NodeJS.ProcessEnv): Program | undefined {
  const program = findProgram(words, folder, environment);
  return program && around.length > 0 ? findProgram([...around, program.file, ...program.args], folder, environment) : program;
}

/** Undefined when it is nowhere. */
export function findProgram([name = '', ...args]: readonly string[], folder: string, environment: NodeJS.ProcessEnv): Program | undefined {
  const bare = basename(name.replaceAll('\\', '/')).replace(/\.(?:cmd|exe|ps1)$/i, '').replace(/(?<=.)@[^/]*$/, '');
  if (bare === 'node' && !name.includes('node_modules')) return { file: process.execPath, args };
  const isPath = /[\\/]/.test(name) && !/[\\/]\.bin[\\/]/.test(name) && !/^@[\w.-]+\//.test(name);
  if (isPath) return startOf(resolve(folder, name), args);
  // bun's own package holds a stand-in until its install script has run.
  const direct = bare === 'bun' ? onPath(bare, environment) : undefined;
  const found = direct ?? binOfPackages(bare, folder) ?? onPath(bare, environment);
  return found === undefined ? undefined : startOf(found, args);
}

function startOf(file: string, args: readonly string[]): Program {
  return isScript(file) ? { file: process.execPath, args: [file, ...args] } : { file, args };
}

function isScript(file: string): boolean {
  if (/\.[cm]?[jt]s$/.test(file)) return true;
  if (extname(file) !== '' || !existsSync(file)) return false;
  return /^#!.*\bnode\b/.test(readFileSync(file, 'latin1').slice(0, 200));
}

/** The packages whose program is not called as they are. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = { playwright: ['@playwright/test', 'playwright'], jest: ['jest', 'jest-cli'], _mocha: ['mocha'], dotenv: ['dotenv-cli'], dotenvx: ['@dotenvx/dotenvx'] };

function binOfPackages(name: string, folder: string): string | undefined {
  for (const packageName of PACKAGES[name] ?? [name]) {
    for (let current = folder; ; current = dirname(current)) {
      const home = join(current, 'node_modules', packageName);
      const bin = binOf(join(home, 'package.json'), name);
      if (bin !== undefined) return join(home, bin);
      if (dirname(current) === current) break;
    }
  }
  return undefined;
}

function binOf(packageFile: string, name: string): string | undefined {
  if (!existsSync(packageFile)) return undefined;
  const { bin } = JSON.parse(readFileSync(packageFile, 'utf8')) as { readonly bin?: string | Readonly<Record<string, string>> };
  return typeof bin === 'string' ? bin : bin?.[name];
}

function onPath(name: string, { PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.exe`] : [name];
  return PATH.split(delimiter).flatMap((folder) => names.map((item) => join(folder, item))).find((file) => existsSync(file));
}
