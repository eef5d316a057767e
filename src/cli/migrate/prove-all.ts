/** The files of a journal that are not decided yet, one after the other; then both tiers of the whole suite, and the report. */
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { CodemodDefinition } from '../../host/define-codemod.ts';
import { formatDuration } from '../../timing/budgets.ts';
import type { ProfiledFile } from '../../timing/profile.ts';
import { printable } from '../printable.ts';
import type { Terminal } from '../terminal.ts';
import { problemsOf } from './compare-runs.ts';
import { migrationCodemods } from './definitions.ts';
import type { Entry, Journal } from './journal.ts';
import { digest } from './journal.ts';
import { brokenOff, limitOf, migrateFile, summary } from './migrate-file.ts';
import type { Figures, Outcome } from './report.ts';
import { holds, outcomeTable, reportText, speedUp } from './report.ts';
import type { SuiteRun, SuiteRuns } from './suite-runs.ts';
import type { Titles } from './titles.ts';

export interface Proving {
  readonly journal: Journal;
  readonly root: string;
  readonly runs: SuiteRuns;
  readonly titles: Titles;
  /** For progress. */
  readonly said: Terminal;
  readonly terminal: Terminal;
}

export const REPORT = 'migration-report.md';

/** As shells say it of Ctrl-C. */
export const STOPPED = 130;

export async function proveAll(proving: Proving): Promise<number> {
  const { journal, root, runs, said, terminal } = proving;
  const baseline = journal.baseline();
  const definitions = migrationCodemods(root, baseline, journal.data.over);
  const measured = new Map(baseline.files.map((file) => [file.file, file]));
  for (const { file, state } of journal.data.files) {
    if (state !== 'open') continue;
    if ((await proveFile(proving, file, measured, definitions)) === 'stopped') return stop(terminal);
  }
  const whole = await proveWhole(proving, [...measured.values()]);
  if (whole === 'stopped') return stop(terminal);
  journal.change({ state: 'done' });
  const outcome: Outcome = { ...whole, journal: journal.data, runner: runs.suite.runner.name };
  const text = reportText(outcome);
  journal.change({ report: digest(text) });
  writeFileAtomic.sync(join(root, REPORT), text);
  conclude(outcome, terminal);
  said.say(said.style('dim', 'slow-tests migrate --undo takes it back.'));
  return holds(outcome) ? 0 : 1;
}

async function proveFile({ journal, root, runs, titles, said }: Proving, file: string, measured: ReadonlyMap<string, ProfiledFile>, definitions: readonly CodemodDefinition[]): Promise<'decided' | 'stopped'> {
  const before = measured.get(file) ?? { file, tests: [] };
  const aside = new Set(journal.data.aside[file]);
  const { exitCode } = journal.data;
  return said.show(
    file,
    (update) => migrateFile({ journal, path: join(root, file), before, aside, definitions, runs, titles, exitCode, update }),
    (end) => (end === 'stopped' ? 'stopped; as it was' : printable(sentence(journal.entry(file)))),
  );
}

function sentence({ state, codemods, reasons, fastBefore, fastAfter = 0 }: Entry): string {
  if (state === 'kept') return `${formatDuration(fastBefore)} -> ${formatDuration(fastAfter)} by ${codemods.join(' + ')}${reasons.length > 0 ? `; taken back: ${reasons.join(' ')}` : ''}`;
  return `as it was: ${reasons.join(' ')}`;
}

function stop({ say }: Terminal): number {
  say('Stopped. Go on with slow-tests migrate --resume, or take back what was done with slow-tests migrate --undo.');
  return STOPPED;
}

async function proveWhole({ journal, runs, titles, said }: Proving, before: readonly ProfiledFile[]): Promise<{ readonly figures: Figures; readonly problems: readonly string[] } | 'stopped'> {
  const limit = limitOf(journal.data.wall);
  const tier = (name: 'fast' | 'slow'): Promise<SuiteRun> =>
    said.show(`Run the ${name} tests of the whole suite`, () => runs.tier(name, limit), (run) => `${countRun(run)} tests in ${formatDuration(run.wall)}`);
  const fast = await tier('fast');
  if (fast.isStopped) return 'stopped';
  const slow = await tier('slow');
  if (slow.isStopped) return 'stopped';
  const broken = ([['fast', fast], ['slow', slow]] as const).flatMap(([name, run]) => brokenOff(run, name, limit, journal.data.exitCode) ?? []);
  const problems = before.flatMap((file) => {
    const partOf = ({ files }: SuiteRun): ProfiledFile | undefined => files.find((other) => other.file === file.file);
    const found = problemsOf({ before: file, fast: partOf(fast), slow: partOf(slow), aside: new Set(journal.data.aside[file.file]), titles });
    return found.length === 0 ? [] : [`${file.file}: ${summary(found)}`];
  });
  const figures = { before: journal.data.wall, fast: fast.wall, slow: slow.wall, testsBefore: countTests(before), testsFast: countRun(fast), testsSlow: countRun(slow) };
  return { figures, problems: [...broken, ...problems] };
}

function countRun({ files }: SuiteRun): number {
  return countTests(files);
}

function countTests(files: readonly ProfiledFile[]): number {
  return files.reduce((sum, { tests }) => sum + tests.filter(({ outcome }) => outcome !== 'skipped').length, 0);
}

function conclude(outcome: Outcome, { say, style }: Terminal): void {
  const { journal, figures, problems } = outcome;
  const of = (state: Entry['state']): Entry[] => journal.files.filter((entry) => entry.state === state);
  say();
  say(outcomeTable(outcome));
  say();
  for (const { file, reasons } of journal.files) for (const reason of reasons) say(`${style('yellow', 'taken back')}  ${file}  ${printable(reason)}`);
  for (const [file, keys] of Object.entries(journal.aside)) say(`${style('yellow', 'set aside')}  ${file}  ${keys.length} of its tests end in one way and in another`);
  for (const problem of problems) say(`${style('red', 'does not hold')}  ${printable(problem)}`);
  say(`Rewritten: ${of('kept').length} of ${journal.files.length} files. The fast run takes ${formatDuration(figures.fast)}, the whole suite took ${formatDuration(figures.before)}: ${speedUp(figures)} as fast.`);
  say(style(holds(outcome) ? 'green' : 'red', holds(outcome) ? `All proofs held. What they do not prove is said in ${REPORT}, with all that changed.` : `Not all proofs held; ${REPORT} says which.`));
}
