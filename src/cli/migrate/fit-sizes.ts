/** Which small sizes are tried for tests that do not hold at those of the settings? Larger ones, step by step, up to what counts as large. */
import type { TierSizes } from '../../analysis/settings.ts';
import type { ChangeOwner } from '../../host/change-owner.ts';

/** Some tests get other small sizes than the settings say: larger ones here, smaller ones in `shrink-sizes.ts`. */
export interface Grown {
  readonly sizes: TierSizes;
  readonly isFor: (owner: ChangeOwner) => boolean;
}

/** What divides the sizes of a test still divides them: the codemod sees to that, and keeps them below production size. */
const STEPS: readonly ((sizes: TierSizes) => TierSizes)[] = [
  (sizes) => ({ ...sizes, sequence: sizes.sequence * 2 }),
  (sizes) => ({ batch: sizes.batch * 2, heads: sizes.heads, sequence: sizes.sequence * 2, headSize: sizes.headSize * 2 }),
];

export interface Fitting<T, F> {
  /** What holds already. */
  readonly good: readonly T[];
  /** What does not hold at the default sizes, by its own fault. */
  readonly failed: readonly T[];
  readonly ownerOf: (item: T) => ChangeOwner;
  readonly sizes: TierSizes;
  readonly isBlamed: (item: T, failure: F) => boolean;
  /** Undefined when somebody stopped it. */
  readonly attempt: (items: readonly T[], grown: readonly Grown[]) => Promise<{ readonly failure: F | undefined } | undefined>;
}

export interface Fitted<T> {
  readonly items: readonly T[];
  readonly grown: readonly Grown[];
}

/** Those that hold at larger sizes, tried together with what holds already; undefined when somebody stopped it. At most four attempts. */
export async function fitSizes<T, F>({ good, failed, ownerOf, sizes, isBlamed, attempt }: Fitting<T, F>): Promise<Fitted<T> | undefined> {
  let fitting: readonly T[] = [];
  let grown: readonly Grown[] = [];
  let open = failed;
  const tryWith = async (items: readonly T[], step: TierSizes): Promise<{ readonly failure: F | undefined } | undefined> => {
    const keys = new Set(items.map((item) => ownerOf(item).key));
    const next = [...grown, { sizes: step, isFor: ({ key }: ChangeOwner) => keys.has(key) }];
    const verdict = await attempt([...good, ...fitting, ...items], next);
    if (verdict && verdict.failure === undefined) {
      fitting = [...fitting, ...items];
      grown = next;
      open = open.filter((item) => !items.includes(item));
    }
    return verdict;
  };
  for (const step of STEPS) {
    if (open.length === 0) break;
    const verdict = await tryWith(open, step(sizes));
    if (!verdict) return undefined;
    const { failure } = verdict;
    if (failure === undefined) break;
    const others = open.filter((item) => !isBlamed(item, failure));
    if (others.length > 0 && others.length < open.length && !(await tryWith(others, step(sizes)))) return undefined;
  }
  return { items: fitting, grown };
}
