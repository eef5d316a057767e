/** What the page of a report is given: written by the command, read in the browser. Tests are rows, since there may be 100,000 of them. */

export interface PageData {
  readonly headline: string;
  readonly sentences: readonly string[];
  /** When the older profile was recorded, where one is compared with. */
  readonly before: string | null;
  readonly tiers: readonly TierBar[];
  readonly causes: readonly CauseBar[];
  readonly tierNames: readonly string[];
  readonly files: readonly string[];
  readonly causeNames: readonly string[];
  readonly causeTexts: readonly string[];
  readonly tests: readonly TestRow[];
}

interface Bar {
  readonly name: string;
  readonly tests: number;
  /** ms */
  readonly duration: number;
  /** ms in the older profile. */
  readonly before: number | null;
}

export interface TierBar extends Bar {
  readonly budget: number;
  readonly longest: number;
  readonly over: number;
}

export type CauseBar = Bar;

/** Indices lead into the lists beside; -1 leads nowhere. */
export type TestRow = readonly [title: string, file: number, line: number, tier: number, duration: number, before: number | null, isOver: 0 | 1, cause: number, causeText: number];
