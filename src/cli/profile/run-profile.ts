/** Records a profile: from runs of a command, or from reports that are there. */
import { cpus } from 'node:os';
import { relative, resolve } from 'node:path';
import { calibrate } from '../../timing/calibration.ts';
import { mergeRuns, median } from '../../timing/merge-runs.ts';
import type { Profile } from '../../timing/profile.ts';
import { PROFILE_VERSION } from '../../timing/profile.ts';
import { quoteWords, shellOf } from '../../timing/quote-words.ts';
import type { RecordedRun } from '../../timing/recorded-run.ts';
import { writeProfile } from '../../timing/store.ts';
import { profilePlace } from '../profile-place.ts';
import type { Surroundings } from '../surroundings.ts';
import { CommandError } from '../surroundings.ts';
import type { Terminal } from '../terminal.ts';
import { openTerminal } from '../terminal.ts';
import { measureRun } from './measure-run.ts';

export interface ProfileRequest {
  readonly command: readonly string[];
  readonly from?: readonly string[];
  readonly runs: number;
  readonly output?: string;
}

interface Recording {
  readonly runs: readonly RecordedRun[];
  readonly exitCode: number;
  readonly isPartial: boolean;
}

/** The exit code: that of the command, where one was run. */
export async function runProfile(request: ProfileRequest, surroundings: Surroundings): Promise<number> {
  const { command, from = [] } = request;
  if (command.length > 0 === from.length > 0) throw new CommandError('Say what to measure: slow-tests profile -- npm test, or slow-tests profile --from report.json.');
  const { cwd, environment, progress } = surroundings;
  // Wrong settings are said before the suite has run for minutes.
  const { path, root, settings } = profilePlace(cwd, request.output);
  const terminal = openTerminal(progress, environment);
  const recording = from.length > 0 ? await readReports(from, cwd, root) : await recordRuns(request, surroundings, root, terminal);
  const files = mergeRuns(recording.runs, settings);
  if (files.length === 0) {
    terminal.say(`slow-tests: ${nothingHeard(recording, command)} Nothing was written.`);
    return recording.exitCode === 0 ? 1 : recording.exitCode;
  }
  const profile = profileOf(recording, command, files);
  writeProfile(path, profile);
  conclude(profile, recording, relative(cwd, path) || path, terminal);
  return recording.exitCode;
}

function nothingHeard({ runs }: Recording, command: readonly string[]): string {
  if (runs.length > 0) return 'There was no test of this project.';
  return `No runner was heard in \`${command.join(' ')}\`. Those known are Vitest (0.34 and later), Jest (22 and later), Mocha, Jasmine, node:test, bun, AVA, tape and Playwright; for any other, slow-tests profile --from reads JUnit XML.`;
}

async function readReports(from: readonly string[], cwd: string, root: string): Promise<Recording> {
  const { readReport } = await import('../../timing/read-report.ts');
  return { runs: from.map((file) => readReport(resolve(cwd, file), root)), exitCode: 0, isPartial: false };
}

async function recordRuns({ command, runs: count }: ProfileRequest, { cwd, environment }: Surroundings, root: string, terminal: Terminal): Promise<Recording> {
  const runs: RecordedRun[] = [];
  let failed = 0;
  for (let index = 0; index < count; index++) {
    if (count > 1) terminal.say(terminal.style('dim', `Run ${index + 1} of ${count}`));
    const { recorded, exitCode, isStopped } = await measureRun({ words: command, cwd, root, environment });
    // A broken-off run is worth keeping when there is no whole one.
    if (recorded && (!isStopped || runs.length === 0)) runs.push(recorded);
    if (failed === 0) failed = exitCode;
    if (isStopped) return { runs, exitCode, isPartial: index === 0 };
    if (!recorded) break;
  }
  return { runs, exitCode: failed, isPartial: false };
}

function profileOf({ runs, isPartial }: Recording, command: readonly string[], files: Profile['files']): Profile {
  const runner = runs.find((run) => run.runner !== undefined)?.runner;
  const walls = runs.flatMap(({ wall }) => wall ?? []);
  return {
    version: PROFILE_VERSION,
    ...(runner === undefined ? {} : { runner }),
    ...(command.length > 0 ? { command: quoteWords(command, shellOf(process.platform)) } : {}),
    recordedAt: new Date().toISOString(),
    environment: { node: process.versions.node, platform: process.platform, cpus: cpus().length },
    runs: runs.length,
    partial: isPartial,
    ...(walls.length > 0 ? { wall: Math.round(median(walls)) } : {}),
    // A report may come from another machine.
    ...(command.length > 0 ? { calibration: Number(calibrate().toFixed(2)) } : {}),
    files,
  };
}

function conclude({ files }: Profile, { runs, isPartial }: Recording, path: string, { say, style }: Terminal): void {
  const count = files.reduce((sum, { tests }) => sum + tests.length, 0);
  const strangers = new Set(runs.flatMap((run) => [...run.strangers]));
  if (strangers.size > 0) say(style('yellow', `Left out: tests of ${[...strangers].slice(0, 3).map(shown).join(', ')}${strangers.size > 3 ? ' …' : ''}, which are not in this project.`));
  const broken = isPartial ? ', as far as the run came' : '';
  say(`Recorded ${plural(count, 'test')} of ${plural(files.length, 'file')}${runs.length > 1 ? `, median of ${runs.length} runs` : ''}${broken}, in ${path}.`);
  say('Next: slow-tests report shows the slowest and why.');
}

/** Names come from reports; a terminal must not obey them. */
function shown(name: string): string {
  return name === '' ? 'files without a name' : name.replace(/\p{Cc}/gu, '?').slice(0, 100);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
