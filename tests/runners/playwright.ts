/** Playwright's test runner, without a browser. */
import { moduleFile } from './install.ts';
import type { Outcome, RealRunner } from './runner.ts';

interface Suite {
  readonly title: string;
  readonly file: string;
  readonly suites?: readonly Suite[];
  readonly specs: readonly { readonly title: string; readonly tests: readonly { readonly status: string }[] }[];
}

const STATUS: Readonly<Record<string, Outcome['status']>> = { expected: 'passed', skipped: 'skipped' };

function outcomesOf({ title, file, suites = [], specs }: Suite, path: readonly string[]): Outcome[] {
  const inside = title === file ? path : [...path, title];
  return [
    ...specs.map((spec) => ({ title: [...inside, spec.title].join(' > '), status: STATUS[spec.tests[0]?.status ?? ''] ?? 'failed' })),
    ...suites.flatMap((suite) => outcomesOf(suite, inside)),
  ];
}

export const playwright: RealRunner = {
  files: { 'playwright.config.mjs': "export default { testDir: '.', testMatch: '**/*.test.*', workers: 1 };\n" },
  command({ tests, selection }) {
    const filter = selection === 'all' ? [] : [selection === 'fast' ? '--grep-invert' : '--grep', '@slow'];
    return { args: [moduleFile('@playwright/test/cli.js'), 'test', '--reporter=json', '--pass-with-no-tests', ...filter, ...tests] };
  },
  read(printed) {
    const { suites, errors } = JSON.parse(printed) as { readonly suites: readonly Suite[]; readonly errors: readonly { readonly message: string }[] };
    if (errors[0]) throw new Error(errors[0].message);
    return suites.flatMap((suite) => outcomesOf(suite, []));
  },
};
