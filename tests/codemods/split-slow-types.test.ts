/** What type-checked before does so afterwards, with the types of Vitest and of Jest. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import splitSlow from '../../codemods/split-slow/codemod.ts';
import { installRunners, SUITES } from '../runners/install.ts';
import { transformTester } from './transform.ts';

const CHECKOUT = resolve(import.meta.dirname, '../..');
const settings = { costs: [{ module: './train.mjs', export: 'train', kind: 'compile', milliseconds: 2000 }] };
const transform = transformTester(splitSlow, { settings, filename: 'a.test.mts' });

const TRAIN = `export type Format = 'esm' | 'cjs' | 'iife';
export type Level = 1 | 2 | 3;
export function train(_format: Format, _level?: Level, _minify?: boolean | null): void {}
export const FORMATS: Format[] = ['esm', 'cjs', 'iife'];
export const PAIRS = [['esm', 1], ['cjs', 2], ['iife', 3]] as const;
export const TUPLES: [Format, Level][] = [['esm', 1], ['cjs', 2], ['iife', 3]];
export const CASES = [{ name: 'esm', level: 1 }, { name: 'cjs', level: 2 }, { name: 'iife', level: 3 }] as const;
export enum Mode { Fast, Exact, Lazy }
`;

const FORMS = `import { CASES, FORMATS, Mode, PAIRS, train, TUPLES, type Format, type Level } from './train.mjs';

const OWN = ['esm', 'cjs', 'iife'] as const;
const OWN_CASES = [{ name: 'esm', level: 1 }, { name: 'cjs', level: 2 }, { name: 'iife', level: 3 }] satisfies { name: Format; level: Level }[];

for (const format of OWN) it(\`a \${format}\`, () => { train(format); });
for (const [format, level] of PAIRS) it(\`b \${format}\`, () => { train(format, level); });
for (const pair of TUPLES) it(\`c \${pair[0]}\`, () => { train(...pair); });
for (const { name, level } of CASES) it(\`d \${name}\`, () => { train(name, level); });
for (const mode of [Mode.Fast, Mode.Exact, Mode.Lazy]) it(\`e \${String(mode)}\`, () => { train('esm'); });
FORMATS.forEach((format) => { it(format, () => { train(format); }); });
for (const format of OWN) for (const minify of [true, false]) it(\`f \${format} \${String(minify)}\`, () => { train(format, 1, minify); });
it.each(['esm', 'cjs', 'iife'] as const)('A %s', (format) => { train(format); });
it.each([['esm', 1], ['cjs', 2], ['iife', 3]] as const)('B %s %i', (format, level) => { train(format, level); });
it.each([['esm', 1], ['cjs', 2], ['iife', 3]] as const)('C %s', (format, level) => { train(format, level); });
it.each([['first', 1], ['second', 2], ['third', 3]] as const)('D %s', (_name, level) => { train('esm', level); });
it.each([{ name: 'esm', level: 1 }, { name: 'cjs', level: 2 }, { name: 'iife', level: 3 }] as const)('E $name', ({ name, level }) => { train(name, level); });
it.each(FORMATS)('F %s', (format) => { train(format); });
it.each(PAIRS)('G %s %i', (format, level) => { train(format, level); });
it.each(TUPLES)('H %s %i', (format, level) => { train(format, level); });
it.each(CASES)('I $name', ({ name, level }) => { train(name, level); });
it.each(OWN)('K %s', format => { train(format); });
it.each([true, false, null])('L %s', (minify) => { train('esm', 1, minify); });
it.each(['esm', 'cjs', 'iife'])('M %s', (format) => { train(format as Format); });
it.each(['esm', 'cjs', 'iife'])('N %s', (format: string) => { train(format as Format); });
describe.each(OWN)('O %s', (format) => {
  it.each([true, false])('minify %s', (minify) => { train(format, 1, minify); });
});
it.each(TUPLES)('T %s', (format, level) => { train(format, level); });
it.each(PAIRS)('U %s', (format, level) => { train(format, level); });
it('P', () => {
  for (const format of ['esm', 'cjs', 'iife'] as const) train(format);
});
it('Q', () => {
  const formats: readonly Format[] = ['esm', 'cjs', 'iife'];
  for (const format of formats) train(format);
});
it('R', () => { for (const { name, level } of CASES) train(name, level); });
it('S', () => {
  const cases = [
    { name: 'esm', level: 1 },
    { name: 'cjs', level: 2 },
    { name: 'iife', level: 3 },
  ] as const;
  for (const { name, level } of cases) train(name, level);
});
`;

/** A typed list that gains no key: it is left alone. */
const LEFT = `it.each(OWN_CASES)('J $name', ({ name, level }) => { train(name, level); });\n`;

beforeAll(installRunners, 240_000);

it.each([
  ['vitest', "import { describe, it } from 'vitest';\n", join(CHECKOUT, 'node_modules')],
  ['jest', "import { describe, it } from '@jest/globals';\n", join(SUITES, '../node_modules')],
])('with %s @slow', (_runner, head, modules) => {
  const files = { 'train.mts': TRAIN };
  const { output, left, changed } = transform(head + FORMS + LEFT, { files });
  expect(left).toEqual([expect.stringContaining('The rows have a declared type.')]);
  expect(changed).toHaveLength(27);
  expect(typeErrors({ ...files, 'before.test.mts': head + FORMS + LEFT, 'after.test.mts': output }, modules), output).toBe('');
}, 120_000);

function typeErrors(files: Readonly<Record<string, string>>, modules: string): string {
  mkdirSync(SUITES, { recursive: true });
  const folder = mkdtempSync(join(SUITES, 'types-'));
  const compilerOptions = { strict: true, noUnusedParameters: true, noUncheckedIndexedAccess: true, noEmit: true, module: 'NodeNext', target: 'ES2022', skipLibCheck: true, types: [] };
  try {
    symlinkSync(modules, join(folder, 'node_modules'));
    for (const [name, text] of Object.entries({ ...files, 'tsconfig.json': JSON.stringify({ compilerOptions }) })) writeFileSync(join(folder, name), text);
    execFileSync(process.execPath, [join(CHECKOUT, 'node_modules/typescript/bin/tsc'), '-p', folder], { encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (error) {
    return String((error as { stdout?: string }).stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
