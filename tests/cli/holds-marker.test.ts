// Whether a project marks anything at all, for a terminal on which the runner's summary cannot be read.
import { expect, it } from 'vitest';
import { holdsMarker } from '../../src/cli/run/holds-marker.ts';
import { folderWith } from './probe.ts';

it.each([
  ['a title', { 'test/a.test.ts': "it('x @slow', () => {});" }, true],
  ['a tag', { 'test/a.test.ts': "it('x', { tags: ['db', 'slow'] }, () => {});" }, true],
  ['a word of a sentence', { 'test/a.test.ts': "it('is slow', () => {});" }, false],
  ['a dependency', { 'node_modules/x/a.js': "it('x @slow', () => {});" }, false],
  ['a page', { 'README.md': 'Mark it @slow.' }, false],
])('%s: %j', async (_what, files, answer) => {
  expect(await holdsMarker(folderWith(files), '@slow')).toBe(answer);
});
