/** Which words of a call name files, folders or patterns; the others are the runner and its options. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import type { Runner } from '../../knowledge/runner.ts';

export interface CallWords {
  readonly options: readonly string[];
  readonly named: readonly string[];
}

/** Options that take the next word, though it may be a path. */
const TAKES_PATH = /^(?:-r|--require|-i|--ignore|--ignore-pattern|--import|--loader|--experimental-loader|-C|--conditions|--env-file|-c|--config|--root|--rootDir|--dir|--package|--opts|--file|--helper|--setup\w*|--outputFile|--preload|--tsconfig|--cwd|--exclude|--testPathIgnorePatterns|--reporters?|--test-reporter|--test-reporter-destination|--reporter-outfile|--reporter-options?|--global[sS]etup|--resolver|--transform|--testRunner|--coverageDirectory|--cacheDirectory|--browser)$/;

export function readCallWords(words: readonly string[], { command }: Runner, folder: string): CallWords {
  const first = 1 + Math.max(words.findIndex((word) => isProgram(word, command.words[0] ?? '')), words.indexOf(command.words[1] ?? ''));
  const isNamed = (word: string, index: number): boolean => {
    const before = words[index - 1] ?? '';
    if (index < first || word.startsWith('-') || TAKES_PATH.test(before)) return false;
    // `--timeout 5000 test`: a number is no file, and what may belong to an option must at least be there.
    return !before.startsWith('-') || before.includes('=') || leadsToFiles(word, folder);
  };
  return { options: words.filter((word, index) => !isNamed(word, index)), named: words.filter(isNamed) };
}

function isProgram(word: string, name: string): boolean {
  return new RegExp(`(?:^|[\\\\/])_?${name}(?:\\.\\w+)?(?:@[^\\\\/]*)?$`).test(word);
}

function leadsToFiles(word: string, folder: string): boolean {
  if (statSync(join(folder, word), { throwIfNoEntry: false })) return true;
  return /[*?{[]/.test(word) && globSync(word, { cwd: folder, ignore: IGNORED }).length > 0;
}

/** No suite keeps its tests there. */
export const IGNORED = ['**/node_modules/**', '**/.git/**'];
