import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/**/fixtures/**', 'tests/**/*.slow.test.ts'],
    testTimeout: 20_000,
  },
});
