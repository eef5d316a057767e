/** What a migration came to: `migration-report.md` for whoever reviews it, and a table for the terminal. */
import { formatDuration } from '../../timing/budgets.ts';
import { mutantsSection } from '../mutants/report.ts';
import type { MutantsOutcome } from '../mutants/run-mutants.ts';
import { printable } from '../printable.ts';
import { formatTable } from '../table.ts';
import { isScripts } from './add-scripts.ts';
import type { CoverageSaid } from './counted-run.ts';
import type { Entry, JournalData } from './journal.ts';

export interface Figures {
  /** ms from start to end of the whole suite; of its tiers afterwards. */
  readonly before: number;
  readonly fast: number;
  readonly slow: number;
  readonly testsBefore: number;
  readonly testsFast: number;
  readonly testsSlow: number;
}

export interface Outcome {
  readonly journal: JournalData;
  readonly figures: Figures;
  readonly runner: string;
  readonly coverage: CoverageSaid;
  /** What became of package.json; empty where nothing was rewritten. */
  readonly scripts: string;
  /** Of the full runs at the end. */
  readonly problems: readonly string[];
  /** Places that were covered before and are not now, in no connection with a rewritten file. */
  readonly byChance: readonly string[];
  /** Where they were asked for. */
  readonly mutants: MutantsOutcome | undefined;
}

const WITHOUT_MUTANTS = 'How many bugs the fast run finds, of those that the whole suite finds, is measured only with --mutants.';

/** What this command does not look at; its help and its page say the same. */
export const NOT_PROVEN = [
  'Coverage is compared by function, not by branch, unless --coverage blocks is given.',
  WITHOUT_MUTANTS,
  'Small sizes are those of the settings, larger where a small row fails at them, and smaller only where it takes longer than the budget of unit tests.',
];

export function outcomeTable({ figures }: Outcome): string {
  const { before, fast, slow, testsBefore, testsFast, testsSlow } = figures;
  return formatTable(
    ['run', 'tests', 'from start to end'],
    [
      ['before: the whole suite', String(testsBefore), formatDuration(before)],
      ['after: fast', String(testsFast), formatDuration(fast)],
      ['after: slow', String(testsSlow), formatDuration(slow)],
    ],
    ['left', 'right', 'right'],
  );
}

export function speedUp({ before, fast }: Figures): string {
  return `${(before / Math.max(fast, 1)).toFixed(1)} times`;
}

/** Does every proof hold of what is there now? What was taken back is as it was, and holds. */
export function holds({ journal, problems }: Outcome): boolean {
  return problems.length === 0 && journal.files.every(({ state }) => state === 'kept' || state === 'restored');
}

export function reportText(outcome: Outcome): string {
  const { journal, figures, runner, problems } = outcome;
  const kept = journal.files.filter((entry) => entry.state === 'kept' && !isScripts(entry));
  const takenBack = journal.files.filter(({ reasons }) => reasons.length > 0);
  const aside = Object.entries(journal.aside).flatMap(([file, keys]) => keys.map((key) => `${code(file)}: ${code(titleOfKey(key))}`));
  const unsteady = Object.entries(journal.unsteady ?? {}).flatMap(([file, sentences]) => sentences.map((sentence) => `${code(file)}: ${plain(sentence)}`));
  return [
    '# Migration of slow tests',
    '',
    `The fast run takes ${formatDuration(figures.fast)}; the whole suite took ${formatDuration(figures.before)} before (${speedUp(figures)} as fast). Runner: ${runner}.`,
    '',
    holds(outcome) ? `All proofs hold${outcome.coverage.isCompared ? '' : ', but coverage was not compared'}: every test is still there, at its own size, and each that passed passes in the fast or the slow run.${takenBack.length > 0 ? ' What did not hold was taken back.' : ''}` : 'Not all proofs hold; see below.',
    '',
    plain(outcome.coverage.text),
    '',
    '| run | tests | from start to end |',
    '| --- | ---: | ---: |',
    `| before: the whole suite | ${figures.testsBefore} | ${formatDuration(figures.before)} |`,
    `| after: fast | ${figures.testsFast} | ${formatDuration(figures.fast)} |`,
    `| after: slow | ${figures.testsSlow} | ${formatDuration(figures.slow)} |`,
    '',
    '## What changed',
    '',
    ...(kept.length === 0 ? ['Nothing.', ''] : [...filesTable(kept), '', ...kept.flatMap(changesOf)]),
    ...section('What the full runs at the end say', problems.map(plain)),
    ...section('Covered before and not now, in no connection with a rewritten file', outcome.byChance.map(code)),
    ...(outcome.mutants ? mutantsSection(outcome.mutants, { code, plain }) : []),
    ...section('What was taken back', takenBack.flatMap(({ file, state, reasons }) => reasons.map((reason) => `${code(file)} (${ENDS[state]}): ${plain(reason)}`))),
    ...section('Left alone', journal.leftOut.map(plain)),
    ...section('Set aside: tests whose outcome differs between runs of the suite as it was', aside),
    ...section('Fails at times: nothing was taken back for it', unsteady),
    '## What a reviewer must look at',
    '',
    '- Small rows: do the small sizes still ask what the test is about? The row at the original size is in the slow run.',
    '- Stubs: does a test whose fast row runs a stub assert anything that the stub itself gives?',
    '- Results made once for several tests: does none of them change what it is given?',
    '- Has the slow run a place, such as a nightly job? Otherwise nobody runs these tests any more.',
    '',
    ...(kept.length === 0 ? [] : howToRun(outcome.scripts)),
    '## What is not proven',
    '',
    ...NOT_PROVEN.filter((line) => !(line === WITHOUT_MUTANTS && outcome.mutants)).map((line) => `- ${line}`),
    '- Times of single files were measured among others before, and alone afterwards; times of whole runs compare like with like.',
    '',
  ].join('\n');
}

const ENDS: Readonly<Record<Entry['state'], string>> = { open: 'not decided', kept: 'kept in part', restored: 'as it was, byte for byte', foreign: 'changed by somebody else' };

/** For a page on contributing: which page that is, and whether there is one, is for the project to decide. */
function howToRun(scripts: string): string[] {
  return [
    '## How to run the tests from now on',
    '',
    plain(scripts),
    '',
    'For the page that tells contributors how to test:',
    '',
    '> `npx slow-tests run fast` runs the fast tests: what to run while you work. `npx slow-tests run slow` runs the tests at their original sizes, whose titles carry `@slow`; run it',
    '> before a release, and every night. Both together are the whole suite. `npx slow-tests check` says which test takes longer than its budget.',
    '',
  ];
}

function filesTable(kept: readonly Entry[]): string[] {
  const rows = kept.map(({ file, fastBefore, fastAfter = 0, codemods, changed }) => `| ${code(file)} | ${formatDuration(fastBefore)} | ${formatDuration(fastAfter)} | ${changed.length} | ${codemods.join(', ')} |`);
  return ['| file | fast tests before | fast tests after | places | by |', '| --- | ---: | ---: | ---: | --- |', ...rows];
}

function changesOf({ file, changed }: Entry): string[] {
  return [`### ${code(file)}`, '', ...changed.map(({ line, codemod, description }) => `- line ${line}, ${codemod}: ${plain(description)}`), ''];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines.map((line) => `- ${line}`), ''];
}

function titleOfKey(key: string): string {
  return (JSON.parse(key) as readonly string[]).join(' > ');
}

function code(text: string): string {
  return `\`${printable(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}

/** No HTML, no links, no mentions. */
function plain(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>|~]/g, '\\$&').replaceAll('@', '@\u200B');
}
