/** A report for people, on a terminal or in a pull request. */
import { formatDuration } from '../../timing/budgets.ts';
import { printable } from '../printable.ts';
import { formatTable } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import type { Report } from './gather.ts';
import { causeSentence, counted, fastRunSentence, headline, outsideSentence, placeOf, savingsSentence } from './sentences.ts';

export function printReport(report: Report, top: number, { say, style }: Terminal): void {
  const { slowest, summary, budgets } = report;
  say(style('bold', headline(report)));
  say();
  say(formatTable(TIER_HEAD, tierRows(report), TIER_ALIGNMENT));
  say();
  for (const slow of slowest.slice(0, top)) {
    const took = formatDuration(slow.test.duration).padStart(7);
    say(`${slow.isOver ? style('red', took) : took}  ${printable(slow.test.title.join(' > '))}`);
    say(style('dim', `         ${placeOf(slow)}  ${printable(causeSentence(slow))}`));
  }
  if (slowest.length > top) say(style('dim', `         and ${counted(slowest.length - top, 'more test')} (--top ${top * 10})`));
  say();
  say(summary.fastRun.duration > budgets.fastRun ? style('red', fastRunSentence(report)) : fastRunSentence(report));
  for (const sentence of [savingsSentence(report), outsideSentence(report)]) if (sentence !== undefined) say(sentence);
}

const TIER_HEAD = ['tier', 'tests', 'time', 'longest', 'budget', 'over'];
const TIER_ALIGNMENT = ['left', 'right', 'right', 'right', 'right', 'right'] as const;

function tierRows({ summary }: Report): string[][] {
  return summary.tiers.map(({ tier, tests, duration, longest, budget, over }) => [tier, tests.toLocaleString('en-US'), formatDuration(duration), formatDuration(longest), formatDuration(budget), String(over)]);
}

/** GitHub's and GitLab's Markdown. */
export function reportAsMarkdown(report: Report, top: number): string {
  const { slowest } = report;
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const shown = slowest.slice(0, top).map((slow) => row([formatDuration(slow.test.duration), slow.isOver ? 'over' : '', code(slow.test.title.join(' > ')), code(placeOf(slow)), plain(causeSentence(slow))]));
  return [
    '### Test durations',
    '',
    plain(headline(report)),
    '',
    row(TIER_HEAD),
    row(TIER_ALIGNMENT.map((alignment) => (alignment === 'right' ? '---:' : '---'))),
    ...tierRows(report).map(row),
    '',
    row(['took', 'budget', 'test', 'file', 'cause']),
    row(['---:', '---', '---', '---', '---']),
    ...shown,
    '',
    ...[fastRunSentence(report), savingsSentence(report), outsideSentence(report)].flatMap((sentence) => (sentence === undefined ? [] : [plain(sentence), ''])),
  ].join('\n');
}

/** In a cell of a table, with as many backquotes around it as it takes. */
function code(text: string): string {
  const shown = printable(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${shown} ${fence}` : `${fence}${shown || ' '}${fence}`;
}

/** No HTML, no links, no mentions. */
function plain(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>|~]/g, '\\$&').replaceAll('@', '@\u200B');
}

export function reportAsJson(report: Report): string {
  const { profile, summary, budgets, slowest, causes, savings } = report;
  const { runner, recordedAt, runs, partial, wall } = profile;
  const tests = slowest.map(({ file, test, line, isOver, cause }) => ({ file, line, title: test.title, tier: test.tier, duration: test.duration, isOver, cause }));
  return JSON.stringify({ runner, recordedAt, runs, partial, wall, budgets, summary, causes, savings, tests });
}
