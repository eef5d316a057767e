/**
 * `it('title', fn)` -> `for (const { tier, seqLen } of rows) { it(`title (${tier})`, fn); }`: for runners without tables, and for
 * bodies that a table would call in another way. The statement moves in by one step, except inside template literals.
 */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { SourceModule } from '../analysis/module.ts';
import type { Node, Range } from '../analysis/nodes.ts';
import { walk } from '../analysis/walk.ts';
import type { Edit } from './edit.ts';
import { gateSlow, needsGate } from './gate-slow.ts';
import { quoted, styleOf } from './source-style.ts';
import type { TierParameter, Titles } from './tier-text.ts';
import { firstIn, freshName, namesText, rowsText } from './tier-text.ts';
import { titleWith } from './tier-title.ts';

export function loopForm(analysis: Analysis, declaration: Declaration, parameters: readonly TierParameter[], titles: Titles, inner: readonly Edit[]): Edit[] | string {
  const { call, callback, title } = declaration;
  const { module } = analysis.reading;
  const statement = statementOf(call);
  if (!statement || !callback) return 'The test is no statement of its own.';
  const tier = freshName(module, call, 'tier');
  const suffix = title && titleWith(analysis, title, ` (\${${tier}})`);
  if (!suffix) return 'The title is computed elsewhere.';
  const gate = needsGate(declaration.runner, analysis.reading.settings) ? gateSlow(analysis, declaration, `${tier} !== ${quoted(titles[0], styleOf(module))}`) : [];
  if (typeof gate === 'string') return gate;
  const rows = rowsText(module, statement, firstIn(callback), parameters, titles, tier);
  const names = namesText([tier, ...parameters.map(({ name }) => name)], module);
  const edits = [suffix, ...gate, ...inner];
  return [
    { range: [statement.range[0], statement.range[0]], text: `for (const ${names} of ${rows.list}) {${rows.newline}${rows.step}` },
    ...indented(module, statement, edits, rows.step),
    { range: [statement.range[1], statement.range[1]], text: `${rows.newline}}` },
  ];
}

function statementOf(call: Node): Node | undefined {
  let current: Node = call;
  while (current.parent && (current.parent.type === 'AwaitExpression' || current.parent.type === 'MemberExpression' || current.parent.type === 'UnaryExpression' || current.parent.type === 'CallExpression')) {
    // `it(…).timeout(5000)`: the call is the receiver, not an argument.
    if (current.parent.type === 'CallExpression' && current.parent.callee !== current) return undefined;
    current = current.parent;
  }
  const statement = current.parent;
  if (statement?.type !== 'ExpressionStatement') return undefined;
  return /^(?:Program|BlockStatement)$/.test(statement.parent.type) ? statement : undefined;
}

/** All edits of a statement that moves in by one step: each line that is no part of a string gets the step. */
function indented(module: SourceModule, statement: Node, edits: readonly Edit[], step: string): Edit[] {
  const { text } = module.file;
  const strings: Range[] = [];
  walk(statement, (node) => {
    if (node.type === 'TemplateElement' || (node.type === 'Literal' && typeof node.value === 'string')) strings.push(node.range);
  });
  const moved = edits.map(({ range, text: inserted }): Edit => {
    const startsLine = range[0] > 0 && text[range[0] - 1] === '\n' && inserted !== '';
    return { range, text: (startsLine ? step : '') + inserted.replace(/(?<!\\\r?)\n(?=[^\r\n])/g, `\n${step}`) };
  });
  for (let at = text.indexOf('\n', statement.range[0]) + 1; at > 0 && at < statement.range[1]; at = text.indexOf('\n', at) + 1) {
    const isBlank = text[at] === '\n' || text[at] === '\r';
    const isEdited = edits.some(({ range }) => range[0] <= at && at < range[1]);
    if (!isBlank && !isEdited && !strings.some(([start, end]) => start < at && at < end)) moved.push({ range: [at, at], text: step });
  }
  return moved;
}
