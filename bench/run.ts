/**
 * All benchmarks, one after the other, beside the public tools that do the like; then all goals at one glance.
 *   npm run bench [-- --quick PATH…]
 * The goals of linting and rewriting are about test files of public checkouts, which PATH names; without one, a few files that are here stand in.
 * Each can be run alone: npm run bench:lint, bench:codemod, bench:kernel, bench:profile. Only ratios of one run carry over to another machine.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { goalText, isReached, readFigures, writeFigures } from './goals.ts';

const isQuick = process.argv.includes('--quick');
const paths = process.argv.slice(2).filter((word) => !word.startsWith('-')).map((path) => resolve(process.env['INIT_CWD'] ?? '.', path));
const KERNEL = resolve(import.meta.dirname, 'kernel');
const TSX = ['--import', 'tsx'];

interface Benchmark {
  readonly args: readonly string[];
  /** Has peers of its own, which nobody else needs. */
  readonly install?: string;
}

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  lint: { args: [...TSX, 'bench/lint/run.ts', ...(isQuick ? ['--files', '40'] : []), ...paths] },
  codemod: { args: [...TSX, 'bench/codemod/run.ts', ...(isQuick ? ['--files', '40', '--passes', '2'] : []), ...paths] },
  kernel: { args: [...TSX, 'bench/kernel/run.mjs', ...(isQuick ? ['--quick'] : [])], install: KERNEL },
  profile: { args: [...TSX, 'bench/profile/run.ts', '--runs', isQuick ? '1' : '5'] },
};

const all: Record<string, unknown> = {};
const failed: string[] = [];
for (const [name, { args, install }] of Object.entries(BENCHMARKS)) {
  console.log(`\n== ${name}\n`);
  if (install !== undefined && !succeeds('npm', ['install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', '--prefix', install])) failed.push(name);
  else if (succeeds(process.execPath, args)) all[name] = readFigures(name);
  else failed.push(name);
}

const goals = Object.entries(all).flatMap(([benchmark, figures]) => (figures as ReturnType<typeof readFigures>).goals.map((goal) => ({ ...goal, name: `${benchmark}: ${goal.name}` })));
console.log(`\n== goals: ${goals.filter(isReached).length} of ${goals.length} reached\n`);
for (const goal of goals) console.log(goalText(goal));
for (const name of failed) console.log(`${name}: the benchmark failed.`);
console.log(`\nAll figures: ${writeFigures('', { goals, ...all, node: process.version })}`);
if (failed.length > 0) process.exitCode = 1;

function succeeds(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { cwd: resolve(import.meta.dirname, '..'), stdio: 'inherit', shell: process.platform === 'win32' && program === 'npm' }).status === 0;
}
