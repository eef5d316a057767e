/**
 * Which call in the source declared a measured test? Asked by title, groups included. Tests that no call of the file declares
 * (a helper of another file does, or `RuleTester`) stay unmatched, and are said so.
 */
import type { Declaration } from '../analysis/declarations.ts';
import type { Reading } from '../analysis/reading.ts';
import type { ProfiledTest } from './profile.ts';
import type { TitleChain } from './title-chain.ts';
import { titleChains, titlesOfRows } from './title-chain.ts';
import { fits, literalLength, plainTitle } from './title-pattern.ts';

export interface Matching {
  readonly declared: ReadonlyMap<ProfiledTest, Declaration>;
  readonly unmatched: readonly ProfiledTest[];
}

/** All measured tests of the file: of two with one title the first in the report is the first in the source. */
export function matchTests(reading: Reading, tests: readonly ProfiledTest[]): Matching {
  const matcher = new Matcher(reading);
  const declared = new Map<ProfiledTest, Declaration>();
  const unmatched: ProfiledTest[] = [];
  for (const test of tests) {
    const declaration = matcher.find(test);
    if (declaration) declared.set(test, declaration);
    else unmatched.push(test);
  }
  return { declared, unmatched };
}

class Matcher {
  readonly #reading: Reading;
  readonly #plain: (text: string) => string;
  readonly #exact = new Map<string, TitleChain[]>();
  readonly #open: TitleChain[] = [];
  readonly #all: readonly TitleChain[];
  readonly #seen = new Map<string, number>();
  readonly #rows = new Map<Declaration, ReadonlySet<string> | undefined>();

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#plain = plainTitle(reading.settings.marker);
    this.#all = titleChains(reading, this.#plain);
    for (const chain of this.#all) {
      const [title = '', ...more] = chain.whole;
      const same = this.#exact.get(title);
      if (more.length > 0) this.#open.push(chain);
      else if (same) same.push(chain);
      else this.#exact.set(title, [chain]);
    }
  }

  find({ title, line }: ProfiledTest): Declaration | undefined {
    const titles = title.map(this.#plain);
    const whole = titles.join('');
    const earlier = this.#seen.get(whole) ?? 0;
    this.#seen.set(whole, earlier + 1);
    const candidates = this.#exact.get(whole) ?? this.#amongOpen(titles, whole) ?? this.#amongParts(titles, whole);
    return choose(candidates, earlier, line, this.#reading.module.file.text);
  }

  #amongOpen(titles: readonly string[], whole: string): readonly TitleChain[] | undefined {
    const fitting = this.#open.filter((chain) => fits(chain.whole, whole));
    if (fitting.length === 0) return undefined;
    const byGroup = fitting.filter((chain) => chain.titles.length === titles.length && chain.titles.every((pattern, index) => fits(pattern, titles[index] ?? '')));
    return this.#mostTelling(byGroup.length > 0 ? byGroup : fitting, titles.at(-1) ?? '');
  }

  /** Groups that an unknown function declared stand in the report, but not in the source. */
  #amongParts(titles: readonly string[], whole: string): readonly TitleChain[] {
    const own = titles.at(-1) ?? '';
    const fitting = this.#all.filter((chain) => {
      const [title = [], group = []] = [...chain.titles].reverse();
      // A title that is all hole is known by the group right around it.
      const isKnown = literalLength(title) > 0 || (literalLength(group) > 0 && fits(group, titles.at(-2) ?? ''));
      return isKnown && ((fits(title, own) && isPartOf(chain.titles, titles)) || (literalLength(title) > 0 && fits(['', ...chain.whole], whole)));
    });
    return this.#mostTelling(fitting, own);
  }

  #mostTelling(chains: readonly TitleChain[], own: string): readonly TitleChain[] {
    if (chains.length < 2) return chains;
    const possible = chains.filter(({ declaration }) => this.#rowsOf(declaration)?.has(own) ?? true);
    const left = possible.length > 0 ? possible : chains;
    const most = Math.max(...left.map(({ literalLength }) => literalLength));
    return left.filter(({ literalLength }) => literalLength === most);
  }

  #rowsOf(declaration: Declaration): ReadonlySet<string> | undefined {
    if (!this.#rows.has(declaration)) this.#rows.set(declaration, titlesOfRows(this.#reading, declaration, this.#plain));
    return this.#rows.get(declaration);
  }
}

/** The declared titles in their order, with others between them. */
function isPartOf(patterns: TitleChain['titles'], titles: readonly string[]): boolean {
  let at = 0;
  return patterns.every((pattern) => {
    while (at < titles.length) if (fits(pattern, titles[at++] ?? '')) return true;
    return false;
  });
}

function choose(chains: readonly TitleChain[], earlier: number, line: number | undefined, text: string): Declaration | undefined {
  if (chains.length < 2) return chains[0]?.declaration;
  const there = line === undefined ? undefined : chains.find(({ declaration }) => holdsLine(text, declaration, line));
  return (there ?? chains[Math.min(earlier, chains.length - 1)])?.declaration;
}

function holdsLine(text: string, { call }: Declaration, line: number): boolean {
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  return lineAt(call.range[0]) <= line && line <= lineAt(call.range[1]);
}
