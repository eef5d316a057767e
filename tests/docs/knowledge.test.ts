import { readFileSync } from 'node:fs';
import type { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../src/analysis/settings.ts';
import type { CostRow } from '../../src/knowledge/cost-row.ts';
import { isExample, printReports, verdictOf } from '../../scripts/docs/examples.ts';
import { readCodeBlocks } from '../../scripts/docs/markdown.ts';
import { isConfig, linterOf, loadConfig } from './load-config.ts';

const page = readFileSync('docs/knowledge.md', 'utf8');
const blocks = readCodeBlocks(page);

/** Each example with the configuration above it. */
const examples: { readonly line: number; readonly text: string; readonly isIncorrect: boolean; readonly config: Linter.Config[] }[] = [];
let config: Linter.Config[] | undefined;
for (const block of blocks.filter(isExample)) {
  if (isConfig(block)) config = loadConfig(block);
  else if (config) examples.push({ line: block.line, text: block.text, isIncorrect: verdictOf(block) === 'incorrect', config });
}

function lint(text: string, configs: readonly Linter.Config[]): Linter.LintMessage[] {
  return linterOf('eslint').verify(text, [...configs], '/project/test/example.test.js');
}

describe('docs/knowledge.md', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(3);
  });

  it.each(examples)('the example at line $line does what the page says', ({ text, isIncorrect, config: own }) => {
    const messages = lint(text, own);
    expect(messages.length > 0, printReports(messages)).toBe(isIncorrect);
    expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  });

  it.each(examples.filter(({ isIncorrect }) => isIncorrect))('without its row, the example at line $line is not reported', ({ text, config: own }) => {
    expect(lint(text, own.map(({ settings: _, ...rest }) => rest))).toEqual([]);
  });

  it('shows a look-alike that is reported without its row', () => {
    const [last] = examples.slice(-1);
    if (!last) throw new Error('There are examples.');
    expect(lint(last.text, last.config.map(({ settings: _, ...rest }) => rest))).not.toEqual([]);
  });

  it('names every field, kind and role that settings accept', () => {
    const words = [...namesIn({ nonsense: 1 }), ...namesIn({ kind: 'nonsense' }), ...namesIn({ arguments: { nonsense: 0 } })];
    expect(words.length).toBeGreaterThan(25);
    for (const word of words) expect(page).toContain(`\`${word}\``);
  });
});

/** What the error message for a bad row says to be allowed. */
function namesIn(change: Readonly<Record<string, unknown>>): string[] {
  const row = { export: 'zeros', kind: 'tensor' satisfies CostRow['kind'], ...change };
  try {
    readSettings({ 'slow-tests': { costs: [row] } });
  } catch (error) {
    return /one of (.*), got/.exec((error as Error).message)?.[1]?.split(', ') ?? [];
  }
  return [];
}
