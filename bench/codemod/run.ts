/**
 * Files per second of the codemods beside jscodeshift's find, edit and print and beside parsing alone, in one run over one corpus;
 * and how long the command takes to start.
 *   npm run bench:codemod [-- [--files N] [PATH…]]
 * PATH is a file, a checkout or a folder of checkouts. Without one: our own tests, and what installed packages publish of theirs.
 * One core, warm, texts in memory; only files in which tests may stand, since others are not even parsed. Only ratios of one run carry over.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { allCodemods } from '../../codemods/all.ts';
import { readSettings } from '../../src/analysis/settings.ts';
import { mayHoldTests } from '../../src/analysis/test-words.ts';
import { applyCodemod } from '../../src/host/apply-codemod.ts';
import { defaultsOf } from '../../src/host/options.ts';
import { writeFigures } from '../goals.ts';
import { collectCorpus, ownCorpus } from '../lint/corpus.ts';
import { timeAll, timeProcess } from './measure.ts';
import type { Source, Work } from './peers.ts';
import { loadPeers } from './peers.ts';
import { judge } from './report.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { files: { type: 'string', default: '400' }, passes: { type: 'string', default: '5' } } });
const limit = Number(values.files);
if (!Number.isSafeInteger(limit) || limit < 1) throw new Error(`--files: expected a positive integer, got ${values.files}.`);
const STARTS = 9;
const COMMAND = resolve(import.meta.dirname, '../../dist/cli.cjs');

const corpus = positionals.length > 0 ? collectCorpus(positionals, limit * 2) : ownCorpus();
const sources = corpus.files
  .map((path): Source => ({ path, text: readFileSync(path, 'utf8') }))
  .filter(({ text }) => mayHoldTests(text))
  .filter((_, index, all) => index % Math.max(1, Math.floor(all.length / limit)) === 0)
  .slice(0, limit);
if (sources.length === 0) throw new Error(`No test files under ${positionals.join(', ')}.`);
const bytes = sources.reduce((sum, { text }) => sum + text.length, 0);
console.log(`${sources.length} test files, ${Math.round(bytes / 1024)} KiB, from ${corpus.description}`);
console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores\n`);

const settings = readSettings(undefined);
let found = 0;
const codemods: Record<string, Work> = {};
for (const definition of allCodemods) {
  const context = { settings, options: defaultsOf(definition.options) };
  codemods[definition.name] = (source) => {
    const result = applyCodemod(definition, source, context);
    if (result.type === 'error') throw new Error(result.message);
  };
  found += sources.filter((source) => {
    const result = applyCodemod(definition, source, context);
    return result.type === 'done' && (result.output !== undefined || result.left.length > 0);
  }).length;
}
console.log(`${found} findings in files, over ${allCodemods.length} codemods\n`);
const times = timeAll({ ...codemods, ...loadPeers() }, sources, Number(values.passes));

const folder = mkdtempSync(join(tmpdir(), 'slow-tests-bench-'));
try {
  writeFileSync(join(folder, 'a.test.js'), "import { it } from 'vitest';\nit('adds', () => {});\n");
  const [first] = allCodemods;
  const starts = {
    '--help': timeProcess([COMMAND, '--help'], folder, STARTS),
    'one file': timeProcess([COMMAND, first?.name ?? '', 'a.test.js'], folder, STARTS),
    'node alone': timeProcess(['-e', ''], folder, STARTS),
  };
  const result = judge(times, allCodemods.map(({ name }) => name), starts);
  console.log(result.text);
  console.log(`\nAll figures: ${writeFigures('codemod', { ...result.figures, files: sources.length, bytes, corpus: corpus.description, node: process.version })}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
