/** What a run says of all files, in an order that does not hang on the machine, and how two runs differ. */
import { allCodemods } from '../../codemods/all.ts';
import plugin from '../../src/index.ts';
import type { Report } from './rule-reports.ts';

export interface FileJudgement {
  readonly path: string;
  readonly reports: readonly Report[];
  /** By codemod: how many places it rewrote, and why it left others alone. */
  readonly codemods: Readonly<Record<string, { readonly changes: number; readonly left: readonly string[] }>>;
  readonly failures: readonly string[];
}

export interface Judgement {
  readonly files: readonly FileJudgement[];
}

/** Files about which nothing is said are left out. */
export function judgementOf(files: readonly FileJudgement[]): Judgement {
  const said = files.filter(({ reports, codemods, failures }) => reports.length + failures.length > 0 || Object.values(codemods).some(({ changes, left }) => changes + left.length > 0));
  return { files: [...said].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)) };
}

/** `- path:line rule message` for what is no longer said, `+` for what is new. */
export function compareJudgements(before: Judgement, after: Judgement): string[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const changes = [...only(old, now).map((line) => ({ line, sign: '-' })), ...only(now, old).map((line) => ({ line, sign: '+' }))];
  return changes.sort((a, b) => a.line.localeCompare(b.line, 'en', { numeric: true })).map(({ line, sign }) => `${sign} ${line}`);
}

/** How many lines of a comparison each rule and codemod has, the most first. */
export function changeCounts(changes: readonly string[]): { readonly name: string; readonly gone: number; readonly added: number }[] {
  const counts = new Map<string, { gone: number; added: number }>();
  for (const change of changes) {
    const name = NAMES.find((item) => change.includes(` ${item} `) || change.includes(` ${item}: `)) ?? 'lint';
    const count = counts.get(name) ?? { gone: 0, added: 0 };
    counts.set(name, count);
    if (change.startsWith('-')) count.gone++;
    else count.added++;
  }
  return [...counts].map(([name, count]) => ({ name, ...count })).sort((a, b) => b.gone + b.added - a.gone - a.added);
}

const NAMES = [...Object.keys(plugin.rules), ...allCodemods.map(({ name }) => name)];

function linesOf({ files }: Judgement): string[] {
  return files.flatMap(({ path, reports, codemods, failures }) => [
    ...reports.map(({ rule, line, message }) => `${path}:${line} ${rule} ${message}`),
    ...Object.entries(codemods).flatMap(([name, { changes, left }]) => [...(changes > 0 ? [`${path} ${name} rewrites ${changes}`] : []), ...left.map((reason) => `${path}:${reason.replace(' ', ` ${name} leaves: `)}`)]),
    ...failures.map((failure) => `${path} ${failure}`),
  ]);
}

/** Of `lines`, those that `others` has not, as often as it has not. */
function only(lines: readonly string[], others: readonly string[]): string[] {
  const rest = new Map<string, number>();
  for (const line of others) rest.set(line, (rest.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = rest.get(line) ?? 0;
    rest.set(line, count - 1);
    return count <= 0;
  });
}
