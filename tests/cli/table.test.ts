import { expect, test } from 'vitest';
import { formatTable } from '../../src/cli/table.ts';

test('columns are as wide as their widest cell', () => {
  const table = formatTable(['rule', 'count'], [['no-production-dims', '7'], ['b', '12']], ['left', 'right']);
  expect(table).toBe(
    ['rule                count', '------------------  -----', 'no-production-dims      7', 'b                      12'].join('\n'),
  );
});

test('a missing cell is empty, and no line ends in spaces', () => {
  expect(formatTable(['a', 'b'], [['1']], ['left', 'left'])).toBe('a  b\n-  -\n1');
});
