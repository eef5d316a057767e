/** Which arguments make a runner run one tier of its suite, for its version, the markers and the tags that are declared. */
import type { Filter, Runner, RunnerCommand } from '../knowledge/runner.ts';

export const RUN_TIERS = ['fast', 'slow', 'stress', 'all'] as const;

export type RunTier = (typeof RUN_TIERS)[number];

export interface Circumstances {
  /** Of the runner's package, or of Node for its own; taken to be the latest where it is not known. */
  readonly version?: string | undefined;
  readonly markers: { readonly slow: string; readonly stress: string };
  /** Does the configuration of the runner declare this tag? */
  readonly declares?: (tag: string) => boolean;
}

/** What is added to each call of the runner, one after the other; undefined where it cannot select this tier by title. */
export function selectTier({ command }: Runner, tier: RunTier, { version, markers, declares = () => false }: Circumstances): readonly Filter[] | undefined {
  if (tier === 'all') return [[]];
  const write = writer(command, markers);
  const selection = command.selections.find(
    ({ since, tags = [] }) => (since === undefined || version === undefined || isAtLeast(version, since)) && tags.every((tag) => declares(write(tag))),
  );
  return selection?.[tier]?.map((filter) => filter.map(write));
}

/** Puts the markers into an argument, as the filter of this runner reads them. */
function writer({ titles }: RunnerCommand, { slow, stress }: Circumstances['markers']): (argument: string) => string {
  const written = (marker: string): string => (titles === 'regexp' ? marker.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') : marker);
  const texts: Readonly<Record<string, string>> = { slow: written(slow), stress: written(stress), slowTag: tagOf(slow), stressTag: tagOf(stress) };
  return (argument) => argument.replace(/\$(slow|stress)(Tag)?\b/g, (_, marker: string, tag: string | undefined = '') => texts[marker + tag] ?? '');
}

function tagOf(marker: string): string {
  return marker.replace(/^@/, '');
}

function isAtLeast(version: string, least: string): boolean {
  return version.localeCompare(least, 'en', { numeric: true }) >= 0;
}
