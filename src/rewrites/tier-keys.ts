/** Which rows of tiers does a test already run over, and how do they get further keys? */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { Node } from '../analysis/nodes.ts';
import { literalText, staticName, unwrap } from '../analysis/nodes.ts';
import type { Edit } from './edit.ts';
import { braced, styleOf } from './source-style.ts';
import type { TierParameter } from './tier-text.ts';
import { propertyText } from './tier-text.ts';

type ObjectNode = Extract<Node, { type: 'ObjectExpression' }>;
type PatternNode = Extract<Node, { type: 'ObjectPattern' }>;

export interface TierRows {
  /** The test, or the group around it, that runs over the rows. */
  readonly declaration: Declaration;
  readonly small: ObjectNode;
  readonly full: ObjectNode;
  readonly pattern: PatternNode;
  /** What the body gets from the rows. */
  readonly names: ReadonlySet<string>;
}

export function findRows(analysis: Analysis, declaration: Declaration): TierRows | undefined {
  const { groups } = analysis.reading.tests.place(declaration);
  for (const candidate of [declaration, ...[...groups].reverse()]) {
    const found = rowsOfTable(analysis, candidate) ?? rowsOfLoop(analysis, candidate);
    if (found) return found;
  }
  return undefined;
}

/** `test.each([['small', {…}], ['full @slow', {…}]])('…', (_tier, {…}) => …)`. */
function rowsOfTable(analysis: Analysis, declaration: Declaration): TierRows | undefined {
  const { table, callback } = declaration;
  const [tier, pattern] = callback?.params ?? [];
  if (tier?.type !== 'Identifier' || pattern?.type !== 'ObjectPattern') return undefined;
  const rows = itemsOf(table).map((row) => {
    const [title, values, ...more] = itemsOf(row);
    const object = values && unwrap(values);
    return object?.type === 'ObjectExpression' && more.length === 0 ? { title: literalText(title), object } : undefined;
  });
  return pairOf(analysis, declaration, rows, pattern);
}

/** `for (const { tier, … } of [{ tier: 'small', … }, { tier: 'full @slow', … }]) { it(…) }`. */
function rowsOfLoop(analysis: Analysis, declaration: Declaration): TierRows | undefined {
  let statement: Node | undefined = declaration.call;
  while (statement && statement.type !== 'ExpressionStatement') statement = statement.parent;
  const loop = statement?.parent?.type === 'BlockStatement' ? statement.parent.parent : undefined;
  if (loop?.type !== 'ForOfStatement' || loop.left.type !== 'VariableDeclaration') return undefined;
  const pattern = loop.left.declarations[0].id;
  if (pattern.type !== 'ObjectPattern') return undefined;
  const rows = itemsOf(loop.right).map((row) => {
    const object = unwrap(row);
    const [first] = object.type === 'ObjectExpression' ? object.properties : [];
    if (object.type !== 'ObjectExpression' || first?.type !== 'Property' || !/^tier\d*$/.test(staticName(first) ?? '')) return undefined;
    return { title: literalText(first.value), object };
  });
  return pairOf(analysis, declaration, rows, pattern);
}

function itemsOf(node: Node | null | undefined): Node[] {
  const list = node && unwrap(node);
  return list?.type === 'ArrayExpression' ? list.elements.flatMap((element) => (element ? [element] : [])) : [];
}

function pairOf(
  { reading }: Analysis,
  declaration: Declaration,
  rows: readonly ({ title: string | undefined; object: ObjectNode } | undefined)[],
  pattern: PatternNode,
): TierRows | undefined {
  const [small, full, ...more] = rows;
  const { slow } = reading.settings.marker;
  if (!small || !full || more.length > 0 || small.title?.includes(slow) !== false || full.title?.includes(slow) !== true) return undefined;
  const names = new Set(pattern.properties.flatMap((property) => (property.type === 'Property' ? (staticName(property) ?? []) : [])));
  return { declaration, small: small.object, full: full.object, pattern, names };
}

/** The same rows with further keys; a key that is there with the same value is left as it is. */
export function addKeys({ reading }: Analysis, { small, full, pattern }: TierRows, parameters: readonly TierParameter[], inner: readonly Edit[]): Edit[] | string {
  const style = styleOf(reading.module);
  const { text } = reading.module.file;
  const known = new Map(full.properties.flatMap((property) => (property.type === 'Property' ? [[staticName(property), text.slice(property.value.range[0], property.value.range[1])]] : [])));
  const clash = parameters.find(({ name, full: value }) => known.has(name) && known.get(name) !== value);
  if (clash) return `The rows have another ${clash.name}.`;
  const missing = parameters.filter(({ name }) => !known.has(name));
  const add = (node: ObjectNode | PatternNode, items: readonly string[]): Edit[] => {
    const last = node.properties.at(-1);
    if (items.length === 0) return [];
    // The last key is written again, so that two rewrites that both add keys are seen to overlap.
    return [last ? { range: last.range, text: [text.slice(last.range[0], last.range[1]), ...items].join(', ') } : { range: node.range, text: braced(items, style) }];
  };
  return [
    ...add(small, missing.map((parameter) => propertyText(parameter.name, parameter.small))),
    ...add(full, missing.map((parameter) => propertyText(parameter.name, parameter.full))),
    ...add(pattern, missing.map(({ name }) => name)),
    ...inner,
  ];
}
