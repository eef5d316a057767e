/** Where a runner's process writes what it measured: lines of JSON in a file that `slow-tests profile` named. Uses nothing but Node. */
import { appendFileSync } from 'node:fs';
import type { Outcome, OutsidePart } from '../profile.ts';

export interface MeasuredTest {
  readonly title: readonly string[];
  readonly outcome: Outcome;
  /** ms; undefined where the test did not run. */
  readonly duration?: number | undefined;
  readonly line?: number | undefined;
}

export type OutsideTimes = Partial<Record<OutsidePart, number>>;

export type RunEvent =
  /** `at`: when its process began, in ms since 1970. */
  | { readonly type: 'start'; readonly runner: string; readonly version?: string | undefined; readonly at: number }
  | ({ readonly type: 'test'; readonly file: string } & MeasuredTest)
  /** Times of a file add up. */
  | { readonly type: 'file'; readonly file: string; readonly outside: OutsideTimes }
  /** It runs again; what was told of it before is out of date. */
  | { readonly type: 'again'; readonly file: string }
  /** Its process ends; one that is killed does not say so. */
  | { readonly type: 'end'; readonly at: number };

/** Names of the variables that a measured command is started with. */
export const EVENTS_VARIABLE = 'SLOW_TESTS_EVENTS';
export const OPTIONS_VARIABLE = 'SLOW_TESTS_NODE_OPTIONS';
/** Of Playwright: a reporter beside those of its configuration. */
export const PLAYWRIGHT_VARIABLE = 'PW_TEST_REPORTER';

export type Write = (event: RunEvent) => void;

/** What a kill may lose, in ms. */
const FLUSH_INTERVAL = 100;

let claimed: Write | undefined;

/**
 * The first runner that asks is the one that is measured. What it starts must know nothing of it: tests that start runners of their
 * own would be taken for tests of the suite.
 */
export function claim(runner: string, version?: string): Write | undefined {
  const { [EVENTS_VARIABLE]: file, [OPTIONS_VARIABLE]: options } = process.env;
  if (file === undefined || file === '') return undefined;
  for (const name of [EVENTS_VARIABLE, OPTIONS_VARIABLE, PLAYWRIGHT_VARIABLE]) Reflect.deleteProperty(process.env, name);
  if (options === undefined || options === '') Reflect.deleteProperty(process.env, 'NODE_OPTIONS');
  else process.env['NODE_OPTIONS'] = options;
  claimed = writerTo(file);
  claimed({ type: 'start', runner, version, at: Math.round(Date.now() - process.uptime() * 1000) });
  return claimed;
}

/** For a reporter that its runner loads by path, after the claim. */
export function claimedWriter(): Write | undefined {
  return claimed;
}

function writerTo(file: string): Write {
  let waiting = '';
  let flushed = 0;
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    flushed = Date.now();
    const text = waiting;
    waiting = '';
    try {
      if (text !== '') appendFileSync(file, text);
    } catch {
      // Nobody listens any more; that must not disturb the suite.
    }
  };
  const add = (event: RunEvent): void => {
    waiting += `${JSON.stringify(event)}\n`;
  };
  // First, since tape ends the process in a listener of its own.
  process.prependListener('exit', () => {
    add({ type: 'end', at: Date.now() });
    flush();
  });
  return (event) => {
    add(event);
    // A runner that keeps the thread busy lets no timer through.
    if (Date.now() - flushed > FLUSH_INTERVAL) flush();
    else timer ??= setTimeout(flush, FLUSH_INTERVAL).unref();
  };
}
