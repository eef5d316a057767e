/** Programs that nobody wrote, the same ones at each run; `npm run test:long` grows new ones. */
import { expect, it } from 'vitest';
import { runSlice } from './run-slice.ts';

it('holds for what the grammar grows', async () => {
  const rewritten = await runSlice({ seed: 2026, programs: 300 });
  for (const codemod of ['tiered-fixtures', 'split-slow', 'mock-compile']) expect(rewritten[codemod] ?? 0).toBeGreaterThan(30);
}, 600_000);
