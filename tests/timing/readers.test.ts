// Reports of CI, whole, broken, foreign and hostile. What real runners write is in tests/runners.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mergeRuns } from '../../src/timing/merge-runs.ts';
import { readReport } from '../../src/timing/read-report.ts';
import { readSettings } from '../../src/analysis/settings.ts';
import { folderWith } from '../cli/probe.ts';

const settings = readSettings(undefined);

/** Each test as `file: title > path (tier outcome ms line)`. */
function read(text: string, files: Readonly<Record<string, string>> = {}): { readonly tests: readonly string[]; readonly runner: string | undefined; readonly strangers: readonly string[] } {
  const folder = folderWith({ report: text, ...files });
  const run = readReport(join(folder, 'report'), folder);
  const tests = mergeRuns([run], settings).flatMap(({ file, tests: inFile }) =>
    inFile.map(({ title, tier, outcome, duration, line }) => `${file}: ${title.join(' > ')} (${[tier, outcome, duration, line].filter((part) => part !== undefined).join(' ')})`),
  );
  return { tests, runner: run.runner, strangers: [...run.strangers] };
}

function errorOf(text: string): string {
  const path = join(folderWith({ report: text }), 'report');
  try {
    readReport(path, folderWith({}));
    return 'no error';
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message.replace(path, 'report')}`;
  }
}

const jest = (results: readonly object[]): string => JSON.stringify({ numTotalTests: 1, testResults: results });
const result = (given: object): object => ({ ancestorTitles: ['group'], title: 'adds', status: 'passed', duration: 3, ...given });

describe('reports', () => {
  it('of Jest', () => {
    const text = jest([
      { name: 'test/a.test.js', startTime: 100, endTime: 150, assertionResults: [result({ location: { line: 7 } }), result({ title: 'long @slow', duration: 20 }), result({ title: 'left out', status: 'pending', duration: null }), result({ status: 'failed' })] },
    ]);
    expect(read(text)).toEqual({
      runner: 'jest',
      strangers: [],
      tests: ['test/a.test.js: group > adds (unit passed 3 7)', 'test/a.test.js: group > long @slow (comprehensive passed 20)', 'test/a.test.js: group > left out (unit skipped)', 'test/a.test.js: group > adds (unit failed 3)'],
    });
    const folder = folderWith({ report: text });
    expect(mergeRuns([readReport(join(folder, 'report'), folder)], settings)[0]?.outside).toEqual({ import: 24 });
  });

  it('of Vitest', () => {
    const text = jest([{ name: 'a.test.ts', startTime: 1, endTime: 2, assertionResults: [result({ ancestorTitles: ['', 'group'], duration: 1.23456, meta: {} })] }]);
    expect(read(text)).toMatchObject({ runner: 'vitest', tests: ['a.test.ts: group > adds (unit passed 1.235)'] });
  });

  it('of Mocha', () => {
    const test = (title: string, given: object) => ({ title, fullTitle: `outer inner ${title}`, file: 'test/a.js', currentRetry: 0, err: {}, ...given });
    const text = JSON.stringify({ stats: { duration: 9 }, tests: [test('adds', { duration: 4 }), test('fails', { duration: 1, err: { message: 'no' } }), test('later', {})], pending: [test('later', {})] });
    expect(read(text)).toMatchObject({ runner: 'mocha', tests: ['test/a.js: outer inner > adds (unit passed 4)', 'test/a.js: outer inner > fails (unit failed 1)', 'test/a.js: outer inner > later (unit skipped)'] });
  });

  it('of Playwright', () => {
    const spec = (title: string, statuses: readonly string[]) => ({ title, line: 3, tests: [{ results: statuses.map((status, index) => ({ status, duration: 10 * (index + 1) })) }] });
    const text = JSON.stringify({
      config: { rootDir: '/ci/app/e2e' },
      suites: [{ title: 'a.spec.ts', file: 'a.spec.ts', specs: [spec('opens', ['failed', 'passed'])], suites: [{ title: 'page', file: 'a.spec.ts', specs: [spec('hangs', ['timedOut']), spec('waits', ['skipped'])] }] }],
    });
    expect(read(text, { 'e2e/a.spec.ts': '' })).toMatchObject({
      runner: 'playwright',
      tests: ['e2e/a.spec.ts: opens (unit passed 20 3)', 'e2e/a.spec.ts: page > hangs (unit failed 10 3)', 'e2e/a.spec.ts: page > waits (unit skipped 3)'],
    });
  });

  it.each([
    ['bun', '<testsuites name="bun test"><testsuite name="a.test.js" file="a.test.js"><testsuite name="group" file="a.test.js"><testcase name="adds" classname="group" time="0.0301" file="a.test.js" line="4" /></testsuite></testsuite></testsuites>', 'a.test.js: group > adds (unit passed 30.1 4)'],
    ['Vitest', '<testsuites name="vitest tests"><testsuite name="test/a.test.ts" tests="1"><testcase classname="test/a.test.ts" name="group &gt; adds" time="0.02"><failure message="no"/></testcase></testsuite></testsuites>', 'test/a.test.ts: group > adds (unit failed 20)'],
    ['Node', '<testsuites><testsuite name="group"><testsuite name="inner"><testcase name="adds" time="0.5" classname="test" file="a.mjs"/></testsuite></testsuite></testsuites>', 'a.mjs: group > inner > adds (unit passed 500)'],
    ['jest-junit', '<testsuites><testsuite name="group"><testcase classname="group adds" name="adds" time="1,000.5"><skipped/></testcase></testsuite></testsuites>', '(unknown): group > adds (unit skipped)'],
    ['one suite', '<?xml version="1.0"?><testsuite name="x.test.js"><testcase name="a &amp; b &#60;i&#62;" time="1,000.5"/></testsuite>', 'x.test.js: a & b <i> (unit passed 1000500)'],
  ])('in JUnit XML as %s writes it', (_writer, text, expected) => {
    expect(read(text).tests).toEqual([expected]);
  });
});

describe('a report from another machine', () => {
  it('speaks of the files that are here', () => {
    const text = jest([{ name: '/builds/acme/web/app/test/a.test.js', assertionResults: [result({})] }, { name: 'C:\\ci\\app\\test\\b.test.js', assertionResults: [result({})] }]);
    expect(read(text, { 'test/a.test.js': '', 'test/b.test.js': '' }).tests).toEqual(['test/a.test.js: group > adds (unit passed 3)', 'test/b.test.js: group > adds (unit passed 3)']);
  });

  it.each(['../../etc/passwd', '/etc/passwd', 'a/../../b.js', '/ci/../../etc/passwd', 'C:\\Windows\\system32', 'a\u0000b.js', 'file:///etc/passwd', 'file://%zz', ''])('says nothing of files outside: %j', (name) => {
    const { tests, strangers } = read(jest([{ name, assertionResults: [result({})] }]));
    expect(tests).toEqual([]);
    expect(strangers).toEqual([name]);
  });
});

describe('reports that are none', () => {
  it.each([
    ['', 'report: expected JSON, got something that is none or not whole: '],
    ['not json', 'report: expected JSON, got something that is none or not whole: '],
    [jest([{ name: 'a.js', assertionResults: [] }]).slice(0, -5), 'report: expected JSON, got something that is none or not whole: '],
    ['[]', 'report: expected a JSON report of Vitest, Jest, Mocha or Playwright, or JUnit XML, got a list.'],
    ['{"results": [], "count": 1}', 'report: expected a JSON report of Vitest, Jest, Mocha or Playwright, or JUnit XML, got an object with results, count.'],
    ['3', 'JUnit XML, got number.'],
    [jest([{ name: 'a.js', assertionResults: [result({ duration: 'long' })] }]), 'report: testResults.0.assertionResults.0.duration: expected number, got "long".'],
    [jest([{ name: 'a.js', assertionResults: [result({ duration: -1 })] }]), 'report: testResults.0.assertionResults.0.duration: expected milliseconds, 0 or more, got -1.'],
    ['{"stats": {}, "tests": {}}', 'report: tests: expected Array, got Object.'],
    ['{"suites": [{"title": 1}], "config": {"rootDir": "/"}}', 'report: suites.0.title: expected string, got 1.'],
    ['<html><body/></html>', 'report: expected JUnit XML with <testsuites> or <testsuite>, got <html>.'],
    ['<testsuites><testsuite>', 'report: expected JUnit XML, got something that is none or not whole: '],
    ['<testsuite><testcase name="a" time="soon"/></testsuite>', 'report: testcase "a": time: expected seconds, 0 or more, got "soon".'],
    ['<testsuite><testcase name="a" time="-1"/></testsuite>', 'report: testcase "a": time: expected seconds, 0 or more, got "-1".'],
  ])('are refused with what was expected: %#', (text, message) => {
    expect(errorOf(text)).toContain(`ProfileError: `);
    expect(errorOf(text)).toContain(message);
  });
});

describe('hostile reports', () => {
  it('expand no entities and read no files', () => {
    const laughs = ['a0 "ha"', ...Array.from({ length: 30 }, (_item, index) => `a${index + 1} "${`&a${index};`.repeat(10)}"`)].map((entity) => `<!ENTITY ${entity}>`).join('');
    expect(errorOf(`<?xml version="1.0"?><!DOCTYPE x [${laughs}]><testsuite name="&a30;"/>`)).toContain('ProfileError: report: expected JUnit XML');
    expect(errorOf('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><testsuite><testcase name="&e;"/></testsuite>')).toContain('ProfileError: report: expected JUnit XML');
  });

  it('are refused when they are nested without end', () => {
    expect(errorOf(`${'<testsuite>'.repeat(100_000)}${'</testsuite>'.repeat(100_000)}`)).toMatch(/^ProfileError: report: /);
    const suites = `${'{"title":"a","file":"a","specs":[],"suites":['.repeat(20_000)}${']}'.repeat(20_000)}`;
    expect(errorOf(`{"config":{"rootDir":"/"},"suites":[${suites}]}`)).toMatch(/^ProfileError: report: /);
  });

  it('change nothing in this program, and keep their titles as they are', () => {
    const text = `{"__proto__": {"polluted": 1}, "testResults": [{"name": "__proto__", "constructor": {"prototype": {"polluted": 1}}, "assertionResults": [{"ancestorTitles": ["__proto__", "constructor"], "title": "<script>alert(1)</script>\\u001b[31m", "status": "__proto__", "duration": 1, "__proto__": {"polluted": 1}}]}]}`;
    expect(read(text).tests).toEqual(['__proto__: __proto__ > constructor > <script>alert(1)</script>\u001B[31m (unit skipped)']);
    expect('polluted' in {}).toBe(false);
  });

  it('may be large @slow', () => {
    const text = jest(Array.from({ length: 50 }, (_item, file) => ({ name: `${file}.test.js`, assertionResults: Array.from({ length: 1000 }, (_one, index) => result({ title: `test ${index}` })) })));
    const start = performance.now();
    expect(read(text).tests).toHaveLength(50_000);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
