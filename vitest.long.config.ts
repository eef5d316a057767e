import { defineConfig } from 'vitest/config';

/** What takes minutes: `npm run test:long`. */
export default defineConfig({
  test: {
    include: ['tests/**/*.slow.test.ts'],
    setupFiles: ['tests/setup.ts'],
    exclude: ['tests/**/fixtures/**'],
    fileParallelism: false,
  },
});
