/** Where a called thing comes from: a module, and the way from its exports. */
import type { Node } from './nodes.ts';

/** A path from a module's exports; `()` stands for a call or construction. `specifier` is null for globals. */
export interface Origin {
  readonly specifier: string | null;
  readonly path: readonly string[];
  /** Conditions that chose this origin: `process.env.SLOW ? it : it.skip`. */
  readonly gates: readonly Node[];
}

/** Stands in a path for "some item of the array". */
export const ITEM = '[]';

/** Begins a token for "what an object holds under this name", or a row in this place. */
const HELD = '{';

/** An origin that knows its way back and on. Equal ways are one object, so what is found out about an origin is remembered by it. */
export class OriginStep implements Origin {
  /** How many there are since the roots were forgotten. */
  static made = 0;
  readonly specifier: string | null;
  readonly path: readonly string[];
  readonly gates: readonly Node[];
  /** Is it a list whose items are followed one for all? */
  readonly isList: boolean;
  /** Is it an object, or a row of a table, that holds what came this way? */
  readonly isHeld: boolean;
  readonly #before: OriginStep | undefined;
  #next: Map<string, OriginStep> | undefined;

  constructor(specifier: string | null, path: readonly string[] = [], gates: readonly Node[] = [], before?: OriginStep) {
    this.specifier = specifier;
    this.path = path;
    this.gates = gates;
    const last = path.at(-1);
    this.isList = last === ITEM;
    this.isHeld = last?.startsWith(HELD) === true;
    this.#before = before;
    OriginStep.made++;
  }

  then(token: string): OriginStep {
    let step = this.#next?.get(token);
    if (!step) {
      step = new OriginStep(this.specifier, [...this.path, token], this.gates, this);
      (this.#next ??= new Map()).set(token, step);
    }
    return step;
  }

  along(tokens: readonly string[]): OriginStep {
    return tokens.reduce((step: OriginStep, token) => step.then(token), this);
  }

  behind(gate: Node): OriginStep {
    return new OriginStep(this.specifier, this.path, [...this.gates, gate], this.#before);
  }

  /** One item of a list: of a list written here it is what was put in, of any other list the token. */
  item(token: string): OriginStep {
    return (this.isList || this.isHeld) && this.#before ? this.#before : this.then(token);
  }

  /** In which place of a row it stands. */
  get place(): number | undefined {
    const token = this.path.at(-1);
    return token !== undefined && /^\{\d+$/.test(token) ? Number(token.slice(HELD.length)) : undefined;
  }

  heldAs(name: string): OriginStep {
    return this.then(`${HELD}${name}`);
  }

  /** A member: of an object written here what was put in under that name, if it was. */
  member(name: string): OriginStep | undefined {
    if (!this.isHeld) return this.then(name);
    return this.path.at(-1) === HELD + name ? this.#before : undefined;
  }
}

/** An editor sees many projects in its life. */
const MAX_STEPS = 200_000;
const roots = new Map<string | null, OriginStep>();

/** Where the ways of a module begin, in whatever file it is imported: what is found out about a way is worth remembering. */
export function rootOf(specifier: string | null): OriginStep {
  let root = roots.get(specifier);
  if (!root) {
    if (OriginStep.made > MAX_STEPS) {
      roots.clear();
      OriginStep.made = 0;
    }
    roots.set(specifier, (root = new OriginStep(specifier)));
  }
  return root;
}

/** Two origins that differ in nothing but the conditions that chose them. */
export function isSameWay(a: Origin, b: Origin): boolean {
  return a === b || (a.specifier === b.specifier && a.path.length === b.path.length && a.path.every((token, index) => token === b.path[index]));
}

const MAX_ORIGINS = 6;

/** Is it new there? Of what holds many things, some are followed. */
export function addTo<Key>(known: Map<Key, OriginStep[]>, key: Key, origin: OriginStep): boolean {
  const before = known.get(key);
  if (before && (before.length >= MAX_ORIGINS || before.some((other) => isSameWay(other, origin)))) return false;
  if (before) before.push(origin);
  else known.set(key, [origin]);
  return true;
}

/** Is it only a list or an object that holds what came from there? */
export function isGathered({ path }: Origin): boolean {
  const token = path.at(-1);
  return token !== undefined && (token === ITEM || token.startsWith(HELD));
}

/** Asked for every call of a file, but answered once an origin: equal ways are one object. */
export function onceAnOrigin<T>(answer: (origin: Origin) => T): (origin: Origin) => T {
  const known = new Map<Origin, T>();
  return (origin) => {
    const before = known.get(origin);
    if (before !== undefined || known.has(origin)) return before as T;
    const value = answer(origin);
    known.set(origin, value);
    return value;
  };
}
