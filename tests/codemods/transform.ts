/**
 * A tester for codemods: the text of a test file in, what comes out of it and what is left alone with its reason. Each case is
 * transformed a second time, which must change nothing, and with CRLF, with a BOM and indented by tabs, which must come out the
 * same but for that. What the text does is for `run-suite.ts` to say.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readSettings } from '../../src/analysis/settings.ts';
import type { CodemodResult } from '../../src/host/apply-codemod.ts';
import { applyCodemod } from '../../src/host/apply-codemod.ts';
import type { CodemodDefinition } from '../../src/host/define-codemod.ts';
import { readOptions } from '../../src/host/options.ts';
import { atEndOfFile } from '../end-of-file.ts';

export interface TransformOptions {
  /** Options of the codemod, as on the command line. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** `slow-tests` in package.json. */
  readonly settings?: unknown;
  /** Path from the project's root. */
  readonly filename?: string;
  /** Neighbours of the test file, written into a real folder; by path from the project's root. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface Transformed {
  /** The text that comes out; the text that went in when nothing changes. */
  readonly output: string;
  readonly isChanged: boolean;
  readonly changed: readonly string[];
  /** `line:column reason`, in the text that comes out. */
  readonly left: readonly string[];
}

const folders: string[] = [];

atEndOfFile(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function writeProject(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'slow-tests-codemod-')));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A function that transforms one case after the other. Throws for an error, and for a second pass that changes something. */
export function transformTester(codemod: CodemodDefinition, defaults: TransformOptions = {}): (text: string, options?: TransformOptions) => Transformed {
  return (text, given = {}) => {
    const options = { ...defaults, ...given };
    const root = options.files ? writeProject(options.files) : '/project';
    const transform = (variant: string): Transformed => transformTwice(codemod, variant, options, root);
    const plain = transform(text);
    for (const { name, change } of VARIANTS) {
      if (change(text) === text) continue;
      const actual = transform(change(text));
      if (actual.output !== change(plain.output)) throw new Error(`${name}: another output.\nplain:\n${plain.output}\n${name}:\n${JSON.stringify(actual.output)}`);
      if (actual.left.length !== plain.left.length) throw new Error(`${name}: leaves ${actual.left.join('; ')}; plain: ${plain.left.join('; ')}`);
    }
    return plain;
  };
}

function transformTwice(codemod: CodemodDefinition, text: string, options: TransformOptions, root: string): Transformed {
  const once = transformOnce(codemod, text, options, root);
  const output = once.output ?? text;
  const again = transformOnce(codemod, output, options, root);
  if (again.output !== undefined) throw new Error(`A second run changes what the first one wrote.\nfirst:\n${output}\nsecond:\n${again.output}`);
  return {
    output,
    isChanged: once.output !== undefined,
    changed: once.changed.map(({ description }) => description),
    left: once.left.map(({ line, column, reason }) => `${line}:${column} ${reason}`),
  };
}

function transformOnce(codemod: CodemodDefinition, text: string, { options = {}, settings, filename = 'test/example.test.ts' }: TransformOptions, root: string): Extract<CodemodResult, { type: 'done' }> {
  const result = applyCodemod(
    codemod,
    { text, path: join(root, filename) },
    { settings: readSettings({ 'slow-tests': settings }), options: readOptions(codemod.options, options), root },
  );
  if (result.type === 'error') throw new Error(`${result.message}\n${text}`);
  if (result.type === 'no tests') throw new Error(`No test is found in:\n${text}`);
  return result;
}

const VARIANTS: readonly { readonly name: string; change(text: string): string }[] = [
  { name: 'CRLF', change: (text) => text.replaceAll('\n', '\r\n') },
  { name: 'BOM', change: (text) => `\uFEFF${text}` },
  { name: 'tabs', change: (text) => text.replace(/^(?: {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2)) },
];
