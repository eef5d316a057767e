// What `slow-tests init` writes into a project, and that it asks first.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InitRun } from '../../src/cli/init/run-init.ts';
import { runInit } from '../../src/cli/init/run-init.ts';
import { folderWith, read } from './probe.ts';

async function init(folder: string, given: Partial<InitRun> = {}): Promise<string> {
  let printed = '';
  const output = {
    write(text: string) {
      printed += text;
    },
  };
  await runInit({ yes: true, marker: undefined, transforms: false, ask: undefined, ...given }, { cwd: folder, environment: {}, output, progress: output });
  return printed;
}

const packageWith = (scripts: Readonly<Record<string, string>>, dependencies: Readonly<Record<string, string>> = {}): string =>
  `${JSON.stringify({ name: 'x', scripts, devDependencies: dependencies }, undefined, 2)}\n`;
const scriptsOf = (folder: string): Readonly<Record<string, string>> => (JSON.parse(read(folder, 'package.json')) as { readonly scripts: Readonly<Record<string, string>> }).scripts;

describe('scripts', () => {
  const OURS = { 'test:fast': 'slow-tests run fast', 'test:slow': 'slow-tests run slow' };

  it.each(['vitest', 'cross-env CI=1 mocha test/*.js', 'node --import tsx --test test/', 'bun test', 'tape test/*.js', 'eslint . && playwright test'])('run the tiers of %s', async (test) => {
    const folder = folderWith({ 'package.json': packageWith({ test }) });
    await init(folder);
    expect(scriptsOf(folder)).toEqual({ test, ...OURS });
  });

  it('run the runner that is installed, when there is no test script', async () => {
    const folder = folderWith({ 'package.json': packageWith({}, { mocha: '12' }) });
    await init(folder);
    expect(scriptsOf(folder)).toEqual(OURS);
  });

  it('that are there stay, and that is said', async () => {
    const folder = folderWith({ 'package.json': packageWith({ 'test:fast': 'mine' }, { mocha: '12' }) });
    await init(folder);
    expect(scriptsOf(folder)).toEqual({ ...OURS, 'test:fast': 'mine' });
    expect(await init(folder)).toContain('test:fast is there already and stays; with this plugin it would be "slow-tests run fast".');
  });

  it('are not made up where no runner is known', async () => {
    const folder = folderWith({ 'package.json': packageWith({ test: 'make' }) });
    expect(await init(folder)).toContain('No known test runner');
    expect(scriptsOf(folder)).toEqual({ test: 'make' });
  });

  it('leave the rest of package.json as it is', async () => {
    const before = '{\r\n\t"name": "x",\r\n\t"scripts": {\r\n\t\t"test": "mocha"\r\n\t},\r\n\t"files": []\r\n}';
    const folder = folderWith({ 'package.json': before });
    await init(folder);
    const added = ',\r\n\t\t"test:fast": "slow-tests run fast",\r\n\t\t"test:slow": "slow-tests run slow"';
    expect(read(folder, 'package.json')).toBe(before.replace('"test": "mocha"', `"test": "mocha"${added}`));
  });
});

describe.skipIf(process.platform === 'win32')('a file', () => {
  it('is written wholly or not at all, where the system takes a part of it and reports no error', () => {
    const text = packageWith({ test: 'vitest run' }, { ['x'.repeat(4000)]: '1' });
    const folder = folderWith({ 'package.json': text });
    const cli = resolve(import.meta.dirname, '../../dist/cli.cjs');
    const { status, stderr } = spawnSync('bash', ['-c', 'ulimit -f 4; exec "$@"', 'bash', process.execPath, cli, 'init', '--yes'], { cwd: folder, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('package.json: no file may become so large. It is as it was.');
    expect(read(folder, 'package.json')).toBe(text);
  });
});

describe("ESLint's configuration", () => {
  const MOCHA = packageWith({}, { mocha: '12' });

  it.each([
    ['an array', "import js from '@eslint/js';\n\nexport default [js.configs.recommended];\n"],
    ['defineConfig with items', "import { defineConfig } from 'eslint/config';\n\nexport default defineConfig({ rules: {} });\n"],
    ['defineConfig with an array', "import { defineConfig } from 'eslint/config';\n\nexport default defineConfig([{ rules: {} }]);\n"],
  ])('gains the entry: %s', async (_name, text) => {
    const folder = folderWith({ 'package.json': MOCHA, 'eslint.config.js': text });
    await init(folder);
    const after = read(folder, 'eslint.config.js');
    expect(after).toMatch(/import slowTests from ['"]eslint-plugin-slow-tests['"]/);
    expect(after).toMatch(/(?:recommended|\{ rules: \{\} \}|\}),\s*slowTests\.configs\.recommended\s*\]?\)?;/);
    expect(await init(folder)).toContain('eslint.config.js has it already.');
    expect(read(folder, 'eslint.config.js')).toBe(after);
  });

  it.each([
    ['a function of somebody', "import antfu from '@antfu/eslint-config';\nexport default antfu();\n"],
    ['a variable', 'const config = [];\nexport default config;\n'],
    ['CommonJS', 'module.exports = [];\n'],
    ['broken', 'export default ['],
  ])('stays, with a note: %s', async (_name, text) => {
    const folder = folderWith({ 'package.json': MOCHA, 'eslint.config.js': text });
    expect(await init(folder)).toMatch(/eslint\.config\.js is in no form that can be edited safely\. .*slowTests\.configs\.recommended/);
    expect(read(folder, 'eslint.config.js')).toBe(text);
  });

  it('is not made up', async () => {
    const folder = folderWith({ 'package.json': MOCHA });
    expect(await init(folder)).toContain('There is no eslint.config.js here');
    expect(existsSync(join(folder, 'eslint.config.js'))).toBe(false);
  });
});

describe('tags', () => {
  const VITEST = packageWith({}, { vitest: '4' });

  it.each([
    ['defineConfig', "import { defineConfig } from 'vitest/config';\n\nexport default defineConfig({\n  test: { globals: true },\n});\n"],
    ['an object without tests', 'export default { plugins: [] };\n'],
    ['other tags', "export default { test: { tags: [{ name: 'db' }] } };\n"],
  ])('are declared in %s', async (_name, text) => {
    const folder = folderWith({ 'package.json': VITEST, 'vitest.config.ts': text });
    await init(folder, { marker: 'tags' });
    const after = read(folder, 'vitest.config.ts');
    expect(after).toMatch(/tags: \[[^]*\{\s*name: ['"]slow['"],\s*timeout: 30000,?\s*\}/);
    await init(folder, { marker: 'tags' });
    expect(read(folder, 'vitest.config.ts')).toBe(after);
  });

  it('are left to a person in a configuration that is a function', async () => {
    const text = 'export default () => ({ test: {} });\n';
    const folder = folderWith({ 'package.json': VITEST, 'vitest.config.ts': text });
    expect(await init(folder, { marker: 'tags' })).toMatch(/vitest\.config\.ts is in no form that can be edited safely\. .*name: 'slow'/);
    expect(read(folder, 'vitest.config.ts')).toBe(text);
  });
});

describe('Vitest', () => {
  const files = (version: string) => ({
    'package.json': packageWith({ test: 'vitest run' }, { vitest: version }),
    'node_modules/vitest/package.json': JSON.stringify({ version }),
    'vitest.config.ts': 'export default { test: {} };\n',
  });

  it('gains the tag where the installed version knows tags', async () => {
    const folder = folderWith(files('4.1.12'));
    await init(folder);
    expect(read(folder, 'vitest.config.ts')).toMatch(/name: ['"]slow['"]/);
  });

  it.each([['4.0.18', undefined], ['5.1.1', 'title']] as const)('%s stays as it is with the marker %s', async (version, marker) => {
    const folder = folderWith(files(version));
    await init(folder, { marker });
    expect(read(folder, 'vitest.config.ts')).toBe(files(version)['vitest.config.ts']);
  });
});

describe('.gitignore', () => {
  const MOCHA = packageWith({}, { mocha: '12' });

  it.each([
    ['is extended', 'dist', 'dist\n.slow-tests/*\n!.slow-tests/baseline.json\n'],
    ['keeps its line breaks', 'dist\r\n', 'dist\r\n.slow-tests/*\r\n!.slow-tests/baseline.json\r\n'],
    ['knows it by another spelling', '/.slow-tests/\n', '/.slow-tests/\n'],
  ])('%s', async (_what, before, after) => {
    const folder = folderWith({ 'package.json': MOCHA, '.gitignore': before });
    await init(folder);
    expect(read(folder, '.gitignore')).toBe(after);
  });

  it('is written in a repository, and nowhere else', async () => {
    const repository = folderWith({ 'package.json': MOCHA, '.git/HEAD': '' });
    await init(repository);
    expect(read(repository, '.gitignore')).toBe('.slow-tests/*\n!.slow-tests/baseline.json\n');
    const folder = folderWith({ 'package.json': MOCHA });
    await init(folder);
    expect(existsSync(join(folder, '.gitignore'))).toBe(false);
  });
});

it('a second run changes nothing', async () => {
  const folder = folderWith({
    'package.json': packageWith({ test: 'vitest' }, { vitest: '5' }),
    'node_modules/vitest/package.json': '{ "version": "5.1.1" }',
    'eslint.config.js': 'export default [];\n',
    'vitest.config.ts': "import { defineConfig } from 'vitest/config';\n\nexport default defineConfig({});\n",
    '.gitignore': 'dist\n',
  });
  const names = ['package.json', 'eslint.config.js', 'vitest.config.ts', '.gitignore'];
  expect((await init(folder)).match(/^written/gm)).toHaveLength(names.length);
  const texts = names.map((name) => read(folder, name));
  expect(await init(folder)).not.toContain('written');
  expect(names.map((name) => read(folder, name))).toEqual(texts);
});

describe('transforms', () => {
  it.each([['commonjs', "module.exports = require('eslint-plugin-slow-tests/codemods/split-slow');\n"], ['module', "export { default } from 'eslint-plugin-slow-tests/codemods/split-slow';\n"]])('of a project of type %s', async (type, text) => {
    const folder = folderWith({ 'package.json': `{ "type": "${type}" }\n` });
    await init(folder, { transforms: true });
    expect(read(folder, 'split-slow/index.js')).toBe(text);
    expect(await init(folder, { transforms: true })).toContain('split-slow/ is there already.');
  });
});

describe('a person', () => {
  const PROJECT = { 'package.json': packageWith({}, { mocha: '12' }), 'eslint.config.js': 'export default [];\n' };

  it('is shown each change, and what is refused stays', async () => {
    const folder = folderWith(PROJECT);
    const questions: string[] = [];
    const printed = await init(folder, {
      yes: false,
      ask: async (question) => {
        questions.push(question);
        return question.includes('eslint');
      },
    });
    expect(questions).toEqual(['Change package.json?', 'Change eslint.config.js?']);
    expect(printed).toContain('+    "test:fast": "slow-tests run fast"');
    expect(read(folder, 'package.json')).toBe(PROJECT['package.json']);
    expect(read(folder, 'eslint.config.js')).toContain('slowTests');
  });

  it('who cannot be asked finds nothing written', async () => {
    const folder = folderWith(PROJECT);
    await expect(init(folder, { yes: false })).rejects.toThrow('--yes writes what is shown');
    expect(read(folder, 'package.json')).toBe(PROJECT['package.json']);
  });

  it('without package.json is told', async () => {
    await expect(init(folderWith({}))).rejects.toThrow('package.json cannot be read');
  });
});
