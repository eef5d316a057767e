/**
 * Hundreds of generated suites, put together from lists, loops, tables, titles, guards and neighbours, really run before and
 * after: whatever the codemod does with them, every test is still there once, and passes.
 */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import splitSlow from '../../codemods/split-slow/codemod.ts';
import type { RunnerName } from '../runners/all.ts';
import { compareSuites, needsRunners } from './run-suite.ts';
import { transformTester } from './transform.ts';

needsRunners();

const transform = transformTester(splitSlow);
const costs = [{ module: './work.mjs', export: 'build', kind: 'compile', milliseconds: 2000 }, { module: './work.mjs', export: 'touch', kind: 'compile', milliseconds: 100 }];
const WORK = `export function build(...given) {
  if (given.some((value) => !/^(?:esm|cjs|iife|fast|exact|lazy|true|false|[123])$/.test(String(value)))) throw new Error('given ' + given.join(', '));
}
export const touch = build;
export const FORMATS = ['esm', 'cjs', 'iife'];
export const PAIRS = [['esm', 1], ['cjs', 2], ['iife', 3]];
export const CASES = [{ name: 'esm', level: 1 }, { name: 'cjs', level: 2 }, { name: 'iife', level: 3 }];
`;

/** Something that goes through variants: its head, what a test in it may say and use, and its tail. */
interface Loop {
  readonly head: string;
  readonly tail: string;
  readonly shown: string;
  readonly used: readonly string[];
}

const list = fc.constantFrom("['esm', 'cjs', 'iife']", 'FORMATS', "[\n  'esm',\n  'cjs', // the second\n  'iife',\n]", "Object.keys({ esm: 1, cjs: 2, iife: 3 })");
const pairs = fc.constantFrom('PAIRS', "[['esm', 1], ['cjs', 2], ['iife', 3]]", 'Object.entries({ esm: 1, cjs: 2, iife: 3 })');
const cases = fc.constantFrom('CASES', "[{ name: 'esm', level: 1 }, { name: 'cjs', level: 2 }, { name: 'iife', level: 3 }]");

const loop: fc.Arbitrary<Loop> = fc.oneof(
  list.map((items): Loop => ({ head: `for (const format of ${items}) {`, tail: '}', shown: '${format}', used: ['format'] })),
  list.map((items): Loop => ({ head: `${items.startsWith('[') ? ';' : ''}${items}.forEach((format) => {`, tail: '});', shown: '${format}', used: ['format'] })),
  list.map((items): Loop => ({ head: `${items.startsWith('[') ? ';' : ''}${items}.forEach((format, place) => {`, tail: '});', shown: '${format} ${place}', used: ['format'] })),
  pairs.map((items): Loop => ({ head: `for (const [format, level] of ${items}) {`, tail: '}', shown: '${format} ${level}', used: ['format', 'level'] })),
  pairs.map((items): Loop => ({ head: `for (const pair of ${items}) {`, tail: '}', shown: '${pair[0]}', used: ['...pair'] })),
  cases.map((items): Loop => ({ head: `for (const { name, level } of ${items}) {`, tail: '}', shown: '${name}', used: ['name', 'level'] })),
  cases.map((items): Loop => ({ head: `for (const mode of ${items}) {`, tail: '}', shown: '${mode.name}', used: ['mode.name', 'mode.level'] })),
  fc.constant<Loop>({ head: 'for (let i = 0; i < FORMATS.length; i++) {', tail: '}', shown: '${FORMATS[i]}', used: ['FORMATS[i]'] }),
);

const table: fc.Arbitrary<Loop> = fc.oneof(
  list.map((items): Loop => ({ head: `describe.each(${items})('%s', (format) => {`, tail: '});', shown: '${format}', used: ['format'] })),
  pairs.map((items): Loop => ({ head: `describe.each(${items})('%s at %s', (format, level) => {`, tail: '});', shown: '${level}', used: ['format', 'level'] })),
  cases.map((items): Loop => ({ head: `describe.each(${items})('$name', ({ name, level }) => {`, tail: '});', shown: '${level}', used: ['name', 'level'] })),
  cases.map((items): Loop => ({ head: `describe.each(${items})('at $name', (mode) => {`, tail: '});', shown: '${mode.level}', used: ['mode.name', 'mode.level'] })),
);

const flag: Loop = { head: 'for (const minify of [true, false]) {', tail: '}', shown: '${minify}', used: ['minify'] };
const modes: Loop = { head: "for (const mood of ['fast', 'exact', 'lazy']) {", tail: '}', shown: '${mood}', used: ['mood'] };

const title = (shown: string): fc.Arbitrary<string> => fc.constantFrom(`\`builds ${shown}\``, `'builds ' + \`${shown}\``, `\`it's \${'"'}${shown}\${'"'}\``);

function body(loops: readonly Loop[], shown: string): fc.Arbitrary<string> {
  const used = loops.flatMap((each) => each.used).join(', ');
  const [first] = loops.flatMap((each) => each.used).filter((name) => !name.startsWith('...'));
  const call = fc.constantFrom(`build(${used});`, `touch(${used});`);
  const test = fc.tuple(title(shown), call).map(([name, work]) => `it(${name}, () => { ${work} });`);
  const flagged = fc.tuple(call).map(([work]) => `it.each([true, false])(\`tabled ${shown} %s\`, (minify) => { ${work.replace(');', ', minify);')} });`);
  const cheap = fc.constantFrom('', `it(\`is cheap ${shown}\`, () => {});`, `it.skip(\`skipped ${shown}\`, () => { build(${used}); });`);
  const guard = fc.constantFrom('', ...(first === undefined ? [] : [`if (${first} === 'cjs') `, `if (${first} !== 'esm') `, `if (PAIRS.length > 2) `]));
  return fc.tuple(fc.oneof(test, test, flagged), fc.option(test), cheap, guard, fc.boolean(), fc.nat({ max: 9 })).map(([one, two, other, condition, isGrouped, seed]) => {
    const second = two ? two.replace('builds', 'rebuilds').replace("it's", 'that is') : '';
    const inner = [condition + one, second, other].filter(Boolean);
    return isGrouped && seed > 4 ? `describe(\`group ${shown}\`, () => {\n${inner.join('\n')}\n});` : inner.join('\n');
  });
}

const block = (tables: boolean): fc.Arbitrary<string> =>
  fc.tuple(tables ? fc.oneof(loop, table) : loop, fc.constantFrom<readonly Loop[]>([], [flag], [modes], [flag, modes])).chain(([outer, more]) => {
    const loops = [outer, ...more];
    return body(loops, loops.map(({ shown }) => shown).join(' ')).map((inner) => [...loops.map(({ head }) => head), inner, ...[...loops].reverse().map(({ tail }) => tail)].join('\n'));
  });

const rows = fc.tuple(fc.constantFrom('each', 'for'), fc.oneof(
  list.map((items) => ({ items, shown: '%s', whole: 'format', parts: '(format)', used: 'format' })),
  pairs.chain((items) => fc.constantFrom(
    { items, shown: '%s', whole: '[format, level]', parts: '(format, level)', used: 'format, level' },
    { items, shown: '%s %s', whole: '[, level]', parts: '(_name, level)', used: 'level' },
    { items, shown: '%s and %s', whole: '[format]', parts: '(format)', used: 'format' },
  )),
  cases.chain((items) => fc.constantFrom(
    { items, shown: '$name', whole: '{ name, level }', parts: '({ name, level })', used: 'name, level' },
    { items, shown: '$name $level', whole: '{ level }', parts: '({ level })', used: 'level' },
    { items, shown: 'at $level', whole: 'mode', parts: '(mode)', used: 'mode.level' },
    { items, shown: 'plain', whole: 'mode', parts: '(mode)', used: 'mode.level' },
  )),
)).map(([form, { items, shown, whole, parts, used }]) => `it.${form}(${items})('builds ${shown}', ${form === 'for' ? `(${whole})` : parts} => { build(${used}); });`);

const essential = fc.constantFrom('', 'cjs', 'iife,true', 'exact,cjs', 'none');

function suite(blocks: readonly string[]): string {
  return blocks.map((text, index) => `describe('s${index}', () => {\n${text.replace(/^(?!$)/gm, '  ')}\n});`).join('\n\n');
}

const HEAD = "import { build, CASES, FORMATS, PAIRS, touch } from './work.mjs';\nvoid [build, CASES, FORMATS, PAIRS, touch];\n";

it.each<[RunnerName, string, fc.Arbitrary<string>]>([
  ['vitest', `import { describe, it } from 'vitest';\n${HEAD}`, fc.oneof(block(true), block(true), rows)],
  ['mocha', `import { describe, it } from 'mocha';\n${HEAD}`, block(false).filter((text) => !text.includes('it.each'))],
])('holds with %s @slow', async (runner, head, arbitrary) => {
  for (const [round, options] of fc.sample(essential, { numRuns: 2, seed: 7 }).entries()) {
    const text = head + suite(fc.sample(arbitrary, { numRuns: 60, seed: 11 + round }));
    const { output, changed } = transform(text, { settings: { costs }, filename: 'a.test.mjs', options: { essential: options }, files: { 'work.mjs': WORK } });
    const compared = await compareSuites(runner, { 'a.test.mjs': text, 'work.mjs': WORK }, { 'a.test.mjs': output, 'work.mjs': WORK });
    const plain = [...compared.fast, ...compared.slow].map((item) => item.replace(' @slow', '')).sort();
    expect(compared.before.filter((item) => item.endsWith('failed'))).toEqual([]);
    expect(plain).toEqual([...compared.before]);
    expect(changed.length).toBeGreaterThan(40);
    expect(compared.slow.length).toBeGreaterThan(compared.fast.length);
  }
}, 180_000);
