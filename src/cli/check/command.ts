/** `slow-tests check` as its help shows it. */
import type { Command } from 'commander';
import { InvalidArgumentError, Option as Flag } from 'commander';
import type { Budgets } from '../../analysis/settings.ts';
import { DEFAULT_BUDGETS } from '../../analysis/settings.ts';
import { durationOf } from '../duration-flag.ts';
import type { Surroundings } from '../surroundings.ts';

interface Flags {
  readonly profile?: string;
  readonly budget: Partial<Budgets>;
  readonly tolerance: number;
  readonly relative?: boolean;
  readonly ratchet?: boolean;
  readonly baseline?: string;
  readonly retry?: boolean;
  readonly json?: boolean;
}

const HELP = `
Exit codes: 0 within the budgets, 1 over a budget, 2 when that cannot be told (no profile, or only a part of the suite in it).
Budgets and markers are read from "slow-tests" in package.json.`;

export function addCheck(program: Command, surroundings: Surroundings, finish: (exitCode: number) => void): void {
  program
    .command('check')
    .description('Fail when the profile is over budget: a test, the whole fast run, or a slow test without the marker.')
    .option('--profile <path>', 'the profile to judge (default: .slow-tests/profile.json)')
    .addOption(new Flag('--budget <name=duration>', 'instead of that of the settings, as in unit=200ms; may be repeated').argParser(budgetOf).default({}, 'those of the settings'))
    .addOption(new Flag('--tolerance <share>', 'how much more than its budget anything may take').argParser(shareOf).default(0.1, '10%'))
    .option('--relative', 'let the budgets follow the speed of the machine that was measured')
    .option('--retry', 'run what is over budget alone, by the command of the profile, before it counts')
    .option('--ratchet', 'accept what the baseline holds, and lower the baseline; the first time, write it')
    .option('--baseline <path>', 'where the baseline is (default: .slow-tests/baseline.json)')
    .option('--json', 'print the judgement as JSON')
    .addHelpText('after', HELP)
    .action(async ({ profile, budget, tolerance, relative = false, ratchet = false, baseline, retry = false, json = false }: Flags) => {
      const { runCheck } = await import('./run-check.ts');
      finish(await runCheck({ profile, budgets: budget, tolerance, relative, ratchet, baseline, retry, json }, surroundings));
    });
}

function shareOf(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim());
  const share = Number(match?.[1]) / (match?.[2] === '%' ? 100 : 1);
  if (!Number.isFinite(share)) throw new InvalidArgumentError('Expected a share such as 20% or 0.2.');
  return share;
}

function budgetOf(text: string, known: Partial<Budgets>): Partial<Budgets> {
  const [name = '', duration = ''] = text.split('=');
  if (!Object.hasOwn(DEFAULT_BUDGETS, name)) throw new InvalidArgumentError(`Expected one of ${Object.keys(DEFAULT_BUDGETS).join(', ')}, as in unit=200ms.`);
  return { ...known, [name]: durationOf(duration) };
}
