/**
 * `npm run case-study -- CHECKOUT [--command "npx vitest run"] PATH…`: runs the suite of an installed checkout, lets all codemods go over the paths, runs the
 * fast and the slow part, and says whether each test that passed still does. The checkout gets its own texts back unless `--keep` is given.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { allCodemods } from '../codemods/all.ts';
import { findFiles } from '../src/cli/find-files.ts';
import { formatTable } from '../src/cli/table.ts';
import { EXTENSIONS } from '../src/host/apply-codemod.ts';
import { findLost } from './demo/comparison.ts';
import type { TestReport } from './demo/test-report.ts';
import { readTestReport, secondsInTests } from './demo/test-report.ts';

const CLI = resolve(import.meta.dirname, '../dist/cli.cjs');
const FILTERS = { all: '', fast: ` -t '^(?!.*@slow)'`, slow: ` -t '@slow'` };

interface Run {
  readonly report: TestReport;
  /** s of the whole command: on the clock, and of processors. */
  readonly wall: number;
  readonly cpu: number;
}

interface Suite {
  readonly folder: string;
  /** Jest or Vitest, without filter and reporter. */
  readonly command: string;
}

function run({ folder, command }: Suite, filter: keyof typeof FILTERS): Run {
  const results = mkdtempSync(join(tmpdir(), 'slow-tests-case-'));
  const file = join(results, 'report.json');
  const reporter = /\bjest\b/.test(command) ? `--ci --json --outputFile=${file}` : `--reporter=json --outputFile=${file}`;
  try {
    const { stderr } = spawnSync('bash', ['-c', `TIMEFORMAT='%R %U %S'; time ${command} ${reporter}${FILTERS[filter]} > /dev/null 2> ${results}/printed`], { cwd: folder, encoding: 'utf8' });
    if (!existsSync(file)) throw new Error(`No report of \`${command}\`:\n${readFileSync(join(results, 'printed'), 'utf8').slice(-2_000)}`);
    const [wall = 0, user = 0, system = 0] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
    return { report: readTestReport(readFileSync(file, 'utf8'), folder), wall, cpu: user + system };
  } finally {
    rmSync(results, { recursive: true, force: true });
  }
}

function rewrite(folder: string, paths: readonly string[]): void {
  for (const { name } of allCodemods) {
    for (const mode of ['--dry', '--force']) {
      const { stdout, stderr, status } = spawnSync(process.execPath, [CLI, name, mode, ...paths], { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1' } });
      if (status !== 0) throw new Error(`${name}: ${stdout}${stderr}`);
      if (mode === '--dry') process.stdout.write(`${stdout}\n`);
    }
  }
}

function tableOf(before: Run, fast: Run, slow: Run): string {
  const seconds = (value: number) => `${value.toFixed(2)} s`;
  const row = (name: string, read: (one: Run) => string) => [name, ...[before, fast, slow].map(read)];
  return formatTable(
    ['', 'before', 'fast', 'slow'],
    [
      row('tests that pass', ({ report }) => String(report.passed.length)),
      row('tests that fail', ({ report }) => String(report.failed.length)),
      row('wall', ({ wall }) => seconds(wall)),
      row('processors', ({ cpu }) => seconds(cpu)),
      row('in tests', ({ report }) => seconds(secondsInTests(report))),
    ],
    ['left', 'right', 'right', 'right'],
  );
}

/** Tests that passed and fail in one of the later runs, or pass in none. */
function spoiltIn(before: Run, later: readonly Run[]): string[] {
  const passed = { ...before.report, failed: [] };
  const failed = { ...before.report, passed: later.flatMap(({ report }) => report.failed), failed: [] };
  const fails = findLost(failed, [{ ...before.report, passed: [] }]).map((name) => `fails: ${name}`);
  const lost = findLost(passed, later.map(({ report }) => ({ ...report, failed: [] }))).map((name) => `passes no more: ${name}`);
  return [...fails, ...lost];
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { command: { type: 'string', default: 'npx vitest run' }, keep: { type: 'boolean', default: false } } });
  const [checkout, ...paths] = positionals;
  if (checkout === undefined || paths.length === 0) throw new Error('Expected a checkout and paths in it: npm run case-study -- CHECKOUT PATH…');
  const suite: Suite = { folder: resolve(process.env['INIT_CWD'] ?? '.', checkout), command: values.command };
  const { files } = await findFiles(paths, EXTENSIONS, suite.folder);
  const texts = files.map((file) => ({ file, text: readFileSync(file) }));
  try {
    const before = run(suite, 'all');
    rewrite(suite.folder, paths);
    const [fast, slow] = [run(suite, 'fast'), run(suite, 'slow')];
    process.stdout.write(`${tableOf(before, fast, slow)}\n`);
    const spoilt = spoiltIn(before, [fast, slow]);
    process.stdout.write(`\n${spoilt.length === 0 ? 'Each test that passed still does.' : spoilt.join('\n')}\n`);
    return spoilt.length === 0 ? 0 : 1;
  } finally {
    if (!values.keep) for (const { file, text } of texts) if (!readFileSync(file).equals(text)) writeFileSync(file, text);
  }
}

process.exitCode = await main();
