/**
 * A copy of the project in which its source may be changed: whatever ends the process, the project itself was never touched. It lies
 * outside, since a runner that is started in the project would find the tests of a copy inside; packages are linked, not copied.
 */
import { constants, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { isAlive } from '../is-alive.ts';

export interface ProjectCopy {
  /** The folder that stands for the root of the project. */
  readonly root: string;
  /** For files of whoever made the copy. */
  readonly aside: string;
  readonly remove: () => void;
}

const NAME = 'slow-tests-mutants-';
/** Neither source nor needed by tests. */
const LEFT_OUT: readonly string[] = ['.git', '.slow-tests', '.stryker-tmp', '.nyc_output'];

export function copyProject(given: string): ProjectCopy {
  removeLeftOvers();
  const root = realpathSync(given);
  const home = realpathSync(mkdtempSync(join(tmpdir(), `${NAME}${process.pid}-`)));
  const remove = (): void => rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  try {
    const copy = linkSurroundings(root, join(home, 'project'));
    copyFolder(root, copy);
    const aside = join(home, 'aside');
    mkdirSync(aside);
    return { root: copy, aside, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** What a project reaches by `../`, and packages that are installed above it, are there as links. */
function linkSurroundings(root: string, home: string): string {
  const top = ancestorsOf(root).findLast((folder) => ['node_modules', 'package.json', '.git'].some((name) => existsSync(join(folder, name)))) ?? root;
  const way = relative(top, root).split(sep).filter(Boolean);
  let [from, to] = [top, home];
  mkdirSync(to);
  for (const step of way) {
    for (const name of readdirSync(from)) if (name !== step && !LEFT_OUT.includes(name)) link(join(from, name), join(to, name));
    [from, to] = [join(from, step), join(to, step)];
    mkdirSync(to);
  }
  return to;
}

function ancestorsOf(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...ancestorsOf(above)];
}

function copyFolder(root: string, copy: string): void {
  const packages: string[] = [];
  cpSync(root, copy, {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
    filter(source) {
      const name = basename(source);
      if (source === root) return true;
      if (name === 'node_modules') packages.push(source);
      if (name === 'node_modules' || LEFT_OUT.includes(name)) return false;
      const stat = lstatSync(source);
      return stat.isFile() || stat.isDirectory() || stat.isSymbolicLink();
    },
  });
  for (const folder of packages) linkPackages(folder, join(copy, relative(root, folder)), { root, copy });
}

interface Both {
  readonly root: string;
  readonly copy: string;
}

/** Packages of a workspace are links to its own folders: these have to lead to the copy. */
function linkPackages(folder: string, to: string, both: Both): void {
  if (lstatSync(folder).isSymbolicLink() || !packagesIn(folder).some((path) => isOwn(path, both))) return link(folder, to);
  mkdirSync(to);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.startsWith('@') && statSync(path).isDirectory()) linkPackages(path, join(to, name), both);
    else link(isOwn(path, both) ? join(both.copy, relative(both.root, realpathSync(path))) : path, join(to, name));
  }
}

function packagesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => (name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => join(folder, name, inner)) : [join(folder, name)]));
}

function isOwn(path: string, { root }: Both): boolean {
  if (!lstatSync(path).isSymbolicLink() || !existsSync(path)) return false;
  const real = realpathSync(path);
  return real.startsWith(root + sep) && !real.slice(root.length).split(sep).includes('node_modules');
}

function link(target: string, path: string): void {
  symlinkSync(resolve(target), path, existsSync(target) && statSync(target).isDirectory() ? 'junction' : 'file');
}

/** Of processes that were killed. */
function removeLeftOvers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${NAME}(\\d+)-`).exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
