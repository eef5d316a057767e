/** What do several runs of a suite say together: the median of each time, the worst outcome. */
import type { Settings } from '../analysis/settings.ts';
import { slower, tierOfFile, tierOfTitle } from '../analysis/tier.ts';
import type { Outcome, ProfiledFile, ProfiledTest } from './profile.ts';
import { OUTSIDE_PARTS } from './profile.ts';
import type { MeasuredTest, OutsideTimes, RecordedRun } from './recorded-run.ts';

export function mergeRuns(runs: readonly RecordedRun[], settings: Pick<Settings, 'marker' | 'files'>): ProfiledFile[] {
  const names = new Set(runs.flatMap(({ files }) => [...files.keys()]));
  return [...names].sort().map((file) => {
    const recorded = runs.flatMap(({ files }) => files.get(file) ?? []);
    const outside = mergeOutside(recorded.map((item) => item.outside));
    const tier = tierOfFile(file, settings.files);
    const tests = mergeTests(recorded.map((item) => item.tests)).map(
      (samples): ProfiledTest => profiledTest(samples, (title) => title.map((part) => tierOfTitle(part, settings.marker)).reduce(slower, tier)),
    );
    return { file, ...(Object.keys(outside).length > 0 ? { outside } : {}), tests };
  });
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Samples of the same test, in the order of the first run that knows it. Tests of one title are told apart by their order. */
function mergeTests(runs: readonly (readonly MeasuredTest[])[]): readonly MeasuredTest[][] {
  const samples = new Map<string, MeasuredTest[]>();
  for (const tests of runs) {
    const seen = new Map<string, number>();
    for (const test of tests) {
      const title = JSON.stringify(test.title);
      const occurrence = seen.get(title) ?? 0;
      seen.set(title, occurrence + 1);
      const key = `${title}${occurrence}`;
      const known = samples.get(key);
      if (known) known.push(test);
      else samples.set(key, [test]);
    }
  }
  return [...samples.values()];
}

function profiledTest(samples: readonly MeasuredTest[], tierOf: (title: readonly string[]) => ProfiledTest['tier']): ProfiledTest {
  const title = samples[0]?.title ?? [];
  const durations = samples.flatMap(({ duration }) => duration ?? []);
  const line = samples.find((sample) => sample.line !== undefined && sample.line > 0)?.line;
  return {
    title,
    tier: tierOf(title),
    outcome: worst(samples.map(({ outcome }) => outcome)),
    ...(durations.length > 0 ? { duration: rounded(median(durations)) } : {}),
    runs: samples.filter(({ outcome }) => outcome !== 'skipped').length,
    ...(line === undefined ? {} : { line }),
  };
}

function worst(outcomes: readonly Outcome[]): Outcome {
  return outcomes.includes('failed') ? 'failed' : outcomes.includes('passed') ? 'passed' : 'skipped';
}

function mergeOutside(runs: readonly OutsideTimes[]): OutsideTimes {
  const merged: Partial<Record<keyof OutsideTimes, number>> = {};
  for (const part of OUTSIDE_PARTS) {
    const times = runs.flatMap((run) => run[part] ?? []);
    if (times.length > 0) merged[part] = rounded(median(times));
  }
  return merged;
}

/** Microseconds are noise. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
