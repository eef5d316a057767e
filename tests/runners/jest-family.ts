/** Vitest and Jest: one kind of report, one kind of filter. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { moduleFile } from './install.ts';
import type { Outcome, RealRunner } from './runner.ts';
import { titlePattern } from './runner.ts';

interface Report {
  readonly testResults: readonly {
    readonly message?: string;
    readonly assertionResults: readonly { readonly ancestorTitles: readonly string[]; readonly title: string; readonly status: string }[];
  }[];
}

function readReport(folder: string): Outcome[] {
  const { testResults } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
  const broken = testResults.find(({ assertionResults, message }) => assertionResults.length === 0 && message);
  if (broken) throw new Error(broken.message);
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status }) => ({
      title: [...ancestorTitles.filter((part) => part !== ''), title].join(' > '),
      status: status === 'passed' || status === 'failed' ? status : 'skipped',
    })),
  );
}

export const vitest: RealRunner = {
  files: { 'vitest.config.mjs': 'export default { test: { watch: false, testTimeout: 20_000 } };\n' },
  command({ folder, tests, selection }) {
    const pattern = titlePattern(selection);
    const filter = pattern === undefined ? [] : ['-t', pattern];
    return { args: [moduleFile('vitest/vitest.mjs'), 'run', '--root', folder, '--reporter=json', '--outputFile=report.json', '--pool=threads', '--passWithNoTests', ...filter, ...tests] };
  },
  read: (_printed, folder) => readReport(folder),
};

export const jest: RealRunner = {
  files: { 'jest.config.json': '{ "transform": {}, "testTimeout": 20000, "watchman": false, "testMatch": ["**/*.test.*"] }\n' },
  command({ folder, tests, selection }) {
    const pattern = titlePattern(selection);
    const filter = pattern === undefined ? [] : ['-t', pattern];
    // Modules of the language need the switch; CommonJS does not mind it.
    return { args: ['--experimental-vm-modules', moduleFile('jest/bin/jest.js'), '--rootDir', folder, '--config', join(folder, 'jest.config.json'), '--json', '--outputFile=report.json', '--passWithNoTests', '--runInBand', ...filter, '--runTestsByPath', ...tests] };
  },
  read: (_printed, folder) => readReport(folder),
};
