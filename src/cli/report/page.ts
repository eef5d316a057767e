/** A report as one page that needs no network: data, style and script are in it. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PageData, TestRow, TierBar } from '../../report-page/page-data.ts';
import { isFastTier, isMeasured } from '../../timing/budgets.ts';
import type { Profile } from '../../timing/profile.ts';
import { TIERS } from '../../timing/profile.ts';
import type { Summary } from '../../timing/summary.ts';
import { summarise } from '../../timing/summary.ts';
import { plainTitle } from '../../timing/title-pattern.ts';
import type { Report } from './gather.ts';
import { nameOfCause } from './gather.ts';
import { causeSentence, fastRunSentence, headline, outsideSentence, savingsSentence } from './sentences.ts';
import { STYLE } from './page-style.ts';

/** Built from `src/report-page`. */
const SCRIPT = 'report-page.iife.js';

export function reportAsPage(report: Report, before: Profile | undefined, markers: Markers): string {
  // Nothing in the data may end the script around it.
  const data = JSON.stringify(dataOf(report, before, markers)).replace(/[<\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Test durations</title>
<style>${STYLE}</style>
</head>
<body>
<main id="report"><noscript>This page needs JavaScript, and nothing from the network.</noscript></main>
<script type="application/json" id="data">${data}</script>
<script>${readScript().replaceAll('</script', '<\\/script')}</script>
</body>
</html>
`;
}

interface Markers {
  readonly slow: string;
  readonly stress: string;
}

function readScript(): string {
  for (const place of [`./${SCRIPT}`, `../../../dist/${SCRIPT}`]) {
    const path = fileURLToPath(new URL(place, import.meta.url));
    if (existsSync(path)) return readFileSync(path, 'utf8');
  }
  throw new Error(`${SCRIPT} is not there: build the package first.`);
}

function dataOf(report: Report, old: Profile | undefined, markers: Markers): PageData {
  const { summary, slowest, causes } = report;
  const before = old && durationsOf(old, markers);
  const files = new Indices();
  const causeNames = new Indices();
  const causeTexts = new Indices();
  // Times by tier are those of the whole older run: what is slow now was paid for by the fast run then.
  const earlierRun = old && summarise(old, report.budgets);
  const byCause = new Map<string, number>();
  const add = (sums: Map<string, number>, name: string, duration: number | undefined) => sums.set(name, (sums.get(name) ?? 0) + (duration ?? 0));
  const tests = slowest.map((slow): TestRow => {
    const { file, test, line = -1, isOver, cause } = slow;
    const earlier = before?.(file, test.title);
    const isFast = isFastTier(test.tier);
    if (isOver && isFast) add(byCause, nameOfCause(cause), earlier);
    return [
      test.title.join(' › '), files.of(file), line, TIERS.indexOf(test.tier), rounded(test.duration), earlier === undefined ? null : rounded(earlier), isOver ? 1 : 0,
      isOver && isFast ? causeNames.of(nameOfCause(cause)) : -1, isOver ? causeTexts.of(causeSentence(slow)) : -1,
    ];
  });
  return {
    headline: headline(report),
    sentences: [old && earlierRun && `Before: ${headline({ profile: old, summary: earlierRun })}`, fastRunSentence(report), savingsSentence(report), outsideSentence(report)].filter((sentence) => sentence !== undefined),
    before: old?.recordedAt ?? null,
    tiers: tiersOf(summary, earlierRun),
    causes: causes.map(({ cause, ...bar }) => ({ name: cause, ...bar, before: old ? (byCause.get(cause) ?? 0) : null })),
    tierNames: TIERS,
    files: files.names,
    causeNames: causeNames.names,
    causeTexts: causeTexts.names,
    tests,
  };
}

/** Tiers that have tests now or had some before. */
function tiersOf(now: Summary, before: Summary | undefined): TierBar[] {
  return TIERS.flatMap((tier) => {
    const earlier = before?.tiers.find((other) => other.tier === tier);
    const bar = now.tiers.find((other) => other.tier === tier) ?? (earlier && { ...earlier, tests: 0, duration: 0, longest: 0, over: 0 });
    return bar ? [{ name: tier, tests: bar.tests, duration: bar.duration, longest: bar.longest, budget: bar.budget, over: bar.over, before: before ? (earlier?.duration ?? 0) : null }] : [];
  });
}

/** Equal texts are in the page once. */
class Indices {
  readonly names: string[] = [];
  readonly #known = new Map<string, number>();

  of(name: string): number {
    let index = this.#known.get(name);
    if (index === undefined) {
      index = this.names.push(name) - 1;
      this.#known.set(name, index);
    }
    return index;
  }
}

/** By file and title, whether marked or not; of two tests with one title each has its own. */
function durationsOf({ files }: Profile, markers: Markers): (file: string, title: readonly string[]) => number | undefined {
  const plain = plainTitle(markers);
  const keyOf = (file: string, title: readonly string[]): string => `${file}\n${plain(title.join('\n'))}`;
  const durations = new Map<string, number[]>();
  for (const { file, tests } of files) {
    for (const test of tests) {
      if (!isMeasured(test)) continue;
      const key = keyOf(file, test.title);
      const same = durations.get(key);
      if (same) same.push(test.duration);
      else durations.set(key, [test.duration]);
    }
  }
  return (file, title) => durations.get(keyOf(file, title))?.shift();
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
