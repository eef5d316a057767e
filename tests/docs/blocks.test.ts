// Every code block of every page: code is linted, commands are looked up, JSON and YAML are read. What is only shown says why.
import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readSettings } from '../../src/analysis/settings.ts';
import { isExample, lintExample } from '../../scripts/docs/examples.ts';
import type { CodeBlock } from '../../scripts/docs/markdown.ts';
import { readCodeBlocks } from '../../scripts/docs/markdown.ts';
import { isConfig, loadConfig } from './load-config.ts';
import { complaintsOf } from './shown-commands.ts';

const PAGES = globSync(['*.md', '.changeset/*.md', 'docs/**/*.md', 'examples/*/README.md'], { dot: true, ignore: ['**/node_modules/**'] }).sort();

/** Blocks that nothing can be done with, and why. */
const ONLY_SHOWN: Readonly<Record<string, string>> = {
  'docs/ARCHITECTURE.md text': 'a drawing of the way of a file',
  'examples/attention-suite/README.md ': 'the demonstration itself prints what stands there; its figures are of one machine',
};

interface Shown {
  readonly page: string;
  readonly block: CodeBlock;
  readonly previous: CodeBlock | undefined;
}

const shown: readonly Shown[] = PAGES.flatMap((page) => readCodeBlocks(readFileSync(page, 'utf8')).map((block, index, all) => ({ page, block, previous: all[index - 1] })));

async function complaints({ page, block, previous }: Shown): Promise<readonly string[]> {
  const { language, text } = block;
  // What the walk-throughs put into a file in the place of something is no program of its own.
  if (block.attributes['before'] !== undefined || block.attributes['replace'] !== undefined) return [];
  if (isExample(block)) {
    if (isConfig(block)) loadConfig(block);
    return lintExample(block).filter(({ fatal }) => fatal).map(({ line, message }) => `${line}: ${message}`);
  }
  if (language === 'sh') return complaintsOf(text);
  if (language === 'json') return ofJson(JSON.parse(text));
  if (language === 'yaml') return complaintsOf(commandsIn(parse(text)).join('\n'));
  // Pages inside a page: their examples are linted when the walk-through is done.
  if (language === 'md') return readCodeBlocks(text).length > 0 ? [] : ['There is nothing in it.'];
  // Reports below an example are written by the rules.
  if (language === 'text' && previous && isExample(previous)) return [];
  const key = `${page} ${language}`;
  return key in ONLY_SHOWN ? [] : ['Nobody knows what to do with it.'];
}

/** Settings are read, and scripts are commands. */
async function ofJson(value: unknown): Promise<readonly string[]> {
  const { scripts = {}, ...rest } = value as { readonly scripts?: Readonly<Record<string, string>>; readonly 'slow-tests'?: unknown };
  if (rest['slow-tests'] !== undefined) readSettings(rest);
  return complaintsOf(Object.values(scripts).join('\n'));
}

/** Of steps of a workflow, wherever they stand. */
function commandsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => (name === 'run' && typeof item === 'string' ? [item] : commandsIn(item)));
}

describe.each(PAGES)('%s', (page) => {
  const own = shown.filter((item) => item.page === page);

  it.skipIf(own.length === 0)('holds nothing that is not there', async () => {
    for (const item of own) expect(await complaints(item), `line ${item.block.line}`).toEqual([]);
  });
});

it('nothing is said to be only shown that is gone', () => {
  expect(Object.keys(ONLY_SHOWN).filter((key) => !shown.some(({ page, block }) => `${page} ${block.language}` === key))).toEqual([]);
});

describe('commands', () => {
  it.each([
    ['npx slow-tests migrat', 'slow-tests migrat: there is no such command'],
    ['npx slow-tests run fast --prnt', 'slow-tests run: there is no --prnt'],
    ['npm run nothing', 'npm run nothing: there is no such script'],
    ['npx slow-tests profile -- npx jst', 'jst: nobody knows this command'],
    ['echo "$(npx slow-tests shar --of 4)" >> "$OUT"', 'slow-tests shar: there is no such command'],
    ['npx jscodeshift -t node_modules/eslint-plugin-slow-tests/codemods/split test', 'jscodeshift -t node_modules/eslint-plugin-slow-tests/codemods/split test: there is no such transform'],
  ])('%s', async (line, complaint) => {
    expect(await complaintsOf(line)).toEqual([complaint]);
  });
});
