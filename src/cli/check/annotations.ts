/** What is over budget as GitHub shows it in a pull request: beside the line of the test. */
import { relative, resolve } from 'node:path';
import type { Settings } from '../../analysis/settings.ts';
import { formatDuration } from '../../timing/budgets.ts';
import type { Judgement, Offender } from '../../timing/judge.ts';
import { linesOf } from '../../timing/locate.ts';
import type { Profile, ProfiledTest } from '../../timing/profile.ts';

/** GitHub shows ten of a step, and fifty of a job. */
const MAX_ANNOTATIONS = 50;

/** Lines for the output; `workspace` is the folder that paths are relative to. */
export function annotations({ offenders, fastRun }: Judgement, profile: Profile, { root, workspace, settings }: { readonly root: string; readonly workspace: string; readonly settings: Settings }): string[] {
  const shown = offenders.slice(0, MAX_ANNOTATIONS);
  const all = new Map<string, readonly ProfiledTest[]>(profile.files.map(({ file, tests }) => [file, tests]));
  const byFile = new Map<string, Offender[]>();
  for (const offender of shown) byFile.set(offender.file, [...(byFile.get(offender.file) ?? []), offender]);
  const lines = [...byFile].flatMap(([file, offending]) => {
    const found = linesOf(root, file, { all: all.get(file) ?? [], wanted: offending.map(({ test }) => test) }, settings);
    return offending.map((offender) => command(offender, relative(workspace, resolve(root, file)).replaceAll('\\', '/'), found.get(offender.test)));
  });
  if (fastRun.isOver) lines.push(`::error title=${property('The fast run is over budget')}::${data(`It takes ${formatDuration(fastRun.duration)}; its budget is ${formatDuration(fastRun.budget)}.`)}`);
  return lines;
}

function command({ test, offence, budget, allowed }: Offender, file: string, line: number | undefined): string {
  const what = offence === 'hidden' ? 'A slow test without the marker' : `A ${test.tier} test over its budget`;
  const place = `file=${property(file)}${line === undefined ? '' : `,line=${line}`}`;
  return `::error ${place},title=${property(what)}::${data(`${test.title.join(' > ')} took ${formatDuration(test.duration)}; it may take ${formatDuration(allowed ?? budget)}.`)}`;
}

/** As GitHub's own toolkit escapes them: a title must not become a command. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
