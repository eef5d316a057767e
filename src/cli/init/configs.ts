/** The entry in ESLint's configuration, and the tag in Vitest's. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { withEslintEntry, withSlowTag } from './edit-config.ts';
import type { Project } from './project.ts';
import { configNames, findConfig } from './project.ts';
import type { Proposal } from './proposal.ts';

/** Of Vitest. */
const SINCE_TAGS = '4.1.0';

export function proposeEslint({ folder }: Project): Proposal {
  const path = findConfig(folder, configNames('eslint.config'));
  const byHand = "add slowTests.configs.recommended, where slowTests is imported from 'eslint-plugin-slow-tests'.";
  if (path === undefined) return { type: 'hint', text: `There is no eslint.config.js here: in yours, ${byHand}` };
  return edited(path, withEslintEntry, folder, `ESLint: ${byHand}`);
}

/** Are tags known to the runner that is installed? */
export function hasTags({ runner, version = '0' }: Project): boolean {
  return runner?.name === 'vitest' && version.localeCompare(SINCE_TAGS, 'en', { numeric: true }) >= 0;
}

export function proposeTags({ folder, runner }: Project): Proposal {
  if (runner?.name !== 'vitest') return { type: 'hint', text: 'Tags are declared for Vitest 4.1 and later only.' };
  const path = findConfig(folder, [...configNames('vitest.config'), ...configNames('vite.config')]);
  const byHand = "declare the tag in your Vitest configuration: test: { tags: [{ name: 'slow', timeout: 30000 }] }.";
  if (path === undefined) return { type: 'hint', text: `There is no vitest.config.ts here: ${byHand}` };
  return edited(path, withSlowTag, folder, `Vitest: ${byHand}`);
}

function edited(path: string, edit: (text: string) => string | undefined, folder: string, byHand: string): Proposal {
  const before = readFileSync(path, 'utf8');
  const after = edit(before);
  if (after === undefined) return { type: 'hint', text: `${relative(folder, path)} is in no form that can be edited safely. ${byHand}` };
  if (after === before) return { type: 'hint', text: `${relative(folder, path)} has it already.` };
  return { type: 'write', path, before, after: before.includes('\r\n') ? after.replace(/\r?\n/g, '\r\n') : after };
}
