/** Where no title tells, which files belong to a tier: by their names, and by what they ask the environment. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import type { Settings } from '../../analysis/settings.ts';
import type { Runner } from '../../knowledge/runner.ts';
import type { RunTier } from '../../timing/select.ts';
import { IGNORED, readCallWords } from './named-files.ts';

export interface TierFiles {
  /** The call with these files in the place of those it named. */
  readonly words: readonly string[];
  readonly files: readonly string[];
  /** Those that the fast run takes whole, though they hold tests that are marked slow and ask nobody. */
  readonly ungated: readonly string[];
}

/** What `node --test` looks for by itself. */
const NODE_PATTERNS = ['js', 'cjs', 'mjs'].flatMap((extension) => ['**/*.test.', '**/*-test.', '**/*_test.', '**/test-*.', '**/test.', '**/test/**/*.'].map((stem) => `${stem}${extension}`));
const ASKS_SLOW = /\benv\b\W{0,3}\bSLOW\b/;
const ASKS_STRESS = /\benv\b\W{0,3}\bSTRESS\b/;

export async function narrowToTier(words: readonly string[], runner: Runner, tier: RunTier, folder: string, { marker, files: names }: Settings): Promise<TierFiles> {
  const isNode = runner.name === 'node:test';
  const { options, named } = readCallWords(words, runner, folder);
  const all = await expand(named.length > 0 ? named : isNode ? NODE_PATTERNS : [], folder);
  const texts = new Map(all.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  const asks = (file: string, variable: RegExp, token: string): boolean => variable.test(texts.get(file) ?? '') || (texts.get(file) ?? '').includes(token);
  const belongs: Readonly<Record<RunTier, (file: string) => boolean>> = {
    all: () => true,
    fast: (file) => !names.slow.test(file) && !names.stress.test(file),
    slow: (file) => !names.stress.test(file) && (names.slow.test(file) || asks(file, ASKS_SLOW, marker.slow)),
    stress: (file) => names.stress.test(file) || asks(file, ASKS_STRESS, marker.stress),
  };
  const files = all.filter(belongs[tier]);
  const ungated = tier === 'fast' ? files.filter((file) => texts.get(file)?.includes(marker.slow) === true && !ASKS_SLOW.test(texts.get(file) ?? '')) : [];
  // Where nothing is left out, the runner finds its files itself.
  return { words: named.length === 0 && files.length === all.length ? words : [...options, ...files], files, ungated };
}

/** Node 20 takes patterns for names: a script leaves them to its shell, and here is none. */
export async function withoutPatterns(words: readonly string[], runner: Runner, folder: string): Promise<readonly string[]> {
  if (runner.name !== 'node:test' || Number.parseInt(process.versions.node) >= KNOWS_PATTERNS) return words;
  const { options, named } = readCallWords(words, runner, folder);
  return named.some((word) => /[*?{[]/.test(word)) ? [...options, ...(await expand(named, folder))] : words;
}

const KNOWS_PATTERNS = 21;

/** From the folder on, with `/`; a folder stands for all that it holds. */
async function expand(named: readonly string[], folder: string): Promise<string[]> {
  const patterns = named.map((word) => word.replaceAll('\\', '/').replace(/^\.\//, '')).flatMap((word) => (isFolder(join(folder, word)) ? NODE_PATTERNS.map((pattern) => `${word.replace(/\/$/, '')}/${pattern}`) : [word]));
  return (await glob(patterns, { cwd: folder, ignore: IGNORED, expandDirectories: false })).sort();
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
