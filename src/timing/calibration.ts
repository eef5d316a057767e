/**
 * How fast is this machine, now? A fixed piece of work with no input and no allocation to speak of, so that budgets can follow the
 * machine. `slow-tests profile` calls it after the suite has ended, while the machine is as warm as it was for the tests.
 */

/** What the work takes on the machine that the default budgets were written for, in ms: two cores of a server, 2026. */
export const REFERENCE_MS = 2.5;

/** Many short ones: between the time slices that others on the machine take, some run undisturbed. */
const ROUNDS = 25;
const STEPS = 1 << 20;
const MEMORY = 1 << 16;

/** In ms: the best of the rounds, since others on the machine only ever make one longer. Takes less than 0.1 s. */
export function calibrate(): number {
  const memory = new Float64Array(MEMORY);
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    work(memory);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Integers, floats, branches and memory, in the mixture that tests compute with. */
function work(memory: Float64Array): void {
  let state = 0x9e3779b9;
  for (let step = 0; step < STEPS; step++) {
    // Marsaglia's xorshift.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const at = state & (MEMORY - 1);
    const old = memory[at] ?? 0;
    memory[at] = old > 1e6 ? Math.sqrt(old) : old * 1.5 + (step & 255);
  }
}
