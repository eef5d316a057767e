/** What a report says of a suite, in each of its forms. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PageData } from '../../src/report-page/page-data.ts';
import type { Profile } from '../../src/timing/profile.ts';
import { aProfile, aTest } from '../timing/profiles.ts';
import { call } from './call.ts';
import { folderWith, read } from './probe.ts';

const SOURCE = `import * as tf from '@tensorflow/tfjs';
import { beforeEach, describe, it } from 'vitest';
import { rollup } from 'rollup';
describe('images', () => {
  it('are cropped', () => { tf.zeros([512, 512]); });
  it('are read', () => { read(); });
});
describe('bundles', () => {
  beforeEach(async () => { await rollup({ input: 'a' }); });
  it('load', () => { load(); });
});
it('trains @slow', () => { tf.zeros([2048, 2048]); });
`;

const TESTS = [
  aTest(['images', 'are cropped'], { duration: 2400 }),
  aTest(['images', 'are read'], { duration: 700 }),
  aTest(['bundles', 'load'], { duration: 1300 }),
  aTest(['trains @slow'], { duration: 7000, tier: 'comprehensive' }),
  aTest(['made by a helper'], { duration: 300 }),
  aTest(['adds'], { duration: 1 }),
];

const NASTY = ['<img src=x onerror=alert(1)>', '</script><script>alert(2)</script>', '__proto__', '`|@everyone [x](http://y)', '\u001B[2J\u2028'];

function project(given: Partial<Profile> = {}): string {
  const profile = aProfile({ runner: 'vitest', wall: 9000, files: [{ file: 'test/a.test.ts', tests: TESTS }, { file: 'test/gone.test.ts', tests: [aTest(['is gone'], { duration: 150 })] }], ...given });
  return folderWith({ 'package.json': '{ "name": "own" }', 'test/a.test.ts': SOURCE, '.slow-tests/profile.json': JSON.stringify(profile) });
}

const printed = async (folder: string, ...words: string[]): Promise<string> => (await call(folder, ['report', ...words])).printed;

describe('a report', () => {
  it('names a size that cannot change by itself', async () => {
    const text = "import { expect, it } from 'vitest';\nimport * as tf from '@tensorflow/tfjs';\nit('sums', () => { const x = tf.ones([512, 512]); expect(x.sum().dataSync()[0]).toBe(262144); });\n";
    const profile = aProfile({ runner: 'vitest', files: [{ file: 'test/a.test.ts', tests: [aTest(['sums'], { duration: 2400 })] }] });
    const folder = folderWith({ 'package.json': '{ "name": "own" }', 'test/a.test.ts': text, '.slow-tests/profile.json': JSON.stringify(profile) });
    expect(await printed(folder)).toContain('test/a.test.ts:3  no-production-dims, line 3: 262,144 elements (512 × 512)');
  });

  it('shows the slowest tests with their causes, and time by tier', async () => {
    expect(await printed(project(), '--top', '6')).toMatchInlineSnapshot(`
      "7 tests in 2 files, 11.9 s in tests, 9 s from start to end (vitest, 2026-01-31).

      tier           tests    time  longest  budget  over
      -------------  -----  ------  -------  ------  ----
      unit               6  4.85 s    2.4 s  100 ms     5
      comprehensive      1     7 s      7 s     5 s     1

          7 s  trains @slow
               test/a.test.ts  in the slow run already
        2.4 s  images > are cropped
               test/a.test.ts:5  no-production-dims, line 5: 262,144 elements (512 × 512) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension.
        1.3 s  bundles > load
               test/a.test.ts:10  no-unmocked-compile, line 9: rollup(…) runs a real build in a fast test, about 50 ms each time; stub it, or share one in beforeAll.
       700 ms  images > are read
               test/a.test.ts:6  no static cause
       300 ms  made by a helper
               test/a.test.ts  cause unknown: no call of its file declares it
       150 ms  is gone
               test/gone.test.ts  cause unknown: its file is not there
               and 1 more test (--top 60)

      The fast run takes 3.68 s (its share of the whole run); its budget is 30.0 s.
      The codemods could take up to 3.5 s of test time out of the fast run: 2 slow tests with a finding, estimated to come down to the 100 ms of a unit test.
      "
    `);
  });

  it('says when shrinking tests would not help', async () => {
    const files = [{ file: 'test/a.test.ts', outside: { import: 4000, transform: 3100, collect: 20 }, tests: [aTest(['adds'], { duration: 2900 })] }];
    expect(await printed(project({ files }))).toContain("71 % of the measured time is outside tests, most of it import and transform: shrinking tests won't help there.");
    expect(await printed(project())).not.toContain('outside');
  });

  it('is Markdown for pull requests', async () => {
    expect(await printed(project(), '--markdown', '--top', '2')).toMatchInlineSnapshot(`
      "### Test durations

      7 tests in 2 files, 11.9 s in tests, 9 s from start to end (vitest, 2026-01-31).

      | tier | tests | time | longest | budget | over |
      | --- | ---: | ---: | ---: | ---: | ---: |
      | unit | 6 | 4.85 s | 2.4 s | 100 ms | 5 |
      | comprehensive | 1 | 7 s | 7 s | 5 s | 1 |

      | took | budget | test | file | cause |
      | ---: | --- | --- | --- | --- |
      | 7 s | over | \`trains @slow\` | \`test/a.test.ts\` | in the slow run already |
      | 2.4 s | over | \`images > are cropped\` | \`test/a.test.ts:5\` | no-production-dims, line 5: 262,144 elements (512 × 512) in a fast test; 65,536 or more is production size, test with 32 to 64 per dimension. |

      The fast run takes 3.68 s (its share of the whole run); its budget is 30.0 s.

      The codemods could take up to 3.5 s of test time out of the fast run: 2 slow tests with a finding, estimated to come down to the 100 ms of a unit test.

      "
    `);
  });

  it('keeps foreign text from being Markdown, or from moving the cursor', async () => {
    const files = [{ file: 'test/a.test.ts', tests: [aTest(NASTY, { duration: 500 })] }];
    const markdown = await printed(project({ files }), '--markdown');
    const cells = markdown.split('\n').find((line) => line.includes('everyone'));
    expect(cells).toContain('`` <img src=x onerror=alert(1)> > </script><script>alert(2)</script> > __proto__ > `\\|@everyone [x](http://y) >  [2J');
    expect(await printed(project({ files }))).not.toContain('\u001B[2J');
  });

  it('is JSON for programs', async () => {
    const report = JSON.parse(await printed(project(), '--json')) as { causes: unknown; savings: unknown; tests: readonly unknown[] };
    expect(report.causes).toEqual([
      { cause: 'no-production-dims', tests: 1, duration: 2400 },
      { cause: 'no-unmocked-compile', tests: 1, duration: 1300 },
      { cause: 'none', tests: 1, duration: 700 },
      { cause: 'unknown', tests: 2, duration: 450 },
    ]);
    expect(report.savings).toEqual({ tests: 2, duration: 3500 });
    expect(report.tests).toHaveLength(7);
    expect(report.tests[1]).toMatchObject({ file: 'test/a.test.ts', line: 5, title: ['images', 'are cropped'], cause: { type: 'finding', rule: 'no-production-dims', line: 5 } });
  });

  it('lists what is not known again', async () => {
    expect(await printed(project(), '--unmatched')).toBe('test/a.test.ts\n  made by a helper\n  adds\ntest/gone.test.ts\n  is gone\n4 tests of 7 are declared by a call of their file, or of one that it imports, 57.1 %.\n');
  });

  it('finds the file next door that declares a test', async () => {
    const folder = folderWith({
      'package.json': '{ "name": "own" }',
      'test/shared.ts': "import { describe, it } from 'vitest';\nexport function suite(make) {\n  describe('all routers', () => { it('find', () => { make(); }); });\n}\n",
      'test/a.test.ts': "import { describe } from 'vitest';\nimport { suite } from './shared.js';\ndescribe('trie', () => { suite(() => 1); });\n",
      '.slow-tests/profile.json': JSON.stringify(aProfile({ files: [{ file: 'test/a.test.ts', tests: [aTest(['trie', 'all routers', 'find'], { duration: 400 })] }] })),
    });
    expect(await printed(folder, '--unmatched')).toBe('1 test of 1 are declared by a call of their file, or of one that it imports, 100 %.\n');
    expect(await printed(folder)).toContain('cause unknown: shared.ts declares it, line 3');
  });

  it('needs a profile, and says what is wrong with one', async () => {
    await expect(call(folderWith({ 'package.json': '{}' }), ['report'])).rejects.toThrow('there is no profile');
    await expect(call(folderWith({ 'package.json': '{}', '.slow-tests/profile.json': '[]' }), ['report'])).rejects.toThrow(/profile\.json: version: expected/);
  });
});

describe.skipIf(!existsSync(join(import.meta.dirname, '../../dist/report-page.iife.js')))('the page', () => {
  const dataIn = (page: string): PageData => JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? '{}') as PageData;

  it('holds all it shows, and asks for nothing', async () => {
    const folder = project();
    expect(await printed(folder, '--html')).toBe(`Wrote ${join('.slow-tests', 'report.html')}.\n`);
    const page = read(folder, '.slow-tests/report.html');
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<(?:link|img|iframe)|\ssrc=|@import|url\(/);
    expect(dataIn(page)).toMatchObject({ before: null, causes: [{ name: 'no-production-dims' }, { name: 'no-unmocked-compile' }, { name: 'none' }, { name: 'unknown' }] });
    expect(dataIn(page).tests[1]?.slice(0, 7)).toEqual(['images › are cropped', 0, 5, 0, 2400, null, 1]);
  });

  it('keeps foreign text in its place', async () => {
    const folder = project({ files: [{ file: 'test/</script>.test.ts', tests: [aTest(NASTY)] }] });
    await printed(folder, '--html', 'out/page.html');
    const page = read(folder, 'out/page.html');
    expect(page.match(/<\/script/g)).toHaveLength(2);
    expect(dataIn(page).tests[0]?.[0]).toBe(NASTY.join(' › '));
    expect(dataIn(page).files).toEqual(['test/</script>.test.ts']);
  });

  it('compares with an older profile, whether a test was marked since or not', async () => {
    const folder = project();
    const old = aProfile({ files: [{ file: 'test/a.test.ts', tests: [aTest(['trains'], { duration: 9000 }), aTest(['images', 'are cropped'], { duration: 5000 })] }] });
    const path = join(folderWith({ 'old.json': JSON.stringify(old) }), 'old.json');
    await printed(folder, '--html', '--before', path);
    const data = dataIn(read(folder, '.slow-tests/report.html'));
    expect(data.before).toBe(old.recordedAt);
    expect(data.tests.map((row) => row[5])).toEqual([9000, 5000, null, null, null, null, null]);
    expect(data.tiers.map(({ name, before }) => [name, before])).toEqual([['unit', 14_000], ['comprehensive', 0]]);
    expect(data.sentences[0]).toMatch(/^Before: 2 tests in 1 file, 14\.0 s in tests/);
  });
});
