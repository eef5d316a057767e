// The versions of runners that the ordinary tests do not hold, each measured in a folder of its own.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installVersion, nodeBinary } from './install.ts';
import { AVA, EXPECTED, grouped, profileSuite, testsOf } from './profiled.ts';

interface Case {
  readonly packages: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly node?: number;
  /** Parts of a file's time outside its tests that are told. */
  readonly outside?: readonly string[];
}

const VITEST = { program: 'vitest/vitest.mjs', args: ['run'], files: { 'a.test.ts': grouped("import { describe, it } from 'vitest';"), 'vitest.config.mjs': 'export default {};\n' }, outside: ['environment', 'setup', 'import', 'hooks'] };
const JEST = { program: 'jest/bin/jest.js', args: [], files: { 'a.test.js': grouped(''), 'jest.config.json': '{ "transform": {}, "watchman": false }\n' } };
const MOCHA = { program: 'mocha/bin/mocha.js', args: ['a.test.js'], files: { 'a.test.js': grouped('') }, outside: ['import'] };
const JASMINE = { program: 'jasmine/bin/jasmine.js', args: ['a.test.js'], files: { 'a.test.js': grouped('', 'xit') } };

const CASES: readonly Case[] = [
  { ...VITEST, packages: 'vitest@0.34.6' },
  { ...VITEST, packages: 'vitest@1.6.1' },
  { ...VITEST, packages: 'vitest@2.1.9' },
  { ...VITEST, packages: 'vitest@3.2.7' },
  { ...VITEST, packages: 'vitest@3.0.9' },
  { ...VITEST, packages: 'vitest@4.0.18' },
  { ...VITEST, packages: 'vitest@5.1.1', node: 22 },
  { ...VITEST, packages: 'vitest@5.1.1', node: 24, args: ['run', '--sequence.shuffle.files', '--reporter=json'] },
  { ...VITEST, packages: 'vitest@3.2.7', args: ['run', '--pool=threads', '--reporter=dot', '--sequence.shuffle.files'] },
  // Its jsdom of today has no storage at `about:blank`, which is its default.
  { ...JEST, packages: 'jest@22.4.4', args: ['--env', 'node'] },
  { ...JEST, packages: 'jest@23.6.0' },
  { ...JEST, packages: 'jest@24.9.0' },
  { ...JEST, packages: 'jest@27.5.1' },
  { ...JEST, packages: 'jest@29.7.0', outside: ['import'] },
  { ...JEST, packages: 'jest@30.5.2', args: ['--runInBand', '--reporters=default'], outside: ['import'] },
  { ...MOCHA, packages: 'mocha@3.5.3', program: 'mocha/bin/_mocha' },
  { ...MOCHA, packages: 'mocha@10.8.2' },
  { ...MOCHA, packages: 'mocha@11.7.5' },
  { ...MOCHA, packages: 'mocha@12.0.3', args: ['--parallel', '--jobs', '2', 'a.test.js'], outside: [] },
  { ...JASMINE, packages: 'jasmine@5.13.0' },
  { ...JASMINE, packages: 'jasmine@7.0.0', node: 22 },
  { packages: 'ava@6.4.1', program: 'ava/entrypoints/cli.mjs', args: [], files: { 'a.test.mjs': AVA } },
  { packages: 'ava@7.0.0', program: 'ava/entrypoints/cli.mjs', args: [], files: { 'a.test.mjs': AVA }, node: 22 },
];

describe('slow-tests profile', () => {
  it.each(CASES)('measures $packages $args', { timeout: 180_000 }, async ({ packages, program, args, files, node = 20, outside = [] }) => {
    const home = installVersion(packages);
    const { profile, exitCode, printed } = await profileSuite(home, { files, words: () => [nodeBinary(node), join(home, 'node_modules', program), ...args] });
    expect(testsOf(profile), printed).toEqual(EXPECTED);
    expect(Object.keys(profile?.files[0]?.outside ?? {})).toEqual(expect.arrayContaining([...outside]));
    expect(exitCode).not.toBe(0);
  });
});
