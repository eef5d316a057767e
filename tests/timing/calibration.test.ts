/** The fixed workload: it takes some time, and about the same each time. */
import { expect, it } from 'vitest';
import { calibrate, REFERENCE_MS } from '../../src/timing/calibration.ts';

it('calibrate takes a moment, and says about the same twice', () => {
  const first = calibrate();
  const second = calibrate();
  expect(Math.max(first, second) / Math.min(first, second)).toBeLessThan(3);
  expect(first).toBeGreaterThan(REFERENCE_MS / 20);
  expect(first).toBeLessThan(REFERENCE_MS * 100);
});
