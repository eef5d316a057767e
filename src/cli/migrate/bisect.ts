/** Which of some rewrites hold together? Asked by trying: all of them, then without those that the failure names, then half by half. */

export interface Verdict<F> {
  /** Undefined where they hold. */
  readonly failure: F | undefined;
}

export interface Bisection<T, F> {
  readonly items: readonly T[];
  /** Undefined when somebody stopped it. */
  readonly attempt: (items: readonly T[]) => Promise<Verdict<F> | undefined>;
  /** Does the failure name what this item has changed? */
  readonly isBlamed: (item: T, failure: F) => boolean;
  /** Items of one unit are parted last: the rewrites of one test. */
  readonly unitOf: (item: T) => string;
  readonly dropped: (items: readonly T[], failure: F | undefined) => void;
  readonly maxAttempts: number;
}

/** Those that were tried together and hold; undefined when somebody stopped it. */
export async function holdingOf<T, F>({ items, attempt, isBlamed, unitOf, dropped, maxAttempts }: Bisection<T, F>): Promise<readonly T[] | undefined> {
  let good: readonly T[] = [];
  let left = maxAttempts;
  /** False when somebody stopped it. */
  const grow = async (more: readonly T[]): Promise<boolean> => {
    if (more.length === 0) return true;
    if (left-- <= 0) {
      dropped(more, undefined);
      return true;
    }
    const verdict = await attempt([...good, ...more]);
    if (!verdict) return false;
    const { failure } = verdict;
    if (failure === undefined) {
      good = [...good, ...more];
      return true;
    }
    const blamed = more.filter((item) => isBlamed(item, failure));
    if (blamed.length > 0 && blamed.length < more.length) {
      if (!(await grow(more.filter((item) => !blamed.includes(item))))) return false;
      return growUnits(blamed, failure);
    }
    const units = new Set(more.map(unitOf));
    if (units.size === 1 || blamed.length > 0) return growUnits(more, failure);
    const half = [...units].slice(0, units.size >> 1);
    return (await grow(more.filter((item) => half.includes(unitOf(item))))) && grow(more.filter((item) => !half.includes(unitOf(item))));
  };
  /** What was just tried and failed: one item alone is to blame, of several each is tried. */
  const growUnits = async (failed: readonly T[], failure: F): Promise<boolean> => {
    for (const name of new Set(failed.map(unitOf))) {
      const unit = failed.filter((item) => unitOf(item) === name);
      if (unit.length === 1) dropped(unit, failure);
      else for (const item of unit) if (!(await grow([item]))) return false;
    }
    return true;
  };
  return (await grow(items)) ? good : undefined;
}
