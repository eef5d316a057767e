/** Does a name match a pattern of the vocabulary? Remembered, since the same few hundred names are asked for in every file. */
const MAX_NAMES = 20_000;

export function nameTest(...patterns: readonly RegExp[]): (name: string) => boolean {
  return rememberNames((name) => patterns.some((pattern) => pattern.test(name)));
}

export function rememberNames(test: (name: string) => boolean): (name: string) => boolean {
  const answers = new Map<string, boolean>();
  return (name) => {
    const known = answers.get(name);
    if (known !== undefined) return known;
    const answer = test(name);
    if (answers.size >= MAX_NAMES) answers.clear();
    answers.set(name, answer);
    return answer;
  };
}
