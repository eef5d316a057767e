// kill -9 at 200 instants of a migration, a full disk at each call that writes, a disk that is really full, and a runner that hangs.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callsOf, changedIn, faultsIn, isMigrated, MEASURED, migrateIn, OVER, recover, suiteWith, VARIANTS } from './faulty-migration.ts';
import { read } from './probe.ts';

const HOUR = 3_600_000;
const BOTH = { 'test/variants.test.mjs': VARIANTS, 'test/measured.test.mjs': MEASURED };
const INSTANTS = 200;

/** Always the same ones. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

describe.skipIf(process.platform === 'win32')('a migration', () => {
  it(`survives kill -9 at ${INSTANTS} instants`, { timeout: HOUR }, async () => {
    const folder = suiteWith(BOTH);
    const start = performance.now();
    const { exitCode, printed } = await migrateIn(folder, OVER);
    const duration = performance.now() - start;
    expect(exitCode, printed).toBe(0);
    expect((await migrateIn(folder, ['--undo'])).exitCode).toBe(0);
    const random = randomFrom(20_260_131);
    const faults: string[] = [];
    const states = { none: 0, begun: 0, ended: 0 };
    for (let instant = 0; instant < INSTANTS; instant++) {
      const killAfter = Math.round(random() * duration);
      const killed = await migrateIn(folder, OVER, { killAfter });
      const found = faultsIn(folder);
      states[killed.exitCode !== null ? 'ended' : found.length === 0 && changedIn(folder).length === 0 ? 'none' : 'begun']++;
      // Going on takes longer than going back.
      if (instant % 4 === 0) found.push(...(await recover(folder, 'resume')));
      found.push(...(await recover(folder, 'undo')));
      faults.push(...found.map((fault) => `after ${killAfter} ms: ${fault}`));
    }
    expect(faults, JSON.stringify(states)).toEqual([]);
    expect(states.begun, JSON.stringify(states)).toBeGreaterThan(0);
  });

  it.each(['kill', 'full'] as const)('is old or new with a fault at each call that writes: %s', { timeout: HOUR }, async (type) => {
    const folder = suiteWith(BOTH);
    const { exitCode, printed } = await migrateIn(folder, OVER);
    expect(exitCode, printed).toBe(0);
    const calls = callsOf(folder);
    expect((await migrateIn(folder, ['--undo'])).exitCode).toBe(0);
    const faults: string[] = [];
    for (let at = 1; at <= calls; at++) {
      const ended = await migrateIn(folder, OVER, { fault: { type, at } });
      const found = faultsIn(folder);
      // How often it writes differs a little from one time to the next; the last call takes the lock away, for which no space is needed.
      if (type === 'full' && ended.exitCode !== 1 && callsOf(folder) > at) found.push(`ends with ${ended.exitCode}: ${ended.printed}`);
      if (/\n {4}at /.test(ended.printed)) found.push(`a stack: ${ended.printed}`);
      if (at % 5 === 0) found.push(...(await recover(folder, 'resume')));
      found.push(...(await recover(folder, 'undo')));
      faults.push(...found.map((fault) => `call ${at} of ${calls}: ${fault}`));
    }
    expect(faults).toEqual([]);
  });

  it('is taken back where a rewritten file hangs', { timeout: HOUR }, async () => {
    const hangs = `${VARIANTS}import { readFileSync } from 'node:fs';\nimport { fileURLToPath } from 'node:url';\nif (readFileSync(fileURLToPath(import.meta.url), 'utf8').includes("' " + '@slow')) setInterval(() => {}, 1000);\n`;
    const folder = suiteWith({ 'test/hangs.test.mjs': hangs, 'test/measured.test.mjs': MEASURED });
    const { exitCode, printed } = await migrateIn(folder, OVER);
    expect(exitCode, printed).toBe(0);
    expect(printed).toMatch(/taken back +test\/hangs\.test\.mjs +split-slow: The fast run did not end within 6\d/);
    expect(read(folder, 'test/hangs.test.mjs')).toBe(hangs);
    expect(changedIn(folder)).toEqual([' M test/measured.test.mjs', '?? migration-report.md']);
  });

  it('says so on a disk that is full', { timeout: HOUR }, async (context) => {
    const folder = suiteWith(BOTH);
    const state = join(folder, '.slow-tests');
    mkdirSync(state);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', state]).status === 0;
    if (!mounted) return context.skip('only root may mount');
    try {
      const full = await migrateIn(folder, OVER);
      expect(full).toMatchObject({ exitCode: 1, printed: expect.stringContaining('no space is left') as string });
      expect(faultsIn(folder)).toEqual([]);
      spawnSync('mount', ['-o', 'remount,size=4m', state]);
      const { exitCode, printed } = await migrateIn(folder, OVER);
      expect(exitCode, printed).toBe(0);
      expect(isMigrated(folder), printed).toBe(true);
    } finally {
      spawnSync('umount', [state]);
    }
  });
});
