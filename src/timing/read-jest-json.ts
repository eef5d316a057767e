/** The JSON report of Jest 29 and 30, and of Vitest 3 to 5, which writes the same. */
import * as v from 'valibot';
import { check } from './profile-error.ts';
import type { RecordedRun, RunRecorder } from './recorded-run.ts';

const milliseconds = v.pipe(v.number(), v.minValue(0, 'milliseconds, 0 or more'));

const schema = v.object({
  testResults: v.array(
    v.object({
      name: v.string(),
      startTime: v.optional(v.number()),
      endTime: v.optional(v.number()),
      assertionResults: v.array(
        v.object({
          ancestorTitles: v.array(v.string()),
          title: v.string(),
          status: v.string(),
          duration: v.nullish(milliseconds),
          location: v.nullish(v.object({ line: v.number() })),
          meta: v.optional(v.unknown()),
        }),
      ),
    }),
  ),
});

export function isJestReport(json: unknown): boolean {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, 'testResults');
}

export function readJestReport(json: unknown, path: string, recorder: RunRecorder): RecordedRun {
  const { testResults } = check(schema, json, path);
  let isVitest = false;
  for (const { name, startTime, endTime, assertionResults } of testResults) {
    let inTests = 0;
    for (const { ancestorTitles, title, status, duration, location, meta } of assertionResults) {
      isVitest ||= meta !== undefined;
      const outcome = status === 'passed' || status === 'failed' ? status : 'skipped';
      inTests += duration ?? 0;
      // Vitest 3 begins with the empty title of the file.
      const titles = [...ancestorTitles.filter((part, index) => index > 0 || part !== ''), title];
      recorder.addTest(name, { title: titles, outcome, duration: outcome === 'skipped' ? undefined : (duration ?? undefined), line: location?.line });
    }
    // Only Jest counts from before the imports of the file.
    if (!isVitest && startTime !== undefined && endTime !== undefined) recorder.addOutside(name, { import: Math.max(0, endTime - startTime - inTests) });
  }
  return recorder.finish({ runner: testResults.length === 0 ? undefined : isVitest ? 'vitest' : 'jest' });
}
