/** Which file that a test file imports declares its tests? Suites that many files share are functions of a file next door. */
import type { Declaration } from '../analysis/declarations.ts';
import { resolveRelative } from '../analysis/neighbours.ts';
import type { Reading } from '../analysis/reading.ts';
import { readingAt } from './locate.ts';
import { matchTests } from './match.ts';
import type { ProfiledTest } from './profile.ts';

export interface NextDoor {
  /** Absolute. */
  readonly path: string;
  readonly declaration: Declaration;
  readonly reading: Reading;
}

/** Of tests that no call of the file itself declares. */
export function matchNextDoor({ module, settings }: Reading, tests: readonly ProfiledTest[]): Map<ProfiledTest, NextDoor> {
  const found = new Map<ProfiledTest, NextDoor>();
  if (tests.length === 0) return found;
  const { path: from, ast } = module.file;
  for (const statement of ast.body) {
    if (statement.type !== 'ImportDeclaration' || !statement.source.value.startsWith('.')) continue;
    const path = resolveRelative(statement.source.value, from);
    const reading = path === undefined ? undefined : readingAt(path, settings, undefined);
    if (!reading || path === undefined) continue;
    for (const [test, declaration] of matchTests(reading, tests.filter((test) => !found.has(test))).declared) found.set(test, { path, declaration, reading });
  }
  return found;
}
