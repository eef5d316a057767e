/** Which recorded tests are not known again in the source? The rule, `mark` and the causes of a report cannot speak of these. */
import { join } from 'node:path';
import { projectSettings } from '../../host/project-settings.ts';
import { readingAt } from '../../timing/locate.ts';
import { matchTests } from '../../timing/match.ts';
import { matchNextDoor } from '../../timing/match-next-door.ts';
import type { ProfiledTest } from '../../timing/profile.ts';
import { readProfile } from '../../timing/store.ts';
import { existingProfile } from '../profile-place.ts';
import { printable } from '../printable.ts';
import type { Surroundings } from '../surroundings.ts';
import { openTerminal } from '../terminal.ts';
import { counted } from './sentences.ts';

/** The exit code: 0, since nothing is wrong with a test that a helper declares. */
export function runUnmatched(given: string | undefined, { cwd, environment, output }: Surroundings): number {
  const { path, root } = existingProfile(cwd, given);
  const { say, style } = openTerminal(output, environment);
  let all = 0;
  let lost = 0;
  for (const { file, tests } of readProfile(path).files) {
    const unmatched = unmatchedIn(join(root, file), tests);
    all += tests.length;
    lost += unmatched.length;
    if (unmatched.length === 0) continue;
    say(style('bold', file));
    for (const { title } of unmatched) say(`  ${printable(title.join(' > '))}`);
  }
  say(`${counted(all - lost, 'test')} of ${all.toLocaleString('en-US')} are declared by a call of their file, or of one that it imports${all === 0 ? '' : `, ${Math.floor(((all - lost) / all) * 1000) / 10} %`}.`);
  return 0;
}

function unmatchedIn(path: string, tests: readonly ProfiledTest[]): readonly ProfiledTest[] {
  const { settings, root } = projectSettings(path);
  const reading = readingAt(path, settings, root);
  if (!reading) return tests;
  const { unmatched } = matchTests(reading, tests);
  const shared = matchNextDoor(reading, unmatched);
  return unmatched.filter((test) => !shared.has(test));
}
