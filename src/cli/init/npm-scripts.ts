/** The scripts `test:fast` and `test:slow`. Those that are there stay. */
import { join } from 'node:path';
import type { Project } from './project.ts';
import type { Proposal } from './proposal.ts';

/** `run` knows the version of the runner, and needs no quotes on Windows. */
const SCRIPTS: Readonly<Record<string, string>> = { 'test:fast': 'slow-tests run fast', 'test:slow': 'slow-tests run slow' };

export function proposeScripts({ folder, packageText, scripts, runner }: Project): Proposal {
  if (!runner) return hint('No known test runner is in package.json, so no scripts are added. Name it in "slow-tests": { "runner": … }.');
  const missing = Object.entries(SCRIPTS).filter(([name]) => scripts[name] === undefined);
  const others = Object.keys(SCRIPTS).filter((name) => scripts[name] !== undefined && scripts[name] !== SCRIPTS[name]);
  const kept = others.map((name) => `${name} is there already and stays; with this plugin it would be "${SCRIPTS[name] ?? ''}".`).join(' ');
  if (missing.length === 0) return hint(kept === '' ? 'The scripts test:fast and test:slow are there already.' : kept);
  const json = JSON.parse(packageText) as Record<string, unknown>;
  const after = JSON.stringify({ ...json, scripts: { ...scripts, ...Object.fromEntries(missing) } }, undefined, indentOf(packageText)) + (/\n$/.test(packageText) ? '\n' : '');
  return { type: 'write', path: join(folder, 'package.json'), before: packageText, after: packageText.includes('\r\n') ? after.replaceAll('\n', '\r\n') : after };
}

function indentOf(text: string): string {
  return /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ';
}

function hint(text: string): Proposal {
  return { type: 'hint', text };
}
