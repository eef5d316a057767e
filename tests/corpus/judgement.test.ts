import { describe, expect, it } from 'vitest';
import { lostTitles } from '../../scripts/corpus/lost-titles.ts';
import type { FileJudgement } from '../../scripts/corpus/judgement.ts';
import { changeCounts, compareJudgements, judgementOf } from '../../scripts/corpus/judgement.ts';
import { lintText } from '../../scripts/corpus/rule-reports.ts';

const file = (path: string, ...messages: string[]): FileJudgement => ({
  path,
  reports: messages.map((message, index) => ({ rule: 'no-production-dims', line: index + 1, column: 1, message })),
  codemods: {},
  failures: [],
});

describe('what a run over a corpus says', () => {
  it('comes in one order, without files about which nothing is said', () => {
    expect(judgementOf([file('b.js', 'large'), file('c.js'), file('a.js', 'large')]).files.map(({ path }) => path)).toEqual(['a.js', 'b.js']);
  });

  it('differs from an earlier run by what is new and what is gone', () => {
    const before = judgementOf([file('a.js', 'large', 'large'), file('b.js', 'large')]);
    const after = judgementOf([file('a.js', 'large', 'larger'), file('b.js', 'large')]);
    expect(compareJudgements(before, before)).toEqual([]);
    expect(compareJudgements(before, after)).toEqual(['- a.js:2 no-production-dims large', '+ a.js:2 no-production-dims larger']);
    expect(changeCounts(['- a.js:2 no-production-dims large', '+ a.js:2 no-production-dims larger', '+ a.js:3:1 split-slow leaves: The rows are of a type.', '+ a.js lint: crash: no'])).toEqual([
      { name: 'no-production-dims', gone: 1, added: 1 },
      { name: 'split-slow', gone: 0, added: 1 },
      { name: 'lint', gone: 0, added: 1 },
    ]);
  });

  it('holds what the rules report, and what each took', () => {
    const { reports, times } = lintText("import { it } from 'vitest';\nimport { ones } from '../src/tensor';\nit('adds', () => {\n  ones([512, 512]);\n});\n", '/project/test/a.test.ts');
    expect(reports).toEqual([expect.objectContaining({ rule: 'no-production-dims', line: 4 })]);
    expect(times['no-production-dims']).toBeTypeOf('number');
  });
});

describe('a title', () => {
  it.each([
    ["'adds'", "'adds @slow'", true],
    ["'adds $name'", "'adds $title'", true],
    ["'100% of %s'", "'100%% of %%s (%s)'", true],
    ["'adds'", "'subtracts'", false],
  ])('%s is kept in %s: %s', (before, after, isKept) => {
    expect(lostTitles([before], [after])).toHaveLength(isKept ? 0 : 1);
  });
});
