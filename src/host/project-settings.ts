/** The settings of the project that a file belongs to, where no lint host hands them over: `slow-tests` in package.json. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Settings } from '../analysis/settings.ts';
import { readSettings, SettingsError } from '../analysis/settings.ts';
import { nodeTest } from '../knowledge/runners/node-test.ts';
import { selectTier } from '../timing/select.ts';

export interface ProjectSettings {
  readonly settings: Settings;
  /** The folder of the package.json that holds them. */
  readonly root: string | undefined;
}

const known = new Map<string, ProjectSettings>();

/** Throws a `SettingsError` that names the file and the field when something is wrong. */
export function projectSettings(path: string): ProjectSettings {
  return settingsOf(dirname(resolve(path)));
}

function settingsOf(folder: string): ProjectSettings {
  let found = known.get(folder);
  if (!found) {
    found = readFolder(folder);
    known.set(folder, found);
  }
  return found;
}

function readFolder(folder: string): ProjectSettings {
  const file = join(folder, 'package.json');
  const given = existsSync(file) ? readPackage(file) : undefined;
  if (given !== undefined && Object.hasOwn(given, 'slow-tests')) {
    try {
      return { settings: forThisNode(readSettings(given)), root: folder };
    } catch (error) {
      if (error instanceof SettingsError) throw new SettingsError(`${file}: ${error.message.replace("settings['slow-tests']", 'slow-tests')}`);
      throw error;
    }
  }
  const parent = dirname(folder);
  return parent === folder ? { settings: forThisNode(readSettings(undefined)), root: undefined } : settingsOf(parent);
}

/** Commands run where the tests run, so they know what node:test can do there; an editor does not. */
function forThisNode(settings: Settings): Settings {
  return { ...settings, gate: settings.gate ?? !canLeaveOut(settings) };
}

/** Its runner leaves tests out by title from a version of Node on. */
function canLeaveOut({ marker }: Settings): boolean {
  return selectTier(nodeTest, 'fast', { version: process.versions.node, markers: marker }) !== undefined;
}

function readPackage(file: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    // Broken: as if it were not there.
    return undefined;
  }
}
