/** Profiles are of one machine, and not for the repository; the baseline of the gate is. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BASELINE_PATH } from '../../timing/baseline.ts';
import { PROFILE_PATH } from '../../timing/profile.ts';
import type { Project } from './project.ts';
import type { Proposal } from './proposal.ts';

const FOLDER = dirname(PROFILE_PATH);
const LINES = [`${FOLDER}/*`, `!${BASELINE_PATH}`];

export function proposeIgnored({ folder }: Project): Proposal {
  const path = join(folder, '.gitignore');
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (before === undefined && !isInRepository(folder)) return { type: 'hint', text: `This is no git repository; profiles are written to ${FOLDER}/.` };
  const isThere = before?.split(/\r?\n/).some((line) => new RegExp(`^(?:\\*\\*/|/)?${FOLDER.replace('.', '\\.')}(?:/\\*{0,2})?\\s*$`).test(line)) === true;
  if (isThere) return { type: 'hint', text: `.gitignore knows ${FOLDER}/ already.` };
  const newline = before?.includes('\r\n') === true ? '\r\n' : '\n';
  const start = before === undefined || before === '' || before.endsWith('\n') ? (before ?? '') : before + newline;
  return { type: 'write', path, before, after: start + LINES.map((line) => line + newline).join('') };
}

function isInRepository(folder: string): boolean {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return true;
    if (dirname(current) === current) return false;
  }
}
