/** The gate: reads a profile, judges it, says why, and answers with an exit code. */
import { join, relative, resolve } from 'node:path';
import type { Budgets } from '../../analysis/settings.ts';
import type { Baseline } from '../../timing/baseline.ts';
import { BASELINE_PATH, baselineOf, readBaseline, writeBaseline } from '../../timing/baseline.ts';
import { scaledBudgets } from '../../timing/budgets.ts';
import { REFERENCE_MS } from '../../timing/calibration.ts';
import type { Judgement } from '../../timing/judge.ts';
import { judge } from '../../timing/judge.ts';
import type { Profile } from '../../timing/profile.ts';
import { ProfileError } from '../../timing/profile-error.ts';
import { readProfile } from '../../timing/store.ts';
import { existingProfile } from '../profile-place.ts';
import type { Surroundings } from '../surroundings.ts';
import { openTerminal } from '../terminal.ts';
import { annotations } from './annotations.ts';
import { judgementAsJson, printJudgement } from './print-judgement.ts';
import { retryOffenders } from './retry.ts';

export interface CheckOptions {
  readonly profile: string | undefined;
  /** Those that take the place of the settings' own. */
  readonly budgets: Partial<Budgets>;
  readonly tolerance: number;
  readonly relative: boolean;
  readonly ratchet: boolean;
  readonly baseline: string | undefined;
  readonly retry: boolean;
  readonly json: boolean;
}

const WITHIN = 0;
const OVER = 1;
const UNKNOWN = 2;

export async function runCheck(options: CheckOptions, surroundings: Surroundings): Promise<number> {
  const { cwd, environment, output, progress } = surroundings;
  const terminal = openTerminal(output, environment);
  try {
    const { path, root, settings } = existingProfile(cwd, options.profile);
    const recorded = readProfile(path);
    const factor = options.relative ? factorOf(recorded, path) : 1;
    const budgets = scaledBudgets({ ...settings.budgets, ...options.budgets }, factor);
    const baselinePath = resolve(cwd, options.baseline ?? join(root, BASELINE_PATH));
    const known = options.ratchet ? readBaseline(baselinePath) : undefined;
    const isFirst = options.ratchet && !known;
    const judgeNow = (profile: Profile, baseline: Baseline | undefined): Judgement => judge(profile, { budgets, tolerance: options.tolerance, allowances: baseline?.allowances() });
    const first = judgeNow(recorded, known);
    const retried = options.retry && first.offenders.length > 0 ? await retryOffenders(recorded, first.offenders, { root, environment, settings }) : undefined;
    if (retried) progress.write(`${retried.said}\n`);
    const profile = retried?.profile ?? recorded;
    const judgement = retried ? judgeNow(profile, known) : first;
    const next = isFirst ? baselineOf(judgement) : known?.improvedBy(judgement, measuredIn(profile));
    if (next) writeBaseline(baselinePath, next);
    const shown = isFirst ? judgeNow(profile, next) : judgement;
    const ratchet = next ? { path: relative(cwd, baselinePath), isFirst, before: known ?? next, after: next } : undefined;
    if (options.json) terminal.say(judgementAsJson(shown, { factor, tolerance: options.tolerance }));
    else printJudgement(shown, { factor, tolerance: options.tolerance, ratchet }, terminal);
    if (environment['GITHUB_ACTIONS'] === 'true') {
      const workspace = environment['GITHUB_WORKSPACE'] ?? root;
      for (const line of annotations(shown, profile, { root, workspace, settings })) (options.json ? progress : output).write(`${line}\n`);
    }
    return shown.offenders.length > 0 || shown.fastRun.isOver ? OVER : shown.isPartial || shown.tests === 0 ? UNKNOWN : WITHIN;
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    progress.write(`slow-tests: ${error.message}\n`);
    return UNKNOWN;
  }
}

/** How much slower than the reference the measured machine was. */
function factorOf({ calibration }: Profile, path: string): number {
  if (calibration === undefined) throw new ProfileError(`${path}: calibration: expected what the fixed workload took, got nothing. Record the profile again, or leave out --relative.`);
  return calibration / REFERENCE_MS;
}

function measuredIn({ files }: Profile): (file: string, title: readonly string[]) => boolean {
  const titles = new Set(files.flatMap(({ file, tests }) => tests.flatMap(({ title, duration }) => (duration === undefined ? [] : [JSON.stringify([file, ...title])]))));
  return (file, title) => titles.has(JSON.stringify([file, ...title]));
}
