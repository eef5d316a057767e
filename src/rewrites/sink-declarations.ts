/**
 * Constants and functions around a test that use a constant which the rows hide: they move into the body, where they see the rows.
 * Only when nothing else uses them.
 */
import type { Analysis } from '../analysis/analyze.ts';
import type { Variable } from '../analysis/module.ts';
import type { FunctionNode, Node, Range } from '../analysis/nodes.ts';
import { contains, isFunction, unwrap } from '../analysis/nodes.ts';
import { walk } from '../analysis/walk.ts';
import type { Edit } from './edit.ts';
import { lineOf } from './removed-lines.ts';
import { indentAt, stepAt, styleOf } from './source-style.ts';

interface Dependent {
  readonly statement: Node;
  readonly variable: Variable;
}

export interface Sinking {
  readonly edits: readonly Edit[];
  readonly moved: readonly Node[];
}

export interface Sunk {
  /** Constants that the rows hide. */
  readonly hidden: readonly Variable[];
  /** Arrays and objects that spell out sizes, with the edits in them. */
  readonly held: readonly Variable[];
  readonly edits: readonly Edit[];
}

/** The edits, or why something that the body uses would not see the rows. */
export function sinkDeclarations(analysis: Analysis, call: Node, callback: FunctionNode, { hidden, held, edits }: Sunk): Sinking | string {
  const dependents = dependentsOn(analysis, call, hidden, held);
  if (typeof dependents === 'string') return dependents;
  const isInside = (node: Node) => contains(call, node) || dependents.some(({ statement }) => contains(statement, node));
  for (const { variable, statement } of dependents) {
    const isShared = variable.references.some(({ identifier }) => !isInside(identifier));
    if (isShared || statement.parent?.type === 'ExportNamedDeclaration') return held.includes(variable) ? `${variable.name} holds the size for other tests as well` : `${variable.name} uses ${[...hidden, ...held].map(({ name }) => name).join(', ')} for other tests as well`;
  }
  if (dependents.length === 0) return { edits: [], moved: [] };
  const first = callback.body.type === 'BlockStatement' ? callback.body.body[0] : undefined;
  if (!first) return 'The body has no statements.';
  // What moves in comes as lines of its own.
  const { text } = analysis.reading.module.file;
  const start = text.lastIndexOf('\n', first.range[0] - 1) + 1;
  if (start <= callback.body.range[0] || text.slice(start, first.range[0]).trim() !== '') return 'its body begins on the line of the test';
  const moved = dependents.map(({ statement }) => statement).sort((a, b) => a.range[0] - b.range[0]);
  return { edits: moveInto(analysis, moved, first, call, edits), moved };
}

/** What the call uses, directly or through another of them, and what uses a hidden constant. */
function dependentsOn({ reading }: Analysis, call: Node, hidden: readonly Variable[], held: readonly Variable[]): Dependent[] | string {
  const { module } = reading;
  const found = new Map<Variable, Dependent>();
  const queue = [...hidden, ...held];
  for (const variable of held) {
    const [definition] = variable.defs;
    const dependent = definition && declarationAround(module.file.ast, definition.name);
    if (!dependent) return `${variable.name} is declared together with something else`;
    found.set(variable, { statement: dependent.statement, variable });
  }
  for (let variable = queue.pop(); variable; variable = queue.pop()) {
    for (const { identifier, init } of variable.references) {
      if (contains(call, identifier) || init) continue;
      const dependent = declarationAround(module.file.ast, identifier);
      if (!dependent) {
        const isHook = reading.declarations.some((declaration) => declaration.kind === 'hook' && contains(declaration.call, identifier));
        if (isHook) return `a hook uses ${variable.name} as well`;
        continue;
      }
      const own = module.variableOf(dependent.id);
      if (own && !found.has(own)) {
        found.set(own, { statement: dependent.statement, variable: own });
        queue.push(own);
      }
    }
  }
  // Only what leads to the call: a table of another test may use the constant as it is.
  const isUsed = (variable: Variable, seen: ReadonlySet<Variable>): boolean =>
    variable.references.some(({ identifier }) => contains(call, identifier) || [...found].some(([other, { statement }]) => !seen.has(other) && contains(statement, identifier) && isUsed(other, new Set([...seen, other]))));
  return [...found.values()].filter(({ variable }) => isUsed(variable, new Set([variable])));
}

/** The function or single constant, at the top of the file or of a group, whose declaration holds a node. */
function declarationAround(program: Node, node: Node): { readonly statement: Node; readonly id: Extract<Node, { type: 'Identifier' }> } | undefined {
  for (let current: Node | undefined = node; current && current !== program; current = current.parent) {
    if (current.type === 'FunctionDeclaration' && current.id) return { statement: current, id: current.id };
    if (current.type !== 'VariableDeclaration') continue;
    const [declarator, ...more] = current.declarations;
    const init = declarator.init && unwrap(declarator.init);
    const isSimple = more.length === 0 && current.kind === 'const' && declarator.id.type === 'Identifier' && init !== null;
    // A value made by a call may do more than compute.
    if (isSimple && declarator.id.type === 'Identifier' && (isFunction(init) || !holdsCall(init))) return { statement: current, id: declarator.id };
    return undefined;
  }
  return undefined;
}

function holdsCall(node: Node): boolean {
  let found = false;
  walk(node, (inner) => {
    if (inner.type === 'CallExpression' || inner.type === 'NewExpression' || inner.type === 'AwaitExpression') found = true;
  });
  return found;
}

function moveInto({ reading }: Analysis, statements: readonly Node[], first: Node, call: Node, edits: readonly Edit[]): Edit[] {
  const { module } = reading;
  const { text } = module.file;
  const { newline } = styleOf(module);
  const inner = indentAt(text, first.range[0]);
  const step = inner === indentAt(text, call.range[0]) ? stepAt(module, call.range[0], undefined) : '';
  const blocks = statements.map((statement) => ({ statement, range: withComments(text, statement.range) }));
  const texts = blocks.map(({ statement, range }) => indentedText(text, statement, range, inner + step, edits));
  const separate = texts.map((block, index) => (index > 0 && (block.includes('\n') || texts[index - 1]?.includes('\n')) ? newline : '') + block);
  const start = text.lastIndexOf('\n', first.range[0] - 1) + 1;
  return [
    ...blocks.map(({ range }) => ({ range: lineOf(text, range), text: '' })),
    { range: [start, start], text: `${separate.join(newline)}${newline}${newline}` },
  ];
}

/** A statement with the comment lines right above it, and the comment behind it. */
function withComments(text: string, [start, end]: Range): Range {
  let from = text.lastIndexOf('\n', start - 1) + 1;
  for (;;) {
    const before = text.slice(0, Math.max(0, from - 1));
    const line = before.slice(before.lastIndexOf('\n') + 1).trimEnd();
    if (from === 0 || !/^\s*(?:\/\/|\/?\*).*$/.test(line) || /^\s*\/\/ @ts-check/.test(line)) break;
    from = before.lastIndexOf('\n') + 1;
  }
  return [from, end + (/^[^\S\r\n]*\/\/[^\r\n]*/.exec(text.slice(end))?.[0].length ?? 0)];
}

function indentedText(text: string, statement: Node, [from, end]: Range, indent: string, edits: readonly Edit[]): string {
  const old = indentAt(text, statement.range[0]);
  const strings: Range[] = [];
  walk(statement, (node) => {
    if (node.type === 'TemplateElement' || (node.type === 'Literal' && typeof node.value === 'string')) strings.push(node.range);
  });
  let result = '';
  for (let at = from; at < end; ) {
    const next = Math.min(text.indexOf('\n', at) + 1 || end, end);
    const isString = strings.some(([a, b]) => a < at && at < b);
    const bare = text.startsWith(old, at) && !isString ? at + old.length : at;
    const line = edited(text, [bare, next], edits);
    result += isString || /^\r?\n?$/.test(line) ? line : indent + line;
    at = next;
  }
  return result;
}

/** A piece of the text after the edits in it; none of them goes over a line. */
function edited(text: string, [start, end]: Range, edits: readonly Edit[]): string {
  let result = '';
  let at = start;
  for (const { range, text: inserted } of [...edits].sort((a, b) => a.range[0] - b.range[0])) {
    if (range[0] < start || range[1] > end) continue;
    result += text.slice(at, range[0]) + inserted;
    at = range[1];
  }
  return result + text.slice(at, end);
}
