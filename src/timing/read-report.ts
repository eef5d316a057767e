/** A report that a runner has written, recognised by what is in it. */
import { fail, ProfileError } from './profile-error.ts';
import { isJestReport, readJestReport } from './read-jest-json.ts';
import { readJunit } from './read-junit.ts';
import { isMochaReport, readMochaReport } from './read-mocha-json.ts';
import { isPlaywrightReport, readPlaywrightReport } from './read-playwright-json.ts';
import type { RecordedRun } from './recorded-run.ts';
import { RunRecorder } from './recorded-run.ts';
import { parseJson, readText } from './store.ts';

/** `root` is the folder of the project that the report speaks of. Throws a `ProfileError` that says file, place and what was expected. */
export function readReport(path: string, root: string): RecordedRun {
  try {
    return readAny(path, root);
  } catch (error) {
    // Reports are trees; those of suites are a few levels deep.
    if (error instanceof RangeError) throw new ProfileError(`${path}: expected a report, got something that is nested too deeply.`, { cause: error });
    throw error;
  }
}

function readAny(path: string, root: string): RecordedRun {
  const text = readText(path);
  const recorder = new RunRecorder(root, { elsewhere: true });
  if (text.trimStart().startsWith('<')) return readJunit(text, path, recorder);
  const json = parseJson(text, path);
  if (isJestReport(json)) return readJestReport(json, path, recorder);
  if (isPlaywrightReport(json)) return readPlaywrightReport(json, path, recorder);
  if (isMochaReport(json)) return readMochaReport(json, path, recorder);
  return fail(path, undefined, 'a JSON report of Vitest, Jest, Mocha or Playwright, or JUnit XML', describe(json));
}

function describe(json: unknown): string {
  if (typeof json !== 'object' || json === null) return typeof json;
  return Array.isArray(json) ? 'a list' : `an object with ${Object.keys(json).slice(0, 5).join(', ') || 'nothing in it'}`;
}
