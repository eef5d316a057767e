/** The end of a migration for package.json: how the tiers are run from now on, where nothing that is there is touched. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { proposeScripts } from '../init/npm-scripts.ts';
import { readProject } from '../init/project.ts';
import type { Entry, Journal } from './journal.ts';
import { digest } from './journal.ts';

const FILE = 'package.json';
const PACKAGE = 'eslint-plugin-slow-tests';

/** Its bytes are kept from the beginning, like those of test files. */
export function scriptsEntry(root: string): Entry {
  return { kind: 'scripts', file: FILE, backup: 'package.bak', before: digest(readFileSync(join(root, FILE))), written: [], state: 'restored', codemods: [], changed: [], left: [], reasons: [], fastBefore: 0 };
}

export function isScripts({ kind }: Pick<Entry, 'kind'>): boolean {
  return kind === 'scripts';
}

/** Sentences: what was added, or why nothing was. */
export function addScripts(journal: Journal, root: string): string {
  const entry = journal.data.files.find(isScripts);
  if (!entry || !journal.data.files.some((other) => other.state === 'kept' && !isScripts(other))) return '';
  const proposal = proposed(root);
  if (typeof proposal === 'string') return proposal;
  if (!journal.write(FILE, proposal.after)) return `${FILE} was changed meanwhile, so no scripts were added.`;
  journal.update(FILE, { state: 'kept' });
  return `Added to ${FILE}: the scripts test:fast and test:slow, as far as they were missing.`;
}

function proposed(root: string): string | { readonly after: string } {
  try {
    const project = readProject(root);
    const { dependencies = {}, devDependencies = {} } = JSON.parse(project.packageText) as Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
    if (!(PACKAGE in dependencies) && !(PACKAGE in devDependencies)) return `${PACKAGE} is not among the dependencies, so no scripts were added: npm install -D ${PACKAGE}, then npx slow-tests init adds test:fast and test:slow.`;
    const proposal = proposeScripts(project);
    if (proposal.type === 'hint') return proposal.text;
    return isOnlyAdded(project.packageText, proposal.after) ? proposal : `${FILE} is written in a form of its own, so nothing was added; the scripts would be "test:fast": "slow-tests run fast" and "test:slow": "slow-tests run slow".`;
  } catch (error) {
    return `${FILE} cannot be read, so no scripts were added: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Every line of before is still there, but for a comma more. */
function isOnlyAdded(before: string, after: string): boolean {
  const rest = after.split('\n');
  return before.split('\n').every((line) => {
    const at = rest.findIndex((other) => other === line || other.replace(/,(?=\r?$)/, '') === line);
    rest.splice(0, at + 1);
    return at >= 0;
  });
}
