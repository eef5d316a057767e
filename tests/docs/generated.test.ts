import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { orphanedPages, stalePages } from '../../scripts/build-docs.ts';
import { readCodeBlocks, replaceBlocks, replaceRegion } from '../../scripts/docs/markdown.ts';
import { definitions, rulesTable } from '../../scripts/docs/tables.ts';

describe('generated parts', () => {
  it('are up to date', () => {
    expect(stalePages(), 'run `npm run build:docs`').toEqual([]);
  });

  it('belong to rules that exist', () => {
    expect(orphanedPages()).toEqual([]);
  });

  it('change with what they describe', () => {
    const readme = readFileSync('README.md', 'utf8');
    expect(replaceRegion(readme, 'rules', rulesTable())).toBe(readme);
    expect(replaceRegion(readme, 'rules', rulesTable().replace('Disallow', 'Allow'))).not.toBe(readme);
  });
});

describe('what pages take from rules', () => {
  it.each(definitions)('$name: description', ({ description }) => {
    expect(description).toMatch(/^(?:Disallow|Enforce|Require|Suggest|Prefer) .*\.$/);
  });

  it.each(definitions)('$name: options say what they mean', ({ options }) => {
    for (const { description } of Object.values(options)) expect(description).toMatch(/^[A-Z].*\.$/);
  });

  it.each(definitions)('$name: messages end with a full stop', ({ messages }) => {
    for (const message of Object.values(messages)) expect(message).toMatch(/\.$/);
  });
});

describe('reading a page', () => {
  const page = '# Page\n\n## Incorrect\n\n```ts {"file": "a.ts"}\nfirst();\n```\n\n## Correct\n\n```js\n# no heading\n```\n';

  it('finds blocks with their headings', () => {
    const [first, second] = readCodeBlocks(page);
    expect(first).toMatchObject({ language: 'ts', attributes: { file: 'a.ts' }, text: 'first();\n', headings: ['Page', 'Incorrect'], line: 5 });
    expect(second).toMatchObject({ language: 'js', text: '# no heading\n', headings: ['Page', 'Correct'] });
  });

  it('replaces blocks and nothing else', () => {
    const [first, second] = readCodeBlocks(page);
    if (!first || !second) throw new Error('The page has two blocks.');
    expect(replaceBlocks(page, new Map([[first, 'a();\nb();\n'], [second, '']]))).toBe(
      page.replace('first();\n', 'a();\nb();\n').replace('# no heading\n', ''),
    );
  });

  it('refuses what it cannot read', () => {
    expect(() => readCodeBlocks('```ts\n')).toThrow('The code block at line 1 is not closed.');
    expect(() => readCodeBlocks('```ts title\n```\n')).toThrow(SyntaxError);
    expect(() => replaceRegion(page, 'head', '')).toThrow('The page lacks the comments around the generated head.');
  });
});
