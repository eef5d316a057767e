/** Which codemods does a migration go through, one after the other: all of them, and then the marks of what was measured. */
import { resolve } from 'node:path';
import { allCodemods } from '../../../codemods/all.ts';
import type { CodemodDefinition } from '../../host/define-codemod.ts';
import { markCodemod } from '../../host/mark-codemod.ts';
import type { Profile } from '../../timing/profile.ts';

/** Tests of `over` ms or more that no other codemod knew how to make cheap are marked. Snapshots are not renamed: nothing could be compared then. */
export function migrationCodemods(root: string, { files }: Pick<Profile, 'files'>, over: number): CodemodDefinition[] {
  const tests = new Map(files.map((file) => [resolve(root, file.file), file.tests]));
  return [...allCodemods, markCodemod((path) => tests.get(path) ?? [], { over, renamesSnapshots: false })];
}
