/** Functions that let time pass and do nothing else: where they come from, and which argument says how many milliseconds. */

export interface SleepRow {
  /** Undefined for a global. */
  readonly modules?: readonly string[];
  /** From the exports; empty for the default export. */
  readonly path: string;
  readonly position: number;
  /** The runner waits for it by itself, without `await`. */
  readonly isQueued?: boolean;
}

export const SLEEPS: readonly SleepRow[] = [
  { modules: ['node:timers/promises', 'timers/promises'], path: 'setTimeout', position: 0 },
  { modules: ['node:timers/promises', 'timers/promises'], path: 'scheduler.wait', position: 0 },
  { modules: ['delay', 'sleep-promise', 'await-sleep', 'promise-delay', 'timeout-as-promise'], path: '', position: 0 },
  { modules: ['@std/async', '@std/async/delay', '@std/async/unstable-delay', 'es-toolkit', 'es-toolkit/promise', 'bluebird'], path: 'delay', position: 0 },
  { modules: ['radash', 'radashi', 'usleep', 'ts-sleep', '@sapphire/utilities'], path: 'sleep', position: 0 },
  { modules: ['timers-promises', 'isomorphic-timers-promises'], path: 'setTimeout', position: 0 },
  { path: 'Bun.sleep', position: 0 },
  { path: 'cy.wait', position: 0, isQueued: true },
];

/** Methods of a page or frame, whatever it is called. */
export const SLEEP_METHODS = /^waitForTimeout$/;

/** What a helper that sleeps is called; only such a name makes the file next door worth opening. */
export const SLEEP_NAME = /sleep|delay|wait|pause|timeout|tick|snooze/i;

/** A file without any of these words lets no time pass. */
export const SLEEP_WORDS = /setTimeout|waitForTimeout|sleep|delay|wait[A-Z(]|[wW]ait\b|pause|snooze/;

/** Names of what puts a clock of its own in the place of the real one, or moves it. */
export const FAKE_CLOCK = /^(?:(?:use|install|setUp|setup|enable|init|with|mock|create|start)\w*(?:Fake|Mock)\w*(?:Timer|Time|Clock|Date)\w*|(?:mock|fake|stub)\w*(?:Timers?|Time|Clock)|useFakeTimers|fakeAsync|advanceTimers\w*|advanceBy\w*|run(?:All|OnlyPending)Timers\w*|runAllTicks|runToLast\w*|tickAsync|flushTimers|setSystemTime)$/;

/** The same by what it is called on: `jasmine.clock().install()`, `mock.timers.enable()`, `clock.tick()`. */
export const FAKE_CLOCK_CHAIN = /\b(?:clock|timers?|FakeTimers|fakeTimers|scheduler)(?:\(\))?\.(?:install|enable|tick\w*|mockDate|runAll\w*|next\w*|advance\w*)\b|\bTestScheduler\b/;
