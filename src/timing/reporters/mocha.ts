/** How Mocha is listened to: the events that it hands to its reporter, in one process or in several. Mocha 2 to 12. */
import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Write } from './sink.ts';
import { claim } from './sink.ts';

interface Runnable {
  readonly title: string;
  readonly type: string;
  readonly state?: string;
  readonly pending?: boolean;
  readonly duration?: number;
  readonly file?: string;
  readonly parent?: Runnable;
  isPending?(): boolean;
  titlePath?(): readonly string[];
}

interface Mocha {
  readonly Runner: { readonly prototype: EventEmitter };
  readonly Suite: { readonly prototype: EventEmitter };
}

export function listenToMocha(root: string, version: string): void {
  const require = createRequire(join(root, 'package.json'));
  const { Runner, Suite } = require(root) as Mocha;
  const write = claimOnce(version);
  listen(Runner.prototype, (event, runnable) => {
    if (event === 'start') write();
    else if (event === 'test end') tellTest(write(), runnable as Runnable);
    else if (event === 'hook end') tellHook(write(), runnable as Runnable);
  });
  const started = new Map<string, number>();
  listen(Suite.prototype, (event, _first, file) => {
    if ((event !== 'pre-require' && event !== 'post-require') || typeof file !== 'string') return;
    const start = started.get(file);
    if (event === 'pre-require') started.set(file, performance.now());
    else if (start !== undefined) write()?.({ type: 'file', file, outside: { import: performance.now() - start } });
  });
}

/** Mocha may start itself again with options for Node; only the process that loads tests is the runner. */
function claimOnce(version: string): () => Write | undefined {
  let claimed: { readonly write: Write | undefined } | undefined;
  return () => (claimed ??= { write: claim('mocha', version) }).write;
}

function listen(prototype: EventEmitter, hear: (event: unknown, ...given: readonly unknown[]) => void): void {
  const emit = prototype.emit;
  prototype.emit = function heard(this: EventEmitter, event, ...given: unknown[]) {
    hear(event, ...given);
    return emit.call(this, event, ...given);
  };
}

function tellTest(write: Write | undefined, test: Runnable): void {
  const isPending = test.state === 'pending' || test.pending === true || (test.state === undefined && test.isPending?.() === true);
  const outcome = isPending ? 'skipped' : test.state === 'failed' ? 'failed' : 'passed';
  write?.({ type: 'test', file: fileOf(test), title: titlesOf(test), outcome, duration: isPending ? undefined : test.duration });
}

/** Hooks around each test are not part of its duration either. */
function tellHook(write: Write | undefined, hook: Runnable): void {
  const file = fileOf(hook);
  if (file !== '' && hook.duration !== undefined) write?.({ type: 'file', file, outside: { hooks: hook.duration } });
}

/** Mocha 4 and earlier has no method for it; groups that come from a process of `--parallel` have no title of their own. */
function titlesOf(test: Runnable): readonly string[] {
  if (test.titlePath) return test.titlePath();
  const titles: string[] = [];
  for (let around: Runnable | undefined = test; around; around = around.parent) if (around.title !== '') titles.unshift(around.title);
  return titles;
}

/** Groups that a helper declares do not know their file. */
function fileOf(runnable: Runnable): string {
  for (let around: Runnable | undefined = runnable; around; around = around.parent) if (around.file !== undefined) return around.file;
  return '';
}
