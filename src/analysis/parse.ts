/**
 * A text with parents and scopes, as a lint host would hand it over. Used for files that no host has parsed: neighbours of a
 * test, and whatever a codemod rewrites. oxc-parser is loaded when the first such file comes.
 */
import { createRequire } from 'node:module';
import type { ScopeManager } from '@typescript-eslint/scope-manager';
import { analyze } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/utils';
import type { ParsedFile } from './module.ts';
import { KEYS } from './walk.ts';

export type Parsed = { readonly type: 'file'; readonly file: ParsedFile } | { readonly type: 'error'; readonly message: string; readonly offset: number };

interface Problem {
  readonly message: string;
  readonly labels: readonly { readonly start: number }[];
}
type Parse = (path: string, text: string, options: object) => { readonly program: TSESTree.Program; readonly errors: readonly Problem[] };
let parseWithOxc: Parse | null | undefined;

/** Null without a binary for this platform. */
function parser(): Parse | null {
  if (parseWithOxc === undefined) {
    try {
      const loaded = createRequire(import.meta.url)('oxc-parser') as { parseSync: Parse };
      parseWithOxc = loaded.parseSync;
    } catch {
      parseWithOxc = null;
    }
  }
  return parseWithOxc;
}

const OPTIONS = { astType: 'ts', preserveParens: false };
/** Plenty of .js files hold JSX or types, or are the body of a function. */
const DIALECTS: readonly object[] = [{ lang: 'tsx' }, { sourceType: 'commonjs' }];

/** The text must come without a BOM, since offsets count from its first character. */
export function parseText(text: string, path: string): Parsed {
  const parse = parser();
  if (!parse) return { type: 'error', message: 'oxc-parser has no binary for this platform', offset: 0 };
  try {
    let result = parse(path, text, OPTIONS);
    if (/\.[cm]?jsx?$/.test(path)) {
      for (const dialect of DIALECTS) {
        if (result.errors.length === 0) break;
        const other = parse(path, text, { ...OPTIONS, ...dialect });
        if (other.errors.length === 0) result = other;
      }
    }
    const [problem] = result.errors;
    if (problem) return { type: 'error', message: problem.message, offset: problem.labels[0]?.start ?? 0 };
    const ast = result.program;
    complete(ast);
    return { type: 'file', file: withScopes(ast, text, path) };
  } catch (error) {
    return { type: 'error', message: error instanceof Error ? error.message : String(error), offset: 0 };
  }
}

/** Scopes are analysed when first asked for: many a neighbour is only asked what it exports. */
function withScopes(ast: TSESTree.Program, text: string, path: string): ParsedFile {
  let scopes: ScopeManager | undefined;
  return {
    ast,
    text,
    path,
    get scopes() {
      return (scopes ??= analyze(ast, { sourceType: 'module', lib: [] }));
    },
  };
}

interface Unfinished {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  range: [number, number];
  parent: Unfinished;
}

/**
 * Sets `parent` and `range` on every node; iterative, since generated files nest thousands deep. oxc's own `range` travels as text
 * and would take twice as long.
 */
function complete(program: TSESTree.Program): void {
  const stack = [program as unknown as Unfinished];
  for (let node = stack.pop(); node; node = stack.pop()) {
    node.range = [node.start, node.end];
    for (const key of KEYS[node.type] ?? []) {
      const value = (node as unknown as Readonly<Record<string, Unfinished | readonly (Unfinished | null)[] | null | undefined>>)[key];
      if (!value) continue;
      if (!Array.isArray(value)) {
        const child = value as Unfinished;
        child.parent = node;
        stack.push(child);
      } else {
        for (const child of value as readonly (Unfinished | null)[]) {
          if (!child) continue;
          child.parent = node;
          stack.push(child);
        }
      }
    }
  }
}
