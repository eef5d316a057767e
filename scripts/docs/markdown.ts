/** The parts of a Markdown page that programs read or write: fenced code blocks with their headings, and marked regions. */

export interface CodeBlock {
  readonly language: string;
  /** What the JSON object behind the language says: file name, settings, and so on. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** Titles of the headings around the block, outermost first. */
  readonly headings: readonly string[];
  /** Line of the opening fence, from 1. */
  readonly line: number;
  /** Lines of the text, as indices: from (inclusive), to (exclusive). */
  readonly from: number;
  readonly to: number;
}

/** Throws when a fence is not closed, or when its info string holds something else than a JSON object. */
export function readCodeBlocks(page: string): CodeBlock[] {
  const lines = page.split('\n');
  const headings: string[] = [];
  const blocks: CodeBlock[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const heading = /^(#{1,6}) +(.*)$/.exec(line);
    if (heading) {
      headings.length = (heading[1]?.length ?? 1) - 1;
      headings.push(heading[2] ?? '');
    }
    // A longer fence may hold a page with fences of its own.
    const fence = /^(`{3,})([^\s`]*)\s*(.*)$/.exec(line);
    if (!fence) continue;
    const end = lines.indexOf(fence[1] ?? '', index + 1);
    if (end < 0) throw new SyntaxError(`The code block at line ${index + 1} is not closed.`);
    blocks.push({
      language: fence[2] ?? '',
      attributes: readAttributes(fence[3] ?? '', index + 1),
      text: lines.slice(index + 1, end).map((content) => `${content}\n`).join(''),
      headings: headings.filter(Boolean),
      line: index + 1,
      from: index + 1,
      to: end,
    });
    index = end;
  }
  return blocks;
}

function readAttributes(info: string, line: number): Readonly<Record<string, unknown>> {
  if (info === '') return {};
  const value: unknown = JSON.parse(info);
  if (typeof value !== 'object' || value === null) throw new SyntaxError(`The code block at line ${line} needs a JSON object, got ${info}.`);
  return { ...value };
}

/** Replaces the texts of blocks; the last one first, so that line numbers stay true. */
export function replaceBlocks(page: string, texts: ReadonlyMap<CodeBlock, string>): string {
  const lines = page.split('\n');
  for (const [{ from, to }, text] of [...texts].sort(([a], [b]) => b.from - a.from)) {
    lines.splice(from, to - from, ...text.split('\n').slice(0, -1));
  }
  return lines.join('\n');
}

/** Replaces what stands between the two comments of a region. Throws when the page lacks them. */
export function replaceRegion(page: string, name: string, text: string): string {
  const opening = `<!-- begin generated ${name} -->\n`;
  const closing = `<!-- end generated ${name} -->`;
  const start = page.indexOf(opening);
  const end = page.indexOf(closing, start);
  if (start < 0 || end < 0) throw new SyntaxError(`The page lacks the comments around the generated ${name}.`);
  return `${page.slice(0, start + opening.length)}\n${text.trim()}\n\n${page.slice(end)}`;
}
