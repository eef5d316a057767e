/** Which call declared a measured test: titles as runners print them, over sources as people write them. */
import { describe, expect, it } from 'vitest';
import { parseText } from '../../src/analysis/parse.ts';
import type { Reading } from '../../src/analysis/reading.ts';
import { readFile } from '../../src/analysis/reading.ts';
import { readSettings } from '../../src/analysis/settings.ts';
import { matchTests } from '../../src/timing/match.ts';
import type { ProfiledTest } from '../../src/timing/profile.ts';

const VITEST = "import { describe, it, test } from 'vitest';\n";

const measured = (title: readonly string[], line?: number): ProfiledTest => ({ title, tier: 'unit', outcome: 'passed', duration: 1, runs: 1, ...(line === undefined ? {} : { line }) });

function readingOf(text: string): Reading {
  const parsed = parseText(text, '/project/test/example.test.ts');
  const reading = parsed.type === 'file' ? readFile(parsed.file, readSettings(undefined), '/project') : undefined;
  if (!reading) throw new Error('The text declares no test.');
  return reading;
}

/** For each title path the line of the call that declares it, or `none`. */
function linesOf(text: string, titles: readonly (readonly (string | number)[])[]): (number | 'none')[] {
  const reading = readingOf(text);
  const tests = titles.map((path) => {
    const line = path.find((part) => typeof part === 'number');
    return measured(path.filter((part): part is string => typeof part === 'string'), line);
  });
  const { declared } = matchTests(reading, tests);
  return tests.map((test) => {
    const call = declared.get(test)?.call;
    return call ? text.slice(0, call.range[0]).split('\n').length : 'none';
  });
}

describe('a title', () => {
  it.each<readonly [what: string, source: string, title: string]>([
    ['as it is', "it('adds', () => {});", 'adds'],
    ['in pieces', "it('adds ' + 'twice', () => {});", 'adds twice'],
    ['over several lines', 'it(`adds\n    twice`, () => {});', 'adds twice'],
    ['with a constant', "const LIBRARY = 'tensors';\nit(`makes ${LIBRARY}`, () => {});", 'makes tensors'],
    ['with what the text does not tell', 'it(`runs on ${process.version}`, () => {});', 'runs on v22.1.0'],
    ['with a sum', 'it(`takes ${1 + process.argv.length} words`, () => {});', 'takes 3 words'],
    ['that is computed', 'it(titleOf(1), () => {});', 'anything'],
    ['of a class', 'class Tensor {}\ndescribe(Tensor, () => { it("adds", () => {}); });', 'adds'],
    ['that was marked since', "it('adds @slow', () => {});", 'adds'],
    ['with a number', 'it(7, () => {});', '7'],
    ['with HTML and patterns', "it('<b>.*</b> [a-z]+ $& \\\\', () => {});", '<b>.*</b> [a-z]+ $& \\'],
    ['that is a name of Object', "it('__proto__', () => {});", '__proto__'],
  ])('%s', (_what, source, title) => {
    const path = source.includes('describe(Tensor') ? ['Tensor', title] : [title];
    expect(linesOf(VITEST + source, [path])).not.toEqual(['none']);
  });

  it('that is not there matches nothing, nor a test of another group', () => {
    const text = `${VITEST}describe('a', () => { it('adds', () => {}); });\nit(\`takes \${process.argv.length} words\`, () => {});`;
    expect(linesOf(text, [['adds'], ['b', 'adds'], ['a', 'subtracts'], ['takes'], ['takes 7 words']])).toEqual(['none', 'none', 'none', 'none', 3]);
  });
});

describe('tables', () => {
  it.each<readonly [what: string, source: string, titles: readonly string[]]>([
    ['printf', "it.each([[1, 'a'], [2, 'b']])('takes %i and %s', () => {});", ['takes 1 and a', 'takes 2 and b']],
    ['index and percent', "it.each([1, 2])('%# of 100%%: %d', () => {});", ['0 of 100%: 1', '1 of 100%: 2']],
    ['digits', "it.each([0.5])('half is %.2f', () => {});", ['half is 0.50']],
    ['pretty', "it.each([[{ a: 1 }]])('takes %j, %o', () => {});", ['takes {"a":1}, { a: 1 }']],
    ['names of columns', "it.each([{ a: 1, b: { c: 2 } }])('adds $a to $b.c', () => {});", ['adds 1 to 2']],
    ['tagged', 'it.each`\n  a | b\n  ${1} | ${2}\n`("adds $a to $b", () => {});', ['adds 1 to 2']],
    ['for', "it.for([1, 2])('takes %i', () => {});", ['takes 1', 'takes 2']],
    ['a loop', 'for (const size of [1, 2]) it(`takes ${size}`, () => {});', ['takes 1', 'takes 2']],
    ['a callback', '[1, 2].forEach((size) => { it(`takes ${size}`, () => {}); });', ['takes 1', 'takes 2']],
  ])('%s', (_what, source, titles) => {
    expect(linesOf(VITEST + source, titles.map((title) => [title]))).toEqual(titles.map(() => 2));
  });

  it('of groups', () => {
    const text = `${VITEST}describe.each(['cpu', 'gpu'])('on %s', (device) => {\n  it('adds', () => {});\n  it.each([1, 2])(\`takes %i on \${device}\`, () => {});\n});`;
    expect(linesOf(text, [['on cpu', 'adds'], ['on gpu', 'adds'], ['on gpu', 'takes 2 on gpu'], ['off cpu', 'adds']])).toEqual([3, 3, 4, 'none']);
  });

  it('of equal patterns are told apart by what they hold', () => {
    const text = `${VITEST}for (const op of ['add', 'sub']) it(\`\${op} works\`, () => {});\nfor (const op of ['mul', 'div']) it(\`\${op} works\`, () => {});\nit('pow works', () => {});`;
    expect(linesOf(text, [['div works'], ['add works'], ['pow works'], ['mul works']])).toEqual([3, 2, 4, 3]);
  });

  it('take what nobody says more of', () => {
    const text = `${VITEST}const all = readAll();\nfor (const x of all) it(\`\${x}\`, () => {});\nfor (const x of all) it(\`reads \${x}\`, () => {});`;
    expect(linesOf(text, [['reads a'], ['b']])).toEqual([4, 3]);
  });
});

describe('groups', () => {
  const text = `${VITEST}describe('a', () => {
  describe('b', () => {
    it('works', () => {});
  });
  it('works', () => {});
});
describe('b', () => { it('works', () => {}); });`;

  it('tell tests of one title apart, however the report joins them', () => {
    expect(linesOf(text, [['a', 'b', 'works'], ['a', 'works'], ['b', 'works']])).toEqual([4, 6, 8]);
    expect(linesOf(text, [['a b', 'works'], ['a > b > works'], ['a › b', 'works'], ['b works']])).toEqual([4, 4, 4, 8]);
  });

  it('of a helper in the file stand where it is called', () => {
    const helper = `${VITEST}function adds(size) {\n  it(\`adds \${size}\`, () => {});\n}\ndescribe('small', () => { adds(1); });\ndescribe('large', () => { adds(100); });`;
    expect(linesOf(helper, [['small', 'adds 1'], ['large', 'adds 100'], ['adds 1']])).toEqual([3, 3, 'none']);
  });

  it('of unknown functions may stand around', () => {
    const wrapped = `${VITEST}import { describeWithFlags } from './flags';\ndescribeWithFlags('zeros', ALL, () => {\n  it('fills', () => {});\n});`;
    const open = `${VITEST}import { suite } from './suite';\nsuite(() => {\n  describe('ignores', () => {\n    it.each([true, null])('%s', () => {});\n  });\n});`;
    expect(linesOf(open, [['css', 'ignores', 'true'], ['css', 'renders', 'true']])).toEqual([5, 'none']);
    expect(linesOf(wrapped, [['zeros webgl {}', 'fills'], ['zeros cpu {}', 'fills'], ['zeros cpu {}', 'empties']])).toEqual([4, 4, 'none']);
  });
});

describe('tests of one title', () => {
  const text = `${VITEST}describe('a', () => {\n  it('works', () => {});\n  it('works', () => {});\n});`;

  it('are taken in their order', () => {
    expect(linesOf(text, [['a', 'works'], ['a', 'works']])).toEqual([3, 4]);
  });

  it('are taken by their line where the report tells it', () => {
    expect(linesOf(text, [['a', 'works', 4], ['a', 'works', 3]])).toEqual([4, 3]);
  });
});

it('takes a large table in its stride @slow', () => {
  const groups = Array.from({ length: 200 }, (_, index) => `describe('g${index}', () => { for (const x of all) it(\`takes \${x}\`, () => {}); });`);
  const reading = readingOf(`${VITEST}const all = read();\n${groups.join('\n')}`);
  const tests = groups.flatMap((_, index) => Array.from({ length: 50 }, (_unused, at) => measured([`g${index}`, `takes ${at}`])));
  const start = performance.now();
  expect(matchTests(reading, tests).unmatched).toEqual([]);
  expect(performance.now() - start).toBeLessThan(2000);
});
