// Files that are proven side by side end as they do one by one.
import { expect, it } from 'vitest';
import { changedIn, isMigrated, MEASURED, migrateIn, OVER, suiteWith, VARIANTS } from './faulty-migration.ts';
import { read } from './probe.ts';

it.skipIf(process.platform === 'win32')('keeps what holds and takes back what does not @slow', { timeout: 240_000 }, async () => {
  const crashing = `import { readFileSync } from 'node:fs';\nimport { fileURLToPath } from 'node:url';\n${VARIANTS}if (readFileSync(fileURLToPath(import.meta.url), 'utf8').includes("' " + '@slow')) process.kill(process.pid, 'SIGSEGV');\n`;
  const folder = suiteWith({ 'test/variants.test.mjs': VARIANTS, 'test/measured.test.mjs': MEASURED, 'test/crashes.test.mjs': crashing });
  const { exitCode, printed } = await migrateIn(folder, [...OVER, '--jobs', '2']);
  expect(exitCode, printed).toBe(0);
  expect(printed).toContain('Prove 3 files, 2 at a time');
  expect(printed).toMatch(/taken back +test\/crashes\.test\.mjs/);
  expect(read(folder, 'test/crashes.test.mjs')).toBe(crashing);
  expect(isMigrated(folder), printed).toBe(true);
  expect((await migrateIn(folder, ['--undo'])).exitCode).toBe(0);
  expect(changedIn(folder)).toEqual([]);
});
