/** `slow-tests init`: shows what it would write, asks for each file, and writes. Nothing is overwritten unseen. */
import { mkdirSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { diskReason, replaceFile } from '../replace-file.ts';
import type { Surroundings } from '../surroundings.ts';
import { CommandError } from '../surroundings.ts';
import { showDiff } from '../show-diff.ts';
import { openTerminal } from '../terminal.ts';
import { hasTags, proposeEslint, proposeTags } from './configs.ts';
import { proposeIgnored } from './ignored-files.ts';
import { proposeScripts } from './npm-scripts.ts';
import type { Project } from './project.ts';
import { readProject } from './project.ts';
import type { Proposal } from './proposal.ts';
import { proposeTransforms } from './transforms.ts';

export interface InitRun {
  readonly yes: boolean;
  /** Also declare the tag of the runner? Undefined: where it has tags. */
  readonly marker: 'title' | 'tags' | undefined;
  readonly transforms: boolean;
  /** Asks a person; undefined where nobody can answer. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
}

/** The exit code. */
export async function runInit({ yes, marker, transforms, ask }: InitRun, { cwd, environment, output }: Surroundings): Promise<number> {
  const terminal = openTerminal(output, environment);
  const project = read(cwd);
  const proposals: readonly Proposal[] = [
    proposeScripts(project),
    proposeEslint(project),
    ...(marker === 'tags' || (marker === undefined && hasTags(project)) ? [proposeTags(project)] : []),
    proposeIgnored(project),
    ...(transforms ? proposeTransforms(project) : []),
  ];
  let isRefused = false;
  for (const proposal of proposals) {
    if (proposal.type === 'hint') {
      terminal.say(`${terminal.style('yellow', 'note')}  ${proposal.text}\n`);
      continue;
    }
    const { path, before, after } = proposal;
    const name = relative(cwd, path);
    terminal.say(`${showDiff(name, before ?? '', after, terminal)}\n`);
    if (!yes && !ask) isRefused = true;
    else if (yes || (await ask?.(`${before === undefined ? 'Write' : 'Change'} ${name}?`))) {
      write(path, after, name);
      terminal.say(`${terminal.style('green', 'written')}  ${name}\n`);
    }
  }
  if (isRefused) throw new CommandError('Nobody can be asked here, so nothing is written; --yes writes what is shown.');
  return 0;
}

function write(path: string, text: string, name: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    replaceFile(path, text);
  } catch (error) {
    const reason = diskReason(error);
    throw reason === undefined ? error : new CommandError(`${name}: ${reason}. It is as it was.`);
  }
}

function read(folder: string): Project {
  try {
    return readProject(folder);
  } catch (error) {
    throw new CommandError(`package.json cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
