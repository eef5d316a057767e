/** What is said about mutants: in the terminal, in `migration-report.md`, and for programs. */
import { formatDuration } from '../../timing/budgets.ts';
import { printable } from '../printable.ts';
import { formatTable } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import type { Promotion } from './promote.ts';
import { AIM, findPromotions } from './promote.ts';
import type { MutantsOutcome } from './run-mutants.ts';
import { shareBounds } from './sample.ts';
import type { Tried } from './try-mutant.ts';

interface Summary {
  readonly before: number;
  readonly fast: number;
  /** Killed before, and not by the fast run. */
  readonly missed: readonly Tried[];
  /** Killed neither before nor now. */
  readonly unseen: readonly Tried[];
  readonly promotions: readonly Promotion[];
}

function summaryOf({ tried }: MutantsOutcome): Summary {
  const before = tried.filter(({ isKilledBefore }) => isKilledBefore);
  const missed = before.filter(({ isKilledFast }) => !isKilledFast);
  return { before: before.length, fast: before.length - missed.length, missed, unseen: tried.filter(({ isKilledBefore, isKilledFast }) => !isKilledBefore && !isKilledFast), promotions: findPromotions(tried) };
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function headline({ tried, reached, seed }: MutantsOutcome, { before, fast }: Summary): string {
  if (reached === 0) return 'No test reaches source in which a mutant can be made: the tests may run built files, or packages of their own.';
  const sampled = `${tried.length} of the ${reached} mutants that tests reach were tried (seed ${seed}).`;
  if (before === 0) return `${sampled} The suite at its original sizes kills none of them, so they say nothing about the fast run.`;
  const [low, high] = shareBounds(fast, before);
  return `${sampled} The suite at its original sizes kills ${before}; the fast run kills ${fast} of these: ${percent(fast / before)} (of all mutants ${percent(low)} to ${percent(high)}, with 95 % confidence). The aim is ${percent(AIM)}.`;
}

function placeOf({ mutant: { file, line } }: Tried): string {
  return `${file}:${line}`;
}

const SHOWN_CODE = 40;

function changeOf({ mutant: { original, replacement } }: Tried): string {
  const short = (text: string): string => {
    const line = printable(text.replace(/\s+/g, ' ').trim());
    return line.length > SHOWN_CODE ? `${line.slice(0, SHOWN_CODE - 1)}…` : line;
  };
  return `${short(original)} -> ${short(replacement)}`;
}

function killersOf({ killers }: Tried): string {
  const [first, ...more] = [...killers].sort((a, b) => a.ms - b.ms);
  if (!first) return 'a slow run that hung or broke off';
  return `${first.title.join(' > ')}${more.length > 0 ? ` and ${more.length} more` : ''}`;
}

function notes({ unread, failing }: MutantsOutcome): string[] {
  return [
    ...(unread.length > 0 ? [`Without mutants, since they cannot be read: ${unread.join(', ')}.`] : []),
    ...(failing.length > 0 ? [`Tests that fail in a copy of the project kill nothing here: ${failing.join(', ')}.`] : []),
  ];
}

export function printMutants(outcome: MutantsOutcome, { say, style }: Terminal): void {
  const summary = summaryOf(outcome);
  const { missed, unseen, promotions, before, fast } = summary;
  say();
  if (missed.length > 0) {
    say(formatTable(['only the slow run kills', 'mutator', 'change', 'killed by'], missed.map((one) => [placeOf(one), one.mutant.mutator, changeOf(one), printable(killersOf(one))]), ['left', 'left', 'left', 'left']));
    say();
  }
  if (promotions.length > 0) {
    const rows = promotions.map(({ title, file, ms, wins, share }) => [printable(title.join(' > ')), file, formatDuration(ms), `${wins}`, percent(share)]);
    say(formatTable(['make fast', 'in', 'takes', 'kills', 'then'], rows, ['left', 'left', 'right', 'right', 'right']));
    say();
  }
  if (unseen.length > 0) say(`${style('dim', 'no test sees')}  ${unseen.map((one) => `${placeOf(one)} ${one.mutant.mutator}`).join(', ')}`);
  for (const note of notes(outcome)) say(`${style('yellow', 'mutants')}  ${note}`);
  say(style(before > 0 && fast < before * AIM ? 'yellow' : 'green', headline(outcome, summary)));
}

/** Lines of the report; the text of others comes through `code` and `plain`. */
export function mutantsSection(outcome: MutantsOutcome, { code, plain }: { readonly code: (text: string) => string; readonly plain: (text: string) => string }): string[] {
  const summary = summaryOf(outcome);
  const { missed, unseen, promotions } = summary;
  return [
    '## Mutants',
    '',
    headline(outcome, summary),
    '',
    ...(missed.length === 0 ? [] : ['Only the slow run kills:', '', '| where | mutator | change | killed by |', '| --- | --- | --- | --- |', ...missed.map((one) => `| ${code(placeOf(one))} | ${one.mutant.mutator} | ${code(changeOf(one))} | ${plain(killersOf(one))} |`), '']),
    ...(promotions.length === 0
      ? []
      : ['These slow tests, made fast, win back the most for the least time:', '', '| test | in | takes | kills | the fast run then kills |', '| --- | --- | ---: | ---: | ---: |', ...promotions.map(({ title, file, ms, wins, share }) => `| ${plain(title.join(' > '))} | ${code(file)} | ${formatDuration(ms)} | ${wins} | ${percent(share)} |`), '']),
    ...(unseen.length === 0 ? [] : [`Neither kills, before or now: ${unseen.map((one) => `${code(placeOf(one))} ${one.mutant.mutator}`).join(', ')}.`, '']),
    ...notes(outcome).flatMap((note) => [plain(note), '']),
  ];
}

export function mutantsAsJson(outcome: MutantsOutcome): string {
  const { before, fast, promotions } = summaryOf(outcome);
  const { seed, made, reached, tried, unread, failing } = outcome;
  const mutants = tried.map(({ mutant: { file, line, mutator, original, replacement }, isKilledBefore, isKilledFast, killers }) => ({ file, line, mutator, original, replacement, isKilledBefore, isKilledFast, killers }));
  return JSON.stringify({ version: 1, seed, made, reached, killedBefore: before, killedFast: fast, share: before === 0 ? null : fast / before, aim: AIM, promotions, mutants, unread, failing }, undefined, 2);
}
