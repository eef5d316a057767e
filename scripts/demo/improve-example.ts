/** The main job: measures a copy of the example, rewrites its tests, and measures again. */

import path from 'node:path';
import type { ESLint } from 'eslint';
import { compareSlowest, compareStates, findLost } from './comparison.ts';
import { copyExample } from './copy-example.ts';
import { summarize, type LintSummary } from './findings.ts';
import { openLinter } from './lint.ts';
import { measure, type Measurement, type Run } from './measure.ts';
import { count } from './phrases.ts';
import { rewriteTests } from './rewrite-tests.ts';
import { findSources } from './source-files.ts';
import type { Terminal, Update } from '../../src/cli/terminal.ts';
import type { TestReport } from './test-report.ts';

const SLOWEST = 5;

/** Returns the exit code: 1 when a test fails or is lost. */
export async function improveExample(checkout: string, terminal: Terminal): Promise<number> {
  const example = path.join(checkout, 'examples', 'attention-suite');
  const folder = await copyExample(checkout, example);
  terminal.say(`Working on a copy of ${path.relative(process.cwd(), example)} in ${folder}`);

  const before = await showMeasurement(terminal, 'Run the tests as they are', folder, 'fast');
  const found = await showFindings(terminal, 'Lint', folder);
  const changed = await rewrite(terminal, folder);
  const left = await showFindings(terminal, 'Lint again', folder);
  const after = await showMeasurement(terminal, 'Run the fast tests', folder, 'fast');
  const slow = await showMeasurement(terminal, 'Run the slow tests', folder, 'slow');
  const later = [after.report, slow.report];

  terminal.say();
  terminal.say(compareStates({ fast: before, findings: found.findings }, { fast: after, slow, findings: left.findings }));
  terminal.say();
  terminal.say(compareSlowest(before.report, after.report, SLOWEST));
  terminal.say();
  const isGood = sayProblems(terminal, before.report, later);
  if (isGood && changed === 0) terminal.say('Nothing was rewritten, so both runs are of the same tests.');
  if (isGood && changed > 0) {
    const times = (before.seconds / after.seconds).toFixed(1);
    terminal.say(terminal.style('green', `The fast run is ${times} times as fast. Every test is still there, at its own sizes, in the fast or the slow run, and passes.`));
  }
  terminal.say(`The result is in ${folder}`);
  terminal.say(`What changed: git diff --no-index ${path.join(example, 'test')} ${path.join(folder, 'test')}`);
  return isGood ? 0 : 1;
}

function sayProblems(terminal: Terminal, before: TestReport, later: readonly TestReport[]): boolean {
  const failed = [before, ...later].flatMap((report) => report.failed);
  const lost = findLost(before, later);
  for (const { file, name } of failed) terminal.say(terminal.style('red', `Failed: ${file}  ${name}`));
  for (const name of lost) terminal.say(terminal.style('red', `Lost: ${name}`));
  return failed.length === 0 && lost.length === 0;
}

function showMeasurement(terminal: Terminal, title: string, folder: string, run: Run): Promise<Measurement> {
  return terminal.show(
    title,
    (update) =>
      measure(folder, run, (finished) => {
        update(count(finished, 'test'));
      }),
    ({ report, seconds }) => `${count(report.passed.length + report.failed.length, 'test')} in ${seconds.toFixed(1)} s`,
  );
}

async function showFindings(terminal: Terminal, title: string, folder: string): Promise<LintSummary> {
  return terminal.show(
    title,
    async (update) => summarize(await lintTests(folder, update), folder),
    ({ findings, files }) => `${count(findings.length, 'finding')} in ${count(files, 'test file')}`,
  );
}

/** Returns how many places were changed. */
async function rewrite(terminal: Terminal, folder: string): Promise<number> {
  const done = await terminal.show(
    'Rewrite the tests',
    (update) => rewriteTests(folder, 'test', update),
    (rewritten) => rewritten.map(({ codemod, changed, left }) => `${codemod} ${count(changed, 'place')}${left > 0 ? ` (${left} left alone)` : ''}`).join(', '),
  );
  return done.reduce((total, { changed }) => total + changed, 0);
}

async function lintTests(folder: string, update: Update): Promise<ESLint.LintResult[]> {
  const linter = await openLinter(folder);
  const tests = await linter.selectTests((await findSources(folder)).map((file) => path.join(folder, file)));
  return linter.lint(tests, (done) => {
    update(`${done} of ${tests.length} files`);
  });
}
