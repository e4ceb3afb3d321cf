import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,property,golden,integration}/**/*.test.ts'],
    globalSetup: 'scripts/freshBundles.ts',
    // Some train a model: generous, because a two-core machine may be busy with other work.
    testTimeout: 60_000,
    // Two workers at most: the suites must pass on a two-core machine without starving the training tests.
    maxWorkers: 2,
  },
});
