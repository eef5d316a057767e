/** How does a file get one more name of a module: from what it imports or requires already, or by a line of its own. */
import type { Analysis } from '../analysis/analyze.ts';
import { importedName } from '../analysis/exports.ts';
import { packageOf } from '../analysis/neighbours.ts';
import type { Node } from '../analysis/nodes.ts';
import { staticName } from '../analysis/nodes.ts';
import type { Edit } from './edit.ts';
import { braced, quoted, styleOf } from './source-style.ts';

type ImportNode = Extract<Node, { type: 'ImportDeclaration' }>;
type PatternNode = Extract<Node, { type: 'ObjectPattern' }>;

export interface ImportedNames {
  /** What the names are called in this file, in the given order. */
  readonly names: readonly string[];
  readonly edits: readonly Edit[];
}

export interface WantedName {
  readonly name: string;
  /** Taken when the file uses the name for something else. */
  readonly alias: string;
}

/** All names of one module that a rewrite needs, at once: its edits may not touch each other. */
export function importNames(analysis: Analysis, specifier: string, wanted: readonly WantedName[]): ImportedNames {
  const known = wanted.map(({ name, alias }) => ({ name, local: knownName(analysis, specifier, name), fresh: isNameUsed(analysis, name) ? alias : name }));
  const missing = known.filter(({ local }) => local === undefined);
  const names = known.map(({ local, fresh }) => local ?? fresh);
  if (missing.length === 0) return { names, edits: [] };
  const written = (separator: string) => missing.map(({ name, fresh }) => (name === fresh ? name : `${name}${separator}${fresh}`));
  const edit = extendImport(analysis, specifier, written(' as ')) ?? extendRequire(analysis, specifier, written(': ')) ?? newLine(analysis, specifier, (isModule) => braced(written(isModule ? ' as ' : ': '), styleOf(analysis.reading.module)));
  return { names, edits: [edit] };
}

export interface ImportedName {
  readonly name: string;
  readonly edits: readonly Edit[];
}

export function importName(analysis: Analysis, specifier: string, name: string, alias: string): ImportedName {
  const { names, edits } = importNames(analysis, specifier, [{ name, alias }]);
  return { name: names[0] ?? name, edits };
}

/** `import sinon from 'sinon'`, when the file does not know it yet. */
export function importDefault(analysis: Analysis, specifier: string, local: string): readonly Edit[] {
  return isNameUsed(analysis, local) ? [] : [newLine(analysis, specifier, () => local)];
}

/** Declared at the top of the file, or taken from the outside world. */
export function isNameUsed({ reading: { module } }: Analysis, name: string): boolean {
  return module.topScope?.set.has(name) === true || module.globalUses(name).length > 0;
}

function importsOf({ reading }: Analysis): ImportNode[] {
  return reading.module.file.ast.body.filter((statement) => statement.type === 'ImportDeclaration');
}

interface Required {
  readonly statement: Node;
  readonly specifier: string;
  readonly pattern: PatternNode | undefined;
}

/** `const { a } = require('m')` at the top of the file. */
function requiresOf({ reading }: Analysis): Required[] {
  return reading.module.file.ast.body.flatMap((statement) => {
    if (statement.type !== 'VariableDeclaration') return [];
    const [{ id, init }, ...more] = statement.declarations;
    let call = init;
    while (call?.type === 'MemberExpression') call = call.object;
    if (call?.type !== 'CallExpression' || call.callee.type !== 'Identifier' || call.callee.name !== 'require') return [];
    const [argument] = call.arguments;
    if (argument?.type !== 'Literal' || typeof argument.value !== 'string') return [];
    const isPlain = more.length === 0 && init === call && id.type === 'ObjectPattern';
    return [{ statement, specifier: argument.value, pattern: isPlain ? id : undefined }];
  });
}

function knownName(analysis: Analysis, specifier: string, wanted: string): string | undefined {
  for (const { source, specifiers, importKind } of importsOf(analysis)) {
    if (source.value !== specifier || importKind === 'type') continue;
    for (const item of specifiers) {
      if (item.type === 'ImportSpecifier' && item.importKind !== 'type' && importedName(item) === wanted) return item.local.name;
    }
  }
  for (const { specifier: required, pattern } of requiresOf(analysis)) {
    if (required !== specifier) continue;
    for (const property of pattern?.properties ?? []) {
      if (property.type === 'Property' && staticName(property) === wanted && property.value.type === 'Identifier') return property.value.name;
    }
  }
  return undefined;
}

function extendImport(analysis: Analysis, specifier: string, items: readonly string[]): Edit | undefined {
  for (const { source, specifiers, importKind } of importsOf(analysis)) {
    if (source.value !== specifier || importKind === 'type') continue;
    const last = specifiers.findLast(({ type }) => type === 'ImportSpecifier');
    if (last) return appendTo(analysis, last, items);
  }
  return undefined;
}

function extendRequire(analysis: Analysis, specifier: string, items: readonly string[]): Edit | undefined {
  const last = requiresOf(analysis).find((required) => required.specifier === specifier && required.pattern)?.pattern?.properties.at(-1);
  return last && last.type !== 'RestElement' ? appendTo(analysis, last, items) : undefined;
}

/** After the last item of a list, on a line of its own where that one has one. */
function appendTo({ reading }: Analysis, last: Node, items: readonly string[]): Edit {
  const { text } = reading.module.file;
  const before = /\r?\n[^\S\r\n]*$/.exec(text.slice(0, last.range[0]))?.[0];
  // The last item is written again, so that two rewrites that both append are seen to overlap.
  return { range: last.range, text: [text.slice(last.range[0], last.range[1]), ...items].join(`,${before ?? ' '}`) };
}

function newLine(analysis: Analysis, specifier: string, clause: (isModule: boolean) => string): Edit {
  const { module } = analysis.reading;
  const { ast, text } = module.file;
  const style = styleOf(module);
  const imports = importsOf(analysis);
  const requires = requiresOf(analysis);
  const isModule = imports.length > 0 || (requires.length === 0 && isModuleFile(analysis));
  const last = isModule ? imports.at(-1) : requires.at(-1)?.statement;
  const end = last && !text.slice(last.range[0], last.range[1]).endsWith(';') ? '' : ';';
  const line = isModule
    ? `import ${clause(true)} from ${quoted(specifier, style)}${end}`
    : `const ${clause(false)} = require(${quoted(specifier, style)})${end}`;
  if (last) {
    const at = lineEnd(text, last.range[1]);
    return { range: [at, at], text: style.newline + line };
  }
  const directive = ast.body.findLast((statement) => statement.type === 'ExpressionStatement' && typeof statement.directive === 'string');
  if (directive) return { range: [directive.range[1], directive.range[1]], text: style.newline + style.newline + line };
  const first = ast.body[0]?.range[0] ?? 0;
  const head = text.slice(0, first);
  // A comment right above the first statement belongs to it, unless it speaks to a tool.
  const start = head.trim() === '' || /\n[^\S\r\n]*\r?\n\s*$/.test(head) || /@|#!|eslint/.test(head) ? first : 0;
  return { range: [start, start], text: line + style.newline + style.newline };
}

/** Past a comment behind the statement. */
function lineEnd(text: string, end: number): number {
  return end + (/^[^\S\r\n]*\/\/[^\r\n]*/.exec(text.slice(end, end + 300))?.[0].length ?? 0);
}

/** A file that neither imports nor requires: an ES module when its name, its exports or its package say so. */
function isModuleFile({ reading }: Analysis): boolean {
  const { path, ast } = reading.module.file;
  if (/\.(?:mjs|[mc]?tsx?)$/.test(path)) return true;
  return !path.endsWith('.cjs') && (ast.body.some(({ type }) => type.startsWith('Export')) || packageOf(path)?.isModule === true);
}
