/** Suites of about ten seconds, made for the occasion: many quick tests and some that compute. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface Suite {
  readonly name: string;
  readonly folder: string;
  readonly command: readonly string[];
}

const FILES = 40;
const TESTS = 50;
/** What the computing test of each file takes, in ms, about. */
const COMPUTES = 150;

const RUNNERS: Readonly<Record<string, { readonly imports: string; readonly words: readonly string[] }>> = {
  vitest: { imports: "import { it } from 'vitest';", words: ['node_modules/vitest/vitest.mjs', 'run'] },
  'node:test': { imports: "import { it } from 'node:test';", words: ['--test'] },
};

export function makeSuites(folder: string): Suite[] {
  return Object.entries(RUNNERS).map(([name, { imports, words }]) => {
    const suite = join(folder, name.replace(':', '-'));
    mkdirSync(suite, { recursive: true });
    writeFileSync(join(suite, 'package.json'), '{ "type": "module" }\n');
    symlinkSync(resolve(import.meta.dirname, '../../node_modules'), join(suite, 'node_modules'), 'junction');
    for (let file = 0; file < FILES; file++) writeFileSync(join(suite, `file-${file}.test.mjs`), textOf(imports));
    return { name, folder: suite, command: [process.execPath, ...words] };
  });
}

/** A fixed amount of work, and not until a clock says so: what disturbs a run must show. */
function textOf(imports: string): string {
  const quick = Array.from({ length: TESTS - 1 }, (_, index) => `it('adds ${index}', () => { if (${index} + 1 !== ${index + 1}) throw new Error('no'); });`);
  const steps = COMPUTES * 150_000;
  return [imports, ...quick, `it('computes', () => { let state = 1; for (let step = 0; step < ${steps}; step++) state = (state * 1103515245 + 12345) & 0x7fffffff; if (state === 0) throw new Error('no'); });`, ''].join('\n');
}
