/** `slow-tests init` as its help shows it. */
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { Option as Flag } from 'commander';
import type { Surroundings } from '../surroundings.ts';

interface Flags {
  readonly yes?: boolean;
  readonly transforms?: boolean;
  readonly marker?: 'title' | 'tags';
}

export function addInit(program: Command, surroundings: Surroundings, finish: (exitCode: number) => void): void {
  program
    .command('init')
    .description('Add the scripts test:fast and test:slow, the entry in the ESLint configuration, the tag slow in that of Vitest and a line in .gitignore; shows each change and asks.')
    .option('-y, --yes', 'write without asking')
    .addOption(new Flag('--marker <title|tags>', 'whether the tag slow is declared in the configuration of Vitest (default: tags with Vitest 4.1 and later)').choices(['title', 'tags']))
    .option('--transforms', 'write one-line transforms, so that jscodeshift -t split-slow works')
    .action(async ({ yes = false, transforms = false, marker }: Flags) => {
      // The editor of configurations is large, and only needed here.
      const { runInit } = await import('./run-init.ts');
      finish(await runInit({ yes, transforms, marker, ask: process.stdin.isTTY ? askPerson : undefined }, surroundings));
    });
}

async function askPerson(question: string): Promise<boolean> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await reader.question(`${question} [y/N] `)).trim());
  } finally {
    reader.close();
  }
}
