import { expect, test } from 'vitest';
import { count, oneLine } from '../../scripts/demo/phrases.ts';

test.each([
  [0, '0 files'],
  [1, '1 file'],
  [2, '2 files'],
])('count of %i', (number, text) => {
  expect(count(number, 'file')).toBe(text);
});

test('oneLine takes line breaks out and cuts what is too long', () => {
  expect(oneLine(' a\n  b ', 10)).toBe('a b');
  expect(oneLine('abcdef', 4)).toBe('abc…');
  expect(oneLine('abcd', 4)).toBe('abcd');
});
