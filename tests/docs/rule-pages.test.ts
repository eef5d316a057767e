import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isAfter, isExample, lintExample, printReports, rewriteExample, shortName, verdictOf } from '../../scripts/docs/examples.ts';
import type { CodeBlock } from '../../scripts/docs/markdown.ts';
import { readCodeBlocks } from '../../scripts/docs/markdown.ts';
import { definitions } from '../../scripts/docs/tables.ts';

describe.each(definitions)('docs/rules/$name.md', ({ name, options, fixable, hasSuggestions }) => {
  const page = readFileSync(`docs/rules/${name}.md`, 'utf8');
  const blocks = readCodeBlocks(page);
  const examples = blocks.filter(isExample).map((block) => ({ ...block, heading: block.headings.at(-1) ?? '' }));

  it.each(examples)('line $line, under "$heading", does what the page says', (block) => {
    const messages = lintExample(block);
    const rules = new Set(messages.map(({ ruleId }) => shortName(ruleId)));
    const verdict = isAfter(block) ? 'correct' : isBefore(block) ? 'incorrect' : verdictOf(block);
    expect(verdict, 'an example stands under a heading with a verdict').toBeDefined();
    const also = block.attributes['also'];
    const expected = verdict === 'incorrect' ? new Set([name, ...(Array.isArray(also) ? also : [])]) : new Set();
    expect(rules, printReports(messages)).toEqual(expected);
  });

  it('shows both verdicts and every option', () => {
    const verdicts = examples.map(verdictOf);
    expect(verdicts).toContain('incorrect');
    expect(verdicts).toContain('correct');
    const shown = examples.map(({ text }) => text).filter((text) => text.startsWith('/* eslint '));
    for (const option of Object.keys(options)) expect(shown.join('')).toContain(`"${option}"`);
  });

  it('has option examples that hang on the option', () => {
    for (const block of examples) {
      if (!block.text.startsWith('/* eslint ')) continue;
      const withDefaults = { ...block, text: block.text.replace(/^.*\n/, '\n') };
      const isReported = lintExample(withDefaults, [name]).length > 0;
      // An example that spells a default out stands beside one that changes it.
      if (spellsDefaults(block.text, options)) expect(isReported).toBe(verdictOf(block) === 'incorrect');
      else expect(isReported, `line ${block.line}`).toBe(verdictOf(block) === 'correct');
    }
  });

  it('shows what fixes and suggestions do', () => {
    for (const before of examples.filter(isBefore)) {
      const after = examples[examples.indexOf(before) + 1];
      if (!after || !isAfter(after)) throw new Error(`Nothing stands after the example at line ${before.line}.`);
      expect(after.text).toBe(rewriteExample(before, after, [name]));
      expect(after.text).not.toBe(before.text);
    }
    const shown = new Set(examples.filter(isAfter).map(({ headings }) => headings.at(-2)));
    expect([...shown].sort()).toEqual([...(fixable ? ['Fix'] : []), ...(hasSuggestions ? ['Suggestions'] : [])]);
  });

  it('promises no fix and no suggestion that never comes', () => {
    const messages = examples.flatMap((block) => lintExample(block, [name]));
    expect(messages.some(({ fix }) => fix !== undefined)).toBe(fixable);
    expect(messages.some(({ suggestions }) => suggestions !== undefined && suggestions.length > 0)).toBe(hasSuggestions);
  });

  it('has the sections that readers expect, in their order', () => {
    const sections = [...page.matchAll(/^## (.*)$/gm)].map((match) => match[1]);
    const rewrites = [...(fixable ? ['Fix'] : []), ...(hasSuggestions ? ['Suggestions'] : [])];
    expect(sections).toEqual(['Why', 'Incorrect', 'Correct', ...rewrites, 'Options', 'Never reported', 'When not to use it']);
  });
});

function isBefore({ headings }: CodeBlock): boolean {
  return headings.at(-1)?.startsWith('Before') ?? false;
}

function spellsDefaults(text: string, options: Readonly<Record<string, { readonly default: unknown }>>): boolean {
  const given: unknown = JSON.parse(/\["error", (\{.*\})\]/.exec(text)?.[1] ?? '{}');
  return Object.entries(given as Record<string, unknown>).every(([name, value]) => options[name]?.default === value);
}
