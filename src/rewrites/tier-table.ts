/** `test('title', () => …)` -> `test.each(rows)('title (%s)', (_tier, { seqLen }) => …)`, where nothing forbids it. */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { FunctionNode, Range } from '../analysis/nodes.ts';
import { unwrap } from '../analysis/nodes.ts';
import { walk } from '../analysis/walk.ts';
import type { Edit } from './edit.ts';
import type { TierParameter, Titles } from './tier-text.ts';
import { firstIn, freshName, namesText, rowsText } from './tier-text.ts';
import { tableTitle } from './tier-title.ts';

/** Undefined when a loop has to do it: no `each`, a callback that is given something, a title that a table would read differently. */
export function tableForm(analysis: Analysis, declaration: Declaration, parameters: readonly TierParameter[], titles: Titles, inner: readonly Edit[]): Edit[] | undefined {
  const { runner, call, callback, table, gates } = declaration;
  const { module } = analysis.reading;
  if (!runner.tables.includes('each') || runner.name === 'qunit' || table) return undefined;
  // bun's conditions give a root without `each`.
  if (runner.name === 'bun' && gates.length > 0) return undefined;
  if (call.type !== 'CallExpression' || call.typeArguments || call.optional || unwrap(call.callee) !== call.callee) return undefined;
  if (!callback || !call.arguments.includes(callback as never) || usesContext(callback)) return undefined;
  const list = emptyParameters(module.file.text, callback);
  const title = tableTitle(analysis, declaration);
  if (!list || !title) return undefined;
  const rows = rowsText(module, call, firstIn(callback), parameters, titles);
  const names = namesText(parameters.map(({ name }) => name), module);
  return [
    { range: [call.callee.range[1], call.callee.range[1]], text: `.each(${rows.list})` },
    title,
    { range: list, text: `(${freshName(module, callback, '_tier')}, ${names})` },
    ...inner,
  ];
}

/** Takes parameters, `this` or `arguments` from the runner, which a table would change. */
function usesContext(callback: FunctionNode): boolean {
  let found = callback.params.length > 0 || callback.generator || Boolean(callback.typeParameters);
  walk(callback.body, (node) => {
    if (node.type === 'ThisExpression' || (node.type === 'Identifier' && node.name === 'arguments')) found = true;
  });
  return found;
}

function emptyParameters(text: string, { range }: FunctionNode): Range | undefined {
  const head = /^(?:async\b\s*)?(?:function\b\s*[\w$]*\s*)?(?=\()/.exec(text.slice(range[0], range[1]))?.[0];
  if (head === undefined) return undefined;
  const start = range[0] + head.length;
  const list = /^\(\s*\)/.exec(text.slice(start, range[1]))?.[0];
  return list === undefined ? undefined : [start, start + list.length];
}
