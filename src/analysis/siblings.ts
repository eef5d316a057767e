/** Where in the same workspace does a package live that a test imports by its name: `@scope/test-utils`? */
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PackageInfo } from './neighbours.ts';
import { packageOf, resolveFile, textOf } from './neighbours.ts';

/** A workspace with more packages is not looked through. */
const MAX_PACKAGES = 400;
/** How long a list of folders is believed, and where a workspace begins, in ms. */
const FRESH_MS = 60_000;

interface Workspace {
  readonly at: number;
  readonly folders: readonly string[];
  /** By the names that were asked for. */
  readonly found: Map<string, string | undefined>;
}

const workspaces = new Map<string, Workspace>();
const roots = new Map<string, { readonly at: number; readonly root: string | undefined }>();

/** The file that a specifier leads to; undefined for packages of others. How package.json asks for it does not matter: yarn and npm link by version, path aliases need none. */
export function resolveSibling(specifier: string, from: string): string | undefined {
  const [, name, inside = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(specifier) ?? [];
  const info = packageOf(from);
  if (name === undefined || info === undefined || name === info.name || specifier.startsWith('node:')) return undefined;
  const root = rootOf(info.folder);
  const folder = root === undefined ? undefined : folderOf(name, root, isAskedForElsewhere(name, [info, packageOf(join(root, 'package.json'))]));
  return folder === undefined ? undefined : (resolveFile(join(folder, 'src', inside || 'index')) ?? resolveFile(join(folder, inside || 'index')));
}

/** The nearest folder above whose package.json, or pnpm's file, names the packages of a workspace. */
function rootOf(folder: string): string | undefined {
  const known = roots.get(folder);
  if (known && Date.now() - known.at < FRESH_MS) return known.root;
  const parent = dirname(folder);
  const root = patternsOf(folder).length > 0 ? folder : parent === folder ? undefined : rootOf(parent);
  roots.set(folder, { at: Date.now(), root });
  return root;
}

/** `packages/*`, `apps/web`. */
function patternsOf(folder: string): string[] {
  const listed = /"workspaces"\s*:\s*(?:\{[^[\]{}]*"packages"\s*:\s*)?\[([^\]]*)\]/.exec(textOf(join(folder, 'package.json')) ?? '')?.[1];
  if (listed !== undefined) return [...listed.matchAll(/"([^"]+)"/g)].map(([, pattern = '']) => pattern);
  const inPnpm = textOf(join(folder, 'pnpm-workspace.yaml')) ?? '';
  return [...inPnpm.matchAll(/^\s*-\s*['"]?([\w@./*-]+)['"]?\s*$/gm)].map(([, pattern = '']) => pattern).filter((pattern) => !pattern.startsWith('@'));
}

/** By a version, as other people's packages are; those of a workspace that are asked for so lie in a folder of their name. */
function isAskedForElsewhere(name: string, askers: readonly (PackageInfo | undefined)[]): boolean {
  return askers.some((info) => info?.dependencies.has(name)) && !askers.some((info) => info?.linked.has(name));
}

/** Most names are those of other people's packages: for them only folders that are called alike are looked into. */
function folderOf(name: string, root: string, isElsewhere: boolean): string | undefined {
  const { folders, found } = workspaceAt(root);
  const key = isElsewhere ? `${name} elsewhere` : name;
  if (found.has(key)) return found.get(key);
  const last = name.slice(name.indexOf('/') + 1);
  const folder = folders.find((candidate) => {
    const called = basename(candidate);
    return (!isElsewhere || last.endsWith(called) || called.endsWith(last)) && nameIn(candidate) === name;
  });
  found.set(key, folder);
  return folder;
}

function nameIn(folder: string): string | undefined {
  return /"name"\s*:\s*"([^"]+)"/.exec(textOf(join(folder, 'package.json')) ?? '')?.[1];
}

function workspaceAt(root: string): Workspace {
  let workspace = workspaces.get(root);
  if (!workspace || Date.now() - workspace.at >= FRESH_MS) {
    workspace = { at: Date.now(), folders: patternsOf(root).flatMap((pattern) => matching(root, pattern)).slice(0, MAX_PACKAGES), found: new Map() };
    workspaces.set(root, workspace);
  }
  return workspace;
}

function matching(root: string, pattern: string): string[] {
  return pattern.replace(/\/+$/, '').split('/').reduce<string[]>((folders, part) => {
    if (part === '.') return folders;
    if (!part.includes('*')) return folders.map((folder) => join(folder, part));
    const found = folders.flatMap((folder) => subfolders(folder).map((name) => join(folder, name)));
    // `**`: packages seldom lie deeper than two folders down.
    return part === '**' ? [...found, ...found.flatMap((folder) => subfolders(folder).map((name) => join(folder, name)))] : found;
  }, [root]);
}

function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !/^(?:node_modules|\.)/.test(entry.name)).map(({ name }) => name);
  } catch {
    return [];
  }
}
