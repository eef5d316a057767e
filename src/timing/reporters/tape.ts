/** How tape is listened to: it tells no durations, so its tests are timed from the start of their function to their end. tape 5. */
import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Write } from './sink.ts';
import { claim } from './sink.ts';

interface Test extends EventEmitter {
  readonly name: string;
  readonly _skip?: boolean;
  readonly _ok: boolean;
  readonly _progeny: readonly Test[];
  run(): void;
  test(...given: readonly unknown[]): void;
}

interface Place {
  readonly file: string;
  readonly line: number;
}

export function listenToTape(root: string, version: string): void {
  const require = createRequire(join(root, 'package.json'));
  const { prototype } = require(join(root, 'lib/test.js')) as { readonly prototype: Test };
  const results = require(join(root, 'lib/results.js')) as { readonly prototype: { push(test: Test): void } };
  const places = new WeakMap<Test, Place>();
  const parents = new WeakMap<Test, Test>();
  const inside = new WeakMap<Test, number>();
  let write: Write | undefined;

  const { push } = results.prototype;
  results.prototype.push = function declared(test) {
    write ??= claim('tape', version);
    const place = callerOutside(root);
    if (place) places.set(test, place);
    push.call(this, test);
  };

  const { test: nest, run } = prototype;
  prototype.test = function nested(this: Test, ...given) {
    Reflect.apply(nest, this, given);
    const child = this._progeny.at(-1);
    if (child) parents.set(child, this);
  };

  prototype.run = function timed(this: Test) {
    const start = performance.now();
    // Before the listener by which its parent goes on.
    this.prependOnceListener('end', () => {
      const whole = performance.now() - start;
      const parent = parents.get(this);
      if (parent) inside.set(parent, (inside.get(parent) ?? 0) + whole);
      const chain = chainOf(this, parents);
      const place = chain.map((test) => places.get(test)).findLast((found) => found !== undefined);
      const outcome = this._skip === true ? 'skipped' : this._ok ? 'passed' : 'failed';
      // Tests inside are tests of their own.
      const duration = outcome === 'skipped' ? undefined : Math.max(0, whole - (inside.get(this) ?? 0));
      write?.({ type: 'test', file: place?.file ?? '', title: chain.map(({ name }) => name), outcome, duration, line: parent ? undefined : place?.line });
    });
    run.call(this);
  };
}

/** From the outermost test to this one. */
function chainOf(test: Test, parents: WeakMap<Test, Test>): Test[] {
  const parent = parents.get(test);
  return parent ? [...chainOf(parent, parents), test] : [test];
}

/** The first place in the stack that lies in no package. */
function callerOutside(root: string): Place | undefined {
  for (const frame of (new Error().stack ?? '').split('\n').slice(2)) {
    const [, path, line] = /\(?((?:file:\/\/)?[^\s()][^()]*?):(\d+):\d+\)?$/.exec(frame.trim().replace(/^at (?:.*? \()?/, '')) ?? [];
    if (path === undefined || path.startsWith('node:') || path.startsWith(root) || /[\\/]node_modules[\\/]/.test(path) || path.startsWith(__dirname)) continue;
    return { file: path.startsWith('file:') ? fileURLToPath(path) : path, line: Number(line) };
  }
  return undefined;
}
