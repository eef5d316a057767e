/** The JSON report of Mocha. It joins the titles of groups by spaces, so that they come as one. */
import * as v from 'valibot';
import { check } from './profile-error.ts';
import type { RecordedRun, RunRecorder } from './recorded-run.ts';

const test = v.object({
  title: v.string(),
  fullTitle: v.string(),
  file: v.nullish(v.string()),
  duration: v.optional(v.pipe(v.number(), v.minValue(0, 'milliseconds, 0 or more'))),
  err: v.optional(v.record(v.string(), v.unknown())),
});

const schema = v.object({
  stats: v.object({ duration: v.optional(v.number()) }),
  tests: v.array(test),
  pending: v.optional(v.array(test)),
});

export function isMochaReport(json: unknown): boolean {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, 'stats') && Object.hasOwn(json, 'tests');
}

export function readMochaReport(json: unknown, path: string, recorder: RunRecorder): RecordedRun {
  const { stats, tests, pending = [] } = check(schema, json, path);
  const keyOf = ({ file, fullTitle }: { readonly file?: string | null | undefined; readonly fullTitle: string }): string => JSON.stringify([file, fullTitle]);
  const skipped = new Set(pending.map(keyOf));
  for (const item of tests) {
    const { title, fullTitle, file, duration, err = {} } = item;
    const groups = fullTitle.endsWith(title) ? fullTitle.slice(0, fullTitle.length - title.length).trim() : '';
    const outcome = skipped.has(keyOf(item)) ? 'skipped' : Object.keys(err).length > 0 ? 'failed' : 'passed';
    recorder.addTest(file ?? '', { title: groups === '' ? [title] : [groups, title], outcome, duration: outcome === 'skipped' ? undefined : duration });
  }
  return recorder.finish({ runner: 'mocha', wall: stats.duration });
}
