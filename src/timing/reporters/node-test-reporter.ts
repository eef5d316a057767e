/** What node:test tells, beside the reporters that the command asks for. An entry of its own: Node loads reporters by address. */
import type { MeasuredTest, OutsideTimes } from './sink.ts';
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
  readonly data: TestData & { readonly duration_ms?: number };
}

const write = claim('node:test', process.versions.node);

/** Prints nothing. */
export default async function* nodeTestReporter(source: AsyncIterable<Event>): AsyncGenerator<never> {
  const path: string[] = [];
  const inTests = new Map<string, number>();
  for await (const { type, data } of source) {
    if (type === 'test:start') path.splice(data.nesting, Infinity, data.name);
    else if (type === 'test:pass' || type === 'test:fail') tell(data, type === 'test:pass', path, inTests);
    else if (type === 'test:summary' && data.file !== undefined) write?.({ type: 'file', file: data.file, outside: outsideOf(data.duration_ms, inTests.get(data.file)) });
  }
  // Generators of nothing are what a silent reporter is.
  yield* [];
}

function tell(data: TestData, isPassed: boolean, path: readonly string[], inTests: Map<string, number>): void {
  const { name, nesting, file = '', line, skip, todo, details } = data;
  if (nesting === 0) inTests.set(file, (inTests.get(file) ?? 0) + (details?.duration_ms ?? 0));
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

/** Node 22 and later say how long a file took in all. */
function outsideOf(whole: number | undefined, inTests = 0): OutsideTimes {
  return whole === undefined ? {} : { import: Math.max(0, whole - inTests) };
}
