// The same reports everywhere: ESLint 8.57, 9 and 10, both kinds of configuration, and oxlint.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from './lint-hosts.ts';
import { ALL_RULES, HOSTS } from './lint-hosts.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const { 'ESLint 10': reference, ...others } = HOSTS;

describe('the reports of ESLint 10', () => {
  let expected: Report[];
  beforeAll(async () => {
    expected = (await reference?.(FIXTURES)) ?? [];
  });

  it('say something for every rule, in JavaScript and in TypeScript', () => {
    const rulesIn = (extension: RegExp) => new Set(expected.filter((report) => extension.test(report)).map((report) => report.split(' ')[1]));
    expect([...rulesIn(/^\S+\.js:/)].sort()).toEqual(Object.keys(ALL_RULES).sort());
    expect([...rulesIn(/^\S+\.ts:/)].sort()).toEqual(Object.keys(ALL_RULES).sort());
  });

  it.each(Object.entries(others))('are those of %s', async (_name, lint) => {
    expect(await lint(FIXTURES)).toEqual(expected);
  });
});
