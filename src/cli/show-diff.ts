/** What a rewrite changes, as `git diff` shows it. */
import { createTwoFilesPatch } from 'diff';
import type { Style, Terminal } from './terminal.ts';

const CONTEXT_LINES = 3;

export function showDiff(path: string, before: string, after: string, { style }: Pick<Terminal, 'style'>): string {
  const name = path.replaceAll('\\', '/');
  const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, { context: CONTEXT_LINES });
  const lines = patch.split('\n').filter((line) => !/^=+$/.test(line)).map((line) => {
    const colour = colourOf(line);
    return colour ? style(colour, line) : line;
  });
  return lines.join('\n').trimEnd();
}

function colourOf(line: string): Style | undefined {
  if (line.startsWith('---') || line.startsWith('+++')) return 'bold';
  if (line.startsWith('@@')) return 'cyan';
  return line.startsWith('+') ? 'green' : line.startsWith('-') ? 'red' : undefined;
}
