/** For which tests has the file put a clock of its own in the place of the real one? */
import { FAKE_CLOCK, FAKE_CLOCK_CHAIN } from '../knowledge/sleeps.ts';
import type { Node } from './nodes.ts';
import { calleeName, isCall } from './nodes.ts';
import type { Payer } from './payers.ts';
import type { Reading } from './reading.ts';
import { walk } from './walk.ts';

const MAY_FAKE = /fake|mock|clock|timers?\.|advance|TestScheduler|stubGlobal/i;
/** The timer itself is somebody's own. */
const REPLACED = /\b(?:global|globalThis|window|self)\.setTimeout\s*=|(?:spyOn|stub|replace|method|stubGlobal)\(\s*(?:[\w.]+\s*,\s*)?['"`](?:setTimeout|sleep|delay)['"`]/;

export class FakeClock {
  readonly #reading: Reading;
  readonly #places: readonly Node[];
  readonly #isReplaced: boolean;

  constructor(reading: Reading) {
    const { ast, text } = reading.module.file;
    const places: Node[] = [];
    this.#isReplaced = REPLACED.test(text);
    if (!this.#isReplaced && MAY_FAKE.test(text)) {
      walk(ast, (node) => {
        if (isCall(node) && (FAKE_CLOCK.test(calleeName(node) ?? '') || FAKE_CLOCK_CHAIN.test(text.slice(node.callee.range[0], node.callee.range[1])))) places.push(node);
      });
    }
    this.#reading = reading;
    this.#places = places;
  }

  /** In the test itself, in a hook around it, or anywhere that may run before it. */
  coversTest({ placed }: Payer): boolean {
    if (this.#isReplaced) return true;
    const { executions, tests } = this.#reading;
    return this.#places.some((place) => {
      const around = executions.executionsOf(place);
      // Somewhere in a helper of which nobody knows when it runs.
      if (around.length === 0) return true;
      return around.some(({ kind, declaration }) => {
        if (kind === 'module' || kind === 'group' || !declaration || !placed) return true;
        if (kind === 'test') return declaration === placed.declaration;
        const group = tests.place(declaration).groups.at(-1);
        return group === undefined || placed.groups.includes(group);
      });
    });
  }
}
