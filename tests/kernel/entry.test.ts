// The entries as a bundler sees them: nothing is imported, and what is not used is left out.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'tsdown';
import { afterAll, beforeAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'kernel-entry-'));
const KERNEL = JSON.stringify(resolve(import.meta.dirname, '../../src/kernel/index.ts'));
const FIXTURES = JSON.stringify(resolve(import.meta.dirname, '../../src/fixtures/index.ts'));

const SOURCES = {
  kernel: `export * from ${KERNEL};`,
  fixtures: `export * from ${FIXTURES};`,
  nothing: `import ${KERNEL};`,
  formula: `export { attentionReference } from ${KERNEL};`,
  sizes: `export { tiers } from ${FIXTURES};`,
} as const;
type Name = keyof typeof SOURCES;

beforeAll(async () => {
  // eslint-disable-next-line slow-tests/no-exhaustive-patterns -- all of them together take 0.1 s
  for (const [name, text] of Object.entries(SOURCES)) {
    const entry = join(folder, `${name}.ts`);
    writeFileSync(entry, text);
    await build({ config: false, cwd: folder, entry, outDir: join(folder, name), format: 'esm', platform: 'neutral', dts: false, logLevel: 'silent', report: false });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function bundled(name: Name): string {
  return readdirSync(join(folder, name)).map((file) => readFileSync(join(folder, name, file), 'utf8')).join('\n');
}

/** A WebAssembly module in base64, and the scratch of the JavaScript implementation. */
const MODULE = 'AGFzb', SCRATCH = 'function doubles(';

it.each<Name>(['kernel', 'fixtures'])('%s imports nothing', (name) => {
  expect(bundled(name)).toContain(MODULE);
  expect(bundled(name)).toContain(SCRATCH);
  expect(bundled(name)).not.toMatch(/\b(?:import|require)\s*[("'{*]|\bfrom\s*['"]/);
});

it.each<[Name, number]>([['nothing', 200], ['formula', 14_000], ['sizes', 1500]])('%s brings no implementation along', (name, largest) => {
  expect(bundled(name)).not.toContain(MODULE);
  expect(bundled(name)).not.toContain(SCRATCH);
  expect(bundled(name).length).toBeLessThan(largest);
});
