/** What the codemods are measured against, each as a function of one text. Installed on first use, so that nobody else pays for it. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';

export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Throws where the tool cannot read the text. */
export type Work = (source: Source) => unknown;

interface BabelParser {
  parse(text: string, options: object): unknown;
}
interface Path {
  readonly node: { arguments: { type: string; value?: unknown }[] };
}
interface Collection {
  find(type: unknown, filter: object): Collection;
  forEach(callback: (path: Path) => void): Collection;
  toSource(): string;
}
type Jscodeshift = ((text: string) => Collection) & { readonly CallExpression: unknown; stringLiteral(value: string): { type: string } };

const FOLDER = import.meta.dirname;
const require = createRequire(join(FOLDER, 'package.json'));

export function loadPeers(): Readonly<Record<string, Work>> {
  if (!existsSync(join(FOLDER, 'node_modules/jscodeshift'))) {
    console.log('Installing jscodeshift and @babel/parser into bench/codemod …\n');
    execFileSync('npm', ['install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund'], { cwd: FOLDER, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
  }
  const babel = require('@babel/parser') as BabelParser;
  const j = (require('jscodeshift') as { withParser(name: string): Jscodeshift }).withParser('tsx');
  return {
    'jscodeshift: find, edit, print': ({ text }) => {
      // The least that a transform does: the titles of tests change.
      const found = j(text).find(j.CallExpression, { callee: { type: 'Identifier', name: 'it' } });
      found.forEach(({ node }) => {
        const [title] = node.arguments;
        if (title && typeof title.value === 'string') node.arguments[0] = j.stringLiteral(`${title.value} @slow`);
      });
      found.toSource();
    },
    '@babel/parser: parse only': ({ path, text }) => {
      const plugins = /\.[cm]?tsx?$/.test(path) ? ['typescript', ...(path.endsWith('x') ? ['jsx'] : [])] : ['jsx', 'flow'];
      babel.parse(text, { sourceType: 'unambiguous', allowReturnOutsideFunction: true, plugins: [...plugins, 'decorators'] });
    },
    // The tree is made when it is asked for.
    'oxc-parser: parse only': ({ path, text }) => parseSync(path, text, { astType: 'ts' }).program,
  };
}
