/** How AVA is listened to: what its workers tell its own reporters, durations included. AVA 6 and later. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Write } from './sink.ts';
import { claim } from './sink.ts';

interface StateChange {
  readonly type: string;
  readonly title?: string;
  readonly testFile?: string;
  readonly duration?: number;
  readonly skip?: boolean;
  readonly todo?: boolean;
}

interface Api {
  emit(event: unknown, plan?: { readonly status?: { on(event: 'stateChange', listener: (change: StateChange) => void): void } }): Promise<void>;
}

export async function listenToAva(root: string, version: string): Promise<void> {
  const { default: api } = (await import(pathToFileURL(join(root, 'lib/api.js')).href)) as { readonly default: { readonly prototype: Api } };
  const { emit } = api.prototype;
  api.prototype.emit = function heard(this: Api, event, plan) {
    if (event === 'run' && plan?.status) {
      const write = claim('ava', version);
      if (write) plan.status.on('stateChange', (change) => tell(write, change));
    }
    return emit.call(this, event, plan);
  };
}

function tell(write: Write, { type, title, testFile: file = '', duration, skip, todo }: StateChange): void {
  if (type === 'hook-finished') return write({ type: 'file', file, outside: { hooks: duration ?? 0 } });
  if (title === undefined) return;
  if (type === 'test-passed') write({ type: 'test', file, title: [title], outcome: 'passed', duration });
  else if (type === 'test-failed') write({ type: 'test', file, title: [title], outcome: 'failed', duration });
  else if (type === 'selected-test' && (skip === true || todo === true)) write({ type: 'test', file, title: [title], outcome: 'skipped' });
}
