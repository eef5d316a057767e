/** What node:test tells, beside the reporters that the command asks for. An entry of its own: Node loads reporters by address. */
import type { MeasuredTest } from './sink.ts';
import { claim } from './sink.ts';

interface TestData {
  readonly name: string;
  readonly nesting: number;
  readonly file?: string;
  readonly line?: number;
  readonly skip?: string | boolean;
  readonly todo?: string | boolean;
  readonly details?: { readonly duration_ms: number; readonly type?: string };
}

interface Event {
  readonly type: string;
  readonly data: TestData;
}

const write = claim('node:test', process.versions.node);

/** Prints nothing. What a file costs outside its tests is not told: the clock of Node starts with the first of them. */
export default async function* nodeTestReporter(source: AsyncIterable<Event>): AsyncGenerator<never> {
  const path: string[] = [];
  for await (const { type, data } of source) {
    if (type === 'test:start') path.splice(data.nesting, Infinity, data.name);
    else if (type === 'test:pass' || type === 'test:fail') tell(data, type === 'test:pass', path);
  }
  // Generators of nothing are what a silent reporter is.
  yield* [];
}

function tell(data: TestData, isPassed: boolean, path: readonly string[]): void {
  const { name, nesting, file = '', line, skip, todo, details } = data;
  if (details?.type === 'suite') return;
  const isSkipped = (skip !== undefined && skip !== false) || (todo !== undefined && todo !== false && !isPassed);
  const test: MeasuredTest = {
    title: [...path.slice(0, nesting), name],
    outcome: isSkipped ? 'skipped' : isPassed ? 'passed' : 'failed',
    duration: isSkipped ? undefined : details?.duration_ms,
    line,
  };
  write?.({ type: 'test', file, ...test });
}
