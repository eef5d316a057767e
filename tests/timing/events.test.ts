// What a runner has written while it was listened to, whole or cut off.
import { describe, expect, it } from 'vitest';
import { readEvents } from '../../src/timing/read-events.ts';
import { folderWith } from '../cli/probe.ts';

const line = (event: object): string => `${JSON.stringify(event)}\n`;
const test = (title: string, file = 'a.test.js'): string => line({ type: 'test', file, title: [title], outcome: 'passed', duration: 1 });
const START = line({ type: 'start', runner: 'vitest', version: '4.1.12' });

function titles(text: string): readonly string[] {
  const run = readEvents(text, folderWith({}), 5);
  return [...(run?.files ?? [])].flatMap(([file, { tests, outside }]) => [...tests.map(({ title }) => `${file}: ${title.join(' > ')}`), ...Object.entries(outside).map(([part, time]) => `${file}: ${part} ${time}`)]);
}

describe('events', () => {
  it('add up', () => {
    const outside = line({ type: 'file', file: 'a.test.js', outside: { hooks: 2 } });
    expect(titles(START + test('adds') + outside + test('adds') + outside)).toEqual(['a.test.js: adds', 'a.test.js: adds', 'a.test.js: hooks 4']);
  });

  it('of a file that runs again replace those before', () => {
    expect(titles(START + test('adds') + test('stays', 'b.test.js') + line({ type: 'again', file: 'a.test.js' }) + test('subtracts'))).toEqual(['a.test.js: subtracts', 'b.test.js: stays']);
  });

  it.each([
    ['cut off', test('adds').slice(0, 20)],
    ['of another kind', line({ type: 'other', file: 'a.test.js' })],
    ['with a wrong field', line({ type: 'test', file: 'a.test.js', title: [], outcome: 'passed' })],
    ['of a file outside', test('evil', '../../etc/passwd')],
  ])('%s are left out', (_kind, text) => {
    expect(titles(START + test('adds') + text)).toEqual(['a.test.js: adds']);
  });

  it('are none before a runner has begun', () => {
    expect(readEvents('', folderWith({}), 5)).toBeUndefined();
    expect(readEvents(test('adds'), folderWith({}), 5)).toBeUndefined();
  });
});
