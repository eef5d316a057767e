/**
 * What `slow-tests profile` costs: a suite run with it and without it, in turn.
 *   npm run bench:profile [-- [--runs N] [--cwd FOLDER] COMMAND…]
 * COMMAND runs a suite in FOLDER. Without one: two suites of about ten seconds, made for the occasion. The time that all processes of a run
 * compute is told beside the time that passes, since it hardly changes with what else the machine does.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeFigures } from '../goals.ts';
import type { Suite } from './suites.ts';
import { makeSuites } from './suites.ts';
import { judge } from './report.ts';
import type { Cost, Measured } from './report.ts';

const COMMAND = resolve(import.meta.dirname, '../../dist/cli.cjs');

const separator = process.argv.indexOf('--', 2);
const words = separator === -1 ? [] : process.argv.slice(separator + 1);
const { values } = parseArgs({
  args: process.argv.slice(2, separator === -1 ? undefined : separator),
  options: { runs: { type: 'string', default: '5' }, cwd: { type: 'string', default: '.' } },
});
const runs = Number(values.runs);
if (!Number.isSafeInteger(runs) || runs < 1) throw new Error(`--runs: expected a positive integer, got ${values.runs}.`);

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, ${runs} runs with and ${runs} without\n`);
const folder = mkdtempSync(join(tmpdir(), 'slow-tests-bench-'));
try {
  const suites = words.length > 0 ? [{ name: words.join(' '), folder: resolve(values.cwd), command: words }] : makeSuites(folder);
  const { text, figures } = judge(suites.map((suite) => measure(suite, join(folder, 'profile.json'))));
  console.log(text);
  console.log(`\nAll figures: ${writeFigures('profile', { ...figures, node: process.version })}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measure({ name, folder: cwd, command }: Suite, profile: string): Measured {
  const profiled = [process.execPath, COMMAND, 'profile', '--output', profile, '--', ...command];
  const measured = { name, plain: [] as Cost[], profiled: [] as Cost[] };
  // What is read for the first time is read from the disk.
  costOf(command, cwd);
  for (let run = 0; run < runs; run++) {
    measured.plain.push(costOf(command, cwd));
    measured.profiled.push(costOf(profiled, cwd));
  }
  return measured;
}

/** The shell knows what all that it has waited for has computed. */
function costOf(command: readonly string[], cwd: string): Cost {
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync('/bin/sh', ['-c', '"$@" > /dev/null 2>&1 || exit; times', 'sh', ...command], { cwd, encoding: 'utf8' });
  const wall = performance.now() - start;
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${String(status)}. ${stderr}`);
  const [user = NaN, system = NaN] = [...(stdout.trim().split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(([, minutes, seconds]) => Number(minutes) * 60_000 + Number(seconds) * 1000);
  return { wall, computed: user + system };
}
