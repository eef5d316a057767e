/** One reading of a file, however many rules ask; "holds no tests" is remembered too. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { MockInstance } from 'vitest';
import * as reading from '../../src/analysis/reading.ts';
import { lintText } from '../squiggle.ts';

const threeRules = { 'slow-tests/no-production-dims': 'error', 'slow-tests/no-exhaustive-patterns': 'error', 'slow-tests/no-unmocked-compile': 'error' } as const;

let readFile: MockInstance<typeof reading.readFile>;

beforeEach(() => {
  readFile = vi.spyOn(reading, 'readFile');
});

afterEach(() => {
  readFile.mockRestore();
});

it('reads a file once for all rules', () => {
  const text = `import { it } from 'vitest'; import * as tf from '@tensorflow/tfjs'; it('adds', () => { tf.zeros([512, 512]); });`;
  expect(lintText(text, { rules: threeRules }).map(({ ruleId }) => ruleId)).toEqual(['slow-tests/no-production-dims']);
  expect(readFile).toHaveBeenCalledTimes(1);
});

it('remembers that a file holds no tests', () => {
  expect(lintText('export const sum = 1 + 2;', { rules: threeRules })).toEqual([]);
  expect(readFile).toHaveBeenCalledTimes(1);
});

it('reads each file by itself', () => {
  const texts = ['it("a", () => {});', 'it("b", () => {});'];
  for (const text of texts) lintText(text, { rules: threeRules });
  expect(readFile).toHaveBeenCalledTimes(2);
});
