/** Wrong settings: one report on the first line that names the field, never a stack trace. */
import { describe, expect, it } from 'vitest';
import { lintText } from '../squiggle.ts';

const TEXT = `import { it } from 'vitest';
import { zeros, brew } from 'teapot';
it('adds', async () => { zeros([512, 512]); await brew(); });`;
const rules = { 'slow-tests/no-production-dims': 'error' } as const;

const said = (settings: unknown): readonly string[] =>
  lintText(TEXT, { rules, settings }).map(({ line, column, message }) => `${String(line)}:${String(column)} ${message}`);

describe('wrong', () => {
  it.each<readonly [settings: unknown, message: string]>([
    ['fast', "settings['slow-tests']: expected an object, got \"fast\"."],
    [[], "settings['slow-tests']: expected an object, got []."],
    [null, "settings['slow-tests']: expected an object, got null."],
    [{ types: 'yes' }, "settings['slow-tests'].types: expected true or false, got \"yes\"."],
    [{ runer: 'jest' }, "settings['slow-tests'].runer: expected one of runner, marker, tiers, budgets, essential, costs, profile, files, types, gate, got \"jest\"."],
    [{ runner: 'karma' }, "settings['slow-tests'].runner: expected one of vitest, jest, mocha, jasmine, node:test, bun, ava, tape, qunit, playwright, got \"karma\"."],
    [{ marker: '' }, "settings['slow-tests'].marker: expected a title token such as '@slow', got \"\"."],
    [{ marker: 7 }, "settings['slow-tests'].marker: expected a title token such as '@slow', got 7."],
    [{ essential: 'causal' }, "settings['slow-tests'].essential: expected an array of strings, got \"causal\"."],
    [{ essential: [1] }, "settings['slow-tests'].essential: expected an array of strings, got [1]."],
    [{ files: { slow: '(' } }, "settings['slow-tests'].files.slow: expected a valid regular expression, got \"(\"."],
    [{ files: { stress: 3 } }, "settings['slow-tests'].files.stress: expected a regular expression, got 3."],
    [{ files: '*.slow.ts' }, "settings['slow-tests'].files: expected an object with slow, stress, integration as regular expressions, got \"*.slow.ts\"."],
    [{ tiers: [] }, "settings['slow-tests'].tiers: expected an object of tiers, got []."],
    [{ tiers: { test: { seqLen: 0 } } }, "settings['slow-tests'].tiers.test.seqLen: expected a positive integer, got 0."],
    [{ tiers: { test: { length: 8 } } }, "settings['slow-tests'].tiers.test.length: expected one of batch, batchSize, heads, numHeads, seq, seqLen, headDim, got 8."],
    [{ tiers: { test: { constructor: 8 } } }, "settings['slow-tests'].tiers.test.constructor: expected one of batch, batchSize, heads, numHeads, seq, seqLen, headDim, got 8."],
    [{ budgets: 100 }, "settings['slow-tests'].budgets: expected an object with unit, integration, comprehensive, stress, fastRun in ms, got 100."],
    [{ budgets: { unit: 0 } }, "settings['slow-tests'].budgets.unit: expected a positive number of ms, got 0."],
    [{ budgets: { unit: '1s' } }, "settings['slow-tests'].budgets.unit: expected a positive number of ms, got \"1s\"."],
    [{ budgets: { total: 1 } }, "settings['slow-tests'].budgets.total: expected one of unit, integration, comprehensive, stress, fastRun, got 1."],
    [{ gate: 'SLOW' }, "settings['slow-tests'].gate: expected true or false, got \"SLOW\"."],
    [{ profile: 7 }, "settings['slow-tests'].profile: expected a path, got 7."],
    [{ costs: {} }, "settings['slow-tests'].costs: expected an array of cost rows, got {}."],
    [{ costs: ['zeros'] }, "settings['slow-tests'].costs[0]: expected a cost row such as { module, export, kind }, got \"zeros\"."],
  ])('%j', (settings, message) => {
    expect(said(settings)).toEqual([`1:1 ${message}`]);
  });
});

describe('a wrong cost row is named with its field', () => {
  const good = { module: 'teapot', export: 'zeros', kind: 'tensor', arguments: { shape: 0 } };
  it.each<readonly [row: object, field: string]>([
    [{ module: 'teapot', kind: 'tensor' }, "costs[1].export: expected a path such as 'zeros' or 'GPU().createKernel', got nothing."],
    [{ ...good, export: 'make zeros' }, "costs[1].export: expected a path such as 'zeros' or 'GPU().createKernel', got \"make zeros\"."],
    [{ ...good, export: 'a..b' }, "costs[1].export: expected a path such as 'zeros' or 'GPU().createKernel', got \"a..b\"."],
    [{ ...good, kind: 'heavy' }, 'costs[1].kind: expected one of tensor, buffer, samples, layer, model, train, run, prove, compile, build, session, load, launch, deploy, cheap, got "heavy".'],
    [{ ...good, module: 7 }, 'costs[1].module: expected a module specifier or an array of them, got 7.'],
    [{ ...good, moduel: 'teapot' }, 'costs[1].moduel: expected one of module, export, kind, arguments, weights, times, cheapWhenInline, needsCallback, milliseconds, stub, isGeneric, got "teapot".'],
    [{ ...good, arguments: { shapes: 0 } }, 'costs[1].arguments.shapes: expected one of shape, dimensions, sequence, samples, data, seed, got 0.'],
    [{ ...good, arguments: { shape: -1 } }, "costs[1].arguments.shape: expected an argument position such as 0 or '0.units', got -1."],
    [{ ...good, arguments: { dimensions: 0 } }, 'costs[1].arguments.dimensions: expected an array of argument positions, got 0.'],
    [{ ...good, arguments: { shape: 'first' } }, "costs[1].arguments.shape: expected an argument position such as 0 or '0.units', got \"first\"."],
    [{ ...good, weights: 'cubic' }, "costs[1].weights: expected 'product' or 'square', got \"cubic\"."],
    [{ ...good, milliseconds: 'long' }, 'costs[1].milliseconds: expected a number that is not negative, got "long".'],
    [{ ...good, milliseconds: Number.NaN }, 'costs[1].milliseconds: expected a number that is not negative, got null.'],
    [{ ...good, times: -2 }, 'costs[1].times: expected a number that is not negative, got -2.'],
    [{ ...good, needsCallback: 'yes' }, 'costs[1].needsCallback: expected true or false, got "yes".'],
    [{ ...good, cheapWhenInline: {} }, 'costs[1].cheapWhenInline: expected an argument position, got {}.'],
    [{ ...good, stub: 'nothing' }, 'costs[1].stub: expected one of identity, attention, wasm-module, session, model, contract, or { module, export }, got "nothing".'],
    [{ ...good, stub: { module: './stubs.js' } }, 'costs[1].stub: expected one of identity, attention, wasm-module, session, model, contract, or { module, export }, got {"module":"./stubs.js"}.'],
  ])('%j', (row, message) => {
    expect(said({ costs: [good, row] })).toEqual([`1:1 settings['slow-tests'].${message}`]);
  });
});

describe('right', () => {
  const reportsOf = (settings: unknown, name: string): number => lintText(TEXT, { rules: { [`slow-tests/${name}`]: 'error' }, settings }).length;
  it('adds a row by module and export', () => {
    expect(reportsOf({ costs: [] }, 'no-unmocked-compile')).toBe(0);
    expect(reportsOf({ costs: [{ module: 'teapot', export: 'brew', kind: 'compile' }] }, 'no-unmocked-compile')).toBe(1);
    expect(reportsOf({ costs: [{ module: 'teapot', export: '*', kind: 'compile' }] }, 'no-unmocked-compile')).toBe(2);
    expect(reportsOf({ costs: [{ module: ['kettle', 'teapot'], export: 'brew', kind: 'load' }] }, 'no-unmocked-compile')).toBe(1);
  });

  it('takes a user row before what a name suggests, and before a built-in row', () => {
    expect(reportsOf({}, 'no-production-dims')).toBe(1);
    expect(reportsOf({ costs: [{ module: 'teapot', export: 'zeros', kind: 'cheap' }] }, 'no-production-dims')).toBe(0);
    const lint = (costs: readonly object[]): number => lintText(`import { it } from 'vitest'; import { rollup } from 'rollup'; it('bundles', async () => { await rollup({}); });`,
      { rules: { 'slow-tests/no-unmocked-compile': 'error' }, settings: { costs } }).length;
    expect([lint([]), lint([{ module: 'rollup', export: 'rollup', kind: 'cheap' }])]).toEqual([1, 0]);
  });

  it('takes a row for a global', () => {
    const lint = (costs: readonly object[]): number => lintText(`import { it } from 'vitest'; it('brews', async () => { await Teapot.brew(); });`,
      { rules: { 'slow-tests/no-unmocked-compile': 'error' }, settings: { costs } }).length;
    expect([lint([]), lint([{ export: 'Teapot.brew', kind: 'compile' }])]).toEqual([0, 1]);
  });

  it('says what is wrong once for a file, and again for the next file', () => {
    const settings = { runner: 1 };
    for (const text of [TEXT, `${TEXT} // the next file`]) expect(lintText(text, { settings })).toHaveLength(1);
  });
});
