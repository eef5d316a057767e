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

/** Every tenth file warms the parsers and the engine's compilers up; it is not counted. */
const WARM_UP_SHARE = 10;

const corpus: Corpus = positionals.length > 0 ? collectCorpus(positionals, limit + Math.ceil(limit / WARM_UP_SHARE)) : ownCorpus();
if (corpus.files.length === 0) throw new Error(`No test files under ${positionals.join(', ')}.`);

const warmUp = corpus.files.filter((_, index) => index % (WARM_UP_SHARE + 1) === 0);
const measured = corpus.files.filter((_, index) => index % (WARM_UP_SHARE + 1) !== 0);
const bytes = measured.reduce((sum, file) => sum + readFileSync(file).length, 0);
const benchmark = await openBenchmark(corpus.root);

console.log(`${measured.length} test files, ${Math.round(bytes / 1024)} KiB, from ${corpus.description}`);
console.log(`${warmUp.length} others to warm up. Node ${process.version}, ESLint ${benchmark.eslintVersion}, ${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores\n`);

await benchmark.lint(warmUp);
// The first pass reads the files next to the tests for the first time; the second finds them remembered, as an editor does.
const first: FileTime[] = await benchmark.lint(measured);
const second: FileTime[] = await benchmark.lint(measured);

const result = judge({ first, second, jestRules: benchmark.jestRules, ownRules: benchmark.ownRules });
console.log(result.text);
console.log(`\nAll figures: ${writeFigures('lint', { ...result.figures, files: measured.length, bytes, corpus: corpus.description, node: process.version, eslint: benchmark.eslintVersion })}`);
