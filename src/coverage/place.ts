/** Where in its file does something stand that is no longer covered? */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Missing } from './covered.ts';

/** `src/a.ts:12 (name)`; the line is known where the engine read the file as it is, or where the function has a name. */
export function placeOf({ file, lost }: Missing, root: string): string {
  const text = textOf(join(root, file));
  const isAsWritten = lost.of === text.length;
  const offset = isAsWritten ? (lost.ran[0] ?? lost.start) : declarationOf(lost.name, text);
  const line = offset === undefined ? '' : `:${lineOf(text, offset)}`;
  return `${file}${line}${lost.name === '' ? '' : ` (${lost.name})`}`;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Where it is likely to be declared: `name(`, `name<T>(`, `name = `, `name: `. */
function declarationOf(name: string, text: string): number | undefined {
  if (!/^[\w$]+$/.test(name)) return undefined;
  const word = name.replaceAll('$', '\\$');
  const found = new RegExp(`(?:function\\*?\\s+|class\\s+|const\\s+|let\\s+|var\\s+)${word}(?![\\w$])|^\\s*(?:[a-z]+\\s+)*[*#]?${word}\\s*(?:<[^>]*>)?\\([^;]*\\{|(?<![\\w$.])${word}\\s*[:=]`, 'm').exec(text);
  if (!found) return undefined;
  return found.index + found[0].search(/\S/);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|[\n\r]/).length;
}
