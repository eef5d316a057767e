/** The JSON report of Playwright. */
import { join } from 'node:path';
import * as v from 'valibot';
import { check } from './profile-error.ts';
import type { Outcome } from './profile.ts';
import type { RecordedRun, RunRecorder } from './recorded-run.ts';

interface Suite {
  readonly title: string;
  readonly file: string;
  readonly specs: readonly {
    readonly title: string;
    readonly line?: number | undefined;
    readonly tests: readonly { readonly results: readonly { readonly status?: string | undefined; readonly duration: number }[] }[];
  }[];
  readonly suites?: readonly Suite[] | undefined;
}

const result = v.object({ status: v.optional(v.string()), duration: v.pipe(v.number(), v.minValue(0, 'milliseconds, 0 or more')) });
const spec = v.object({ title: v.string(), line: v.optional(v.number()), tests: v.array(v.object({ results: v.array(result) })) });
const suite: v.GenericSchema<Suite> = v.object({ title: v.string(), file: v.string(), specs: v.array(spec), suites: v.optional(v.array(v.lazy(() => suite))) });

const schema = v.object({
  config: v.object({ rootDir: v.string() }),
  suites: v.array(suite),
  stats: v.optional(v.object({ duration: v.optional(v.number()) })),
});

export function isPlaywrightReport(json: unknown): boolean {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, 'suites') && Object.hasOwn(json, 'config');
}

export function readPlaywrightReport(json: unknown, path: string, recorder: RunRecorder): RecordedRun {
  const { config, suites, stats } = check(schema, json, path);
  const read = ({ title, file, specs, suites: inner = [] }: Suite, around: readonly string[]): void => {
    const groups = title === file ? around : [...around, title];
    for (const { title: name, line, tests } of specs) {
      for (const { results } of tests) {
        const last = results.at(-1);
        const outcome = outcomeOf(last?.status);
        recorder.addTest(join(config.rootDir, file), { title: [...groups, name], outcome, duration: outcome === 'skipped' ? undefined : last?.duration, line });
      }
    }
    for (const item of inner) read(item, groups);
  };
  for (const item of suites) read(item, []);
  return recorder.finish({ runner: 'playwright', wall: stats?.duration });
}

function outcomeOf(status: string | undefined): Outcome {
  if (status === 'passed') return 'passed';
  return status === 'failed' || status === 'timedOut' ? 'failed' : 'skipped';
}
