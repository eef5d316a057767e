// What a run covers as a set: joined, compared, read from what Node writes, kept and read again.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Covered, CoveredFunction } from '../../src/coverage/covered.ts';
import { amountMissing, functionKey, isCovered, missing, NOTHING_COVERED, union } from '../../src/coverage/covered.ts';
import { placeOf } from '../../src/coverage/place.ts';
import { readLcov } from '../../src/coverage/read-lcov.ts';
import { readV8Coverage } from '../../src/coverage/read-v8.ts';
import type { Spans } from '../../src/coverage/spans.ts';
import { joinSpans, lengthOf, withoutSpans } from '../../src/coverage/spans.ts';
import { coverageAsText, readCoverage } from '../../src/coverage/store.ts';

describe('stretches', () => {
  it.each<[Spans, Spans, Spans, Spans]>([
    [[0, 5], [5, 9], [0, 9], [0, 5]],
    [[0, 10], [2, 3, 5, 7], [0, 10], [0, 2, 3, 5, 7, 10]],
    [[0, 3, 6, 9], [2, 7], [0, 9], [0, 2, 7, 9]],
    [[4, 6], [0, 10], [0, 10], []],
    [[4, 6], [], [4, 6], [4, 6]],
    [[0, 2, 4, 6], [0, 1, 5, 8], [0, 2, 4, 8], [1, 2, 4, 5]],
  ])('%j and %j', (a, b, joined, left) => {
    expect(joinSpans(a, b)).toEqual(joined);
    expect(joinSpans(b, a)).toEqual(joined);
    expect(withoutSpans(a, b)).toEqual(left);
    expect(lengthOf(a)).toBe(lengthOf(left) + lengthOf(a) - lengthOf(withoutSpans(a, b)));
  });
});

const ran = (name: string, start: number, end: number, spans: Spans = [start, end]): CoveredFunction => ({ name, start, end, of: 100, ran: spans });
const covers = (...functions: CoveredFunction[]): Covered => new Map([['src/a.js', new Map(functions.map((item) => [functionKey(item), item]))]]);

describe('what is covered', () => {
  const module = ran('', 0, 100);

  it('is lost where a function no longer runs, wherever it runs besides', () => {
    const before = covers(module, ran('add', 10, 30), ran('never', 40, 60, []));
    const fast = covers(module, ran('add', 10, 30, []), ran('never', 40, 60, []));
    expect(missing(before, fast).map(({ lost }) => lost.name)).toEqual(['add']);
    expect(amountMissing(before, fast)).toBe(20);
    expect(isCovered(before, union(fast, covers(ran('add', 10, 30))))).toBe(true);
    expect(isCovered(before, NOTHING_COVERED)).toBe(false);
    expect(isCovered(NOTHING_COVERED, before)).toBe(true);
  });

  it('is told by blocks where blocks were counted', () => {
    const before = covers(module, ran('clamp', 10, 50));
    const later = union(covers(ran('clamp', 10, 50, [10, 20, 30, 50])), covers(module, ran('clamp', 10, 50, [10, 25])));
    expect(missing(before, later).map(({ lost }) => lost.ran)).toEqual([[25, 30]]);
  });

  it('is not lost where only one run tells of a function that never ran', () => {
    const later = covers(ran('', 0, 100, [0, 40, 60, 100]), ran('forgotten', 40, 60, []));
    expect(isCovered(covers(module), later)).toBe(true);
  });
});

const SOURCE = `function used(x) {
  return x > 1 ? 'large' : 'small';
}
function unused() {}
module.exports = { used, unused };
`;

function project(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'covered-')));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

describe('a process of Node', () => {
  it('tells which functions of the project ran, and of which test file it was', () => {
    const root = project({
      'src/index.js': SOURCE,
      'node_modules/dependency/index.js': 'module.exports = () => 1;\n',
      'test/large.js': "require('dependency')();\nrequire('../src/index.js').used(2);\n",
      'test/small.js': "require('../src/index.js').used(1);\n",
    });
    const run = (test: string) => {
      const folder = mkdtempSync(join(root, 'coverage-'));
      execFileSync(process.execPath, [test], { cwd: root, env: { ...process.env, NODE_V8_COVERAGE: folder, NODE_OPTIONS: '' } });
      return readV8Coverage(folder, root, new Set(['test/large.js', 'test/small.js']));
    };
    const large = run('test/large.js');
    const small = run('test/small.js');
    expect([...large.whole.keys()]).toEqual(['src/index.js']);
    expect([...large.byTest.keys()]).toEqual(['test/large.js']);
    const functions = [...(large.whole.get('src/index.js')?.values() ?? [])];
    expect(functions.filter((item) => item.ran.length > 0).map(({ name }) => name)).toEqual(['', 'used']);
    const lost = missing(large.whole, small.whole);
    expect(lost.map((item) => placeOf(item, root))).toEqual(['src/index.js:2 (used)']);
    expect(isCovered(large.whole, union(small.whole, large.byTest.get('test/large.js') ?? NOTHING_COVERED))).toBe(true);

    const path = join(root, 'coverage.json');
    writeFileSync(path, coverageAsText(large));
    expect(readCoverage(path)).toEqual(large);
    expect(readCoverage(join(root, 'src/index.js'))).toBeUndefined();
  });
});

describe('a report of bun', () => {
  it('tells which lines of the source ran, in one of several runs', () => {
    const root = project({ 'src/index.js': SOURCE, 'test/a.test.js': '', 'node_modules/x/index.js': '' });
    const report = (...lines: readonly string[]): string => `TN:\nSF:src/index.js\nFNF:2\nFNH:1\n${lines.map((line) => `DA:${line}\n`).join('')}LF:2\nLH:1\nend_of_record\nSF:test/a.test.js\nDA:1,1\nend_of_record\nSF:node_modules/x/index.js\nDA:1,1\nend_of_record\nSF:../other/index.js\nDA:1,1\nend_of_record\n`;
    const read = (text: string) => readLcov(text, root, new Set(['test/a.test.js']));
    const both = read(report('2,1', '3,0') + report('2,0', '3,7'));
    const first = read(report('2,1', '3,0'));
    expect([...both.whole.keys()]).toEqual(['src/index.js']);
    expect(isCovered(both.whole, first.whole)).toBe(false);
    expect(missing(both.whole, first.whole).map((item) => placeOf(item, root))).toEqual(['src/index.js (line 3)']);
    expect(isCovered(first.whole, both.whole)).toBe(true);
    const path = join(root, 'coverage.json');
    writeFileSync(path, coverageAsText(both));
    expect(readCoverage(path)).toEqual(both);
  });
});

describe('where something is lost', () => {
  it.each([
    ['export function add(a: number): number {\n  return a;\n}\n', 'add', 1],
    ['\n  async load<T>(x: T) {\n  }\n', 'load', 2],
    ['const a = 1;\nexport const scale = (x: number) => x * a;\n', 'scale', 2],
    ['class A {\n  #grow() {}\n}\n', 'grow', 2],
  ])('%s is found by its name', (text, name, line) => {
    const root = project({ 'a.ts': text });
    expect(placeOf({ file: 'a.ts', lost: { name, start: 0, end: 9, of: 5, ran: [0, 9] } }, root)).toBe(`a.ts:${line} (${name})`);
    expect(placeOf({ file: 'gone.ts', lost: { name, start: 0, end: 9, of: 5, ran: [0, 9] } }, root)).toBe(`gone.ts (${name})`);
  });
});
