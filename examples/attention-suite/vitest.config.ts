import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The compiler chooses tiles by their time: files that run side by side would disturb each other.
    fileParallelism: false,
    pool: 'threads',
    testTimeout: 60_000,
  },
});
