/** Programs that nobody wrote, the same ones at each run; `npm run test:long` grows new ones. */
import { expect, it } from 'vitest';
import { runSlice } from './run-slice.ts';

it.each<readonly [string, number, number]>([
  ['20', 2026, 20],
  ...[2027, 2028, 2029, 2030, 2031, 2032].map((seed) => ['500 more @slow', seed, 500] as const),
])('holds for %s programs that the grammar grows (seed %i)', async (_programs, seed, programs) => {
  const rewritten = await runSlice({ seed, programs });
  for (const codemod of ['tiered-fixtures', 'split-slow', 'mock-compile']) expect(rewritten[codemod] ?? 0).toBeGreaterThan(programs / 10);
}, 600_000);
