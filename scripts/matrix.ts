/**
 * `npm run test:matrix [-- --quick] [-- --only PATTERN]`: installs the packed tarball into projects of strangers and tries it there: linters, versions
 * of Node and TypeScript, kinds of configuration, layouts of node_modules, and every runner with a suite that is linted, fixed, migrated and run.
 * What came of it is written into `docs/compatibility.json`, from which the tables of `docs/compatibility.md` are made. `--quick` is the part that
 * runs with every change, and writes nothing; with `--only` the other cells keep what is written of them.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LintCell, RunnerCell } from './matrix/cells.ts';
import { LINTER_OF_RUNNERS, lintCells, nameOf, runnerCells } from './matrix/cells.ts';
import type { InstallSize } from './matrix/install-size.ts';
import { measureInstall } from './matrix/install-size.ts';
import { runLintCell } from './matrix/lint-cell.ts';
import { install, nodeFolder, pack, projectIn } from './matrix/project.ts';
import type { CellResult } from './matrix/results.ts';
import { RESULTS, writeResults } from './matrix/results.ts';
import { runRunnerCell } from './matrix/runner-cell.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, keep: { type: 'boolean', default: false } } });
const isChosen = (cell: LintCell | RunnerCell) => (!values.quick || cell.isQuick === true) && (values.only === undefined || new RegExp(values.only).test(nameOf(cell)));
const cells = [...lintCells, ...runnerCells].filter(isChosen);
const home = mkdtempSync(join(tmpdir(), 'slow-tests-matrix-'));
/** Folders of node_modules by what is in them: cells that need the same share one. */
const installed = new Map<string, string>();

function folderWith(tarball: string, packages: readonly string[], layout: LintCell['layout']): string {
  const key = [layout, ...packages].join(' ');
  const folder = installed.get(key) ?? join(home, `install-${installed.size}`);
  if (!installed.has(key)) install(folder, tarball, packages, layout);
  installed.set(key, folder);
  return folder;
}

function run(cell: LintCell | RunnerCell, tarball: string): CellResult {
  const node = nodeFolder(cell.node);
  if (node === undefined) return { outcome: 'not run', reason: `no binary of Node ${cell.node} for this machine` };
  const isRunner = 'runner' in cell;
  const folder = folderWith(tarball, isRunner ? [LINTER_OF_RUNNERS, ...cell.packages] : cell.packages, isRunner ? 'npm' : cell.layout);
  // Below the installation, so that packages are found from there as in a project.
  const own = join(folder, `cell-${cells.indexOf(cell)}`);
  rmSync(own, { recursive: true, force: true });
  const project = projectIn(own, folder, node);
  const version = execFileSync(join(node, 'node'), ['--version'], { encoding: 'utf8' }).trim();
  return { outcome: 'ran', node: version, ...(isRunner ? runRunnerCell(cell, project) : runLintCell(cell, project)) };
}

/** What fails is tried once more: on a busy machine a registry or a runner may stumble. What fails twice is wrong. */
function attempt<Result>(name: string, work: () => Result, again = true): Result | { readonly outcome: 'failed'; readonly reason: string } {
  const start = performance.now();
  try {
    const result = work();
    console.log(`holds ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
    return result;
  } catch (error) {
    const reason = (error as Error).message;
    console.log(`${again ? 'stumbled, once more' : 'FAILS'}: ${name}\n${reason}`);
    if (again) return attempt(name, work, false);
    failures++;
    return { outcome: 'failed', reason };
  }
}

let failures = 0;
try {
  const tarball = pack(home);
  const size = attempt('what an installation brings', (): InstallSize => measureInstall(folderWith(tarball, [], 'npm')));
  const results: Record<string, CellResult> = {};
  for (const [index, cell] of cells.entries()) results[nameOf(cell)] = attempt(`${index + 1}/${cells.length} ${nameOf(cell)}`, () => run(cell, tarball));
  if (!values.quick) {
    writeResults({ ...('packages' in size ? { install: size } : {}), cells: results });
    console.log(`Wrote ${RESULTS}; \`npm run build:docs\` makes the tables of it.`);
  }
} finally {
  if (values.keep) console.log(`Kept ${home}`);
  else rmSync(home, { recursive: true, force: true });
}
console.log(failures === 0 ? `All of ${cells.length} cells hold.` : `${failures} did not hold.`);
if (failures > 0) process.exitCode = 1;
