/** `slow-tests report` as its help shows it. */
import type { Command } from 'commander';
import { InvalidArgumentError, Option as Flag } from 'commander';
import type { Surroundings } from '../surroundings.ts';

interface Flags {
  readonly profile?: string;
  readonly before?: string;
  readonly top: number;
  readonly markdown?: boolean;
  readonly json?: boolean;
  readonly html?: string | true;
  readonly unmatched?: boolean;
}

const DEFAULT_TOP = 20;

export function addReport(program: Command, surroundings: Surroundings, finish: (exitCode: number) => void): void {
  program
    .command('report')
    .description('Show the slowest tests with their causes, time by tier, and what could be saved.')
    .option('--profile <path>', 'the profile to report (default: .slow-tests/profile.json)')
    .option('--before <path>', 'an older profile to compare with')
    .addOption(new Flag('--top <number>', 'how many tests are listed').argParser(countOf).default(DEFAULT_TOP))
    .addOption(new Flag('--markdown', 'print Markdown, for a pull request').conflicts(['json', 'html']))
    .addOption(new Flag('--json', 'print all of it as JSON').conflicts('html'))
    .option('--html [path]', 'write a page that needs no network (default: .slow-tests/report.html)')
    .addOption(new Flag('--unmatched', 'list the tests that no call of their file or its imports declares, and nothing else').conflicts(['markdown', 'json', 'html']))
    .action(async ({ profile, before, top, markdown = false, json = false, html, unmatched = false }: Flags) => {
      if (unmatched) {
        const { runUnmatched } = await import('./run-unmatched.ts');
        finish(runUnmatched(profile, surroundings));
        return;
      }
      const { runReport } = await import('./run-report.ts');
      finish(await runReport({ profile, before, top, form: markdown ? 'markdown' : json ? 'json' : html === undefined ? 'text' : 'html', page: html === true ? undefined : html }, surroundings));
    });
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError('Expected a number such as 20.');
  return count;
}
