// Suites put together at random: every test keeps its title and its body, the real call stays in the text, and the rule has nothing left to say where a rewrite was possible.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import mockCompile from '../../codemods/mock-compile/codemod.ts';
import { parseText } from '../../src/analysis/parse.ts';
import { lintText } from '../squiggle.ts';
import { withoutMarks } from './run-suite.ts';
import { transformTester } from './transform.ts';

interface Runner {
  readonly head: string;
  readonly test: string;
  readonly group: string;
  readonly filename: string;
  readonly context: string;
}

const RUNNERS: readonly Runner[] = [
  { head: "import { beforeEach, describe, expect, it } from 'vitest';", test: 'it', group: 'describe', filename: 'test/a.test.ts', context: '' },
  { head: "const { rollup } = require('rollup');", test: 'test', group: 'describe', filename: 'test/a.test.js', context: '' },
  { head: "import { beforeEach, describe, it } from 'mocha';", test: 'it', group: 'describe', filename: 'test/a.spec.mjs', context: '' },
  { head: "import { beforeEach, describe, it } from 'node:test';", test: 'it', group: 'describe', filename: 'test/a.test.mjs', context: 't' },
  { head: "import test from 'ava';", test: 'test', group: '', filename: 'test/a.js', context: 't' },
  { head: "const test = require('tape');", test: 'test', group: '', filename: 'test/a.js', context: 't' },
  { head: "import { expect, test } from '@playwright/test';", test: 'test', group: 'test.describe', filename: 'test/a.spec.ts', context: '' },
];

const LIBRARY = "import { compile, Engine, jit } from 'flash';\nimport { input, key, query, shape, value } from './inputs';\n";
const ROLLUP = "import { rollup } from 'rollup';\n";
const SETTINGS = {
  costs: [
    { module: 'flash', export: 'compile', kind: 'compile', stub: 'attention' },
    { module: 'flash', export: 'Engine.compile', kind: 'compile', stub: 'attention' },
    { module: 'flash', export: 'jit', kind: 'compile', stub: 'identity' },
  ],
};

/** Bodies: what can be stubbed, what can be shared, what can be neither, and what costs nothing. */
const BODIES = [
  "const attend = compile('causal');\nuse(attend(query, key, value, shape));",
  "use(Engine.compile('full')(query, key, value, shape));",
  'const double = jit((x) => x.add(x));\nuse(double(input));',
  "const bundle = await rollup({ input: 'a.js' });\nuse((await bundle.generate({})).output.length);",
  "const bundle = await rollup({ input: 'b.js' });\nawait bundle.close();",
  "use((await rollup({\n  input: 'c.js',\n})).cache);",
  "if (input) use(compile('causal').source);",
  'use(1 + 1);',
  "const text = `\n  left as it is\n`;\nuse(text);",
] as const;

interface Case {
  readonly runner: Runner;
  readonly tests: readonly { readonly body: number; readonly isGrouped: boolean; readonly hasComment: boolean }[];
  readonly hook: boolean;
}

const cases: fc.Arbitrary<Case> = fc.record({
  runner: fc.constantFrom(...RUNNERS),
  tests: fc.array(fc.record({ body: fc.nat(BODIES.length - 1), isGrouped: fc.boolean(), hasComment: fc.boolean() }), { minLength: 1, maxLength: 7 }),
  hook: fc.boolean(),
});

function write({ runner, tests, hook }: Case): string {
  const { head, test, group, context } = runner;
  const indented = (text: string): string => text.split('\n').map((line) => (line === '' ? '' : `  ${line}`)).join('\n');
  const written = tests.map(({ body, isGrouped, hasComment }, index) => {
    const lines = (BODIES[body] ?? '').replaceAll('use(', context === '' ? 'expect(' : `${context}.ok(`);
    const text = `${hasComment ? `// About number ${index}.\n` : ''}${test}('number ${index}', async (${context}) => {\n${body === BODIES.length - 1 ? `  ${lines}` : indented(lines)}\n});`;
    return isGrouped && group !== '' ? `${group}('group ${index}', () => {\n${body === BODIES.length - 1 ? text : indented(text)}\n});` : text;
  });
  const isRequired = head.includes('require(');
  const imports = isRequired ? `${LIBRARY}${head.includes('rollup') ? '' : ROLLUP}`.replace(/import (.*) from ('.*');/g, 'const $1 = require($2);') : LIBRARY + ROLLUP;
  const each = hook && head.includes('beforeEach') ? "let made;\nbeforeEach(async () => {\n  made = await rollup({ input: 'd.js' });\n});\n\n" : '';
  return `${head}\n${imports}\n${each}${written.join('\n\n')}\n`;
}

/** Titles as they stand in the text; tiers and markers aside. */
function titlesIn(text: string): readonly string[] {
  return [...text.matchAll(/number \d+/g)].map(([title]) => withoutMarks(title)).sort();
}

function count(text: string, part: RegExp): number {
  return text.match(part)?.length ?? 0;
}

it('random suites lose nothing @slow', () => {
  fc.assert(
    fc.property(cases, (given) => {
      const text = write(given);
      const transform = transformTester(mockCompile, { settings: SETTINGS, filename: given.runner.filename });
      const { output, left } = transform(text);
      expect(parseText(output, `/project/${given.runner.filename}`).type).not.toBe('error');
      expect([...new Set(titlesIn(output))]).toEqual([...new Set(titlesIn(text))]);
      expect(output).toContain('left as it is'.repeat(Number(text.includes('left as it is'))));
      // Whatever is called for real stays in the text: in a row, in a hook, or where it was.
      for (const callee of [/\bjit\b/g, /\bEngine\b/g, /\bcompile\b/g, /\brollup[()]/g]) expect(count(output, callee) > 0).toBe(count(text, callee) > 0);
      // What the codemod does not leave, the rule does not report.
      const reports = lintText(output, { rules: { 'slow-tests/no-unmocked-compile': 'error' }, settings: SETTINGS, filename: given.runner.filename });
      expect(reports.map(({ line }) => line).sort()).toEqual(left.map((reason) => Number.parseInt(reason, 10)).sort());
    }),
    { numRuns: 40 },
  );
});
