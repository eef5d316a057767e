/** Marks what was measured to be slow, as a codemod like the others: the recorded durations are its findings. */
import type { Range } from '../analysis/nodes.ts';
import type { Reading } from '../analysis/reading.ts';
import { markMeasured } from '../rewrites/mark-measured.ts';
import { refuse } from '../rewrites/edit.ts';
import { formatDuration, isFastTier, isMeasured } from '../timing/budgets.ts';
import { matchTests } from '../timing/match.ts';
import { measureDeclarations } from '../timing/measured.ts';
import type { ProfiledTest } from '../timing/profile.ts';
import type { CodemodDefinition, PlannedChange } from './define-codemod.ts';
import { defineCodemod } from './define-codemod.ts';

const NOWHERE: Range = [0, 0];

export interface MarkSettings {
  /** In ms: a test that took so long or longer is slow. */
  readonly over: number;
  readonly renamesSnapshots: boolean;
}

/** `testsOf` gives the recorded tests of a file. */
export function markCodemod(testsOf: (path: string) => readonly ProfiledTest[], { over, renamesSnapshots }: MarkSettings): CodemodDefinition {
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
        return [{ range, rewrite: markMeasured(analysis, declaration, { over: slow.length, cases: measured.tests.length }, renamesSnapshots) }];
      });
      const lost = matchTests(reading, tests).unmatched.filter((test) => isSlow(test) && isFastTier(test.tier) && !hasRows(reading, test));
      return [...found, ...lost.map(({ title, duration = 0 }) => ({ range: NOWHERE, rewrite: refuse(`"${title.join(' > ')}" took ${formatDuration(duration)}, and no call of this file declares it.`) }))];
    },
  });
}

/** What `tier-title.ts` calls the row at the original size, or with the real call. */
const ORIGINAL_ROWS = ['full', 'real'];

/** Rewritten since it was measured: a row of the slow run is what it was. */
function hasRows(reading: Reading, test: ProfiledTest): boolean {
  const rows = test.title.flatMap((part, index) => ORIGINAL_ROWS.map((row) => ({ ...test, title: test.title.with(index, `${part} (${row})`) })));
  return matchTests(reading, rows).declared.size > 0;
}
