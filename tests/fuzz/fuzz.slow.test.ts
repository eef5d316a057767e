/**
 * 100,000 new programs, in slices of 2,000: about an hour on one core. `FUZZ_SEED` repeats a run, `FUZZ_PROGRAMS` makes it
 * shorter; the seed of a slice is printed before it runs.
 */
import { expect, it } from 'vitest';
import { runSlice } from './run-slice.ts';

const SLICE = 2_000;
const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const slices = Math.ceil(Number(process.env['FUZZ_PROGRAMS'] ?? 100_000) / SLICE);

it.each(Array.from({ length: slices }, (_, index) => seed + index))('holds with seed %i', async (own) => {
  process.stdout.write(`FUZZ_SEED=${own} FUZZ_PROGRAMS=${SLICE}\n`);
  expect(await runSlice({ seed: own, programs: SLICE })).toBeDefined();
}, 3_600_000);
