// `slow-tests run` with versions of runners that the ordinary tests do not hold. What ran is what its tests have written.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunTier } from '../../src/timing/select.ts';
import { installVersion, nodeBinary } from './install.ts';

interface Case {
  readonly packages: string;
  readonly script: string;
  readonly file: string;
  readonly head: string;
  readonly node?: number;
  readonly files?: Readonly<Record<string, string>>;
  /** Behind the title, for tests that are slow. */
  readonly options?: string;
}

const MODULE = "import { appendFileSync } from 'node:fs';\n";
const VITEST = { script: 'vitest', file: 'a.test.ts', head: `${MODULE}import { describe, it } from 'vitest';`, files: { 'vitest.config.mjs': 'export default {};\n' } };
const TAGGED = { ...VITEST, files: { 'vitest.config.mjs': "export default { test: { tags: [{ name: 'slow' }] } };\n" }, options: "{ tags: ['slow'] }, " };
const COMMON = { file: 'a.test.js', head: "const { appendFileSync } = require('node:fs');" };
const JEST = { ...COMMON, script: 'jest', files: { 'jest.config.json': '{ "transform": {}, "watchman": false }\n' } };
const AVA = { script: 'ava', file: 'a.test.mjs', head: `${MODULE}import it from 'ava';\nconst describe = (_, body) => body();` };

const CASES: readonly Case[] = [
  { ...VITEST, packages: 'vitest@1.6.1' },
  { ...VITEST, packages: 'vitest@2.1.9' },
  { ...VITEST, packages: 'vitest@3.2.7' },
  { ...TAGGED, packages: 'vitest@4.0.18' },
  { ...VITEST, packages: 'vitest@5.1.1', node: 22 },
  { ...TAGGED, packages: 'vitest@5.1.1', node: 22 },
  { ...JEST, packages: 'jest@29.7.0' },
  { ...COMMON, packages: 'mocha@10.8.2', script: 'mocha a.test.js' },
  { ...COMMON, packages: 'mocha@11.7.5', script: 'mocha a.test.js' },
  { ...COMMON, packages: 'jasmine@7.0.0', script: 'jasmine a.test.js', node: 22 },
  { ...AVA, packages: 'ava@7.0.0', node: 22 },
];

const TIERS: Readonly<Record<RunTier, readonly string[]>> = {
  all: ['fast', 'long @slow', 'endless @slow @stress'],
  fast: ['fast'],
  slow: ['long @slow'],
  stress: ['endless @slow @stress'],
};

describe('slow-tests run', () => {
  it.each(CASES)('$packages $options', { timeout: 180_000 }, ({ packages, script, file, head, node = 20, files = {}, options = '' }) => {
    const folder = mkdtempSync(join(installVersion(packages), 'tiers-'));
    const written = join(folder, 'ran.txt');
    const [parameter, end] = head.includes("'ava'") ? ['t', 't.pass();'] : ['', ''];
    const tests = TIERS.all.map((title) => `  it('${title}', ${title.includes('@slow') ? options : ''}(${parameter}) => { appendFileSync(${JSON.stringify(written)}, '${title}\\n'); ${end} });\n`);
    const all = { 'package.json': JSON.stringify({ private: true, scripts: { test: script } }), ...files, [file]: `${head}\ndescribe('group', () => {\n${tests.join('')}});\n` };
    try {
      for (const [path, text] of Object.entries(all)) writeFileSync(join(folder, path), text);
      for (const [tier, expected] of Object.entries(TIERS)) {
        rmSync(written, { force: true });
        const env = { ...process.env, NO_COLOR: '1', VITEST: undefined, NODE_ENV: undefined, NODE_OPTIONS: undefined };
        execFileSync(nodeBinary(node), ['--import', 'tsx', join(import.meta.dirname, '../../src/cli/main.ts'), 'run', tier], { cwd: folder, env, stdio: ['ignore', 'ignore', 'ignore'] });
        const ran = existsSync(written) ? readFileSync(written, 'utf8').trim().split('\n').sort() : [];
        expect(ran, tier).toEqual([...expected].sort());
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
