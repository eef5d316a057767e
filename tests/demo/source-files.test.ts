import { expect, test } from 'vitest';
import { isSource } from '../../scripts/demo/source-files.ts';

test.each(['test/a.test.ts', 'src/[id].spec.tsx', 'a.mjs', 'packages/x/test/b.cts', 'outer/a.js'])('%s is a source', (file) => {
  expect(isSource(file)).toBe(true);
});

test.each(['node_modules/x/a.test.js', 'packages/x/dist/a.js', 'types/a.d.ts', 'a.d.mts', 'a.json', 'a.test.ts.snap', 'coverage/sorter.js'])(
  '%s is not',
  (file) => {
    expect(isSource(file)).toBe(false);
  },
);
