import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import tieredFixtures from '../../codemods/tiered-fixtures/codemod.ts';
import { createProgram } from '../../src/cli/program.ts';
import plugin from '../../src/index.ts';
import { readSettings } from '../../src/analysis/settings.ts';
import type { CodeBlock } from '../../scripts/docs/markdown.ts';
import { readCodeBlocks } from '../../scripts/docs/markdown.ts';
import { transformTester } from '../codemods/transform.ts';
import { bugs, seenByFastTests } from '../example/bugs.ts';
import { isConfig, linterOf, loadConfig } from './load-config.ts';

const readme = readFileSync('README.md', 'utf8');
const blocks = readCodeBlocks(readme);
const configs = blocks.filter(isConfig).map((block) => ({ block, heading: block.headings.at(-1) ?? '' }));

const SAMPLE = `import { expect, it } from 'vitest';
import { zeros } from '../src/tensor.js';

it('is large', () => {
  const image = zeros([512, 512, 3]);
  expect(image.shape).toHaveLength(3);
});
`;
const ids = (messages: readonly Linter.LintMessage[]) => messages.map(({ ruleId, message }) => ruleId ?? message);

describe('README.md', () => {
  it('is short', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(250);
  });

  it.each(['npm ci && npm run demo', 'npm ci && npm test', 'npm run demo -- PATH'])('says %s', (command) => {
    expect(readme).toContain(command);
  });

  it('names scripts that exist', () => {
    const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? '');
    expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(named));
  });

  it('names entries that exist', () => {
    const named = [...readme.matchAll(/`eslint-plugin-slow-tests\/(\w+)`/g)].map((match) => `./${match[1]}`);
    expect(named.length).toBeGreaterThan(0);
    expect(Object.keys(packageJson.exports)).toEqual(expect.arrayContaining(named));
  });

  it('names every setting', () => {
    let allowed = '';
    try {
      readSettings({ 'slow-tests': { nonsense: true } });
    } catch (error) {
      allowed = /one of (.*), got/.exec((error as Error).message)?.[1] ?? '';
    }
    expect(allowed).not.toBe('');
    for (const name of allowed.split(', ')) expect(readme).toMatch(new RegExp(`\`${name}\`|^ +${name}: `, 'm'));
  });
});

describe('configurations', () => {
  it('are there', () => {
    expect(configs).toHaveLength(4);
  });

  it.each(configs)('"$heading" reports a large tensor', ({ block, heading }) => {
    const config = loadConfig(block);
    for (const version of versionsOf(heading)) {
      const file = heading.startsWith('TypeScript') ? '/project/test/image.test.ts' : '/project/test/image.test.js';
      expect(ids(linterOf(version).verify(SAMPLE, config, file)), version).toEqual(['slow-tests/no-production-dims']);
      const source = file.replace('/test/image.test.', '/src/image.');
      expect(ids(linterOf(version).verify(SAMPLE, config, source)).filter((id) => id.startsWith('slow-tests/')), version).toEqual([]);
    }
  });

  it('the one for TypeScript reads types', () => {
    const block = configNamed('TypeScript');
    const typed = SAMPLE.replace('[512, 512, 3]', '[512, 512, 3] as const');
    expect(ids(linterOf('eslint').verify(typed, loadConfig(block), '/project/test/image.test.ts'))).toEqual(['slow-tests/no-production-dims']);
  });

  it('the settings reach the rules', () => {
    const config = loadConfig(configNamed('Settings'));
    const known = "import { Grid } from 'fast-grid';\nit('fills', () => { const grid = Grid.filled(800, 600); });\n";
    const unknown = known.replace('Grid.filled', 'Grid.painted');
    expect(ids(linterOf('eslint').verify(known, config, '/project/test/a.test.js'))).toEqual(['slow-tests/no-production-dims']);
    expect(ids(linterOf('eslint').verify(unknown, config, '/project/test/a.test.js'))).toEqual([]);
  });

  it('the settings survive being merged with others', () => {
    const config = loadConfig(configNamed('Settings'));
    for (const version of ['eslint', 'eslint8', 'eslint9'] as const) {
      const lint = (file: string) => ids(linterOf(version).verify(SAMPLE, [...config, ...config], `/project/test/${file}`));
      expect(lint('image.test.js'), version).toEqual(['slow-tests/no-production-dims']);
      expect(lint('image.slow.test.js'), version).toEqual([]);
    }
  });
});

function versionsOf(heading: string): readonly ('eslint' | 'eslint8' | 'eslint9')[] {
  if (heading.startsWith('ESLint 8')) return ['eslint8', 'eslint9'];
  return heading.startsWith('ESLint 9') ? ['eslint', 'eslint9'] : ['eslint', 'eslint8', 'eslint9'];
}

function configNamed(heading: string): CodeBlock {
  const found = configs.find((config) => config.heading.startsWith(heading));
  if (!found) throw new Error(`The README has no configuration under ${heading}.`);
  return found.block;
}

describe('codemods', () => {
  it('make of the first example what the page shows', () => {
    const [before, after] = blocks.filter(({ language }) => language === 'ts').map(({ text }) => text);
    if (before === undefined || after === undefined) throw new Error('The README has an example before and after.');
    const { output } = transformTester(tieredFixtures)(before);
    expect(output.slice(output.indexOf('it.each'))).toBe(after);
  });

  it('are called as the page says', async () => {
    const quiet = { write: () => true };
    const { commands } = await createProgram([], { cwd: '.', environment: {}, output: quiet, progress: quiet }, () => undefined);
    const calls = [...readme.matchAll(/^npx slow-tests (\S+)(.*)$/gm)];
    expect(calls.length).toBeGreaterThan(0);
    for (const [call, name, rest = ''] of calls) {
      const command = commands.find((known) => known.name() === name);
      const flags = [...rest.matchAll(/--[\w-]+/g)].map(([flag]) => flag);
      expect(command?.options.map(({ long }) => long), call).toEqual(expect.arrayContaining(flags));
    }
    for (const [folder] of readme.matchAll(/codemods\/[\w-]+(?= --extensions)/g)) expect(existsSync(path.join(folder, 'index.js')), folder).toBe(true);
  });

  it('leave the planted bugs to be found that the page counts', () => {
    expect(readme).toContain(`Of ${bugs.length} bugs planted in the example, its migrated fast run finds ${seenByFastTests.length}`);
  });
});

describe('oxlint', () => {
  const block = blocks.find(({ language }) => language === 'json');
  const config = JSON.parse(block?.text ?? '{}') as { jsPlugins: string[]; overrides: { rules: Record<string, string> }[] };

  it('is given every recommended rule', () => {
    expect(Object.keys(config.overrides[0]?.rules ?? {}).sort()).toEqual(Object.keys(plugin.configs.recommended.rules ?? {}).sort());
  });

  // oxlint loads JavaScript only: `npm test` builds first.
  it.skipIf(!existsSync('dist/index.mjs'))('reports a large tensor', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'readme-oxlint-'));
    try {
      const built = config.jsPlugins.map((specifier) => specifier.replace('eslint-plugin-slow-tests', path.resolve('dist/index.mjs')));
      writeFileSync(path.join(folder, '.oxlintrc.json'), JSON.stringify({ ...config, jsPlugins: built }));
      writeFileSync(path.join(folder, 'image.test.ts'), SAMPLE);
      writeFileSync(path.join(folder, 'image.ts'), SAMPLE);
      const output = execFileSync(process.execPath, [path.resolve('node_modules/oxlint/bin/oxlint'), '--format=json', '.'], { cwd: folder, encoding: 'utf8' });
      const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string; filename: string }[] };
      const own = diagnostics.filter(({ code }) => code.startsWith('slow-tests')).map(({ code, filename }) => `${filename}: ${code}`);
      expect(own).toEqual(['image.test.ts: slow-tests(no-production-dims)']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('links', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', '.changeset/README.md', ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md')).map((file) => path.join('docs', file))];

  it.each(pages)('of %s lead somewhere', (page) => {
    const text = readFileSync(page, 'utf8').replaceAll(/^(`{3,})[^]*?^\1$/gm, '');
    const broken = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map((match) => match[1] ?? '')
      .filter((link) => !/^https?:/.test(link))
      .filter((link) => {
        const [target = '', anchor] = link.split('#');
        const file = path.join(path.dirname(page), target);
        return !existsSync(target === '' ? page : file) || (anchor !== undefined && !anchorsOf(target === '' ? page : file).includes(anchor));
      });
    expect(broken).toEqual([]);
  });
});

function anchorsOf(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm)].map((match) =>
    (match[1] ?? '').toLowerCase().replaceAll(/[^\w\- ]/g, '').replaceAll(' ', '-'),
  );
}
