import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    exclude: ['tests/**/fixtures/**', 'tests/**/*.slow.test.ts'],
    testTimeout: 20_000,
    // Concurrent tests run suites in processes of their own.
    maxConcurrency: 2,
    // Hundreds of runs of ten real runners: on a busy build machine one may starve. What fails twice is wrong.
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
});
