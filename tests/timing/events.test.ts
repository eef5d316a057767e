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

  it.each([
    ['what the runner took, not what ran before and after it', [1000, 3500], 2500],
    ['all turns together, where it is started twice', [1000, 3500, 4000, 4100], 2600],
    ['the whole command, where the runner was killed', [1000], 9000],
  ])('time the run: %s', (_what, times, expected) => {
    const text = times.map((at, index) => line(index % 2 === 0 ? { type: 'start', runner: 'vitest', at } : { type: 'end', at })).join(test('adds'));
    expect(readEvents(text, folderWith({}), 9000)?.wall).toBe(expected);
  });

  it('time the whole command, where two runners run at once', () => {
    const text = [{ type: 'start', runner: 'vitest', at: 0 }, { type: 'start', runner: 'vitest', at: 10 }, { type: 'end', at: 20 }, { type: 'end', at: 30 }].map(line).join('');
    expect(readEvents(text, folderWith({}), 40)?.wall).toBe(40);
  });

  it('are none before a runner has begun', () => {
    expect(readEvents('', folderWith({}), 5)).toBeUndefined();
    expect(readEvents(test('adds'), folderWith({}), 5)).toBeUndefined();
  });
});
