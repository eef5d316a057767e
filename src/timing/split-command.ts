/** Which programs does a line of a shell call, one after the other, and with which words? Nothing is expanded. */

/** One list of words for each call between `&&`, `||`, `;`, `|` and `&`. */
export function splitCommand(text: string): string[][] {
  const calls: string[][] = [[]];
  // Quoted parts and bare ones may touch each other in one word: `--grep="a b"`.
  for (const [part] of text.matchAll(/&&|\|\||[;|&\n]|(?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s;|&"'\\]|["'\\])+/gs)) {
    if (/^(?:&&|\|\||[;|&\n])$/.test(part)) calls.push([]);
    else calls.at(-1)?.push(unquote(part));
  }
  return calls.filter((words) => words.length > 0);
}

function unquote(word: string): string {
  return word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/gs, (_all, double?: string, single?: string, escaped?: string) => double?.replace(/\\(["\\$`])/g, '$1') ?? single ?? escaped ?? '');
}
