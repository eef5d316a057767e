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
}

interface Results {
  /** Is called with each test when it is declared, those inside others included. */
  _watch(test: Test): void;
}

interface Place {
  readonly file: string;
  readonly line: number;
}

export function listenToTape(root: string, version: string): void {
  const { prototype } = createRequire(join(root, 'package.json'))(join(root, 'lib/results.js')) as { readonly prototype: Results };
  const places = new WeakMap<Test, Place>();
  const parents = new WeakMap<Test, Test>();
  const inside = new WeakMap<Test, number>();
  let write: Write | undefined;

  const tell = (test: Test, whole: number): void => {
    const parent = parents.get(test);
    if (parent) inside.set(parent, (inside.get(parent) ?? 0) + whole);
    const chain = chainOf(test, parents);
    const place = chain.map((around) => places.get(around)).findLast((found) => found !== undefined);
    const outcome = test._skip === true ? 'skipped' : test._ok ? 'passed' : 'failed';
    // Tests inside are tests of their own.
    const duration = outcome === 'skipped' ? undefined : Math.max(0, whole - (inside.get(test) ?? 0));
    write?.({ type: 'test', file: place?.file ?? '', title: chain.map(({ name }) => name), outcome, duration, line: parent ? undefined : place?.line });
  };

  const { _watch: watch } = prototype;
  prototype._watch = function declared(test) {
    write ??= claim('tape', version);
    const place = parents.has(test) ? undefined : callerOutside(root);
    if (place) places.set(test, place);
    test.on('test', (child: Test) => void parents.set(child, test));
    test.once('prerun', () => {
      const start = performance.now();
      // Before the listener by which its parent goes on.
      test.prependOnceListener('end', () => tell(test, performance.now() - start));
    });
    watch.call(this, test);
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
