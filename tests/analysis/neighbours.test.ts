import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { moduleAt } from '../../src/analysis/neighbours.ts';

const folder = mkdtempSync(join(tmpdir(), 'neighbours-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const rows = (count: number): string => `[\n${'  [848.3, 21.2],\n'.repeat(count)}]`;

describe('a file next to a test', () => {
  it('is not parsed when it is nothing but many rows of data', () => {
    expect(moduleAt(written('spectrum.ts', `export const X = ${rows(2_000)};\n`))).toBeUndefined();
  });

  it.each([
    ['a table', `export const X = ${rows(20)};\n`],
    ['data that a call takes', `import { Matrix } from 'ml-matrix';\nexport const X = new Matrix(${rows(2_000)});\n`],
    ['data beside a function', `export const X = ${rows(2_000)};\nexport function take(n) { return X.slice(0, n); }\n`],
    ['an index of many files', Array.from({ length: 1_000 }, (_, index) => `export * from './module-${index}';\n`).join('')],
  ])('is parsed when it is %s', (name, text) => {
    expect(moduleAt(written(`${name.replaceAll(' ', '-')}.ts`, text))).toBeDefined();
  });
});
