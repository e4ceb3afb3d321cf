import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,property,golden,integration}/**/*.test.ts'],
    globalSetup: 'scripts/freshBundles.ts',
    testTimeout: 20_000,
    // Two workers at most: the suites must pass on a two-core machine without starving the training tests.
    maxWorkers: 2,
  },
});
