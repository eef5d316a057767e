/** Runs an `eslint.config.js` written on a page, with the plugin's source in the place of the installed package. */
import { compileFunction } from 'node:vm';
import { createRequire } from 'node:module';
import parser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import { defineConfig } from 'eslint/config';
import plugin from '../../src/index.ts';
import type { CodeBlock } from '../../scripts/docs/markdown.ts';

const modules: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'eslint-plugin-slow-tests': { default: plugin },
  'eslint/config': { defineConfig },
  '@typescript-eslint/parser': { default: parser },
};

export function isConfig({ language, text }: CodeBlock): boolean {
  return language === 'js' && text.startsWith('// eslint.config.js\n');
}

/** Throws for a module that no reader of the page was told to install. */
export function loadConfig({ text }: CodeBlock): Linter.Config[] {
  const body = text
    .replace(/^import (\w+) from '(.+)';$/gm, "const $1 = load('$2').default;")
    .replace(/^import (\{.+\}) from '(.+)';$/gm, "const $1 = load('$2');")
    .replace(/^export default /m, 'return ')
    .replace(/^module\.exports = /m, 'return ')
    .replaceAll(/\brequire\('(.+?)'\)/g, "load('$1').default");
  const load = (specifier: string) => {
    const found = modules[specifier];
    if (!found) throw new Error(`loadConfig: nothing is known of the module ${specifier}.`);
    return found;
  };
  const run = compileFunction(body, ['load']) as (load: (specifier: string) => unknown) => Linter.Config[];
  return run(load);
}

const require = createRequire(import.meta.url);

/** The Linter of an ESLint version that package.json installs under this name. */
export function linterOf(version: 'eslint' | 'eslint8' | 'eslint9'): Linter {
  const { Linter: Constructor } = require(version) as { Linter: typeof Linter };
  return new Constructor({ configType: 'flat', cwd: '/project' });
}
