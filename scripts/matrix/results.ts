/** What came of the cells, as it is written down. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { lintCells, nameOf, runnerCells } from './cells.ts';
import type { InstallSize } from './install-size.ts';
import type { LintResult } from './lint-cell.ts';
import type { RunnerResult } from './runner-cell.ts';

export const RESULTS = 'docs/compatibility.json';
const FILE = resolve(import.meta.dirname, '../..', RESULTS);

export type CellResult =
  | ({ readonly outcome: 'ran'; readonly node: string } & (LintResult | RunnerResult))
  | { readonly outcome: 'failed' | 'not run'; readonly reason: string };

export interface Results {
  readonly install?: InstallSize;
  /** By the names of the cells. */
  readonly cells: Readonly<Record<string, CellResult>>;
}

export function readResults(): Results {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Results) : { cells: {} };
}

/** Cells that did not run this time keep what is known of them; cells that are gone go. */
export function writeResults({ install, cells }: Results): void {
  const known = readResults();
  const all: Readonly<Record<string, CellResult>> = { ...known.cells, ...cells };
  const ordered = Object.fromEntries([...lintCells, ...runnerCells].map(nameOf).flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
  writeFileSync(FILE, `${JSON.stringify({ install: install ?? known.install, cells: ordered }, undefined, 2)}\n`);
}
