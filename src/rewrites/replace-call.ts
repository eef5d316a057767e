/** A real compile or load in a test -> one for the whole group, or something that needs none. Always for a person to look at. */
import type { Analysis } from '../analysis/analyze.ts';
import type { ExpensiveCall } from '../analysis/expensive-calls.ts';
import type { FunctionNode, IdentifierNode, Node } from '../analysis/nodes.ts';
import { contains, isFunction, outerUse } from '../analysis/nodes.ts';
import { walk } from '../analysis/walk.ts';
import type { Edit, Rewrite } from './edit.ts';
import { refuse } from './edit.ts';
import { wholeLines } from './source-style.ts';

export function replaceCall(analysis: Analysis, call: ExpensiveCall): readonly Rewrite[] {
  return [stub(analysis, call), shareInBeforeAll(analysis, call)];
}

/** `jit(f)` -> `f`; bytes to compile -> the eight bytes of an empty module. */
function stub({ reading }: Analysis, { node, fact }: ExpensiveCall): Rewrite {
  const [first] = node.arguments;
  const { text } = reading.module.file;
  const { parent } = outerUse(node);
  const isPlain = first !== undefined && !usesThis(first) && parent?.type !== 'ExpressionStatement' && parent?.type !== 'MemberExpression' && parent?.type !== 'CallExpression';
  if (fact.stub === 'identity' && isPlain && node.arguments.length === 1 && first.type !== 'SpreadElement') {
    const edits: Edit[] = [{ range: node.range, text: text.slice(first.range[0], first.range[1]) }];
    return { type: 'edits', edits, isProven: false, description: 'Call the function as it is, without compiling it.' };
  }
  if (fact.stub === 'wasm-module' && first && first.type !== 'SpreadElement') {
    const edits: Edit[] = [{ range: first.range, text: 'Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)' }];
    return { type: 'edits', edits, isProven: false, description: 'Compile an empty module; it exports nothing.' };
  }
  return refuse('No stub is known that needs no more than this line.');
}

/** `const model = await load(url);` in a test -> `let model; beforeAll(async () => { model = await load(url); });` before it. */
/** A kernel that reads `this.thread` is no plain function. */
function usesThis(node: Node): boolean {
  let found = false;
  walk(node, (inner) => {
    if (inner.type === 'ThisExpression') found = true;
  });
  return found;
}

function shareInBeforeAll(analysis: Analysis, call: ExpensiveCall): Rewrite {
  const { reading } = analysis;
  const { text } = reading.module.file;
  const { child, parent } = outerUse(call.node);
  if (parent?.type !== 'VariableDeclarator' || parent.init !== child || parent.id.type !== 'Identifier') return refuse('The result has no name of its own.');
  const declaration = parent.parent;
  const test = call.payers[0]?.placed?.declaration;
  if (!test?.callback || test.kind !== 'test' || declaration.declarations.length > 1 || declaration.kind !== 'const') return refuse('It is not a constant of the test.');
  if (declaration.parent !== test.callback.body) return refuse('It is not at the top of the test.');
  if (usesLocals(analysis, call.node, test.callback)) return refuse('Its arguments belong to the test.');
  const { name } = parent.id;
  if (isNameTaken(analysis, test.call, name)) return refuse(`${name} is declared outside the test as well.`);
  const hook = hookName(analysis, test.runner.name);
  if (!hook) return refuse('The runner has no hook for it, or the hook is not imported.');
  const statement = statementOf(test.call);
  if (statement.type !== 'ExpressionStatement' || !/^(?:Program|BlockStatement)$/.test(statement.parent.type)) return refuse('The test is no statement of its own.');
  const indent = /[^\S\r\n]*$/.exec(text.slice(0, statement.range[0]))?.[0] ?? '';
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const step = stepOf(text, declaration.range[0], indent);
  const value = text.slice(child.range[0], child.range[1]);
  const lines = [`let ${name}${typeOf(analysis, call, parent.id, child)};`, `${hook.name}(async () => {`, `${step}${name} = ${value};`, '});', ''];
  const edits: Edit[] = [
    { range: [statement.range[0], statement.range[0]], text: lines.join(newline + indent) },
    { range: wholeLines(text, declaration.range), text: '' },
    ...hook.edits,
  ];
  return { type: 'edits', edits, isProven: false, description: `Share one ${name} in ${hook.name}; no test may change it.` };
}

/** The declared type; without one, in TypeScript, what the call gives. */
function typeOf({ reading }: Analysis, { node }: ExpensiveCall, id: IdentifierNode, value: Node): string {
  const { text, path } = reading.module.file;
  if (id.typeAnnotation) return text.slice(id.typeAnnotation.range[0], id.typeAnnotation.range[1]);
  const callee = text.slice(node.callee.range[0], node.callee.range[1]);
  if (!/\.[cm]?tsx?$/.test(path) || !/^[\w$.]+$/.test(callee)) return '';
  if (node.type === 'NewExpression') return `: InstanceType<typeof ${callee}>`;
  return value.type === 'AwaitExpression' ? `: Awaited<ReturnType<typeof ${callee}>>` : `: ReturnType<typeof ${callee}>`;
}

/** The file's own step of indentation, seen at a line inside the test. */
function stepOf(text: string, inside: number, outer: string): string {
  const indent = /[^\S\r\n]*$/.exec(text.slice(0, inside))?.[0] ?? '';
  return indent.length > outer.length ? indent.slice(outer.length) : '  ';
}

function usesLocals({ reading }: Analysis, node: Node, callback: FunctionNode): boolean {
  let found = false;
  walk(node, (inner) => {
    if (inner.type === 'ThisExpression') found = true;
    if (inner.type !== 'Identifier') return;
    const definition = reading.module.variableOf(inner)?.defs[0];
    if (definition && contains(callback, definition.name) && !contains(node, definition.name)) found = true;
    // What a hook assigns is not there yet when `beforeAll` runs.
    if (definition?.type === 'Variable' && reading.module.variableOf(inner)?.references.some((reference) => reference.isWrite() && !reference.init)) found = true;
  });
  return found;
}

function isNameTaken({ reading }: Analysis, call: Node, name: string): boolean {
  let scope = reading.module.scopeAt(call);
  while (scope) {
    if (scope.set.has(name)) return true;
    scope = scope.upper;
  }
  return reading.module.globalUses(name).length > 0;
}

/** The hook by its name in this file; an import of the runner that lacks it gains it. */
function hookName({ reading }: Analysis, runner: string): { name: string; edits: Edit[] } | undefined {
  const wanted = runner === 'mocha' || runner === 'node:test' ? 'before' : runner === 'tape' || runner === 'ava' || runner === 'qunit' ? undefined : 'beforeAll';
  if (wanted === undefined) return undefined;
  if (runner === 'playwright') return { name: 'test.beforeAll', edits: [] };
  if (reading.module.topScope?.set.has(wanted)) return { name: wanted, edits: [] };
  const imports = reading.module.file.ast.body.filter((statement) => statement.type === 'ImportDeclaration');
  const own = imports.find(({ source }) => reading.declarations.some((declaration) => declaration.runner.modules.includes(source.value)));
  if (!own) return { name: wanted, edits: [] };
  const last = own.specifiers.findLast(({ type }) => type === 'ImportSpecifier');
  return last && { name: wanted, edits: [{ range: [last.range[1], last.range[1]], text: `, ${wanted}` }] };
}

function statementOf(node: Node): Node {
  let current = node;
  while (current.parent && current.type !== 'ExpressionStatement' && !isFunction(current)) current = current.parent;
  return current.type === 'ExpressionStatement' ? current : node;
}
