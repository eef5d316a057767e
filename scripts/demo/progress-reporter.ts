/** A Vitest reporter that prints one line per finished test, so that the demo can show how far a run is. */

import type { Reporter, TestCase } from 'vitest/node';

export const FINISHED = 'finished: ';

export default class ProgressReporter implements Reporter {
  onTestCaseResult(test: TestCase): void {
    if (test.result().state !== 'skipped') process.stdout.write(`${FINISHED}${test.fullName}\n`);
  }
}
