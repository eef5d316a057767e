/** Tests that say of themselves that they are slow, and those that only sound like it. */
import { describe, expect, it } from 'vitest';
import type { CaseOptions } from '../squiggle.ts';
import { squiggleTester } from '../squiggle.ts';

const report = squiggleTester('require-slow-marker');
const VITEST = "import { describe, it, test } from 'vitest';\n";

/** The lines that `--fix` writes, without their numbers; `silent` when nothing is reported. */
function fixOf(text: string, options: CaseOptions = {}): string {
  const said = report(text, options);
  if (said === 'silent') return said;
  const [, fixed] = said.split('\nfixed:\n');
  return fixed === undefined ? 'not fixed' : fixed.replace(/^\d+ \| /gm, '');
}

describe('a long timeout', () => {
  it.each<readonly [what: string, text: string, fixed: string]>([
    ['behind the callback', `${VITEST}it('trains', () => {}, 30_000);`, "it('trains @slow', () => {}, 30_000);"],
    ['in options', `${VITEST}it('trains', { timeout: 60 * 1000 }, () => {});`, "it('trains @slow', { timeout: 60 * 1000 }, () => {});"],
    ['by a constant of the file', `${VITEST}const MINUTE = 60_000;\nit('trains', () => {}, MINUTE);`, "it('trains @slow', () => {}, MINUTE);"],
    ['behind the call', `describe('x', () => {\n  it('trains', () => {}).timeout(20000);\n});`, "  it('trains @slow', () => {}).timeout(20000);"],
    ['in the body', `import { it } from 'mocha';\nit('trains', function () {\n  this.timeout(20000);\n});`, "it('trains @slow', function () {"],
    ['of a table', `${VITEST}it.each([1, 2])('trains %i', () => {}, 15000);`, "it.each([1, 2])('trains %i @slow', () => {}, 15000);"],
    ['under a template', `${VITEST}for (const size of [1, 2]) it(\`trains \${size}\`, () => {}, 15000);`, 'for (const size of [1, 2]) it(`trains ${size} @slow`, () => {}, 15000);'],
    ['with AVA', "import test from 'ava';\ntest('trains', (t) => { t.timeout(20_000); t.pass(); });", "test('trains @slow', (t) => { t.timeout(20_000); t.pass(); });"],
    ['with Playwright', "import { test } from '@playwright/test';\ntest('trains', async () => { test.setTimeout(20_000); });", "test('trains @slow', async () => { test.setTimeout(20_000); });"],
    ['two of many tests', `${VITEST}it('a', () => {});\nit('b', () => {});\nit('c', () => {});\nit('d', () => {}, 30_000);\nit('e', () => {}, 30_000);`, "it('d @slow', () => {}, 30_000);\nit('e @slow', () => {}, 30_000);"],
  ])('%s', (_what, text, fixed) => {
    expect(fixOf(text)).toBe(fixed);
  });

  it('counts from the option on, under the marker of the settings', () => {
    const text = `${VITEST}it('trains', () => {}, 6000);`;
    expect(fixOf(text)).toBe('silent');
    expect(fixOf(text, { options: { timeout: 5000 }, settings: { marker: '#long' } })).toBe("it('trains #long', () => {}, 6000);");
  });

  it('is believed less than a recorded profile', () => {
    const profile = (duration: number): CaseOptions => {
      const tests = [{ title: ['trains'], tier: 'unit', outcome: 'passed', duration, runs: 1 }];
      return { files: { 'package.json': '{ "name": "own" }', '.slow-tests/profile.json': JSON.stringify({ version: 1, files: [{ file: 'test/example.test.ts', tests }] }) } };
    };
    const text = `${VITEST}it('trains', () => {}, 30_000);`;
    expect(fixOf(text, profile(250))).toBe('silent');
    expect(fixOf(text, profile(300))).toBe("it('trains @slow', () => {}, 30_000);");
  });

  it('says so in a suggestion where somebody has to do more', () => {
    expect([
      report(`${VITEST}it('draws', () => { expect(draw()).toMatchSnapshot(); }, 30_000);`),
      report("const test = require('tape');\ntest('trains', { timeout: 30000 }, (t) => { t.end(); });"),
    ].join('\n')).toMatchInlineSnapshot(`
      "2 | it('draws', () => { expect(draw()).toMatchSnapshot(); }, 30_000);
        | ~~~~~~~~~~
      May take 30 s by its own timeout, and is in the fast run; mark it @slow.
      suggestion: Mark it @slow; toMatchSnapshot goes by the title and must be updated.
      2 | it('draws @slow', () => { expect(draw()).toMatchSnapshot(); }, 30_000);
      2 | test('trains', { timeout: 30000 }, (t) => { t.end(); });
        | ~~~~~~~~~~~~~
      May take 30 s by its own timeout, and is in the fast run; mark it @slow.
      suggestion: Mark it @slow, and run it when SLOW is set.
      2 | test('trains @slow', { skip: !process.env.SLOW, timeout: 30000 }, (t) => { t.end(); });"
    `);
  });

  const silent: readonly (readonly [what: string, text: string, options?: CaseOptions])[] = [
    ['is the habit of the file', `${VITEST}it('a', () => {}, 30_000);\nit('b', () => {}, 30_000);\nit('c', () => {}, 30_000);\nit('d', () => {});`],
    ['comes from next door for a whole suite', `${VITEST}import { MAX_TIME } from './init';\nit('a', () => {}, MAX_TIME);`, { files: { 'test/init.ts': 'export const MAX_TIME = 60_000;\n' } }],
    ['of a marked test', `${VITEST}it('trains @slow', () => {}, 30_000);`],
    ['of a test in a marked group', `${VITEST}describe('all @slow', () => { it('trains', () => {}, 30_000); });`],
    ['of a skipped test', `${VITEST}it.skip('trains', () => {}, 30_000);`],
    ['of a partly marked test', `${VITEST}for (const mode of ['a', 'b']) it(\`trains \${mode}\${mode === 'a' ? '' : ' @slow'}\`, () => {}, 30_000);`],
    ['of a gated test', `const test = require('tape');\ntest('trains', { skip: !process.env.SLOW, timeout: 30000 }, (t) => { t.end(); });`],
    ['of a slow file', `${VITEST}it('trains', () => {}, 30_000);`, { filename: 'test/train.slow.test.ts' }],
    ['of a hook', `${VITEST}import { beforeAll } from 'vitest';\nbeforeAll(() => {}, 30_000);\nit('a', () => {});`],
    ['is short', `${VITEST}it('trains', () => {}, 9_999);`],
    ['is computed', `${VITEST}it('trains', () => {}, timeoutOf('train'));`],
  ];
  it.each(silent.map(([what, text, options = {}]) => ({ what, text, options })))('is none when it $what', ({ text, options }) => {
    expect(fixOf(text, options)).toBe('silent');
  });

  it('is not marked away from tests that need what it leaves', () => {
    expect(fixOf(`${VITEST}let model;\nit('trains', () => { model = train(); }, 30_000);\nit('predicts', () => { model.predict(); });`)).toBe('not fixed');
  });
});

describe('a title', () => {
  it.each<readonly [what: string, text: string, fixed: string]>([
    ['of a group', `${VITEST}describe('Performance', () => {\n  it('sorts', () => {});\n  it('sorts more', () => {});\n});`, "describe('Performance @slow', () => {"],
    ['of a test', `${VITEST}it('memory stress test', () => {});`, "it('memory stress test @slow', () => {});"],
    ['in brackets', `${VITEST}it('finds the best path (perf)', () => {});`, "it('finds the best path (perf) @slow', () => {});"],
    ['in front', `${VITEST}it('Benchmark - batch insert', () => {});`, "it('Benchmark - batch insert @slow', () => {});"],
    ['of a load test', `${VITEST}describe('load tests', () => { it('answers', () => {}); });`, "describe('load tests @slow', () => { it('answers', () => {}); });"],
  ])('%s', (_what, text, fixed) => {
    expect(fixOf(text)).toBe(fixed);
  });

  it.each([
    'slow handler returns 503', 'uses performance.now', 'returns lowp for speed', 'load', 'emits performance tracks', 'should be faster than before',
    'measures throughput', 'renders a benchmark panel', 'stress is put on the first syllable', 'waits for slow upload', 'should improve performance over time',
  ])('says nothing: %s', (title) => {
    expect(fixOf(`${VITEST}it('${title}', () => {});`)).toBe('silent');
  });
});

describe('the large tier', () => {
  it('of the fixtures', () => {
    const head = "import { it } from 'vitest';\nimport { createTensors, tiers } from 'eslint-plugin-slow-tests/fixtures';\n";
    expect(report(`${head}it('attends', () => { createTensors('large'); });\nit('attends to all', () => { run(tiers.large); });\nit('is small', () => { createTensors('small'); run(tiers.small); });`)).toMatchInlineSnapshot(`
      "3 | it('attends', () => { createTensors('large'); });
        | ~~~~~~~~~~~~
      Uses the large tier, and is in the fast run; mark it @slow.
      4 | it('attends to all', () => { run(tiers.large); });
        | ~~~~~~~~~~~~~~~~~~~
      Uses the large tier, and is in the fast run; mark it @slow.
      fixed:
      3 | it('attends @slow', () => { createTensors('large'); });
      4 | it('attends to all @slow', () => { run(tiers.large); });"
    `);
  });
});
