/** `slow-tests run fast`: the suite's own command with the filter of its runner. What it prints and how it ends is the runner's. */
import { quoteWords, shellOf } from '../../timing/quote-words.ts';
import type { TierCall } from '../../timing/plan-tier.ts';
import { planTier } from '../../timing/plan-tier.ts';
import type { RunTier } from '../../timing/select.ts';
import type { Surroundings } from '../surroundings.ts';
import { CommandError } from '../surroundings.ts';
import type { Terminal } from '../terminal.ts';
import { openTerminal } from '../terminal.ts';
import { findCall } from './find-program.ts';
import type { Suite } from './find-suite.ts';
import { findSuite } from './find-suite.ts';
import { holdsMarker } from './holds-marker.ts';
import { start } from './start.ts';
import { narrowToTier, withoutPatterns } from './tier-files.ts';

export interface TierRun {
  readonly tier: RunTier;
  /** Of package.json, which runs the suite. */
  readonly script: string;
  /** Further arguments for the runner. */
  readonly added: readonly string[];
  /** Only say what would be run. */
  readonly print: boolean;
  /** A tier without tests is no failure. */
  readonly passWithNoTests: boolean;
}

/** As pytest has it: everything went well, and no test ran. */
export const NOTHING_RAN = 5;

/** The exit code. */
export async function runTier({ tier, script, added, print, passWithNoTests }: TierRun, surroundings: Surroundings): Promise<number> {
  const suite = findSuite(surroundings.cwd, script);
  const said = openTerminal(surroundings.progress, surroundings.environment);
  const calls = await callsOf(suite, tier, added, said);
  if (print) {
    for (const call of calls) openTerminal(surroundings.output, surroundings.environment).say(typed(call));
    return 0;
  }
  const exitCode = await runCalls(calls, suite, surroundings, said);
  // On a terminal nobody but its reader has seen the summary.
  const isUnseen = exitCode === 0 && surroundings.output.isTTY === true && (tier === 'slow' || tier === 'stress');
  const isNothing = exitCode === NOTHING_RAN || (isUnseen && !(await holdsMarker(suite.folder, suite.settings.marker[tier])));
  if (!isNothing) return exitCode;
  said.say(`slow-tests: No test of the tier ${tier} ran${tier === 'fast' || tier === 'all' ? '' : `; none is marked ${suite.settings.marker[tier]}, or the arguments leave them out`}.`);
  return passWithNoTests ? 0 : NOTHING_RAN;
}

/** What is run for a tier, one after the other; files that no filter can divide are named. */
export async function callsOf(suite: Suite, tier: RunTier, added: readonly string[], said: Terminal): Promise<readonly TierCall[]> {
  const { runner, settings, folder } = suite;
  const { calls, isByTitle } = planTier({ suite, tier, markers: settings.marker, folder, added });
  if (isByTitle) return Promise.all(calls.map(async (call) => ({ ...call, words: await withoutPatterns(call.words, runner, folder) })));
  const narrowed = await Promise.all(calls.map(async (call) => ({ call, ...(await narrowToTier(call.words, runner, tier, folder, settings)) })));
  for (const { ungated } of narrowed) {
    if (ungated.length > 0) said.say(`slow-tests: ${runner.name}${runner.name === 'tape' ? '' : ` of Node ${process.versions.node}`} cannot leave tests out by title, so these files run their slow tests too: ${ungated.join(', ')}. Gate them with { skip: !process.env.SLOW }, or move them to *.slow.* files.`);
  }
  return narrowed.filter(({ files }) => files.length > 0).map(({ call, words }) => ({ ...call, words }));
}

/** The first failure counts; when no call ran a test, that does. */
export async function runCalls(calls: readonly TierCall[], { runner, folder }: Pick<Suite, 'runner' | 'folder'>, surroundings: Surroundings, said: Terminal): Promise<number> {
  let failure = 0;
  let hasRun = false;
  for (const call of calls) {
    said.say(said.style('dim', `$ ${typed(call)}`));
    const environment = { ...surroundings.environment, ...call.environment };
    const program = findCall(call, folder, environment);
    if (!program) throw new CommandError(`${[...call.around, ...call.words][0] ?? 'The runner'} is not installed.`);
    const { exitCode, printed } = await start(program, folder, environment, surroundings);
    // Some runners fail then; a suite that failed to load has run no test either, and that is no matter of tiers.
    const isEmpty = printed !== undefined && runner.command.nothingRan.test(printed) && (exitCode === 0 || runner.command.failsOnNothing);
    if (isEmpty) continue;
    hasRun = true;
    if (failure === 0) failure = exitCode;
  }
  return hasRun ? failure : NOTHING_RAN;
}

/** As it could be typed; variables that are taken away are left out. */
export function typed({ words, around, environment }: TierCall): string {
  const set = Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const shell = shellOf(process.platform);
  const command = quoteWords([...around, ...words], shell);
  if (shell === 'windows') return [...set.map(([name, value]) => `set ${quoteWords([`${name}=${value}`], shell)}`), command].join(' && ');
  return [...set.map(([name, value]) => `${name}=${quoteWords([value], shell)}`), command].join(' ');
}
