/** What did the processes of a run write when they ended: the coverage that Node itself writes, of each process and thread a file. */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Covered, CoveredFunction } from './covered.ts';
import { common, functionKey, NOTHING_COVERED, union } from './covered.ts';
import type { Spans } from './spans.ts';
import { isSourceFile } from './source-file.ts';
import { joinSpans, withoutSpans } from './spans.ts';

export interface RunCoverage {
  readonly whole: Covered;
  /** Of test files that had a process or a thread of their own. */
  readonly byTest: ReadonlyMap<string, Covered>;
}

/** What every one of some runs covered; undefined for no run. */
export function steadyCoverage([first, ...others]: readonly RunCoverage[]): RunCoverage | undefined {
  return (
    first &&
    others.reduce<RunCoverage>(
      (steady, other) => ({
        whole: common(steady.whole, other.whole),
        byTest: new Map([...steady.byTest].flatMap(([file, covered]) => (other.byTest.has(file) ? [[file, common(covered, other.byTest.get(file) ?? NOTHING_COVERED)]] : []))),
      }),
      first,
    )
  );
}

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

interface Script {
  readonly url: string;
  readonly functions: readonly { readonly functionName: string; readonly ranges: readonly Range[] }[];
}

/** `tests` are the files that the run knows tests of, relative to `root`, with `/`. */
export function readV8Coverage(folder: string, root: string, tests: ReadonlySet<string>): RunCoverage {
  const source = sourceNames(root);
  let whole = NOTHING_COVERED;
  const byTest = new Map<string, Covered>();
  for (const scripts of reportsIn(folder)) {
    const named = scripts.flatMap((script) => {
      const file = source(script.url);
      return file === undefined ? [] : [{ file, script }];
    });
    const covered = union(...named.filter(({ file }) => !tests.has(file)).map(({ file, script }): Covered => new Map([[file, functionsOf(script)]])));
    whole = union(whole, covered);
    const [own, ...others] = new Set(named.map(({ file }) => file).filter((file) => tests.has(file)));
    if (own !== undefined && others.length === 0) byTest.set(own, union(byTest.get(own) ?? NOTHING_COVERED, covered));
  }
  return { whole, byTest };
}

function* reportsIn(folder: string): Generator<readonly Script[]> {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (!/^coverage-.*\.json$/.test(name)) continue;
    try {
      yield (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { readonly result: readonly Script[] }).result;
    } catch {
      // The process was ended while it wrote.
    }
  }
}

/** Which source file of the project does an address name? */
function sourceNames(root: string): (url: string) => string | undefined {
  const real = realpathSync(root);
  const names = new Map<string, string | undefined>();
  const nameOf = (url: string): string | undefined => {
    const path = url.startsWith('file://') ? pathOf(url) : url;
    const base = path === undefined ? undefined : [root, real].find((folder) => path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`));
    if (path === undefined || base === undefined) return undefined;
    const file = relative(base, path).replaceAll('\\', '/');
    return isSourceFile(file, base) ? file : undefined;
  };
  return (url) => {
    if (!names.has(url)) names.set(url, nameOf(url));
    return names.get(url);
  };
}

function pathOf(url: string): string | undefined {
  try {
    const address = new URL(url);
    address.search = '';
    address.hash = '';
    return fileURLToPath(address);
  } catch {
    return undefined;
  }
}

function functionsOf({ functions }: Script): ReadonlyMap<string, CoveredFunction> {
  const of = Math.max(0, ...functions.map(({ ranges }) => ranges[0]?.endOffset ?? 0));
  const found = functions.flatMap(({ functionName: name, ranges }): CoveredFunction[] => {
    const [whole] = ranges;
    return whole ? [{ name, start: whole.startOffset, end: whole.endOffset, of, ran: ranIn(ranges) }] : [];
  });
  return new Map(found.map((item) => [functionKey(item), item]));
}

/** An inner range has the last word; outer ones come first. */
function ranIn(ranges: readonly Range[]): Spans {
  return ranges.reduce<Spans>((ran, { startOffset, endOffset, count }) => (count > 0 ? joinSpans(ran, [startOffset, endOffset]) : withoutSpans(ran, [startOffset, endOffset])), []);
}
