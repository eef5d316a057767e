// Dealing files: nothing is lost, nothing runs twice, and no machine has much more to do than another.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../src/timing/profile.ts';
import { PROFILE_VERSION } from '../../src/timing/profile.ts';
import { dealFiles, dealtByRunner, longest, weighFiles } from '../../src/timing/shards.ts';

function profileOf(files: Readonly<Record<string, readonly [number, number]>>): Profile {
  return {
    version: PROFILE_VERSION,
    recordedAt: '2026-01-01T00:00:00.000Z',
    environment: { node: '22.0.0', platform: 'linux', cpus: 2 },
    runs: 1,
    partial: false,
    files: Object.entries(files).map(([file, [fast, slow]]) => ({
      file,
      outside: { import: 10 },
      tests: [
        { title: ['a'], tier: 'unit', outcome: 'passed', duration: fast, runs: 1 },
        ...(slow > 0 ? [{ title: ['b @slow'], tier: 'comprehensive', outcome: 'passed', duration: slow, runs: 1 } as const] : []),
      ],
    })),
  };
}

describe('weights', () => {
  it('are the tests of the tier and the file around them, and the median for what is new', () => {
    const profile = profileOf({ 'a.js': [1, 100], 'b.js': [2, 300], 'c.js': [3, 0] });
    expect(weighFiles(profile, 'slow', ['a.js', 'b.js', 'c.js', 'new.js'])).toEqual([
      { file: 'a.js', expected: 110, tests: 1, isNew: false },
      { file: 'b.js', expected: 310, tests: 1, isNew: false },
      { file: 'c.js', expected: 10, tests: 0, isNew: false },
      { file: 'new.js', expected: 210, tests: 0, isNew: true },
    ]);
    expect(weighFiles(profile, 'fast', ['c.js'])).toEqual([{ file: 'c.js', expected: 13, tests: 1, isNew: false }]);
  });
});

describe('shards', () => {
  const files = fc.uniqueArray(fc.record({ file: fc.stringMatching(/^[a-z]{1,8}\.js$/), expected: fc.nat(10_000), tests: fc.nat(50), isNew: fc.constant(false) }), { selector: ({ file }) => file, maxLength: 60 });

  it('hold each file once, whoever deals', () => {
    fc.assert(
      fc.property(files, fc.integer({ min: 1, max: 9 }), (all, count) => {
        for (const shards of [dealFiles(all, count), ...['vitest', 'jest', 'node:test', 'playwright'].map((name) => dealtByRunner(name, all, count) ?? [])]) {
          expect(shards).toHaveLength(count);
          expect(shards.flatMap((shard) => shard.files.map(({ file }) => file)).sort()).toEqual(all.map(({ file }) => file).sort());
        }
      }),
    );
  });

  it('end together as far as the longest file allows, and are the same on every machine', () => {
    fc.assert(
      fc.property(files, fc.integer({ min: 1, max: 9 }), (all, count) => {
        const total = all.reduce((sum, { expected }) => sum + expected, 0);
        // The machine that ends last was the idlest when it got its last file.
        expect(longest(dealFiles(all, count))).toBeLessThanOrEqual(total / count + Math.max(0, ...all.map(({ expected }) => expected)));
        expect(dealFiles([...all].reverse(), count)).toEqual(dealFiles(all, count));
      }),
    );
  });

  it('are better balanced than by hash', () => {
    const all = Array.from({ length: 40 }, (_, index) => ({ file: `test/${index}.test.ts`, expected: index % 10 === 0 ? 20_000 : 100, tests: 3, isNew: false }));
    const own = dealtByRunner('vitest', all, 4);
    expect(longest(dealFiles(all, 4))).toBeLessThanOrEqual(21_000);
    expect(own && longest(own)).toBeGreaterThan(longest(dealFiles(all, 4)));
    expect(dealtByRunner('mocha', all, 4)).toBeUndefined();
  });
});
