// What Vitest 0.34 to 2 tells its reporters, and what of it is written down. `profile-versions.slow.test.ts` runs them.
import { expect, it } from 'vitest';
import type { RunEvent } from '../../src/timing/reporters/sink.ts';
import { taskReporterFor } from '../../src/timing/reporters/vitest-tasks.ts';

const ran = { name: 'adds', mode: 'run', result: { state: 'pass', duration: 3 } };
const failed = { name: 'breaks', mode: 'run', result: { state: 'fail', duration: 4 } };
const skipped = { name: 'waits', mode: 'skip' };
const file = {
  name: 'a.test.ts',
  mode: 'run',
  filepath: '/project/a.test.ts',
  result: { state: 'fail', duration: 10 },
  environmentLoad: 1,
  prepareDuration: 2,
  setupDuration: 5,
  collectDuration: 6,
  tasks: [{ name: 'group', mode: 'run', tasks: [ran, failed, skipped] }],
};
const idle = { name: 'b.test.ts', mode: 'skip', filepath: '/project/b.test.ts', tasks: [skipped] };

const listen = () => {
  const events: RunEvent[] = [];
  const reporter = taskReporterFor((event) => events.push(event), { idMap: new Map<string, typeof file | typeof ran>([['file', file], ['test', ran]]) });
  return { events, reporter };
};

const titles = (events: readonly RunEvent[]): string[] => events.map((event) => (event.type === 'test' ? `${event.file} ${event.title.join(' > ')} ${event.outcome} ${event.duration ?? '-'}` : event.type));

it('writes a file once, when it has ended, and files that nothing ran of at the end', () => {
  const { events, reporter } = listen();
  reporter.onTaskUpdate([['test', ran.result]]);
  expect(events).toEqual([]);
  reporter.onTaskUpdate([['file', file.result]]);
  reporter.onTaskUpdate([['file', file.result]]);
  reporter.onFinished([file, idle]);
  expect(titles(events)).toEqual([
    '/project/a.test.ts group > adds passed 3',
    '/project/a.test.ts group > breaks failed 4',
    '/project/a.test.ts group > waits skipped -',
    'file',
    '/project/b.test.ts waits skipped -',
    'file',
  ]);
  expect(events.find(({ type }) => type === 'file')).toMatchObject({ outside: { environment: 3, setup: 5, import: 6, hooks: 3 } });
});

it('writes a file again that a watcher runs again', () => {
  const { events, reporter } = listen();
  reporter.onTaskUpdate([['file']]);
  reporter.onWatcherRerun(['/project/a.test.ts']);
  reporter.onTaskUpdate([['file']]);
  expect(titles(events).filter((line) => line.includes('adds'))).toHaveLength(2);
  expect(events.map(({ type }) => type)).toContain('again');
});
