/** Which cost row, if any, knows a callee. */
import { allCostRows } from '../knowledge/costs/all.ts';
import type { CostRow } from '../knowledge/cost-row.ts';
import { expensiveKind } from './expense.ts';
import { splitExport } from './export-path.ts';

interface WildRow {
  readonly path: readonly string[];
  readonly row: CostRow;
}

/** What a package may do, by what it depends on. */
interface Expected {
  readonly prepares: boolean;
  readonly builds: boolean;
  readonly compiles: boolean;
}

/** A compiler that takes this long to start: whoever calls it is slow, by whatever name. */
const HEAVY_MS = 300;

export function isHeavyCompile({ kind, milliseconds }: CostRow): boolean {
  return kind === 'compile' && milliseconds !== undefined && milliseconds >= HEAVY_MS;
}

/** An editor sees many projects in its life. */
const MAX_SPECIFIERS = 20_000;

export class CostIndex {
  readonly #exact = new Map<string, CostRow>();
  /** Rows with a `*` in their path, by module; rows for every subpath of a module. */
  readonly #wild = new Map<string, WildRow[]>();
  readonly #subpaths: (WildRow & { readonly prefix: string })[] = [];
  /** Rows for methods on results, by module and method name. */
  readonly #methods = new Map<string, CostRow>();
  readonly #modules = new Set<string>();
  readonly #prefixes = new Set<string>();
  /** Of rows for what may take long: the names that lead to it, by module. */
  readonly #long = new Map<string, (readonly string[])[]>();
  readonly #longPrefixes: { readonly prefix: string; readonly names: readonly string[] }[] = [];
  readonly #known = new Map<string, boolean>();
  /** Modules that prepare something expensive: models, sessions, processes. */
  readonly #preparing = new Set<string>();
  /** Modules that hold a compiler of that kind. */
  readonly #compiling = new Set<string>();
  /** Modules that compile or build by themselves. */
  readonly #making = new Set<string>();
  /** What modules that build are called by: `rollup`, `build`; `default` where any name will do. */
  readonly #works = new Map<string, Set<string>>();
  readonly #expected = new WeakMap<ReadonlySet<string>, Expected>();
  /** Names of globals that some row begins with. */
  readonly globals = new Set<string>();

  /** Later rows win, so that a user's row overrides a built-in one. */
  constructor(rows: readonly CostRow[]) {
    for (const row of rows) {
      const path = splitExport(row.export);
      const modules = row.module === undefined ? [null] : typeof row.module === 'string' ? [row.module] : row.module;
      for (const module of modules) {
        if (module === null) this.globals.add(path[0] ?? '');
        else if (module.endsWith('/*')) this.#prefixes.add(module.slice(0, -1));
        else this.#modules.add(module);
        if (module !== null && expensiveKind(row) !== undefined) {
          const names = path.filter((token) => token !== '()' && token !== '*');
          if (module.endsWith('/*')) this.#longPrefixes.push({ prefix: module.slice(0, -1), names });
          else this.#long.set(module, [...(this.#long.get(module) ?? []), names]);
        }
        if (module !== null && /^(?:session|load|launch)$/.test(row.kind)) this.#preparing.add(module.replace(/\/\*$/, ''));
        if (module !== null && isHeavyCompile(row)) this.#compiling.add(module);
        if (module !== null && (row.kind === 'build' || row.kind === 'compile')) this.#making.add(module);
        if (module !== null && row.kind === 'build') {
          const works = this.#works.get(module) ?? new Set<string>();
          this.#works.set(module, works.add(path.findLast((token) => token !== '()') ?? ''));
        }
        if (path.length > 2 && path.includes('()') && !path.includes('*')) this.#methods.set(`${module ?? ''}|${path.at(-1) ?? ''}`, row);
        if (module?.endsWith('/*')) this.#subpaths.unshift({ prefix: module.slice(0, -1), path, row });
        else if (path.includes('*')) this.#wild.set(module ?? '', [{ path, row }, ...(this.#wild.get(module ?? '') ?? [])]);
        else this.#exact.set(`${module ?? ''}|${path.join('.')}`, row);
      }
    }
  }

  /** Is it a compiler or a bundler itself? */
  isMaker(specifier: string): boolean {
    return this.#making.has(specifier);
  }

  /** Does a text import something that builds, and call it by its name? */
  buildsIn(text: string): boolean {
    for (const [, specifier = ''] of text.matchAll(IMPORTED)) {
      for (const name of this.#works.get(specifier) ?? []) {
        const called = name === 'default' || name === '*' ? '[\\w$]*' : escaped(name);
        if (new RegExp(`(?<![\\w$])${called}(?:<[^>]*>)?\\(`).test(text)) return true;
      }
    }
    return false;
  }

  /** Of the dependencies that the tests of a package share. */
  expectedOf(dependencies: ReadonlySet<string>): Expected {
    let expected = this.#expected.get(dependencies);
    if (!expected) {
      const names = [...dependencies];
      expected = { prepares: names.some((name) => this.#preparing.has(name)), builds: names.some((name) => this.#works.has(name)), compiles: names.some((name) => this.#compiling.has(name)) };
      this.#expected.set(dependencies, expected);
    }
    return expected;
  }

  /** Does a text that imports a module say the names of one of its functions that may take long whatever the size? */
  mayTakeLong(specifier: string, says: (names: readonly string[]) => boolean): boolean {
    return this.#long.get(specifier)?.some(says) === true || this.#longPrefixes.some(({ prefix, names }) => specifier.startsWith(prefix) && says(names));
  }

  knowsModule(specifier: string): boolean {
    let known = this.#known.get(specifier);
    if (known === undefined) {
      if (this.#known.size >= MAX_SPECIFIERS) this.#known.clear();
      known = this.#modules.has(specifier) || [...this.#prefixes].some((prefix) => specifier.startsWith(prefix));
      this.#known.set(specifier, known);
    }
    return known;
  }

  find(specifier: string | null, given: readonly string[]): CostRow | undefined {
    if (specifier !== null && !this.knowsModule(specifier)) return undefined;
    const path = given[0] === 'default' ? given.slice(1) : given;
    const exact = this.#exact.get(`${specifier ?? ''}|${path.join('.')}`);
    if (exact) return exact;
    for (const { path: pattern, row } of this.#wild.get(specifier ?? '') ?? []) if (matchesPath(pattern, path)) return row;
    if (specifier === null) return undefined;
    return this.#subpaths.find(({ prefix, path: pattern }) => specifier.startsWith(prefix) && matchesPath(pattern, path))?.row;
  }

  /** A row for this method on whatever a call of the module returns. */
  findMethod(specifier: string, path: readonly string[]): CostRow | undefined {
    return path.includes('()') ? this.#methods.get(`${specifier}|${path.at(-1) ?? ''}`) : undefined;
  }
}

const IMPORTED = /(?:from|require\(|import\(?)\s*['"]([^'"]+)['"]/g;

function escaped(name: string): string {
  return name.replace(/[$]/g, '\\$&');
}

function matchesPath(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((token, index) => token === path[index] || (token === '*' && path[index] !== '()'));
}

const builtIn = new CostIndex(allCostRows);
const withUserRows = new WeakMap<readonly CostRow[], CostIndex>();

export function costIndexFor(userRows: readonly CostRow[]): CostIndex {
  if (userRows.length === 0) return builtIn;
  let index = withUserRows.get(userRows);
  if (!index) {
    index = new CostIndex([...allCostRows, ...userRows]);
    withUserRows.set(userRows, index);
  }
  return index;
}
