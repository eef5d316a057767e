/** Which cost row does a package of the project know for a callee, and what may the package do by its dependencies? */
import type { CostRow } from '../knowledge/cost-row.ts';
import type { CostIndex } from './cost-lookup.ts';
import type { PackageInfo } from './neighbours.ts';
import type { Origin } from './origin.ts';

/** Is this the library under test, imported by its own tests? */
export function isOwnSpecifier(specifier: string, packageName: string | undefined): boolean {
  if (/^(?:\.{1,2}(?:\/|$)|#|@\/|~\/?|\$lib|(?:src|tests?|specs?|helpers|fixtures)\/|\/)/.test(specifier)) return true;
  return packageName !== undefined && (specifier === packageName || specifier.startsWith(`${packageName}/`));
}

/** Is this file what the package itself exports? Told by its name: `..`, `../src/index.js`, `../lib/tsd`. */
function isEntry(specifier: string, packageName: string): boolean {
  const name = specifier.replace(/\.[cm]?[jt]sx?$/, '').split('/').at(-1) ?? '';
  if (/^(?:\.{0,2}|index|main|src|lib|dist)$/.test(name)) return true;
  const letters = (text: string): string => text.toLowerCase().replace(/[^a-z\d]/g, '');
  return name.length > 2 && letters(packageName.replace(/^@[^/]+\//, '')).includes(letters(name));
}

/** Looks rows up by origin; the library's own exports are looked up under its package name. */
export class RowFinder {
  readonly costs: CostIndex;
  readonly packageName: string | undefined;
  readonly ownHasRows: boolean;

  /** Does the package depend on something that loads models or starts sessions or processes? */
  readonly mayPrepare: boolean;
  /** Does it depend on a bundler? */
  readonly mayBuild: boolean;
  /** Can it not work without one of them: does the library itself build or launch? */
  readonly isMadeToWork: boolean;

  constructor(costs: CostIndex, info: PackageInfo | undefined) {
    const packageName = info?.name;
    this.costs = costs;
    this.packageName = packageName;
    const expected = info && costs.expectedOf(info.dependencies);
    this.mayPrepare = expected?.prepares ?? true;
    this.mayBuild = expected?.builds ?? true;
    const needed = info && costs.expectedOf(info.brings);
    this.isMadeToWork = needed === undefined || needed.prepares || needed.builds || needed.compiles;
    this.ownHasRows = packageName !== undefined && costs.knowsModule(packageName);
  }

  readonly #own = new Map<string, boolean>();
  readonly #found = new WeakMap<Origin, CostRow | null>();

  isOwn({ specifier }: Origin): boolean {
    if (specifier === null) return false;
    let isOwn = this.#own.get(specifier);
    if (isOwn === undefined) this.#own.set(specifier, (isOwn = isOwnSpecifier(specifier, this.packageName)));
    return isOwn;
  }

  find(origin: Origin): CostRow | undefined {
    const known = this.#found.get(origin);
    if (known !== undefined) return known ?? undefined;
    const row = this.#look(origin);
    this.#found.set(origin, row ?? null);
    return row;
  }

  #look(origin: Origin): CostRow | undefined {
    const direct = this.costs.find(origin.specifier, origin.path);
    if (direct || !this.ownHasRows || !this.isOwn(origin) || this.packageName === undefined) return direct;
    // A row's `default` is the default export of the package; that of any other file is something else.
    const isDefault = origin.path.length === 0 || (origin.path.length === 1 && origin.path[0] === 'default');
    const named = origin.path[0] === 'default' ? this.#findNamed(this.packageName, origin) : undefined;
    if (named) return named;
    const exported = isDefault && !isEntry(origin.specifier ?? '', this.packageName) ? undefined : this.costs.find(this.packageName, origin.path);
    // `getTestLlama().loadModel`: a helper made the receiver, the method is the library's.
    return exported ?? this.costs.findMethod(this.packageName, origin.path);
  }

  /** `import Engine from '../src/engine'`: the file is called like what the package exports. */
  #findNamed(packageName: string, { specifier, path }: Origin): CostRow | undefined {
    const base = /([\w$]+)(?:\.[cm]?[jt]sx?)?$/.exec(specifier ?? '')?.[1];
    if (base === undefined) return undefined;
    return [base, base.charAt(0).toUpperCase() + base.slice(1)].map((name) => this.costs.find(packageName, [name, ...path.slice(1)])).find(Boolean);
  }
}

const shared = new WeakMap<CostIndex, WeakMap<PackageInfo, RowFinder>>();

/** The files of a package ask the same of the same libraries. */
export function rowsOf(costs: CostIndex, info: PackageInfo | undefined): RowFinder {
  if (!info) return new RowFinder(costs, info);
  let ofPackages = shared.get(costs);
  if (!ofPackages) shared.set(costs, (ofPackages = new WeakMap()));
  let rows = ofPackages.get(info);
  if (!rows) ofPackages.set(info, (rows = new RowFinder(costs, info)));
  return rows;
}

/** Asked in each file, answered once a package: equal ways are one object in whatever file. */
export function onceAPackage<T>(answer: (rows: RowFinder, origin: Origin) => T): (rows: RowFinder, origin: Origin) => T {
  const known = new WeakMap<RowFinder, WeakMap<Origin, { readonly value: T }>>();
  return (rows, origin) => {
    let ofOrigins = known.get(rows);
    if (!ofOrigins) known.set(rows, (ofOrigins = new WeakMap()));
    let found = ofOrigins.get(origin);
    if (!found) ofOrigins.set(origin, (found = { value: answer(rows, origin) }));
    return found.value;
  };
}
