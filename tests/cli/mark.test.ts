/** What the profile calls slow gains the marker; nothing else changes, and nothing is marked twice. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { ProfiledTest } from '../../src/timing/profile.ts';
import { aProfile, aTest } from '../timing/profiles.ts';
import { call } from './call.ts';
import { folderWith, read } from './probe.ts';

function project(source: string, tests: readonly ProfiledTest[]): string {
  return folderWith({
    'package.json': '{ "name": "own" }',
    'test/a.test.ts': source,
    'test/b.test.ts': "import { it } from 'vitest';\nit('is quick', () => {});\n",
    '.slow-tests/profile.json': JSON.stringify(aProfile({ files: [{ file: 'test/a.test.ts', tests }, { file: 'test/b.test.ts', tests: [aTest(['is quick'])] }, { file: 'test/gone.test.ts', tests: [aTest(['was slow'], { duration: 9000 })] }] })),
  });
}

const took = (duration: number, ...title: string[]): ProfiledTest => aTest(title, { duration });
const VITEST = "import { describe, it } from 'vitest';\n";

describe('slow-tests mark', () => {
  it('marks what took longer, and does nothing more when called again', async () => {
    const source = `${VITEST}describe('forest', () => {\r\n\tit("separates", () => {})\r\n\tit(\`grows \${1 + process.argv.length}\`, () => {})\r\n\tit('starts empty', () => {})\r\n})\r\n`;
    const folder = project(source, [took(1500, 'forest', 'separates'), took(1000, 'forest', 'grows 3'), took(999, 'forest', 'starts empty')]);
    expect((await call(folder, ['mark', '--over', '1s'])).exitCode).toBe(0);
    const marked = source.replace('"separates"', '"separates @slow"').replace('length}`', 'length} @slow`');
    expect(read(folder, 'test/a.test.ts')).toBe(marked);
    await call(folder, ['mark', '--over', '1s']);
    expect(read(folder, 'test/a.test.ts')).toBe(marked);
    await call(folder, ['mark', '--over', '500ms']);
    expect(read(folder, 'test/a.test.ts')).toBe(marked.replace("'starts empty'", "'starts empty @slow'"));
  });

  it('marks one of two tests with the same title', async () => {
    const folder = project(`${VITEST}it('adds', () => {});\nit('adds', () => {});\n`, [took(1, 'adds'), took(2000, 'adds')]);
    await call(folder, ['mark']);
    expect(read(folder, 'test/a.test.ts')).toBe(`${VITEST}it('adds', () => {});\nit('adds @slow', () => {});\n`);
  });

  it('says what it leaves', async () => {
    const source = `${VITEST}it.each([1, 2, 3])('takes %i', () => {});\nlet model;\nit('trains', () => { model = 1; });\nit('predicts', () => { use(model); });\n`;
    const folder = project(source, [took(2000, 'takes 1'), took(1, 'takes 2'), took(1, 'takes 3'), took(3000, 'trains'), took(1, 'predicts'), took(4000, 'made by', 'a helper')]);
    const { printed } = await call(folder, ['mark']);
    expect(read(folder, 'test/a.test.ts')).toBe(source);
    expect(printed).toMatchInlineSnapshot(`
      "test/a.test.ts
        left alone  2:1  Only 1 of its 3 cases took so long; the others would leave the fast run with them.
        left alone  4:1  Other tests need the model of this one.
        left alone  1:1  "made by > a helper" took 4 s, and no call of this file declares it.

                     files  places
      -------------  -----  ------
      rewritten          0       0
      left alone         1       3
      unchanged          1
      without tests      0
      errors             0
      "
    `);
  });

  it('shows a diff without writing, keeps to the paths it is given, and knows no tests by heart', async () => {
    const source = `${VITEST}it('trains', () => {});\n`;
    const folder = project(source, [took(2000, 'trains')]);
    expect((await call(folder, ['mark', '--dry'])).printed).toContain("+it('trains @slow', () => {});");
    await call(folder, ['mark', 'test/b.test.ts']);
    expect(read(folder, 'test/a.test.ts')).toBe(source);
    expect((await call(folder, ['mark', 'test'])).printed).toContain('Mark it @slow.');
    await expect(call(folderWith({ 'package.json': '{}' }), ['mark'])).rejects.toThrow('there is no profile');
  });

  it('does not write over what git has not committed', async () => {
    const folder = project(`${VITEST}it('trains', () => {});\n`, [took(2000, 'trains')]);
    execFileSync('git', ['init', '-q'], { cwd: folder });
    await expect(call(folder, ['mark'])).rejects.toThrow('What git has not committed');
    expect((await call(folder, ['mark', '--force'])).exitCode).toBe(0);
    expect(read(folder, 'test/a.test.ts')).toContain('@slow');
  });
});
