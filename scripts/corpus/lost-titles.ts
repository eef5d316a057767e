/** Titles of a file that are not in what became of it. A rewrite may only add to a title: a marker, the name of a tier. */

export function lostTitles(before: readonly string[], after: readonly string[]): string[] {
  const rest = [...after];
  return before.filter((title) => {
    const exact = rest.indexOf(title);
    const index = exact === -1 ? rest.findIndex((other) => holds(other, title)) : exact;
    if (index === -1) return true;
    rest.splice(index, 1);
    return false;
  });
}

/** Do the words of a title stand in another one, in their order? What is computed may be computed in another way. */
function holds(longer: string, title: string): boolean {
  // Tables write a percent sign twice.
  const other = longer.replaceAll('%%', '%');
  let at = 0;
  for (const piece of title.replaceAll('%%', '%').replace(/^[`'"]|[`'"]$/g, '').split(/\$\{[^}]*\}|%[a-z]|\$[a-z][\w.]*|\\/i)) {
    const found = other.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return true;
}
