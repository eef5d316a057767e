/** The scripts `test:fast` and `test:slow`: the test script of the project with its runner's filter, or the runner alone. */
import { join } from 'node:path';
import { readSettings } from '../../analysis/settings.ts';
import type { Runner } from '../../knowledge/runner.ts';
import { quoteWords } from '../../timing/quote-words.ts';
import { selectTier } from '../../timing/select.ts';
import type { Project } from './project.ts';
import type { Proposal } from './proposal.ts';

export function proposeScripts({ folder, packageText, scripts, runner }: Project): Proposal {
  if (!runner) return hint('No known test runner is in package.json, so no scripts are added. Name it in "slow-tests": { "runner": … }.');
  const [fast, slow] = (['fast', 'slow'] as const).map((tier) => selectTier(runner, tier, { markers: readSettings(undefined).marker })?.map((filter) => quoteWords([...runner.command.words, ...filter], 'windows'))[0]);
  if (fast === undefined || slow === undefined) return hint(`${runner.name} cannot leave tests out by title: keep slow tests in files of their own, or behind an environment variable.`);
  const missing = Object.entries({ 'test:fast': fast, 'test:slow': slow }).filter(([name]) => scripts[name] === undefined);
  if (missing.length === 0) return hint('The scripts test:fast and test:slow are there already.');
  const added = Object.fromEntries(missing.map(([name, command]) => [name, withFilter(scripts['test'], command, runner)]));
  const json = JSON.parse(packageText) as Record<string, unknown>;
  const after = JSON.stringify({ ...json, scripts: { ...scripts, ...added } }, undefined, indentOf(packageText)) + (/\n$/.test(packageText) ? '\n' : '');
  return { type: 'write', path: join(folder, 'package.json'), before: packageText, after: packageText.includes('\r\n') ? after.replaceAll('\n', '\r\n') : after };
}

/** `cross-env CI=1 mocha test` -> `cross-env CI=1 mocha --grep "@slow" test`; a script of several commands is not guessed at. */
function withFilter(test: string | undefined, command: string, { name }: Runner): string {
  const [program = command] = /^[^-]*(?=\s-)/.exec(command) ?? [];
  const [called, full] = name === 'node:test' ? ['--test', command.replace(/^node /, '')] : [program, command];
  const words = called.replace(/ run$/, '(?: run)?').trim();
  const calls = new RegExp(`(?<![\\w@/-])${words}(?![\\w/-])`, 'g');
  if (test === undefined || /&&|\|\||[;|]/.test(test) || test.match(calls)?.length !== 1) return command;
  return test.replace(calls, () => full);
}

function indentOf(text: string): string {
  return /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ';
}

function hint(text: string): Proposal {
  return { type: 'hint', text };
}
