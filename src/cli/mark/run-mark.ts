/** What the profile calls slow gains the marker. */
import { existsSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { EXTENSIONS } from '../../host/apply-codemod.ts';
import { markCodemod } from '../../host/mark-codemod.ts';
import { isFastTier, isMeasured } from '../../timing/budgets.ts';
import { readProfile } from '../../timing/store.ts';
import { existingProfile } from '../profile-place.ts';
import { runCodemod } from '../run-codemod.ts';
import type { Surroundings } from '../surroundings.ts';

export interface MarkRequest {
  readonly paths: readonly string[];
  /** ms that a slow test took, or more. */
  readonly over: number;
  readonly profile: string | undefined;
  readonly dry: boolean;
  readonly force: boolean;
  readonly json: boolean;
}

export async function runMark({ paths, over, profile, dry, force, json }: MarkRequest, surroundings: Surroundings): Promise<number> {
  const { path, root } = existingProfile(surroundings.cwd, profile);
  const wanted = paths.map((given) => resolve(surroundings.cwd, given));
  const tests = new Map(readProfile(path).files.map((file) => [resolve(root, file.file), file.tests]));
  const files = [...tests]
    .filter(([file, measured]) => (wanted.length === 0 || wanted.some((one) => file === one || file.startsWith(one + sep))) && measured.some((test) => isMeasured(test) && test.duration >= over && isFastTier(test.tier)))
    // Gone since it was measured.
    .filter(([file]) => existsSync(file))
    .map(([file]) => file);
  const definition = markCodemod((file) => tests.get(file) ?? [], { over, renamesSnapshots: true });
  return runCodemod({ definition, paths: files, options: {}, extensions: EXTENSIONS, dry, force, json }, surroundings);
}
