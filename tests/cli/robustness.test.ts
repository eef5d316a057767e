// Whatever the files are like: a report for each, and the rest goes on.
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, outcomes, read, run } from './probe.ts';

const HEAD = "import { it, test } from 'vitest';\n";
const TEST = `${HEAD}it('adds', () => {});\n`;
const DONE = `${HEAD}test('adds', () => {});\n`;
const REST = { 'rest.test.ts': TEST };
const REWRITTEN = 'rest.test.ts: rewritten';

/** One file beside another one, which is always rewritten. */
async function outcomeOf(name: string, content: string | Uint8Array): Promise<string> {
  const folder = folderWith({ [name]: content, ...REST });
  const [first = '', ...others] = await outcomes(folder, [name, 'rest.test.ts']);
  expect(others).toEqual([REWRITTEN]);
  expect(read(folder, 'rest.test.ts')).toBe(DONE);
  const after = readFileSync(join(folder, name));
  if (!first.endsWith(': rewritten')) expect(after.equals(Buffer.from(content))).toBe(true);
  return first.slice(name.length + 2);
}

describe('texts', () => {
  it.each<[string, string, string | Uint8Array, string | RegExp]>([
    ['an empty file', 'a.test.ts', '', 'no tests'],
    ['only white space', 'a.test.ts', ' \r\n\t', 'no tests'],
    ['only a BOM', 'a.test.ts', '\uFEFF', 'no tests'],
    ['a syntax error', 'a.test.ts', `${TEST}it('b', () => {`, /^cannot be parsed: .+ \(\d+:\d+\)$/],
    ['a syntax error where no tests can be', 'broken.ts', 'export const a = ;\n', 'no tests'],
    ['a conflict of git', 'a.test.ts', `${HEAD}<<<<<<< ours\nit('a', () => {});\n=======\nit('b', () => {});\n>>>>>>> theirs\n`, /^cannot be parsed: /],
    ['Flow', 'a.test.js', `// @flow\n${HEAD}opaque type ID: string = string;\nit('adds', () => { ((1: any): ID); });\n`, /^cannot be parsed: .*Flow/],
    ['Flow in name only', 'a.test.js', `// @flow\n${TEST}`, 'rewritten'],
    ['JSX in .js', 'a.test.js', `${HEAD}it('renders', () => { render(<p />); });\n`, 'rewritten'],
    ['a body of CommonJS', 'a.test.cjs', "const { it, test } = require('vitest');\nif (process.env.CI) return;\nit('adds', () => {});\n", 'rewritten'],
    ['a hashbang', 'a.test.js', `#!/usr/bin/env node\n${TEST}`, 'rewritten'],
    ['Vue', 'a.test.vue', `<script>\n${TEST}</script>\n`, /^cannot be read: only \.js, .+ can$/],
    ['Svelte', 'a.test.svelte', `<script>\n${TEST}</script>\n`, /^cannot be read: only \.js, .+ can$/],
    ['Latin-1', 'a.test.ts', Buffer.concat([Buffer.from(TEST), Buffer.from("it('\xFCbt', () => {});\n", 'latin1')]), 'is not UTF-8'],
    ['UTF-16', 'a.test.ts', Buffer.from(`\uFEFF${TEST}`, 'utf16le'), 'is not UTF-8'],
    ['a picture', 'a.test.ts', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0xff, 0x00), 'is not UTF-8'],
  ])('%s', async (_name, path, content, expected) => {
    expect(await outcomeOf(path, content)).toMatch(typeof expected === 'string' ? new RegExp(`^${expected}$`) : expected);
  });

  it.each([
    ['CRLF', TEST.replaceAll('\n', '\r\n'), DONE.replaceAll('\n', '\r\n')],
    ['a BOM', `\uFEFF${TEST}`, `\uFEFF${DONE}`],
    ['a BOM and CRLF', `\uFEFF${TEST.replaceAll('\n', '\r\n')}`, `\uFEFF${DONE.replaceAll('\n', '\r\n')}`],
    ['mixed line breaks', `${HEAD}it('adds', () => {\r\n\n});\r\n`, `${HEAD}test('adds', () => {\r\n\n});\r\n`],
    ['no line break at the end', TEST.trimEnd(), DONE.trimEnd()],
    ['letters of every kind', TEST.replace('adds', 'ü 😀 \u2028'), DONE.replace('adds', 'ü 😀 \u2028')],
  ])('%s stays', async (_name, before, after) => {
    const folder = folderWith({ 'a.test.ts': before });
    await outcomes(folder, ['.']);
    expect(readFileSync(join(folder, 'a.test.ts'))).toEqual(Buffer.from(after));
  });
});

it('minified code is left alone, and said to be', async () => {
  const folder = folderWith({ 'a.test.js': `import{it}from"vitest";${'it("adds",()=>{f(1,2,3)});'.repeat(100)}`, ...REST });
  const { printed, exitCode } = await run(folder, ['.']);
  expect(printed).toContain('left alone  1:24  The code looks minified.');
  expect(printed).toMatch(/rewritten +1 +1\n/);
  expect(exitCode).toBe(0);
});

describe('paths', () => {
  it('with spaces, brackets, quotes and letters of every kind', async () => {
    const names = ['a b.test.ts', "it's.test.ts", '[id]/(group)/a.test.ts', 'ü/😀.test.ts', '-x.test.ts', '{a,b}.test.ts'];
    const folder = folderWith(Object.fromEntries(names.map((name) => [name, TEST])));
    expect((await outcomes(folder, ['.'])).sort()).toEqual(names.map((name) => `${name}: rewritten`).sort());
  });

  it('a folder that is called like a test', async () => {
    const folder = folderWith({ 'a.test.ts/b.test.ts': TEST });
    expect(await outcomes(folder, ['.'])).toEqual(['a.test.ts/b.test.ts: rewritten']);
  });
});

// Root may do anything, so somebody else has to run the command.
describe.skipIf(process.platform === 'win32')('permissions', () => {
  const NOBODY = 65_534;
  const command = resolve('dist/cli.cjs');

  function runAsNobody(folder: string): { readonly files: readonly { readonly path: string; readonly type: string; readonly message?: string }[] } {
    const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    try {
      return JSON.parse(execFileSync(process.execPath, [command, 'split-slow', '.', '--json', '--force'], { cwd: folder, encoding: 'utf8', ...user })) as never;
    } catch (error) {
      return JSON.parse((error as { readonly stdout: string }).stdout) as never;
    }
  }

  const SLOW = "import { it } from 'vitest';\nimport { rollup } from 'rollup';\nfor (const format of ['esm', 'cjs', 'iife']) {\n  it(`bundles ${format}`, async () => { await rollup({ format }); });\n}\n";

  function shared(files: Readonly<Record<string, string>>): string {
    const folder = folderWith(files);
    if (process.getuid?.() === 0) for (const path of ['.', ...Object.keys(files)]) chownSync(join(folder, path), NOBODY, NOBODY);
    return folder;
  }

  it('a file that may not be read', () => {
    const folder = shared({ 'a.test.ts': SLOW, 'b.test.ts': SLOW });
    chmodSync(join(folder, 'a.test.ts'), 0o000);
    const { files } = runAsNobody(folder);
    expect(files).toMatchObject([{ path: 'a.test.ts', type: 'error', message: 'permission denied' }, { path: 'b.test.ts', type: 'rewritten' }]);
  });

  it('a folder that may not be written to', () => {
    const folder = shared({ 'b.test.ts': SLOW });
    mkdirSync(join(folder, 'locked'));
    execFileSync('cp', [join(folder, 'b.test.ts'), join(folder, 'locked/a.test.ts')]);
    chmodSync(join(folder, 'locked'), 0o555);
    const { files } = runAsNobody(folder);
    expect(files).toMatchObject([{ path: 'b.test.ts', type: 'rewritten' }, { path: 'locked/a.test.ts', type: 'error', message: 'permission denied' }]);
    expect(read(folder, 'locked/a.test.ts')).toBe(SLOW);
    expect(statSync(join(folder, 'locked')).mode & 0o777).toBe(0o555);
    chmodSync(join(folder, 'locked'), 0o755);
  });
});
