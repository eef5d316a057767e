/** How are rows of tiers written: `['small', { seqLen: 64 }]` in a table, `{ tier: 'small', seqLen: 64 }` in a loop. */
import type { SourceModule } from '../analysis/module.ts';
import type { FunctionNode, Node } from '../analysis/nodes.ts';
import { braced, indentAt, quoted, stepAt, styleOf } from './source-style.ts';

/** A name of the body with the source text of its value in either row. */
export interface TierParameter {
  readonly name: string;
  readonly small: string;
  readonly full: string;
}

export type Titles = readonly [small: string, full: string];

export interface RowTexts {
  /** Both rows on lines of their own, between brackets. */
  readonly list: string;
  readonly indent: string;
  readonly step: string;
  readonly newline: string;
}

/** The list of both rows, indented to stand where `outer` does; `inner` shows the step of indentation there. */
export function rowsText(module: SourceModule, outer: Node, inner: Node | undefined, parameters: readonly TierParameter[], titles: Titles, tier?: string): RowTexts {
  const style = styleOf(module);
  const indent = indentAt(module.file.text, outer.range[0]);
  // Arguments may stand on lines of their own, further in than the call.
  const step = stepAt(module, (inner?.parent ?? outer).range[0], inner);
  const newline = style.newline + indent;
  const comma = style.trailingComma ? ',' : '';
  const row = (title: string, key: 'small' | 'full') => {
    const name = quoted(title, style);
    const values = parameters.map((parameter) => propertyText(parameter.name, parameter[key]));
    const parts = tier === undefined ? [name, braced(values, style)] : [propertyText(tier, name), ...values];
    const line = tier === undefined ? `[${parts.join(', ')}]` : braced(parts, style);
    if (indent.length + step.length + line.length < Math.max(100, style.width)) return step + line;
    const [open, close] = tier === undefined ? ['[', ']'] : ['{', '}'];
    return [`${step}${open}`, ...parts.map((part, index) => `${step}${step}${part}${index < parts.length - 1 ? ',' : comma}`), `${step}${close}`].join(newline);
  };
  const list = ['[', `${row(titles[0], 'small')},`, `${row(titles[1], 'full')}${comma}`, ']'].join(newline);
  return { list, indent, step, newline };
}

export function propertyText(name: string, value: string): string {
  return name === value ? name : `${name}: ${value}`;
}

export function namesText(names: readonly string[], module: SourceModule): string {
  return braced(names, styleOf(module));
}

export function firstIn({ body }: FunctionNode): Node | undefined {
  return body.type === 'BlockStatement' ? body.body[0] : undefined;
}

/** A name that this part of the text does not hold. */
export function freshName(module: SourceModule, part: Node, wanted: string): string {
  const text = module.file.text.slice(part.range[0], part.range[1]);
  for (let name = wanted, count = 2; ; name = `${wanted}${count++}`) {
    if (!new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(text)) return name;
  }
}
