// What `slow-tests init` writes into a project, and that it asks first.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
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
  await runInit({ yes: true, marker: 'title', transforms: false, ask: undefined, ...given }, { cwd: folder, environment: {}, output, progress: output });
  return printed;
}

const packageWith = (scripts: Readonly<Record<string, string>>, dependencies: Readonly<Record<string, string>> = {}): string =>
  `${JSON.stringify({ name: 'x', scripts, devDependencies: dependencies }, undefined, 2)}\n`;
const scriptsOf = (folder: string): Readonly<Record<string, string>> => (JSON.parse(read(folder, 'package.json')) as { readonly scripts: Readonly<Record<string, string>> }).scripts;

describe('scripts', () => {
  it.each([
    ['vitest', 'vitest run -t "^(?!.*@slow)"', 'vitest run -t "^(?!.*@stress).*@slow"'],
    ['vitest run --coverage', 'vitest run -t "^(?!.*@slow)" --coverage', 'vitest run -t "^(?!.*@stress).*@slow" --coverage'],
    ['cross-env CI=1 mocha test/*.js', 'cross-env CI=1 mocha --grep @slow --invert test/*.js', 'cross-env CI=1 mocha --grep "^(?!.*@stress).*@slow" test/*.js'],
    ['jest --ci', 'jest -t "^(?!.*@slow)" --ci', 'jest -t "^(?!.*@stress).*@slow" --ci'],
    ['node --import tsx --test test/', 'node --import tsx --test --test-skip-pattern=/@slow/ test/', 'node --import tsx --test --test-name-pattern=/@slow/ --test-skip-pattern=/@stress/ test/'],
    ['ava --verbose', 'ava --match "!*@slow*" --verbose', 'ava --match "*@slow*" --match "!*@stress*" --verbose'],
    ['bun test', 'bun test -t "^(?!.*@slow)"', 'bun test -t "^(?!.*@stress).*@slow"'],
    ['playwright test --workers=1', 'playwright test --grep-invert @slow --workers=1', 'playwright test --grep @slow --grep-invert @stress --workers=1'],
    ['eslint . && vitest run', 'vitest run -t "^(?!.*@slow)"', 'vitest run -t "^(?!.*@stress).*@slow"'],
  ])('of %s', async (test, fast, slow) => {
    const folder = folderWith({ 'package.json': packageWith({ test }, { vitest: '4', mocha: '12', jest: '30', ava: '6' }) });
    await init(folder);
    expect(scriptsOf(folder)).toEqual({ test, 'test:fast': fast, 'test:slow': slow });
  });

  it('are those of the runner that is installed, when there is no test script', async () => {
    const folder = folderWith({ 'package.json': packageWith({}, { mocha: '12' }) });
    await init(folder);
    expect(scriptsOf(folder)).toEqual({ 'test:fast': 'mocha --grep @slow --invert', 'test:slow': 'mocha --grep "^(?!.*@stress).*@slow"' });
  });

  it('that are there stay', async () => {
    const folder = folderWith({ 'package.json': packageWith({ 'test:fast': 'mine' }, { mocha: '12' }) });
    await init(folder);
    expect(scriptsOf(folder)).toEqual({ 'test:fast': 'mine', 'test:slow': 'mocha --grep "^(?!.*@stress).*@slow"' });
  });

  it.each([['tape', /tape cannot leave tests out by title/], ['nothing', /No known test runner/]])('%s: a note', async (name, note) => {
    const folder = folderWith({ 'package.json': packageWith({}, { [name]: '1' }) });
    expect(await init(folder)).toMatch(note);
    expect(scriptsOf(folder)).toEqual({});
  });

  it('leave the rest of package.json as it is', async () => {
    const before = '{\r\n\t"name": "x",\r\n\t"scripts": {\r\n\t\t"test": "mocha"\r\n\t},\r\n\t"files": []\r\n}';
    const folder = folderWith({ 'package.json': before });
    await init(folder);
    const added = ',\r\n\t\t"test:fast": "mocha --grep @slow --invert",\r\n\t\t"test:slow": "mocha --grep \\"^(?!.*@stress).*@slow\\""';
    expect(read(folder, 'package.json')).toBe(before.replace('"test": "mocha"', `"test": "mocha"${added}`));
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
    expect(printed).toContain('+    "test:fast": "mocha --grep @slow --invert"');
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
