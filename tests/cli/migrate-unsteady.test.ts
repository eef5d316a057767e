// A test that fails once costs no rewrite: `slow-tests migrate` runs it again before it blames a file.
import { describe, expect, it } from 'vitest';
import { steadyRun } from '../../src/cli/migrate/steady-run.ts';
import { changedFiles, migrateIn, repositoryWith, VITEST } from './migration.ts';
import { read } from './probe.ts';

const LIMIT = 240_000;

describe('a run', () => {
  const tryRuns = async (failures: readonly string[], maxRuns: number) => {
    let made = 0;
    const tried = await steadyRun({
      run: () => Promise.resolve(failures[made++]),
      failuresIn: (run) => ['a', 'b'].filter((letter) => run.includes(letter)),
      isOver: (run) => run.includes('!'),
      maxRuns,
    });
    return tried && { best: tried.best, failing: [...tried.failing].join(''), unsteady: [...tried.unsteady].join(''), made };
  };

  it('without failures is made once', async () => {
    expect(await tryRuns([''], 3)).toEqual({ best: '', failing: '', unsteady: '', made: 1 });
  });

  it('is made again, until what failed has failed twice or passed as often as it is asked', async () => {
    expect(await tryRuns(['a', 'a'], 3)).toEqual({ best: 'a', failing: 'a', unsteady: '', made: 2 });
    expect(await tryRuns(['ab', 'a'], 3)).toEqual({ best: 'a', failing: 'a', unsteady: 'b', made: 2 });
    expect(await tryRuns(['a', '', 'a'], 3)).toEqual({ best: '', failing: 'a', unsteady: '', made: 3 });
    expect(await tryRuns(['a', '', 'b'], 3)).toEqual({ best: '', failing: '', unsteady: 'ab', made: 3 });
    expect(await tryRuns(['a', ''], 2)).toEqual({ best: '', failing: '', unsteady: 'a', made: 2 });
  });

  it('is not made again when it broke off, or somebody stopped it', async () => {
    expect(await tryRuns(['a!'], 3)).toMatchObject({ best: 'a!', made: 1 });
    expect(await tryRuns(['a'], 3)).toBeUndefined();
  });
});

const LIBRARY = `import { appendFileSync, readFileSync } from 'node:fs';
export function randn(shape) {
  return { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) };
}
/** Takes the longer the more elements there are. */
export function attention(query) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, query.data.length / 800);
  return query;
}
/** How often has that been asked in all runs so far? */
export function nth(name) {
  const file = new URL('../node_modules/' + name, import.meta.url);
  appendFileSync(file, 'x');
  return readFileSync(file, 'utf8').length;
}
`;
const HEAD = "import { expect, it } from 'vitest';\nimport { attention, nth, randn } from '../src/index.js';\n\n";
const LARGE = "it('computes', () => {\n  const query = randn([2, 8, 512, 64]);\n  expect(attention(query).data.length > 0).toBe(true);\n});\n";
const CONFIG = "const isWhole = process.argv.every((word) => !word.endsWith('.test.js'));\nexport default { test: { env: { WHOLE: isWhole ? 'yes' : '' } } };\n";

describe('a migration', () => {
  it('names tests that fail at times, and takes nothing back for them @slow', { timeout: LIMIT }, async () => {
    const own = "it('fails the first time alone', () => {\n  if (!process.env.WHOLE) expect(nth('alone')).not.toBe(1);\n});\n\nit('fails the second time among others', () => {\n  if (process.env.WHOLE) expect(nth('among')).not.toBe(2);\n});\n";
    const other = "it('fails the second and third time, and alone', () => {\n  expect(process.env.WHOLE ? nth('other') : 2).not.toBeOneOf([2, 3]);\n});\n";
    const folder = repositoryWith({ 'src/index.js': LIBRARY, 'vitest.config.js': CONFIG, 'test/shape.test.js': `${HEAD}${LARGE}\n${own}`, 'test/other.test.js': `${HEAD}${other}` }, 'vitest run', [VITEST]);
    const { exitCode, printed } = await migrateIn(folder, ['--over', '60s']);
    expect(exitCode, printed).toBe(0);
    expect(printed).not.toContain('taken back');
    expect(read(folder, 'test/shape.test.js')).toContain("['full @slow', ");
    expect(printed).toMatch(/fails at times +test\/shape\.test\.js +"fails the first time alone" failed once, and passed when it was run again\./);
    expect(printed).toMatch(/fails at times +test\/shape\.test\.js +"fails the second time among others" failed in one run of the whole suite, and passed in the next\./);
    expect(printed).toMatch(/fails at times +test\/other\.test\.js +"fails the second and third time, and alone" fails\. It fails alone as well/);
    expect(read(folder, 'migration-report.md')).toMatch(/## Fails at times[^]*fails the first time alone[^]*fails the second time among others/);
    // What holds is not run again.
    expect(printed.match(/Run the slow tests of the whole suite/g)).toHaveLength(1);
    expect(changedFiles(folder)).toEqual([' M test/shape.test.js', '?? migration-report.md']);
  });
});
