/** How the suite's own command is called for one tier: with which words, and in which environment. */
import { join } from 'node:path';
import { declaresTag } from '../analysis/declared-tags.ts';
import type { Runner } from '../knowledge/runner.ts';
import type { Circumstances, RunTier } from './select.ts';
import { selectTier } from './select.ts';
import type { SuiteCommand } from './suite-command.ts';

export interface TierCall {
  readonly words: readonly string[];
  /** The words of what loads its environment, which stand in front. */
  readonly around: readonly string[];
  /** Variables that are set, or taken away. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface TierPlan {
  /** One after the other; a tier may take two. */
  readonly calls: readonly TierCall[];
  /** Is the tier selected by titles? Otherwise by files, and by what they ask the environment. */
  readonly isByTitle: boolean;
}

export interface TierRequest {
  readonly suite: Pick<SuiteCommand, 'runner' | 'version' | 'words' | 'assignments' | 'around'>;
  readonly tier: RunTier;
  readonly markers: Circumstances['markers'];
  /** Where the runner starts. */
  readonly folder: string;
  /** Further arguments for the runner. */
  readonly added: readonly string[];
}

/** What tests that a variable gates are asked for. */
const GATES: Readonly<Record<RunTier, TierCall['environment']>> = {
  fast: { SLOW: undefined, STRESS: undefined },
  slow: { SLOW: '1', STRESS: undefined },
  stress: { SLOW: '1', STRESS: '1' },
  all: { SLOW: '1', STRESS: '1' },
};

export function planTier({ suite, tier, markers, folder, added }: TierRequest): TierPlan {
  const { runner, version, words, assignments, around } = suite;
  const filters = selectTier(runner, tier, { version, markers, declares: (tag) => runner.name === 'vitest' && declaresTag(join(folder, 'package.json'), tag) });
  const environment = { ...assignments, ...GATES[tier] };
  return {
    calls: (filters ?? [[]]).map((filter) => ({ words: withArguments(onceOnly(words, runner), runner, [...filter, ...added]), around, environment })),
    isByTitle: filters !== undefined,
  };
}

/** `vitest` alone would watch. */
function onceOnly(words: readonly string[], { command }: Runner): readonly string[] {
  const [program = '', verb = ''] = command.words;
  if (verb === '' || verb.startsWith('-') || words.includes(verb)) return words;
  const at = words.findIndex((word) => new RegExp(`(?:^|[\\\\/])${program}(?:\\.\\w+)?(?:@[^\\\\/]*)?$`).test(word));
  const isOther = /^(?:watch|dev)$/.test(words[at + 1] ?? '');
  return [...words.slice(0, at + 1), verb, ...words.slice(at + (isOther ? 2 : 1))];
}

/** Node reads its own options up to the first file only; other runners read them anywhere before `--`. */
export function withArguments(words: readonly string[], { command }: Runner, added: readonly string[]): readonly string[] {
  const [, option = ''] = command.words;
  const ends = words.indexOf('--');
  if (!option.startsWith('-')) return ends < 0 ? [...words, ...added] : [...words.slice(0, ends), ...added, ...words.slice(ends)];
  const at = words.indexOf(option) + 1;
  const files = added.findIndex((word) => !word.startsWith('-'));
  const options = files < 0 ? added : added.slice(0, files);
  return [...words.slice(0, at), ...options, ...words.slice(at), ...(files < 0 ? [] : added.slice(files))];
}
