/** Which arguments make a runner run a few tests, by their own titles? More may come along: those of the same title. */
import type { Runner } from '../knowledge/runner.ts';

export interface Titled {
  readonly file: string;
  readonly title: readonly string[];
}

/** Runners that take files beside a filter; the others are asked by title alone. */
const TAKES_FILES = ['vitest', 'jest', 'playwright'];

/** Undefined where a runner selects nothing by title. */
export function selectTitles({ name, command }: Runner, tests: readonly Titled[]): readonly string[] | undefined {
  // What selects the tests of one marker selects any text of a title.
  const filter = command.selections.at(-1)?.stress?.[0];
  if (!filter || filter.length === 0) return undefined;
  const own = [...new Set(tests.map(({ title }) => title.at(-1) ?? ''))];
  // Of a whole title, where `*` fits anything and a `!` in front turns the match around.
  if (command.titles === 'text') return own.flatMap((title) => filter.map((argument) => argument.replace('*$stress*', () => title.replace(/^!/, '*'))));
  const titles = own.map(literally);
  const pattern = titles.length === 1 ? (titles[0] ?? '') : `(${titles.join('|')})`;
  const files = TAKES_FILES.includes(name) ? [...new Set(tests.map(({ file }) => (name === 'vitest' ? file : literally(file))))] : [];
  return [...files, ...filter.map((argument) => argument.replace('$stress', () => pattern))];
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
