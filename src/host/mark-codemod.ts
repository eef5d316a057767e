/** Marks what was measured to be slow, as a codemod like the others: the recorded durations are its findings. */
import type { Range } from '../analysis/nodes.ts';
import { markMeasured } from '../rewrites/mark-measured.ts';
import { refuse } from '../rewrites/edit.ts';
import { formatDuration, isFastTier, isMeasured } from '../timing/budgets.ts';
import { matchTests } from '../timing/match.ts';
import { measureDeclarations } from '../timing/measured.ts';
import type { ProfiledTest } from '../timing/profile.ts';
import type { CodemodDefinition, PlannedChange } from './define-codemod.ts';
import { defineCodemod } from './define-codemod.ts';

const NOWHERE: Range = [0, 0];

/** `testsOf` gives the recorded tests of a file; those of `over` ms or more are slow. */
export function markCodemod(testsOf: (path: string) => readonly ProfiledTest[], over: number): CodemodDefinition {
  return defineCodemod({
    name: 'mark',
    description: 'Mark tests that were measured to be slow.',
    options: {},
    plan({ analysis, settings }) {
      const { reading } = analysis;
      const tests = testsOf(reading.module.file.path);
      const isSlow = (test: ProfiledTest): boolean => isMeasured(test) && test.duration >= over;
      const found = measureDeclarations(reading, tests, settings.budgets).flatMap((measured): PlannedChange[] => {
        const { declaration, range, tier } = measured;
        const slow = measured.tests.filter(isSlow);
        if (slow.length === 0 || !isFastTier(tier)) return [];
        return [{ range, rewrite: markMeasured(analysis, declaration, { over: slow.length, cases: measured.tests.length }) }];
      });
      const lost = matchTests(reading, tests).unmatched.filter((test) => isSlow(test) && isFastTier(test.tier));
      return [...found, ...lost.map(({ title, duration = 0 }) => ({ range: NOWHERE, rewrite: refuse(`"${title.join(' > ')}" took ${formatDuration(duration)}, and no call of this file declares it.`) }))];
    },
  });
}
