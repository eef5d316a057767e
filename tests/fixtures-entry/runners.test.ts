// The entry as tests import it from the package, in real runners: as fixtures where a runner has them, as plain functions elsewhere.
import { describe, expect, it } from 'vitest';
import { needsRunners, ran, runSuite } from '../codemods/run-suite.ts';
import type { RunnerName } from '../runners/all.ts';

needsRunners();

const withFixtures = (module: string): string => `import { expect, test } from '${module}';
import { attention } from 'eslint-plugin-slow-tests/kernel';
import { createTensors, tierFixtures, withTiers } from 'eslint-plugin-slow-tests/fixtures';

let made = 0;
const counted = test.extend({ smallInputs: async ({}, use) => { made++; await tierFixtures().smallInputs({}, use); } });
const it = withTiers(test, { seed: 3, sizes: { large: { seqLen: 64 } } });

counted('makes nothing that is not named', () => { expect(made).toBe(0); });
counted('makes what is named', ({ smallInputs }) => { expect([made, smallInputs.shape.seqLen]).toEqual([1, 32]); });
it('hands over small inputs', ({ smallInputs }) => {
  expect(smallInputs).toEqual(createTensors('small', { seed: 3 }));
  expect(attention({ ...smallInputs, pattern: 'causal' }).length).toBe(4096);
});
it('hands over several tiers @slow', ({ mediumInputs, largeInputs }) => {
  expect([mediumInputs.query.length, largeInputs.query.length]).toEqual([2 * 4 * 128 * 64, 4 * 8 * 64 * 64]);
});
it.skip('is skipped', ({ smallInputs }) => { expect(smallInputs).toBe(0); });
it.describe('group', () => { it('keeps what the runner has', ({ smallInputs }) => { expect(smallInputs.shape.headDim).toBe(32); }); });
`;

describe('withTiers', () => {
  it.each<[RunnerName, string]>([['vitest', 'vitest'], ['playwright', '@playwright/test']])('extends the test of %s @slow', async (name, module) => {
    const [all, fast] = await Promise.all([runSuite(name, { 'a.test.ts': withFixtures(module) }), runSuite(name, { 'a.test.ts': withFixtures(module) }, 'fast')]);
    const inputs = ['group > keeps what the runner has', 'hands over small inputs', 'makes nothing that is not named', 'makes what is named'].map((title) => `${title}: passed`);
    expect(ran(all), all.printed).toEqual([...inputs, 'hands over several tiers @slow: passed'].sort());
    expect(ran(fast), fast.printed).toEqual(inputs);
  });
});

const BODY = "const { query, shape } = createTensors('small', { seed: 3 }); if (query.length !== 4096 || shape.seqLen !== tiers.small.seqLen) throw new Error('not small');";
const imported = "import { createTensors, tiers } from 'eslint-plugin-slow-tests/fixtures';";
const required = "const { createTensors, tiers } = require('eslint-plugin-slow-tests/fixtures');";

describe('plain functions', () => {
  it.each<[RunnerName, string, string]>([
    ['jest', 'a.test.js', `${required}\ntest('is small', () => { ${BODY} });\n`],
    ['mocha', 'a.test.mjs', `import { it } from 'mocha';\n${imported}\nit('is small', () => { ${BODY} });\n`],
    ['jasmine', 'a.test.js', `${required}\nit('is small', () => { ${BODY} expect(1).toBe(1); });\n`],
    ['node:test', 'a.test.mjs', `import { test } from 'node:test';\n${imported}\ntest('is small', () => { ${BODY} });\n`],
    ['bun', 'a.test.ts', `import { test } from 'bun:test';\n${imported}\ntest('is small', () => { ${BODY} });\n`],
    ['ava', 'a.test.mjs', `import test from 'ava';\n${imported}\ntest('is small', (t) => { ${BODY} t.pass(); });\n`],
    ['tape', 'a.test.js', `const test = require('tape');\n${required}\ntest('is small', (t) => { ${BODY} t.end(); });\n`],
    ['qunit', 'a.test.js', `const QUnit = require('qunit');\n${required}\nQUnit.test('is small', (assert) => { ${BODY} assert.ok(true); });\n`],
  ])('work in %s @slow', async (name, file, text) => {
    const all = await runSuite(name, { [file]: text });
    expect(ran(all), all.printed).toEqual(['is small: passed']);
  });
});
