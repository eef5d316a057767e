/** How does a title gain the marker: always, or while a condition does not hold? */
import type { Analysis } from '../analysis/analyze.ts';
import type { Node } from '../analysis/nodes.ts';
import { unwrap } from '../analysis/nodes.ts';
import type { Edit } from './edit.ts';
import { quoted, styleOf } from './source-style.ts';
import { titleWith } from './tier-title.ts';

/** `condition` is true where the test stays fast; without it, it never does. Undefined when the title is no text. */
export function markTitle(analysis: Analysis, title: Node | undefined, marker: string, condition?: string): Edit | undefined {
  const node = title && unwrap(title);
  if (!node) return undefined;
  const choice = condition === undefined ? undefined : markerUnless(analysis, condition, marker);
  // `'bundles ' + format`: one more piece.
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const last = unwrap(node.right);
    if (choice === undefined && last.type === 'Literal' && typeof last.value === 'string') return titleWith(analysis, last, ` ${marker}`);
    const style = styleOf(analysis.reading.module);
    const [beside] = /['"]/.exec(analysis.reading.module.file.text.slice(...node.range)) ?? [];
    const quote = beside === '"' || beside === "'" ? beside : style.quote;
    const piece = choice === undefined ? quoted(` ${marker}`, { ...style, quote }) : `(${choice})`;
    return { range: [node.range[1], node.range[1]], text: ` + ${piece}` };
  }
  return titleWith(analysis, node, choice === undefined ? ` ${marker}` : `\${${choice}}`);
}

/** `format === 'esm' ? '' : ' @slow'`. */
export function markerUnless({ reading }: Analysis, condition: string, marker: string): string {
  const style = styleOf(reading.module);
  const [none, token] = [quoted('', style), quoted(` ${marker}`, style)];
  const negated = /^!([\w$.]+)$/.exec(condition)?.[1];
  return negated === undefined ? `${condition} ? ${none} : ${token}` : `${negated} ? ${token} : ${none}`;
}
