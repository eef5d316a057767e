/** Which of some variants cover together what all of them cover, at the least cost? */

export interface Coverable {
  readonly key: string;
  readonly cost: number;
  readonly covered: ReadonlySet<string>;
}

/** From this many that cannot be decided at once the choice is good, and not always the best. */
const EXACT = 16;

/** In the given order. What all cover decides nothing; where several cost the same, earlier ones are taken. */
export function cheapestCover<T extends Coverable>(variants: readonly T[]): readonly T[] {
  const by = new Map<string, T[]>();
  for (const variant of variants) for (const element of variant.covered) by.set(element, [...(by.get(element) ?? []), variant]);
  const needed = new Set([...by.values()].flatMap((owners) => (owners.length === 1 ? owners : [])));
  const open = new Set([...by].filter(([, owners]) => !owners.some((owner) => needed.has(owner))).map(([element]) => element));
  const candidates = withoutDominated(variants.filter((variant) => !needed.has(variant)).map((variant) => ({ variant, wins: intersection(variant.covered, open) })));
  const chosen = candidates.length <= EXACT ? best(candidates, open) : greedy(candidates, open);
  return variants.filter((variant) => needed.has(variant) || chosen.some((one) => one.variant === variant));
}

interface Candidate<T> {
  readonly variant: T;
  /** What it covers and those that are needed anyway do not. */
  readonly wins: ReadonlySet<string>;
}

/** One that wins no more than another and costs no less is never needed. */
function withoutDominated<T extends Coverable>(candidates: readonly Candidate<T>[]): readonly Candidate<T>[] {
  return candidates.filter((one, index) => {
    if (one.wins.size === 0) return false;
    return !candidates.some((other, place) => {
      if (other === one || !isSubset(one.wins, other.wins) || other.variant.cost > one.variant.cost) return false;
      const isSame = other.wins.size === one.wins.size && other.variant.cost === one.variant.cost;
      return !isSame || place < index;
    });
  });
}

/** The next open element must be covered by someone: each who covers it is tried, and what already costs more than the best is left. */
function best<T extends Coverable>(candidates: readonly Candidate<T>[], all: ReadonlySet<string>): readonly Candidate<T>[] {
  let found = greedy(candidates, all);
  let least = costOf(found);
  const search = (chosen: readonly Candidate<T>[], open: ReadonlySet<string>, cost: number): void => {
    const [next] = open;
    if (next === undefined) {
      if (cost < least) [found, least] = [chosen, cost];
      return;
    }
    for (const candidate of candidates) {
      const sum = cost + candidate.variant.cost;
      if (candidate.wins.has(next) && sum < least) search([...chosen, candidate], difference(open, candidate.wins), sum);
    }
  };
  search([], all, 0);
  return found;
}

/** Always the one that wins most for its cost; then those that the later ones made needless go, the dearest first. */
function greedy<T extends Coverable>(candidates: readonly Candidate<T>[], all: ReadonlySet<string>): readonly Candidate<T>[] {
  let open = all;
  let chosen: readonly Candidate<T>[] = [];
  while (open.size > 0) {
    const rate = ({ variant, wins }: Candidate<T>): number => intersection(wins, open).size / Math.max(variant.cost, Number.MIN_VALUE);
    const next = candidates.reduce<Candidate<T> | undefined>((most, one) => (rate(one) > (most ? rate(most) : 0) ? one : most), undefined);
    if (!next) break;
    chosen = [...chosen, next];
    open = difference(open, next.wins);
  }
  for (const one of [...chosen].sort((a, b) => b.variant.cost - a.variant.cost)) {
    const others = chosen.filter((other) => other !== one);
    if ([...one.wins].every((element) => !all.has(element) || others.some(({ wins }) => wins.has(element)))) chosen = others;
  }
  return chosen;
}

function costOf(chosen: readonly Candidate<Coverable>[]): number {
  return chosen.reduce((sum, { variant }) => sum + variant.cost, 0);
}

function intersection(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a].filter((element) => b.has(element)));
}

function difference(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a].filter((element) => !b.has(element)));
}

function isSubset(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].every((element) => b.has(element));
}
