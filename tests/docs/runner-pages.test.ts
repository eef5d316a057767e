// The pages of the runners: their examples are rewritten and run by the real runner, and what they say of `init` is what it writes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { afterCodemods, runnerPage } from '../../scripts/docs/runner-pages.ts';
import { readCodeBlocks } from '../../scripts/docs/markdown.ts';
import { lintExample } from '../../scripts/docs/examples.ts';
import { allRunners } from '../../src/knowledge/runners/all.ts';
import { folderWith, read } from '../cli/probe.ts';
import { call } from '../cli/call.ts';
import { runSuite } from '../codemods/run-suite.ts';
import type { RunnerName } from '../runners/all.ts';
import { RUNNERS } from '../runners/all.ts';

const LIBRARY = 'const randn = (shape) => ({ shape });\nconst attention = ({ shape }, mode) => ({ shape, mode });\n';
const TIERS = {
  fast: ['keeps the shape (small)', 'masks with causal'],
  slow: ['keeps the shape (full @slow)', 'masks with dilated @slow', 'masks with sliding_window @slow'],
} as const;

it('every runner has its page, and no other has one', () => {
  expect(readdirSync('docs/runners').map((file) => `docs/runners/${file}`).sort()).toEqual(allRunners.map(runnerPage).sort());
});

describe.each(allRunners.map((runner) => ({ runner, name: runner.name as RunnerName, page: runnerPage(runner) })))('$page', ({ runner, name, page }) => {
  const blocks = readCodeBlocks(existsSync(page) ? readFileSync(page, 'utf8') : '');
  const [before, after] = blocks.filter(({ attributes }) => attributes['file'] !== undefined);

  it('shows what the rules report, and what the codemods make of it', () => {
    if (!before || !after) throw new Error('The page has an example before and after.');
    const rules = (block: typeof before) => [...new Set(lintExample(block).map(({ ruleId, message }) => ruleId ?? message))].sort();
    expect(rules(before)).toEqual(['slow-tests/no-exhaustive-patterns', 'slow-tests/no-production-dims']);
    expect(after.text).toBe(afterCodemods(before, { runner: name }));
    expect(rules(after)).toEqual([]);
    expect(afterCodemods(after, { runner: name })).toBe(after.text);
  });

  const isRun = Object.hasOwn(RUNNERS, name);

  it('says so when nothing here runs it', () => {
    expect(readFileSync(page, 'utf8').includes('No test of this project runs it.')).toBe(!isRun);
  });

  it.skipIf(!isRun).each(['fast', 'slow'] as const)('its %s run holds what it should @slow', async (tier) => {
    const path = String(after?.attributes['file']);
    const isModule = after?.text.includes('require(') === false;
    const files = {
      'package.json': JSON.stringify({ private: true, type: isModule ? 'module' : 'commonjs' }),
      'src/attention.js': isModule ? LIBRARY.replaceAll(/^const/gm, 'export const') : `${LIBRARY}module.exports = { randn, attention };\n`,
      [path]: after?.text ?? '',
    };
    const { outcomes, printed } = await runSuite(name, files, tier);
    const ran = outcomes.filter(({ status }) => status !== 'skipped');
    expect(ran.filter(({ status }) => status === 'failed'), printed).toEqual([]);
    // Nothing leaves out the fast tests of a file of tape.
    const wanted = name === 'tape' && tier === 'slow' ? [...TIERS.fast, ...TIERS.slow] : TIERS[tier];
    expect(ran.map(({ title }) => title.replace(/^.* > /, '')).sort(), printed).toEqual([...wanted].sort());
  }, 240_000);

  it.skipIf(!isRun)('init writes the scripts that it shows @slow', async () => {
    const shown = JSON.parse(blocks.find(({ language }) => language === 'json')?.text ?? '{}') as { readonly scripts: Readonly<Record<string, string>> };
    const folder = folderWith({ 'package.json': JSON.stringify({ scripts: { test: shown.scripts['test'] }, devDependencies: runner.packages[0] === undefined ? {} : { [runner.packages[0]]: '*' } }) });
    const { exitCode, printed } = await call(folder, ['init', '--yes']);
    expect(exitCode ?? 0, printed).toBe(0);
    expect((JSON.parse(read(folder, 'package.json')) as typeof shown).scripts).toEqual(shown.scripts);
  });
});
