/** Runs offenders again, without the rest of the suite: a test that is quick when it is alone was held up by others. */
import { selectTitles } from '../../timing/select-titles.ts';
import type { Offender } from '../../timing/judge.ts';
import { mergeRuns } from '../../timing/merge-runs.ts';
import type { Profile } from '../../timing/profile.ts';
import { splitCommand } from '../../timing/split-command.ts';
import type { SuiteCommand } from '../../timing/suite-command.ts';
import { recogniseCommand } from '../../timing/suite-command.ts';
import type { Settings } from '../../analysis/settings.ts';
import { measureRun } from '../profile/measure-run.ts';

/** So many at once are no accident. */
const MAX_RETRIED = 50;

export interface Retried {
  /** With the shorter one of both durations of each offender. */
  readonly profile: Profile;
  /** What there is to say about it. */
  readonly said: string;
}

export async function retryOffenders(profile: Profile, offenders: readonly Offender[], { root, environment, settings }: { readonly root: string; readonly environment: NodeJS.ProcessEnv; readonly settings: Settings }): Promise<Retried> {
  const left = (said: string): Retried => ({ profile, said: `Not retried: ${said}` });
  if (profile.command === undefined) return left('the profile names no command.');
  if (offenders.length > MAX_RETRIED) return left(`${offenders.length} tests are too many to be held up by others.`);
  const [words = [], ...more] = splitCommand(profile.command);
  const suite = more.length === 0 ? recogniseCommand(words, root) : undefined;
  const filter = suite && selectTitles(suite.runner, offenders.map(({ file, test }) => ({ file, title: test.title })));
  const command = filter && withFilter(suite, filter);
  if (!command) return left(`no filter for titles is known for \`${profile.command}\`.`);
  const { recorded } = await measureRun({ words: command, cwd: root, root, environment, printsTo: 'errors' });
  if (!recorded) return left('the runner was not heard.');
  const again = new Map<string, number[]>();
  for (const { file, tests } of mergeRuns([recorded], settings)) {
    for (const { title, duration } of tests) if (duration !== undefined) again.set(keyOf(file, title), [...(again.get(keyOf(file, title)) ?? []), duration]);
  }
  const retried = new Set(offenders.map(({ test }) => test));
  let count = 0;
  const files = profile.files.map(({ tests, ...file }) => ({
    ...file,
    tests: tests.map((test) => {
      const duration = retried.has(test as Offender['test']) ? again.get(keyOf(file.file, test.title))?.shift() : undefined;
      if (duration === undefined || test.duration === undefined) return test;
      count++;
      return { ...test, duration: Math.min(test.duration, duration) };
    }),
  }));
  return { profile: { ...profile, files }, said: `Ran ${count} of ${offenders.length} tests again, alone.` };
}

/** Node takes its options in front of files only; the script that may be around it is left out. */
function withFilter({ runner, words, withArguments }: SuiteCommand, filter: readonly string[]): readonly string[] | undefined {
  if (runner.name !== 'node:test') return withArguments(filter);
  const at = words.indexOf('--test');
  return at === -1 ? undefined : [...words.slice(0, at + 1), ...filter, ...words.slice(at + 1)];
}

function keyOf(file: string, title: readonly string[]): string {
  return JSON.stringify([file, ...title]);
}
