/** How do statements go without leaving holes: with their line, and with a blank line where two would meet; comments beside them stay. */
import type { Range } from '../analysis/nodes.ts';
import type { Edit } from './edit.ts';

/** The line of a statement that has it to itself; else the statement with the space behind it. */
export function lineOf(text: string, [start, end]: Range): Range {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[^\S\r\n]*(?:\r?\n|$)/.exec(text.slice(end));
  if (/\S/.test(text.slice(lineStart, start)) || !rest) return [start, end + (/^[^\S\r\n]*/.exec(text.slice(end))?.[0].length ?? 0)];
  return [lineStart, end + rest[0].length];
}

/** Removals that touch become one, which takes a blank line with it when there is another before it or a block begins there. */
export function closeGaps(text: string, edits: readonly Edit[]): Edit[] {
  const others = edits.filter((edit) => edit.text !== '');
  const merged: [number, number][] = [];
  for (const { range } of edits.filter((edit) => edit.text === '').sort((a, b) => a.range[0] - b.range[0])) {
    const last = merged.at(-1);
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else merged.push([...range]);
  }
  return [...others, ...merged.map((range): Edit => ({ range: withBlank(text, range), text: '' }))];
}

function withBlank(text: string, [start, end]: Range): Range {
  const isWhole = (start === 0 || text[start - 1] === '\n') && text[end - 1] === '\n';
  const isApart = start === 0 || /(?:\n[^\S\n]*|\{[^\S\n]*)\n$/.test(text.slice(Math.max(0, start - 200), start));
  const blank = isWhole && isApart ? (/^[^\S\r\n]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0) : 0;
  return [start, end + blank];
}
