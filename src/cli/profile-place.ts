/** Where is the profile of a project, and which folder are its paths relative to? */
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Settings } from '../analysis/settings.ts';
import { projectSettings } from '../host/project-settings.ts';
import { PROFILE_PATH } from '../timing/profile.ts';
import { ProfileError } from '../timing/profile-error.ts';
import { packageFolder } from './package-folder.ts';

export interface ProfilePlace {
  readonly path: string;
  /** The nearest folder with a package.json, or the one it was asked for. */
  readonly root: string;
  readonly settings: Settings;
}

/** `given` is what the command line says; the settings and the usual place come after it. */
export function profilePlace(cwd: string, given?: string): ProfilePlace {
  const root = packageFolder(cwd) ?? resolve(cwd);
  const { settings, root: settingsRoot = root } = projectSettings(join(root, 'package.json'));
  const path = given === undefined ? (settings.profile === undefined ? join(root, PROFILE_PATH) : resolve(settingsRoot, settings.profile)) : resolve(cwd, given);
  return { path, root, settings };
}

/** Throws a `ProfileError` where there is none. */
export function existingProfile(cwd: string, given?: string): ProfilePlace {
  const place = profilePlace(cwd, given);
  if (existsSync(place.path)) return place;
  throw new ProfileError(`${relative(cwd, place.path)}: there is no profile. Record one: slow-tests profile -- <your test command>`);
}
