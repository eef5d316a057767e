/** Which test files are measured: a mixture that no single checkout dominates, the same one in every run. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface Corpus {
  readonly root: string;
  readonly description: string;
  readonly files: readonly string[];
  /** Linted before, so that parsers and the engine's compilers are warm; none of them is measured. */
  readonly warmUp: readonly string[];
}

const TEST_FILE = /(?:[._-](?:test|spec)s?\.[cm]?[jt]sx?|[\\/](?:tests?|specs?|__(?:test|spec)s?__)[\\/](?:.*[\\/])?[^\\/]+\.[cm]?[jt]sx?)$/;
const NOT_SOURCE = /\.d\.[cm]?ts$|\.min\.js$/;
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git', 'dist', 'coverage', '.yarn']);
/** Larger files are bundles, not tests. */
const MAX_BYTES = 300_000;
const FILES_OF_ONE_PACKAGE = 12;
/** One folder in so many warms up: whole ones, so that the files next to a measured test are read for the first time with it. */
const WARM_UP_SHARE = 5;

/** Test files below the paths, taken in turn from each folder at the top, spread evenly over what it holds. */
export function collectCorpus(paths: readonly string[], limit: number): Corpus {
  const roots = paths.map((path) => resolve(path));
  const groups = roots.flatMap((root) => {
    if (!statSync(root).isDirectory()) return [[root]];
    const inside = readdirSync(root, { withFileTypes: true });
    const isCheckout = inside.some(({ name }) => name === 'package.json');
    const folders = isCheckout ? [root] : inside.filter((item) => item.isDirectory()).map(({ name }) => join(root, name));
    return folders.map((folder) => testFiles(folder));
  });
  const [only] = roots;
  const filled = groups.filter((group) => group.length > 0);
  return {
    root: roots.length === 1 && only !== undefined && statSync(only).isDirectory() ? only : '/',
    description: `${filled.length} folders below ${roots.join(', ')}`,
    ...shared(filled, limit),
  };
}

function shared(groups: readonly (readonly string[])[], limit: number): Pick<Corpus, 'files' | 'warmUp'> {
  const isForWarmUp = (index: number) => index % WARM_UP_SHARE === 0;
  if (groups.length >= WARM_UP_SHARE) {
    return { warmUp: takeInTurn(groups.filter((_, index) => isForWarmUp(index)), limit), files: takeInTurn(groups.filter((_, index) => !isForWarmUp(index)), limit) };
  }
  const files = takeInTurn(groups, Math.ceil((limit * WARM_UP_SHARE) / (WARM_UP_SHARE - 1)));
  return { warmUp: files.filter((_, index) => isForWarmUp(index)), files: files.filter((_, index) => !isForWarmUp(index)) };
}

/** What is at hand without a checkout. Said to be so in the report: such tests are smaller than a project's own. */
export function ownCorpus(): Corpus {
  const root = resolve(import.meta.dirname, '../..');
  const published = packagesIn(join(root, 'node_modules')).map((folder) => testFiles(folder).slice(0, FILES_OF_ONE_PACKAGE));
  const own = [testFiles(join(root, 'tests')), testFiles(join(root, 'examples'))];
  return { root, description: 'our own tests and those inside installed packages', ...shared([...own, ...published].filter((group) => group.length > 0), Infinity) };
}

function packagesIn(modules: string): string[] {
  if (!existsSync(modules)) return [];
  return readdirSync(modules).flatMap((name) => {
    if (name.startsWith('.')) return [];
    return name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => join(modules, name, inner)) : [join(modules, name)];
  });
}

function testFiles(folder: string): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const found: string[] = [];
  const pending = [folder];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    for (const item of readdirSync(current, { withFileTypes: true })) {
      const path = join(current, item.name);
      if (item.isDirectory() && !SKIPPED_FOLDERS.has(item.name)) pending.push(path);
      else if (item.isFile() && TEST_FILE.test(path) && !NOT_SOURCE.test(path) && statSync(path).size <= MAX_BYTES) found.push(path);
    }
  }
  return found.sort();
}

function takeInTurn(groups: readonly (readonly string[])[], limit: number): string[] {
  // How many each group gives, when the small ones give all they have.
  const shares = groups.map(() => 0);
  for (let taken = 0, isOpen = true; taken < limit && isOpen; ) {
    isOpen = false;
    for (const [index, group] of groups.entries()) {
      const share = shares[index] ?? 0;
      if (share >= group.length || taken >= limit) continue;
      shares[index] = share + 1;
      taken += 1;
      isOpen = true;
    }
  }
  return groups.flatMap((group, index) => {
    const share = shares[index] ?? 0;
    return Array.from({ length: share }, (_, position) => group[Math.floor((position * group.length) / share)] ?? '');
  });
}
