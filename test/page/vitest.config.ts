import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/page/**/*.test.ts'],
    globalSetup: 'scripts/freshBundles.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One browser at a time.
    maxWorkers: 1,
  },
});
