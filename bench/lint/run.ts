/**
 * Time of our rules against eslint-plugin-jest's recommended ones, both in the same ESLint run over the same files.
 *   npm run bench:lint [-- [--files N] [PATH…]]
 * PATH is a file, a checkout or a folder of checkouts. Without one: our own tests, and what installed packages publish of theirs.
 * Times are ESLint's own (`stats: true`), summed per plugin. Only figures and ratios of one run carry over.
 */
import { availableParallelism, cpus } from 'node:os';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeFigures } from '../goals.ts';
import type { Corpus } from './corpus.ts';
import { collectCorpus, ownCorpus } from './corpus.ts';
import type { FileTime } from './measure.ts';
import { openBenchmark } from './measure.ts';
import { judge } from './report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { files: { type: 'string', default: '400' } },
});
const limit = Number(values.files);
if (!Number.isSafeInteger(limit) || limit < 1) throw new Error(`--files: expected a positive integer, got ${values.files}.`);

/** So few files see nothing but cold code: said for itself. */
const COLD_FILES = 20;

const corpus: Corpus = positionals.length > 0 ? collectCorpus(positionals, limit) : ownCorpus();
const { files: measured, warmUp } = corpus;
if (measured.length === 0) throw new Error(`No test files under ${positionals.join(', ')}.`);
const bytes = measured.reduce((sum, file) => sum + readFileSync(file).length, 0);
const benchmark = await openBenchmark(corpus.root);

console.log(`${measured.length} test files, ${Math.round(bytes / 1024)} KiB, from ${corpus.description}`);
console.log(`${warmUp.length} others to warm up. Node ${process.version}, ESLint ${benchmark.eslintVersion}, ${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores\n`);

const cold = await benchmark.lint(warmUp.slice(0, COLD_FILES));
await benchmark.lint(warmUp.slice(COLD_FILES));
// The first pass reads the files next to the tests for the first time; the second finds them remembered, as an editor does.
const first: FileTime[] = await benchmark.lint(measured);
const second: FileTime[] = await benchmark.lint(measured);

const result = judge({ cold, first, second, jestRules: benchmark.jestRules, ownRules: benchmark.ownRules });
console.log(result.text);
console.log(`\nAll figures: ${writeFigures('lint', { ...result.figures, files: measured.length, bytes, corpus: corpus.description, node: process.version, eslint: benchmark.eslintVersion })}`);
