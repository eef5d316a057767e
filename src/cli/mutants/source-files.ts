/** Which files of a project are source that tests could find bugs in? */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { EXTENSIONS } from '../../host/apply-codemod.ts';
import { textOfBytes } from '../../host/file-text.ts';
import { findFiles } from '../find-files.ts';
import type { SourceText } from './instrument.ts';

const FOLDERS = /(?:^|\/)(?:tests?|__tests__|specs?|__mocks__|__fixtures__|fixtures?|e2e|bench(?:marks?)?|examples?|demos?|docs?|scripts?|dist|build|coverage|vendor|\.[^/]+)\//i;
const FILES = /(?:[._-](?:test|spec|bench|stories|min|config|setup)|(?:^|\/)\.[^/]*|(?:^|\/)(?:gulpfile|gruntfile|setup\w*)|\.d)\.\w+$/i;

/** Without tests, what only tests use, configuration, and what a build has written. */
export async function sourceFiles(root: string, tests: ReadonlySet<string>): Promise<SourceText[]> {
  const { files } = await findFiles([root], EXTENSIONS, root);
  return files.flatMap((path) => {
    const file = relative(root, path).replaceAll('\\', '/');
    if (file.startsWith('../') || tests.has(file) || FOLDERS.test(file) || FILES.test(file)) return [];
    const text = textOfBytes(readFileSync(join(root, file)));
    return text === undefined ? [] : [{ file, text }];
  });
}
