/**
 * The files next to a test: where a relative import leads, what such a file says, and the package.json above. Everything is
 * remembered by path and modification time, since hundreds of tests share few helpers. A file that is missing, unreadable,
 * too large or unparsable is simply not there.
 */
import type { Stats } from 'node:fs';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { SourceModule } from './module.ts';
import { parseText } from './parse.ts';

const MAX_BYTES = 300_000;
/** From here on a file without a call or a re-export is measured data, and nobody asks for its rows one by one. */
const MAX_DATA_CHARACTERS = 20_000;
/** How long a folder listing or a file state is believed, in ms: an editor's process lives for hours. */
const FRESH_MS = 5_000;

interface Remembered<T> {
  readonly at: number;
  readonly value: T;
}

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const SOURCE_OF: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.jsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
  '.jsx': ['.tsx'],
};

const resolutions = new Map<string, Remembered<string | undefined>>();

/** The file a path without (or with a compiled) extension means, by TypeScript's and bundlers' rules. */
export function resolveFile(path: string): string | undefined {
  const known = resolutions.get(path);
  // A file that was found seldom moves, and whether it is still there is asked when it is read.
  if (known && Date.now() - known.at < (known.value === undefined ? FRESH_MS : FRESH_MS * 5)) return known.value;
  const value = findFile(path);
  resolutions.set(path, { at: Date.now(), value });
  return value;
}

function findFile(path: string): string | undefined {
  const extension = /\.[cm]?[jt]sx?$/.exec(path)?.[0];
  if (extension !== undefined) {
    const stem = path.slice(0, -extension.length);
    return [path, ...(SOURCE_OF[extension] ?? []).map((other) => stem + other)].find(isFile);
  }
  const beside = EXTENSIONS.map((other) => path + other).find(isFile);
  if (beside !== undefined || !stateAt(path)?.isDirectory()) return beside;
  return EXTENSIONS.map((other) => join(path, `index${other}`)).find(isFile);
}

function isFile(path: string): boolean {
  return stateAt(path)?.isFile() ?? false;
}

function stateAt(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // Below a file, behind a loop of links, or not for us to see.
    return undefined;
  }
}

export function resolveRelative(specifier: string, from: string): string | undefined {
  const { path, source } = meantBy(specifier, dirname(from));
  return resolveFile(path) ?? (source === undefined ? undefined : resolveFile(source));
}

/** Where a relative specifier points to, whatever is there. */
export function pathMeant(specifier: string, from: string): string {
  return meantBy(specifier, dirname(from)).path;
}

/** Not built yet: `../dist/cli` comes of `../src/cli`. */
const BUILT = /^((?:\.\.?\/)+)(?:dist|lib|build|out)(?:\/(?:src|esm|cjs))?(?=\/|$)/;

interface Meant {
  readonly path: string;
  /** What a path that leads to something built is built of. */
  readonly source: string | undefined;
}

const MAX_FOLDERS = 5_000;
const meant = new Map<string, Map<string, Meant>>();

/** The paths that a specifier means, whether a file is there or not: the files of a folder share their specifiers. */
function meantBy(specifier: string, folder: string): Meant {
  let inFolder = meant.get(folder);
  if (!inFolder) {
    if (meant.size >= MAX_FOLDERS) meant.clear();
    meant.set(folder, (inFolder = new Map()));
  }
  let found = inFolder.get(specifier);
  if (!found) {
    const written = specifier.replace(/[?#].*$/, '');
    found = { path: resolve(folder, written), source: BUILT.test(written) ? resolve(folder, written.replace(BUILT, '$1src')) : undefined };
    inFolder.set(specifier, found);
  }
  return found;
}

/** The path of the file that a specifier of the library itself leads to. */
export function resolveOwn(specifier: string, from: string, packageName: string | undefined): string | undefined {
  if (/^\.{1,2}(?:\/|$)/.test(specifier)) return resolveRelative(specifier, from);
  const folder = packageOf(from)?.folder;
  if (folder === undefined) return undefined;
  const inside = specifier === packageName ? '' : specifier.startsWith(`${packageName}/`) ? specifier.slice((packageName ?? '').length + 1) : undefined;
  if (inside !== undefined) return resolveFile(join(folder, 'src', inside || 'index')) ?? resolveFile(join(folder, inside || 'index'));
  const alias = /^(?:@\/|~\/?|\$lib\/|#)(.*)$/.exec(specifier)?.[1];
  if (alias !== undefined) return resolveFile(join(folder, 'src', alias)) ?? resolveFile(join(folder, alias));
  return /^(?:src|tests?|specs?|helpers|fixtures)\//.test(specifier) ? (resolveFile(join(folder, specifier)) ?? resolveFile(join(folder, 'src', specifier))) : undefined;
}

/** How a file imports what stands at a path from the folder of package.json; a package stays what it is. */
export function specifierFrom(file: string, module: string): string {
  const folder = packageOf(file)?.folder;
  if (!module.startsWith('.') || folder === undefined) return module;
  const path = relative(dirname(file), resolve(folder, module)).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}

interface FileState {
  readonly checkedAt: number;
  readonly mtimeMs: number;
  readonly text: string | undefined;
  readonly answers: Map<RegExp, boolean>;
  module?: SourceModule | null;
}

const files = new Map<string, FileState>();

function stateOf(path: string): FileState {
  const known = files.get(path);
  if (known && Date.now() - known.checkedAt < FRESH_MS) return known;
  let mtimeMs = -1;
  let size = 0;
  try {
    const stat = statSync(path);
    mtimeMs = stat.mtimeMs;
    size = stat.size;
  } catch {
    // Missing: remembered as such.
  }
  if (known?.mtimeMs === mtimeMs) {
    const state = { ...known, checkedAt: Date.now() };
    files.set(path, state);
    return state;
  }
  let text: string | undefined;
  if (mtimeMs >= 0 && size <= MAX_BYTES) {
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      text = undefined;
    }
  }
  const state: FileState = { checkedAt: Date.now(), mtimeMs, text, answers: new Map() };
  files.set(path, state);
  return state;
}

export function textOf(path: string): string | undefined {
  return stateOf(path).text;
}

/** Does the text of a file match? Remembered as long as the file stays as it is. */
export function asksText(path: string, pattern: RegExp): boolean {
  const { text, answers } = stateOf(path);
  let answer = answers.get(pattern);
  if (answer === undefined) answers.set(pattern, (answer = text !== undefined && pattern.test(text)));
  return answer;
}

/** Has it been parsed already, as it is now? */
export function isParsed(path: string): boolean {
  return stateOf(path).module !== undefined;
}

function isData(text: string): boolean {
  return text.length > MAX_DATA_CHARACTERS && !text.includes('(') && !/\bfrom\s*['"]/.test(text);
}

/** The parsed neighbour, or undefined when it cannot be read or holds nothing but data. */
export function moduleAt(path: string): SourceModule | undefined {
  const state = stateOf(path);
  if (state.module !== undefined) return state.module ?? undefined;
  const parsed = state.text === undefined || isData(state.text) ? undefined : parseText(state.text, path);
  const module = parsed?.type === 'file' ? new SourceModule(parsed.file) : undefined;
  state.module = module ?? null;
  return module;
}

export interface PackageInfo {
  readonly folder: string;
  readonly name: string | undefined;
  readonly dependencies: ReadonlySet<string>;
  /** Those of them without which it does not work. */
  readonly needs: ReadonlySet<string>;
  /** Those that are installed with it. */
  readonly brings: ReadonlySet<string>;
  /** Those that lie in the same workspace, by the way it asks for them. */
  readonly linked: ReadonlySet<string>;
  /** Its commands, and the files that they start. */
  readonly commands: ReadonlyMap<string, string>;
  /** Does it say of itself that it bundles or compiles? */
  readonly saysBuilds: boolean;
  /** Dependencies under names of the package's own: `"webpack5": "npm:webpack@5"`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Its `.js` files are ES modules. */
  readonly isModule: boolean;
}

const packages = new Map<string, Remembered<PackageInfo | undefined>>();

/** The package.json above a file. */
export function packageOf(path: string): PackageInfo | undefined {
  return packageAbove(dirname(path));
}

function packageAbove(folder: string): PackageInfo | undefined {
  const known = packages.get(folder);
  if (known && Date.now() - known.at < FRESH_MS * 5) return known.value;
  let value: PackageInfo | undefined;
  const own = readPackage(folder);
  const parent = dirname(folder);
  // A package.json without a name (`{"type": "module"}`) only sets options for its folder.
  if (own?.name !== undefined || parent === folder) value = own;
  else value = packageAbove(parent) ?? own;
  packages.set(folder, { at: Date.now(), value });
  return value;
}

const packageFiles = new Map<string, { readonly mtimeMs: number; readonly info: PackageInfo | undefined }>();

/** Read again when the file has changed. */
function readPackage(folder: string): PackageInfo | undefined {
  const path = join(folder, 'package.json');
  const mtimeMs = stateAt(path)?.mtimeMs;
  if (mtimeMs === undefined) return undefined;
  const known = packageFiles.get(path);
  if (known?.mtimeMs === mtimeMs) return known.info;
  const info = parsePackage(folder, path);
  packageFiles.set(path, { mtimeMs, info });
  return info;
}

function parsePackage(folder: string, path: string): PackageInfo | undefined {
  try {
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof json !== 'object' || json === null) return undefined;
    const dependencies = new Set<string>();
    const needs = new Set<string>();
    const brings = new Set<string>();
    const linked = new Set<string>();
    const aliases = new Map<string, string>();
    for (const key of ['dependencies', 'devDependencies', 'peerDependencies']) {
      const group: unknown = Reflect.get(json, key);
      if (typeof group !== 'object' || group === null) continue;
      for (const [name, version] of Object.entries(group)) {
        dependencies.add(name);
        if (key !== 'devDependencies') needs.add(name);
        if (key === 'dependencies') brings.add(name);
        if (typeof version === 'string' && /^(?:workspace|link|file|portal):|^\*$/.test(version)) linked.add(name);
        const alias = typeof version === 'string' ? /^npm:(@?[^@]+)/.exec(version)?.[1] : undefined;
        if (alias !== undefined) aliases.set(name, alias);
      }
    }
    const named: unknown = Reflect.get(json, 'name');
    const name = typeof named === 'string' ? named : undefined;
    return { folder, name, dependencies, needs, brings, linked, commands: commandsOf(Reflect.get(json, 'bin'), name), saysBuilds: SAYS_BUILDS.test(`${String(Reflect.get(json, 'description'))} ${String(Reflect.get(json, 'keywords'))}`), aliases, isModule: Reflect.get(json, 'type') === 'module' };
  } catch {
    return undefined;
  }
}

const SAYS_BUILDS = /\b(?:bundl(?:ers?|es?|ing)|compil(?:ers?|es?|ing)|build tool|transpilers?)\b/i;

/** `"bin": "./cli.js"` is called like the package. */
function commandsOf(bin: unknown, name: string | undefined): ReadonlyMap<string, string> {
  const commands = new Map<string, string>();
  if (typeof bin === 'string' && name !== undefined) commands.set(name.replace(/^@[^/]+\//, ''), bin);
  if (typeof bin !== 'object' || bin === null) return commands;
  for (const [command, path] of Object.entries(bin)) if (typeof path === 'string') commands.set(command, path);
  return commands;
}
