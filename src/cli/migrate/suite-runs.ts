/** How the suite is run while it is migrated: as it is, one tier of it, or one tier of one file; always listened to and contained. */
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../../analysis/settings.ts';
import type { Granularity } from '../../coverage/granularity.ts';
import type { RunCoverage } from '../../coverage/read-v8.ts';
import { mergeRuns } from '../../timing/merge-runs.ts';
import type { TierCall } from '../../timing/plan-tier.ts';
import { planTier, withArguments } from '../../timing/plan-tier.ts';
import type { Profile, ProfiledFile } from '../../timing/profile.ts';
import { PROFILE_VERSION } from '../../timing/profile.ts';
import { quoteWords, shellOf } from '../../timing/quote-words.ts';
import type { RecordedRun } from '../../timing/recorded-run.ts';
import { selectTitles } from '../../timing/select-titles.ts';
import { recogniseCommand } from '../../timing/suite-command.ts';
import { measureWith } from '../profile/measure-run.ts';
import type { Surroundings } from '../surroundings.ts';
import { CommandError } from '../surroundings.ts';
import { findCall } from '../run/find-program.ts';
import type { Suite } from '../run/find-suite.ts';
import { findSuite } from '../run/find-suite.ts';
import { callsOf } from '../run/run-tier.ts';
import { withoutPatterns } from '../run/tier-files.ts';
import type { Terminal } from '../terminal.ts';
import { contained } from './contained.ts';
import type { CountedRun } from './counted-run.ts';
import { countedRun, UNCOUNTED } from './counted-run.ts';
import type { NoteRunner } from './orphans.ts';

export interface SuiteRun {
  readonly files: readonly ProfiledFile[];
  readonly recorded: RecordedRun | undefined;
  readonly exitCode: number;
  readonly isOverTime: boolean;
  readonly isStopped: boolean;
  /** It ended well because there was nothing to run. */
  readonly isEmpty: boolean;
  readonly printed: string;
  readonly wall: number;
  /** Undefined where it was not counted. */
  readonly coverage: RunCoverage | undefined;
}

export interface SuiteRuns {
  readonly suite: Suite;
  /** The command as the user has it. */
  readonly asItIs: (limit: number | undefined) => Promise<SuiteRun>;
  /** One file as the user has it, gates included. */
  readonly alone: (limit: number, file: string) => Promise<SuiteRun>;
  /** Tests of a file with what their own titles fit, gates open; undefined where the runner selects no titles. */
  readonly titled: (limit: number, file: string, titles: readonly (readonly string[])[], granularity: Granularity) => Promise<SuiteRun | undefined>;
  readonly some: (tier: 'fast' | 'slow', limit: number, files: readonly string[]) => Promise<SuiteRun>;
  /** `granularity` takes the place of that of the suite, for this run. */
  readonly tier: (tier: 'fast' | 'slow' | 'all', limit: number, file?: string, granularity?: Granularity) => Promise<SuiteRun>;
}

/** A part of a suite covers less than thresholds ask for, and counting takes time. */
const WITHOUT_COVERAGE: Readonly<Record<string, readonly string[]>> = { vitest: ['--coverage.enabled=false'], jest: ['--coverage=false'] };

/** How much longer may a run take that only counts. */
const COUNTING_TAKES = 4;

/** How one file is named so that a runner takes it for no pattern. */
const FILE_OPTION: Readonly<Record<string, readonly string[]>> = { jest: ['--runTestsByPath'] };

export interface WhichSuite {
  readonly command: readonly string[];
  readonly script: string;
  readonly root: string;
  readonly settings: Settings;
  /** Undefined for no coverage. */
  readonly granularity?: Granularity | undefined;
  /** Where runners are noted, so that none is left at work by a process that is killed. */
  readonly note?: NoteRunner | undefined;
}

export function suiteRuns({ command, script, root, settings, granularity: usual, note }: WhichSuite, surroundings: Surroundings, said: Terminal): SuiteRuns {
  const suite = command.length === 0 ? findSuite(root, script) : givenSuite(command, root, settings);
  const plain: Suite = { ...suite, words: withArguments(suite.words.filter((word) => !word.startsWith('--coverage')), suite.runner, WITHOUT_COVERAGE[suite.runner.name] ?? []) };
  const environment = { ...surroundings.environment, CI: surroundings.environment['CI'] ?? '1', NO_COLOR: '1' };

  const run = async (calls: readonly TierCall[], limit: number | undefined, how: Granularity | 'where it costs nothing' | undefined = usual): Promise<SuiteRun> => {
    const counted = countedRun(suite.runner, how === 'where it costs nothing' ? usual : how, root);
    try {
      if (!counted.isApart) return await runCounted(calls, limit, counted);
      const plain = await runCounted(calls, limit, UNCOUNTED);
      if (plain.isStopped || plain.isOverTime || how === 'where it costs nothing') return plain;
      const again = await runCounted(calls, limit === undefined ? undefined : limit * COUNTING_TAKES, counted);
      return { ...plain, isStopped: again.isStopped, isOverTime: again.isOverTime, coverage: again.coverage };
    } finally {
      counted.remove();
    }
  };

  const runCounted = async (calls: readonly TierCall[], limit: number | undefined, counted: CountedRun): Promise<SuiteRun> => {
    const runs: RecordedRun[] = [];
    const ends: { readonly exitCode: number; readonly isEmpty: boolean; readonly isOverTime: boolean; readonly isStopped: boolean; readonly printed: string }[] = [];
    const start = performance.now();
    for (const [nth, call] of calls.entries()) {
      const own = counted.environment({ ...environment, ...call.environment });
      const program = findCall({ ...call, words: withArguments(call.words, suite.runner, counted.added(nth)) }, root, own);
      if (!program) throw new CommandError(`${[...call.around, ...call.words][0] ?? 'The runner'} is not installed.`);
      const measured = await measureWith(contained({ limit, note }), { words: [program.file, ...program.args], cwd: root, root, environment: own });
      if (measured.recorded) runs.push(measured.recorded);
      const { command: said } = suite.runner;
      ends.push({ ...measured, isEmpty: said.nothingRan.test(measured.printed) && (measured.exitCode === 0 || said.failsOnNothing) });
      if (measured.isStopped || measured.isOverTime) break;
    }
    const failing = ends.find(({ exitCode, isEmpty }) => exitCode !== 0 && !isEmpty) ?? ends.at(-1);
    const files = mergeRuns(runs, settings);
    const wall = performance.now() - start;
    return {
      files,
      recorded: runs[0],
      exitCode: failing === undefined || failing.isEmpty ? 0 : failing.exitCode,
      isOverTime: ends.some(({ isOverTime }) => isOverTime),
      isStopped: ends.some(({ isStopped }) => isStopped),
      isEmpty: ends.every(({ isEmpty }) => isEmpty),
      printed: failing?.printed ?? '',
      wall,
      coverage: counted.read(root, new Set(files.map(({ file }) => file))),
    };
  };

  const wordsFor = (...files: readonly string[]): readonly string[] =>
    files.length === 0 ? plain.words : withArguments(withoutFiles(plain.words, root), suite.runner, [...(FILE_OPTION[suite.runner.name] ?? []), ...files]);
  // Gates stay as the user has them.
  const asTheyAre = (words: readonly string[]): Promise<TierCall[]> => {
    const { calls } = planTier({ suite: { ...plain, words }, tier: 'all', markers: settings.marker, folder: root, added: [] });
    return Promise.all(calls.map(async (call) => ({ words: await withoutPatterns(call.words, suite.runner, root), around: suite.around, environment: suite.assignments })));
  };

  return {
    suite,
    asItIs: async (limit) => run(await asTheyAre(plain.words), limit),
    alone: async (limit, file) => run(await asTheyAre(wordsFor(file)), limit),
    async titled(limit, file, titles, granularity) {
      // The file is named as for other runs.
      const added = selectTitles({ ...suite.runner, name: '' }, titles.map((title) => ({ file, title })));
      if (!added) return undefined;
      const calls = await asTheyAre(withArguments(wordsFor(file), suite.runner, added));
      return run(calls, limit, granularity);
    },
    some: async (tier, limit, files) => run(await callsOf({ ...plain, words: wordsFor(...files) }, tier, [], said), limit),
    async tier(tier, limit, file, granularity) {
      const words = file === undefined ? wordsFor() : wordsFor(file);
      return run(await callsOf({ ...plain, words }, tier, [], said), limit, granularity ?? (file === undefined ? usual : 'where it costs nothing'));
    },
  };
}

function givenSuite(command: readonly string[], root: string, settings: Settings): Suite {
  const found = recogniseCommand(command, root);
  if (!found) throw new CommandError(`No known test runner is in \`${quoteWords(command, shellOf(process.platform))}\`.`);
  return { ...found, folder: root, settings };
}

/** A call without the files, folders and patterns that it names; what may belong to an option stays. */
export function withoutFiles(words: readonly string[], root: string): readonly string[] {
  const isOption = (word: string): boolean => /^--?[\w-]+$/.test(word) && word !== '--test';
  const isPattern = (word: string): boolean => /[*?{[]/.test(word);
  const isThere = (word: string): boolean => /[./\\]/.test(word) && !word.includes('node_modules') && existsSync(join(root, word));
  return words.filter((word, index) => index === 0 || word.startsWith('-') || isOption(words[index - 1] ?? '') || !(isPattern(word) || isThere(word)));
}

export function baselineProfile(runs: readonly SuiteRun[], runner: string, settings: Settings): Profile {
  const recorded = runs.flatMap((run) => run.recorded ?? []);
  const walls = runs.map(({ wall }) => wall).sort((a, b) => a - b);
  return {
    version: PROFILE_VERSION,
    runner,
    recordedAt: new Date().toISOString(),
    environment: { node: process.versions.node, platform: process.platform, cpus: cpus().length },
    runs: recorded.length,
    partial: false,
    wall: Math.round(walls[walls.length >> 1] ?? 0),
    files: mergeRuns(recorded, settings),
  };
}
