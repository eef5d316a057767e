/** What a report says in sentences, the same in each form. */
import { FAST_RUN_BASES, formatDuration } from '../../timing/budgets.ts';
import type { Cause } from '../../host/find-causes.ts';
import type { Report, SlowTest } from './gather.ts';

export function headline({ profile, summary }: Pick<Report, 'profile' | 'summary'>): string {
  const { runner, recordedAt, runs, wall } = profile;
  const facts = [runner, recordedAt.slice(0, 10), runs > 1 ? `median of ${runs} runs` : undefined, profile.partial ? 'broken off' : undefined].filter(Boolean).join(', ');
  const took = wall === undefined ? '' : `, ${formatDuration(wall)} from start to end`;
  return `${counted(summary.tests, 'test')} in ${counted(summary.files, 'file')}, ${formatDuration(summary.duration)} in tests${took} (${facts}).`;
}

export function fastRunSentence({ summary, budgets }: Report): string {
  const { duration, basis } = summary.fastRun;
  return `The fast run takes ${formatDuration(duration)} (${FAST_RUN_BASES[basis]}); its budget is ${formatDuration(budgets.fastRun)}.`;
}

/** Undefined where tests are the larger part. */
export function outsideSentence({ summary }: Report): string | undefined {
  const { outside, outsideShare } = summary;
  if (outsideShare < 0.5) return undefined;
  const parts = Object.entries(outside).sort(([, a], [, b]) => b - a).slice(0, 2).map(([part]) => part);
  return `${percent(outsideShare)} of the measured time is outside tests, most of it ${parts.join(' and ')}: shrinking tests won't help there. Look at what test files import.`;
}

export function savingsSentence({ savings, budgets }: Report): string | undefined {
  if (savings.tests === 0) return undefined;
  return `The codemods could take up to ${formatDuration(savings.duration)} of test time out of the fast run: ${counted(savings.tests, 'slow test')} with a finding, estimated to come down to the ${formatDuration(budgets.unit)} of a unit test.`;
}

export function causeSentence({ cause, test, isOver }: SlowTest): string {
  if (cause === undefined) return !isOver ? 'within its budget' : test.tier === 'comprehensive' || test.tier === 'stress' ? 'in the slow run already' : 'not looked at';
  return describeCause(cause);
}

function describeCause(cause: Cause): string {
  switch (cause.type) {
    case 'finding':
      return `${cause.rule}, line ${cause.line}: ${cause.message}`;
    case 'none':
      return 'no static cause';
    case 'unknown':
      return `cause unknown: ${cause.reason}`;
  }
}

export function placeOf({ file, line }: SlowTest): string {
  return line === undefined ? file : `${file}:${line}`;
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
