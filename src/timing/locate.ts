/** On which line of its file does a measured test stand now? */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseText } from '../analysis/parse.ts';
import type { Reading } from '../analysis/reading.ts';
import { readFile } from '../analysis/reading.ts';
import type { Settings } from '../analysis/settings.ts';
import { matchTests } from './match.ts';
import type { ProfiledTest } from './profile.ts';

/** By the profile where it tells, else by the source; tests that are not found are left out. */
export function linesOf(root: string, file: string, { all, wanted }: { readonly all: readonly ProfiledTest[]; readonly wanted: readonly ProfiledTest[] }, settings: Settings): Map<ProfiledTest, number> {
  const lines = new Map<ProfiledTest, number>();
  for (const test of wanted) if (test.line !== undefined) lines.set(test, test.line);
  if (lines.size === wanted.length) return lines;
  const reading = readingAt(join(root, file), settings, root);
  if (!reading) return lines;
  const { text } = reading.module.file;
  const { declared } = matchTests(reading, all);
  for (const test of wanted) {
    const declaration = declared.get(test);
    if (declaration && !lines.has(test)) lines.set(test, text.slice(0, declaration.call.range[0]).split('\n').length);
  }
  return lines;
}

/** Undefined for a file that is not there, cannot be parsed, or declares no test. */
export function readingAt(path: string, settings: Settings, root: string | undefined): Reading | undefined {
  const text = textAt(path);
  const parsed = text === undefined ? undefined : parseText(text, path);
  return parsed?.type === 'file' ? readFile(parsed.file, settings, root) : undefined;
}

function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}
