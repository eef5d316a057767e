/**
 * How fast is this machine, now? A fixed piece of work with no input and no allocation to speak of, so that budgets can follow the
 * machine. `slow-tests profile` calls it after the suite has ended, while the machine is as warm as it was for the tests.
 */

/** What the work takes on the machine that the default budgets were written for, in ms: two cores of a server, 2026. */
export const REFERENCE_MS = 2.5;

/** Many short ones: between the time slices that others on the machine take, some run undisturbed. */
const MAX_ROUNDS = 25;
/** So many that took nearly the same ran undisturbed, and it is enough. */
const ALIKE = 4;
const NEARLY = 1.02;
const STEPS = 1 << 20;
const MEMORY = 1 << 16;

/** In ms: the best of the rounds, since others on the machine only ever make one longer. On a quiet machine the first few agree. */
export function calibrate(): number {
  const memory = new Float64Array(MEMORY);
  const times: number[] = [];
  let best = Infinity;
  while (times.length < MAX_ROUNDS && times.filter((time) => time <= best * NEARLY).length < ALIKE) {
    const start = performance.now();
    work(memory);
    times.push(performance.now() - start);
    best = Math.min(best, ...times);
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
