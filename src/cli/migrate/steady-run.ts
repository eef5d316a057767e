/** Which tests fail in a run, and which only at times? Asked by running it again, since one unlucky failure is no proof. */

/** What some runs of the same files say, each the names of the tests that fail in it. */
export interface Tries {
  /** Twice or oftener. */
  readonly failing: ReadonlySet<string>;
  /** Once, among other runs in which they did not. */
  readonly unsteady: ReadonlySet<string>;
}

export function triesOf(runs: readonly (readonly string[])[]): Tries {
  const names = new Set(runs.flat());
  const failing = new Set([...names].filter((name) => runs.filter((run) => run.includes(name)).length > 1));
  return { failing, unsteady: new Set([...names].filter((name) => !failing.has(name))) };
}

export interface Trying<R> {
  /** Undefined when somebody stopped it. */
  readonly run: () => Promise<R | undefined>;
  readonly failuresIn: (run: R) => readonly string[];
  /** Nothing more can be said of a run that broke off. */
  readonly isOver: (run: R) => boolean;
  /** The first one counts. */
  readonly maxRuns: number;
}

export interface Tried<R> extends Tries {
  /** The one with the fewest failures, or the one that broke off. */
  readonly best: R;
}

/** Runs until no test fails, one has failed twice, or `maxRuns` are made; undefined when somebody stopped it. */
export async function steadyRun<R>({ run, failuresIn, isOver, maxRuns }: Trying<R>): Promise<Tried<R> | undefined> {
  const runs: R[] = [];
  for (;;) {
    const next = await run();
    if (next === undefined) return undefined;
    runs.push(next);
    const failures = runs.map(failuresIn);
    const tries = triesOf(failures);
    if (isOver(next)) return { ...tries, best: next };
    const isSaid = tries.failing.size > 0 || (runs.length > 1 ? runs.length >= maxRuns : tries.unsteady.size === 0);
    if (isSaid) {
      const fewest = Math.min(...failures.map(({ length }) => length));
      return { ...tries, best: runs.find((_, index) => failures[index]?.length === fewest) ?? next };
    }
  }
}
