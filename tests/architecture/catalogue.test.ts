import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { allCodemods } from '../../codemods/all.ts';
import plugin from '../../src/index.ts';
import type { SlowTestsRule } from '../../src/host/define-rule.ts';
import type { Runner } from '../../src/knowledge/runner.ts';
import { allRunners } from '../../src/knowledge/runners/all.ts';

const namesIn = (folder: string) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.basename(file, '.ts'));

describe('rules', () => {
  const files = namesIn('rules');

  it('are all in the plugin, under the name of their file', () => {
    expect(Object.keys(plugin.rules).sort()).toEqual(files.sort());
    for (const [name, rule] of Object.entries(plugin.rules)) expect((rule as SlowTestsRule).definition.name).toBe(name);
  });

  it.each(files)('%s has a page and a test', (name) => {
    expect(existsSync(`docs/rules/${name}.md`), 'page').toBe(true);
    expect(existsSync(`tests/rules/${name}.test.ts`), 'test').toBe(true);
  });

  it.each(files)('%s: its documentation url leads to its page', (name) => {
    expect(plugin.rules[name]?.meta?.docs?.url).toMatch(new RegExp(`/docs/rules/${name}\\.md$`));
  });
});

describe('codemods', () => {
  const folders = readdirSync('codemods', { withFileTypes: true }).filter((item) => item.isDirectory()).map(({ name }) => name);

  it('are all in the list, under the name of their folder', () => {
    expect(allCodemods.map(({ name }) => name).sort()).toEqual(folders.sort());
  });

  it.each(folders)('%s has a test, and a transform for jscodeshift', (name) => {
    expect(existsSync(`tests/codemods/${name}.test.ts`), 'test').toBe(true);
    expect(readFileSync(`codemods/${name}/index.js`, 'utf8')).toContain(`transformOf('${name}')`);
  });
});

describe('runners', () => {
  it.each(namesIn('src/knowledge/runners').filter((name) => name !== 'all'))('%s is in the list', async (name) => {
    const exported = Object.values((await import(`../../src/knowledge/runners/${name}.ts`)) as Record<string, Runner>);
    expect(exported).toHaveLength(1);
    expect(allRunners).toContain(exported[0]);
  });

  it('have names of their own', () => {
    expect(new Set(allRunners.map(({ name }) => name)).size).toBe(allRunners.length);
  });

  it('list their fields in one order', () => {
    const [first, ...others] = allRunners.map((runner) => Object.keys(runner));
    for (const keys of others) expect(keys).toEqual(first);
  });

  it('select every tier in their latest version, or none', () => {
    for (const { name, command } of allRunners) {
      const [first, ...others] = command.selections;
      for (const { fast, slow, stress } of first ? [first] : []) expect([fast, slow, stress], name).not.toContain(undefined);
      expect(others.every(({ fast, slow, stress }) => fast ?? slow ?? stress), name).toBe(true);
    }
  });
});

describe('docs/ARCHITECTURE.md', () => {
  const page = readFileSync('docs/ARCHITECTURE.md', 'utf8');

  it.each(['analysis', 'rewrites', 'cli/migrate', 'cli/mutants'])('has a line for each module of src/%s, and for no other', (folder) => {
    const section = new RegExp(`^#+ .*src/${folder}.*\\n([^]*?)(?=^#)`, 'm').exec(page)?.[1] ?? '';
    const described = [...section.matchAll(/^\| `([\w-]+)\.ts` \|/gm)].map((match) => match[1] ?? '');
    expect(described.sort()).toEqual(namesIn(`src/${folder}`).sort());
  });

  it('names paths that exist', () => {
    const paths = [...page.matchAll(/`((?:src|rules|tests|scripts|docs)\/[\w./-]*\w)`/g)].map((match) => match[1] ?? '');
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter((file) => !existsSync(file))).toEqual([]);
  });
});
