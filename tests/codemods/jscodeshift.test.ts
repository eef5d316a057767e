// The codemods in stock jscodeshift, loaded as from an installed package: what it writes, counts and says.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installRunners, moduleFile, SUITES } from '../runners/install.ts';

beforeAll(installRunners, 240_000);

const SLOW = `import { it } from 'vitest';
import { rollup } from 'rollup';

for (const format of ['esm', 'cjs', 'iife']) {
\tit(\`bundles \${format}\`, async () => { await rollup({ format }); });
}
`;
const DONE = SLOW.replace('bundles ${format}', "bundles ${format}${format === 'esm' ? '' : ' @slow'}");
const KEPT = `import { it } from 'vitest';
import { rollup } from 'rollup';

for (const format of ['esm', 'cjs', 'iife']) {
  if (format === 'esm') continue;
  it(\`bundles \${format}\`, async () => { await rollup({ format }); });
}
`;
const QUIET = "import { it } from 'vitest';\nit('adds', () => {});\n";
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function projectWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  mkdirSync(SUITES, { recursive: true });
  const folder = mkdtempSync(join(SUITES, 'jscodeshift-'));
  folders.push(folder);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(resolve('.'), join(folder, 'node_modules/eslint-plugin-slow-tests'), 'junction');
  for (const [path, content] of Object.entries({ 'package.json': '{ "private": true }\n', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** What it prints. */
function jscodeshift(folder: string, ...args: readonly string[]): string {
  const transform = 'node_modules/eslint-plugin-slow-tests/codemods/split-slow';
  return execFileSync(process.execPath, [moduleFile('jscodeshift/bin/jscodeshift.js'), '-t', transform, 'test', ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');
const counts = (printed: string): readonly number[] => ['errors', 'unmodified', 'skipped', 'ok'].map((name) => Number(new RegExp(`^(\\d+) ${name}`, 'm').exec(printed)?.[1]));

describe('jscodeshift', () => {
  it('writes what the command writes, and counts what is as it was @slow', () => {
    const folder = projectWith({ 'test/a.test.js': SLOW, 'test/b.test.js': QUIET, 'test/c.js': 'export const c = 1;\n' });
    expect(counts(jscodeshift(folder))).toEqual([0, 1, 1, 1]);
    expect(read(folder, 'test/a.test.js')).toBe(DONE);
    expect(counts(jscodeshift(folder))).toEqual([0, 2, 1, 0]);
  });

  it('reads every extension that it is told @slow', () => {
    const extensions = ['ts', 'tsx', 'mts', 'cts', 'js', 'mjs', 'cjs', 'jsx'];
    const folder = projectWith(Object.fromEntries(extensions.map((extension) => [`test/a.test.${extension}`, SLOW])));
    expect(counts(jscodeshift(folder, `--extensions=${extensions.join(',')}`))).toEqual([0, 0, 0, extensions.length]);
    for (const extension of extensions) expect(read(folder, `test/a.test.${extension}`)).toBe(DONE);
  });

  it.each(['--parser=babylon', '--parser=flow', '--parser=tsx', '--no-babel', '--run-in-band --no-babel', '--cpus=2'])('does not mind %s @slow', (options) => {
    const folder = projectWith({ 'test/a.test.js': SLOW });
    jscodeshift(folder, ...options.split(' '));
    expect(read(folder, 'test/a.test.js')).toBe(DONE);
  });

  it('shows and counts without writing @slow', () => {
    const folder = projectWith({ 'test/a.test.js': SLOW, 'test/b.test.js': KEPT });
    const printed = jscodeshift(folder, '--dry', '--print', '--run-in-band');
    expect(printed).toContain("it(`bundles ${format}${format === 'esm' ? '' : ' @slow'}`");
    const [, reason = ''] = /^ REP test\/b\.test\.js 4:1 left alone: (.+)$/m.exec(printed) ?? [];
    expect(reason).toMatch(/^[A-Z].*\.$/);
    expect(printed.split('Stats: \n')[1]?.split('\n').slice(0, 2).sort()).toEqual(['Mark the other variants @slow.: 1', `left alone: ${reason}: 1`]);
    expect(read(folder, 'test/a.test.js')).toBe(SLOW);
  });

  it('hands its options and the settings of the project on @slow', () => {
    const folder = projectWith({ 'test/a.test.js': SLOW, 'package.json': '{ "private": true, "slow-tests": { "marker": "@long" } }' });
    jscodeshift(folder, '--essential=umd,cjs', '--run-in-band');
    expect(read(folder, 'test/a.test.js')).toContain("${format === 'cjs' ? '' : ' @long'}");
  });

  it('says what is wrong with a file, and goes on @slow', () => {
    const latin = Buffer.concat([Buffer.from(SLOW), Buffer.from('// \xFC\n', 'latin1')]);
    const folder = projectWith({ 'test/a.test.js': SLOW, 'test/b.test.js': 'it(', 'test/c.test.js': latin });
    const printed = jscodeshift(folder);
    expect(counts(printed)).toEqual([2, 0, 0, 1]);
    expect(printed).toMatch(/^ ERR test\/b\.test\.js Transformation error \(cannot be parsed: /m);
    expect(printed).toMatch(/^ ERR test\/c\.test\.js Transformation error \(is not UTF-8\)/m);
    expect(read(folder, 'test/a.test.js')).toBe(DONE);
    expect(readFileSync(join(folder, 'test/c.test.js'))).toEqual(latin);
  });

  it('says what is wrong with the settings @slow', () => {
    const folder = projectWith({ 'test/a.test.js': SLOW, 'package.json': '{ "slow-tests": { "marker": "" } }' });
    expect(jscodeshift(folder, '--run-in-band')).toMatch(/ERR test\/a\.test\.js Transformation error \(.*package\.json: slow-tests\.marker: expected a title token/);
    expect(read(folder, 'test/a.test.js')).toBe(SLOW);
  });

  it('keeps a BOM and CRLF @slow', () => {
    const windows = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    const folder = projectWith({ 'test/a.test.js': windows(SLOW) });
    jscodeshift(folder, '--run-in-band');
    expect(read(folder, 'test/a.test.js')).toBe(windows(DONE));
  });

  it('runs a one-line transform of the project @slow', () => {
    const folder = projectWith({ 'test/a.test.js': SLOW, 'split-slow/index.js': "module.exports = require('eslint-plugin-slow-tests/codemods/split-slow');\n" });
    execFileSync(process.execPath, [moduleFile('jscodeshift/bin/jscodeshift.js'), '-t', 'split-slow', 'test'], { cwd: folder, stdio: 'ignore' });
    expect(read(folder, 'test/a.test.js')).toBe(DONE);
  });
});
