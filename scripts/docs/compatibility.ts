/** The tables of what works, from the results of `npm run test:matrix`: a cell that did not run, or did not hold, is in no row. */
import type { LintCell, RunnerCell } from '../matrix/cells.ts';
import { lintCells, nameOf, runnerCells } from '../matrix/cells.ts';
import type { LintResult } from '../matrix/lint-cell.ts';
import type { CellResult, Results } from '../matrix/results.ts';
import { readResults } from '../matrix/results.ts';
import type { RunnerResult } from '../matrix/runner-cell.ts';
import { table } from './tables.ts';

type Ran<Result> = Result & { readonly node: string };

function ranOf<Cell extends LintCell | RunnerCell, Result>(cells: readonly Cell[], { cells: results }: Results): { readonly cell: Cell; readonly result: Ran<Result> }[] {
  return cells.flatMap((cell) => {
    const result: CellResult | undefined = results[nameOf(cell)];
    return result?.outcome === 'ran' ? [{ cell, result: result as unknown as Ran<Result> }] : [];
  });
}

export function runnersThatHold(results = readResults()): ReadonlySet<RunnerCell> {
  return new Set(ranOf<RunnerCell, RunnerResult>(runnerCells, results).map(({ cell }) => cell));
}

/** One row for what differs in nothing but Node. */
function byNode(rows: readonly { readonly key: readonly string[]; readonly node: string }[]): string[][] {
  const nodes = new Map<string, { readonly key: readonly string[]; readonly nodes: string[] }>();
  for (const { key, node } of rows) {
    const found = nodes.get(key.join('\n')) ?? { key, nodes: [] };
    found.nodes.push(node);
    nodes.set(key.join('\n'), found);
  }
  return [...nodes.values()].map(({ key: [first = '', ...others], nodes: found }) => [first, found.join(', '), ...others]);
}

const major = (node: string): string => node.replace(/^v(\d+)\..*$/, '$1');
const linterOf = ({ packages }: LintCell): string => (packages[0] ?? '').replace('eslint@', 'ESLint ').replace('oxlint@', 'oxlint ');

export function lintersTable(results = readResults()): string {
  const rows = ranOf<LintCell, LintResult>(lintCells.filter(({ typescript, layout }) => typescript === 'none' && layout === 'npm'), results)
    .filter(({ result }) => result.lints && result.fixes)
    .map(({ cell, result }) => ({ key: [linterOf(cell), `\`${cell.config}\``], node: major(result.node) }));
  return table(['linter', 'Node', 'configuration'], byNode(rows));
}

export function typescriptTable(results = readResults()): string {
  const rows = ranOf<LintCell, LintResult>(lintCells.filter(({ typescript, layout }) => typescript !== 'none' && layout === 'npm'), results).map(({ cell, result }) => [
    cell.typescript,
    linterOf(cell),
    cell.parser === undefined ? 'no parser installed' : cell.refusal === undefined ? `yes, by ${cell.parser === 'oxlint' ? 'oxlint itself' : `\`${cell.parser}\``}` : `no: \`${cell.parser}\` says "${cell.refusal}"`,
    result.types ? 'yes' : 'not tried',
  ]);
  return table(['TypeScript', 'linter', 'TypeScript tests are linted', 'the types of the package hold'], rows);
}

export function layoutsTable(results = readResults()): string {
  const rows = ranOf<LintCell, LintResult>(lintCells.filter(({ layout }) => layout !== 'npm'), results)
    .filter(({ result }) => result.lints && result.fixes)
    .map(({ cell }) => [cell.layout === 'pnpm' ? 'pnpm' : '`npm install --install-strategy=linked`', linterOf(cell)]);
  return table(['strict layout', 'linter'], rows);
}

export function runnerCellsTable(results = readResults()): string {
  const rows = ranOf<RunnerCell, RunnerResult>(runnerCells, results).map(({ cell, result }) => ({
    key: [
      [cell.runner, cell.version].filter(Boolean).join(' '),
      result.left.length === 0 ? 'all findings' : `all but ${result.left.map((rule) => `\`${rule}\``).join(', ')}`,
      result.rewrittenBy === 'migrate' ? 'proven by `migrate`' : 'by the codemods; `migrate` says: ' + (result.reason ?? ''),
      result.fast === 'exact' ? 'its tests alone' : 'also slow tests',
      result.slow === 'exact' ? 'its tests alone' : 'also fast tests',
    ],
    node: major(result.node),
  }));
  return table(['runner', 'Node', '`eslint --fix` mends', 'rewritten', 'fast run', 'slow run'], byNode(rows));
}

export function installTable({ install } = readResults()): string {
  if (!install) return 'Not measured yet.';
  const total = install.packages.reduce((sum, { kilobytes }) => sum + kilobytes, 0);
  const rows = install.packages.map(({ name, version, kilobytes }) => [`\`${name}\``, version, megabytes(kilobytes)]);
  return table([`package (${install.platform})`, 'version', 'on the disk'], [...rows, ['together', '', megabytes(total)]]);
}

const megabytes = (kilobytes: number): string => `${(kilobytes / 1000).toFixed(1)} MB`;

/** The short form for the README. */
export function compatibilityTable(results = readResults()): string {
  const linters = ranOf<LintCell, LintResult>(lintCells, results).filter(({ result }) => result.lints && result.fixes);
  const runners = ranOf<RunnerCell, RunnerResult>(runnerCells, results);
  const inOrder = (items: readonly string[]): string => [...new Set(items)].join(', ');
  return table(['', 'tried with the packed tarball'], [
    ['linters', inOrder(linters.map(({ cell }) => linterOf(cell)))],
    ['Node', inOrder([...linters, ...runners].map(({ result }) => major(result.node)))],
    ['TypeScript', inOrder(linters.map(({ cell }) => cell.typescript))],
    ['configuration', inOrder(linters.map(({ cell }) => `\`${cell.config}\``))],
    ['node_modules', inOrder(linters.map(({ cell }) => (cell.layout === 'npm, linked' ? 'npm with `--install-strategy=linked`' : cell.layout)))],
    ['runners', inOrder(runners.map(({ cell }) => [cell.runner, cell.version].filter(Boolean).join(' ')))],
  ]);
}
