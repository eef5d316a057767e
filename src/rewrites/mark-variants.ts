/**
 * A loop that generates a test for every variant -> the same tests with the same bodies, the others carrying the marker.
 * Nothing moves and no case is lost; only titles gain a token.
 */
import type { Analysis } from '../analysis/analyze.ts';
import type { Declaration } from '../analysis/declarations.ts';
import type { IdentifierNode, Node } from '../analysis/nodes.ts';
import { contains, staticName, unwrap } from '../analysis/nodes.ts';
import type { Variable } from '../analysis/module.ts';
import type { Value } from '../analysis/value.ts';
import { memberOf } from '../analysis/value.ts';
import type { VariantLoop } from '../analysis/variants.ts';
import { walk } from '../analysis/walk.ts';
import type { Edit, Rewrite } from './edit.ts';
import { refuse } from './edit.ts';

export function markVariants(analysis: Analysis, loop: VariantLoop, essential: readonly string[], marker: string): readonly Rewrite[] {
  const { declarations } = analysis.reading;
  const [payer] = loop.payers;
  if (payer?.placed && payer.placed.declaration.runner.commands.fast === undefined) {
    return [refuse(`${payer.placed.declaration.runner.name} cannot leave tests out by title.`)];
  }
  if (loop.fact.form === 'inside') return markWhole(analysis, payer?.placed?.declaration, marker);
  if (loop.repeat.type === 'table') return [refuse('The rows of a table share one title.')];
  const condition = essentialCondition(analysis, loop, essential);
  if (condition === undefined) return [refuse('The loop variable cannot be compared with a variant.')];
  const inside = declarations.filter(({ call, kind }) => kind !== 'hook' && contains(loop.repeat.node, call));
  const outermost = inside
    .filter(({ call }) => !inside.some((other) => other.call !== call && contains(other.call, call)))
    // Only what pays for the work; a cheap or skipped or marked neighbour keeps its title.
    .filter(({ call }) => loop.payers.some(({ placed }) => placed !== undefined && contains(call, placed.declaration.call)));
  if (skipsVariants(loop.repeat.node, outermost)) return [refuse('Some variants are left out in the loop.')];
  const { module } = analysis.reading;
  const isHidden = outermost.some(({ title }) => title && condition.variable && module.resolve(condition.variable.name, title) !== condition.variable);
  if (isHidden) return [refuse('The loop variable is hidden by another one of its name.')];
  const edits = outermost.map(({ title }) => titleEdit(analysis, title, `\${${condition.text} ? '' : ' ${marker}'}`));
  if (edits.length === 0 || edits.some((edit) => edit === undefined)) return [refuse('A title is computed elsewhere.')];
  const keyed = findTitleKeyed(loop.repeat.node);
  return [
    {
      type: 'edits',
      edits: edits as Edit[],
      isProven: keyed === undefined,
      description:
        keyed === undefined ? `Mark the other variants ${marker}.` : `Mark the other variants ${marker}; ${keyed} goes by the title and must be updated.`,
    },
  ];
}

/** `if (format === 'esm') continue;`, or a test behind an `if`: the variant that should stay fast may never run. */
function skipsVariants(loop: Node, declarations: readonly Declaration[]): boolean {
  for (const { call } of declarations) {
    for (let current: Node | undefined = call.parent; current && current !== loop; current = current.parent) {
      if (/^(?:If|Switch|Try)Statement$|^(?:Conditional|Logical)Expression$/.test(current.type)) return true;
    }
  }
  let isLeft = false;
  walk(loop, (node) => {
    if (!/^(?:Continue|Break|Return)Statement$/.test(node.type)) return;
    if (!declarations.some(({ call }) => contains(call, node))) isLeft = true;
  });
  return isLeft;
}

/** `dtype === 'float32'`: true for the variants that stay in the fast run. */
function essentialCondition({ reading }: Analysis, { repeat, values, fact }: VariantLoop, essential: readonly string[]): { text: string; variable: Variable | undefined } | undefined {
  const { item } = repeat;
  if (!item || values.length === 0) return undefined;
  const chosen = Math.max(0, fact.variants.findIndex((label) => essential.includes(label)));
  for (const { node, name, pick } of namesIn(item)) {
    const picked = values.map((value) => value && textOf(reading.module.file.text, pick(value)));
    const mine = picked[chosen];
    // The first variant must be told apart from all others by what the loop variable holds.
    if (mine !== undefined && picked.filter((text) => text === mine).length === 1 && picked.every((text) => text !== undefined)) {
      return { text: `${name} === ${mine}`, variable: reading.module.variableOf(node) };
    }
  }
  return undefined;
}

interface PatternName {
  readonly node: IdentifierNode;
  readonly name: string;
  pick(value: Value): Value | undefined;
}

function namesIn(pattern: Node): PatternName[] {
  const given = pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
  if (given.type === 'Identifier') return [{ node: given, name: given.name, pick: (value) => value }];
  if (given.type === 'ArrayPattern') {
    return given.elements.flatMap((element, index) =>
      element?.type === 'Identifier' ? [{ node: element, name: element.name, pick: (value: Value) => memberOf(value, String(index)) }] : [],
    );
  }
  if (given.type === 'ObjectPattern') {
    return given.properties.flatMap((property) => {
      const key = property.type === 'Property' ? staticName(property) : undefined;
      if (property.type !== 'Property' || key === undefined || property.value.type !== 'Identifier') return [];
      return [{ node: property.value, name: property.value.name, pick: (value: Value) => memberOf(value, key) }];
    });
  }
  return [];
}

/** A variant as source text, in the file's own quotes. */
function textOf(text: string, value: Value | undefined): string | undefined {
  if (value?.type === 'scalar') {
    const [leaf] = value.leaves;
    if (value.leaves.length === 1 && leaf?.node.value === value.value) return leaf.node.raw;
    return typeof value.value === 'string' ? `'${value.value.replace(/['\\]/g, '\\$&')}'` : String(value.value);
  }
  if (value?.type !== 'opaque' || (value.node.type !== 'Identifier' && value.node.type !== 'MemberExpression')) return undefined;
  return text.slice(value.node.range[0], value.node.range[1]);
}

/** Appends to a title: a template gains a piece, a plain string becomes a template. */
export function titleEdit({ reading }: Analysis, title: Node | undefined, suffix: string): Edit | undefined {
  if (!title) return undefined;
  const node = unwrap(title);
  const raw = reading.module.file.text.slice(node.range[0], node.range[1]);
  if (node.type === 'TemplateLiteral') return { range: [node.range[1] - 1, node.range[1] - 1], text: suffix };
  if (node.type === 'Literal' && typeof node.value === 'string') {
    if (!suffix.includes('${')) return { range: [node.range[1] - 1, node.range[1] - 1], text: suffix };
    if (/[`\\]|\$\{/.test(raw)) return undefined;
    return { range: node.range, text: `\`${raw.slice(1, -1)}${suffix}\`` };
  }
  if (node.type === 'Identifier' || node.type === 'MemberExpression') return { range: node.range, text: `\`\${${raw}}${suffix}\`` };
  return undefined;
}

function markWhole(analysis: Analysis, declaration: Declaration | undefined, marker: string): readonly Rewrite[] {
  const edit = declaration?.kind === 'test' ? titleEdit(analysis, declaration.title, ` ${marker}`) : undefined;
  if (!edit) return [refuse('The title is computed elsewhere.')];
  const description = `Mark this test ${marker}; keep one variant in a fast test of its own.`;
  return [{ type: 'edits', edits: [edit], isProven: false, description }];
}

/** Something that is kept by title: an external snapshot. */
function findTitleKeyed(root: Node): string | undefined {
  let found: string | undefined;
  walk(root, (node) => {
    if (node.type === 'Identifier' && /^(?:toMatchSnapshot|toThrowErrorMatchingSnapshot|toHaveScreenshot|currentTestName|matchSnapshot)$/.test(node.name)) {
      found ??= node.name;
    }
  });
  return found;
}
