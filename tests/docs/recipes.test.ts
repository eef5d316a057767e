// The recipes are cooked: their rows reach the rules, their workflows and scripts run in a project, their tests run.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isExample, lintExample, printReports, verdictOf } from '../../scripts/docs/examples.ts';
import type { CodeBlock } from '../../scripts/docs/markdown.ts';
import { readCodeBlocks } from '../../scripts/docs/markdown.ts';
import { settingsShown } from '../../scripts/docs/runner-pages.ts';
import { ran, runSuite } from '../codemods/run-suite.ts';
import { cleanEnvironment } from '../runners/profiled.ts';
import { installRunners, SUITES } from '../runners/install.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const LIMIT = 240_000;
const folders: string[] = [];
beforeAll(installRunners, LIMIT);
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const pageOf = (name: string): string => readFileSync(`docs/${name}.md`, 'utf8');
const blocksOf = (name: string): readonly CodeBlock[] => readCodeBlocks(pageOf(name));

/** A project in which `slow-tests` is installed, and Mocha. */
function project(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(SUITES, 'recipe-'));
  folders.push(folder);
  const command = `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'dist/cli.cjs')}" "$@"\n`;
  for (const [path, text] of Object.entries({ 'bin/slow-tests': command, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: 0o755 });
  }
  return folder;
}

/** As a shell of the project would, with what is in `node_modules/.bin` there. */
function shell(line: string, cwd: string, folder: string): string {
  const bins = [join(folder, 'bin'), join(SUITES, '../node_modules/.bin'), dirname(process.execPath)];
  const env = { ...cleanEnvironment(), SLOW: undefined, STRESS: undefined, CI: '1', GITHUB_STEP_SUMMARY: join(folder, 'summary.md'), GITHUB_ACTIONS: undefined, PATH: [...bins, process.env['PATH']].join(delimiter) };
  try {
    return execFileSync('bash', ['-c', line.replace(/^npx slow-tests/, 'slow-tests')], { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${line}\n${stdout}${stderr}`, { cause: error });
  }
}

/** Notes its titles in a file. */
const SUITE = `const { appendFileSync } = require('node:fs');
const { it } = require('mocha');
for (const title of ['sums', 'sums millions @slow', 'sums billions @slow @stress']) it(title, () => appendFileSync('ran.log', title + '\\n'));
`;

function whatRan(folder: string): string[] {
  const log = join(folder, 'ran.log');
  const titles = existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
  rmSync(log, { force: true });
  return titles;
}

describe('ci @slow', () => {
  const [push, nightly] = blocksOf('recipes/ci').filter(({ language }) => language === 'yaml').map(({ text }) => linesToRun(parse(text)));
  const files = { 'package.json': JSON.stringify({ scripts: { test: 'mocha test', 'test:fast': 'slow-tests run fast' } }), 'test/sums.test.js': SUITE };

  it('the first job runs, judges and tells of the fast run', () => {
    const folder = project(files);
    expect(push?.[0]).toBe('npm ci');
    for (const line of push?.slice(1) ?? []) shell(line, folder, folder);
    expect(whatRan(folder)).toEqual(['sums']);
    expect(existsSync(join(folder, '.slow-tests/profile.json'))).toBe(true);
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).not.toBe('');
  }, LIMIT);

  it('the second one runs the others', () => {
    const folder = project(files);
    expect(nightly?.[0]).toBe('npm ci');
    for (const line of nightly?.slice(1) ?? []) shell(line, folder, folder);
    expect(whatRan(folder)).toEqual(['sums millions @slow', 'sums billions @slow @stress']);
  }, LIMIT);

  it('a night without slow tests is not green, one without stress tests is', () => {
    const folder = project({ ...files, 'test/sums.test.js': SUITE.replaceAll(/ @\w+/g, '') });
    expect(() => shell('slow-tests run slow', folder, folder)).toThrow('No test of the tier slow ran');
    shell('slow-tests run stress --pass-with-no-tests', folder, folder);
  }, LIMIT);
});

function linesToRun(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => (name === 'run' && typeof item === 'string' ? [item] : linesToRun(item)));
}

describe('monorepo @slow', () => {
  const [own = '', root = ''] = blocksOf('recipes/monorepo').filter(({ language }) => language === 'json').map(({ text }) => text);

  it('the root calls all packages', () => {
    const folder = project({ 'package.json': root, 'packages/tensors/package.json': own, 'packages/tensors/test/sums.test.js': SUITE, 'packages/types/package.json': '{ "name": "types" }' });
    shell('npm run test:fast', folder, folder);
    expect(whatRan(join(folder, 'packages/tensors'))).toEqual(['sums']);
    shell('npm run test:slow', folder, folder);
    expect(whatRan(join(folder, 'packages/tensors'))).toEqual(['sums millions @slow']);
  }, LIMIT);

  it('a package has a profile of its own', () => {
    const folder = project({ 'package.json': root, 'packages/tensors/package.json': own, 'packages/tensors/test/sums.test.js': SUITE });
    const lines = blocksOf('recipes/monorepo').find(({ language }) => language === 'sh')?.text.split('\n').filter(Boolean) ?? [];
    const inside = join(folder, String(lines[0]?.replace('cd ', '')));
    for (const line of lines.slice(1)) shell(line.replace('slow-tests init', 'slow-tests init --yes'), inside, folder);
    expect(existsSync(join(inside, '.slow-tests/profile.json'))).toBe(true);
  }, LIMIT);
});

describe('cost-rows', () => {
  const settings = settingsShown(pageOf('recipes/cost-rows'));
  const examples = blocksOf('recipes/cost-rows').filter((block) => isExample(block) && verdictOf(block) !== undefined);

  it.each(examples)('the example at line $line does what the page says', (block) => {
    const messages = lintExample({ ...block, attributes: { settings } });
    expect(messages.length > 0, printReports(messages)).toBe(verdictOf(block) === 'incorrect');
    // And without the rows, the other way round.
    expect(lintExample(block).length > 0).toBe(verdictOf(block) === 'correct');
  });
});

describe('ml-kernels @slow', () => {
  const blocks = blocksOf('recipes/ml-kernels').filter(({ attributes }) => attributes['file'] !== undefined);
  const [before, after, tiers] = blocks;
  const library = {
    'node_modules/flash-kernels/package.json': '{ "type": "module", "main": "index.js" }',
    'node_modules/flash-kernels/index.js': "import { appendFileSync } from 'node:fs';\nexport function compile(pattern) {\n  appendFileSync('said.log', `compiled ${pattern}\\n`);\n  return (query, key, value) => value;\n}\n",
  };
  const suite = (block: CodeBlock | undefined) => ({ ...library, [String(block?.attributes['file'])]: block?.text ?? '' });

  it('compiles in the slow run only, and loses no test', async () => {
    const original = await runSuite('vitest', suite(before), 'all');
    expect(ran(original)).toEqual(['shows the first position nothing but itself: passed']);
    expect(original.said).toBe('compiled causal\n');
    const fast = await runSuite('vitest', suite(after), 'fast');
    expect(ran(fast), fast.printed).toEqual(['shows the first position nothing but itself (stub): passed']);
    expect(fast.said).toBe('');
    const slow = await runSuite('vitest', suite(after), 'slow');
    expect(ran(slow), slow.printed).toEqual(['shows the first position nothing but itself (real @slow): passed']);
    expect(slow.said).toBe('compiled causal\n');
  }, LIMIT);

  it('runs at both tiers', async () => {
    const all = await runSuite('vitest', suite(tiers), 'all');
    expect(ran(all), all.printed).toEqual(['agrees with the formula (medium @slow): passed', 'agrees with the formula (small): passed']);
  }, LIMIT);
});

describe.each(['kernel', 'fixtures'])('%s.md @slow', (name) => {
  it.each(blocksOf(name).filter(isExample))('the code at line $line runs', async ({ text }) => {
    const source = { 'src/compile.js': 'export const compile = (source) => ({ source });\n', 'node_modules/flash/package.json': '{}' };
    const suite = `${text}\n(await import('vitest')).it('ends', () => {});\n`;
    const { outcomes, printed } = await runSuite('vitest', { ...source, 'test/page.test.ts': suite });
    expect(outcomes.filter(({ status }) => status !== 'passed'), printed).toEqual([]);
    expect(outcomes.length, printed).toBeGreaterThan(0);
  }, LIMIT);
});
