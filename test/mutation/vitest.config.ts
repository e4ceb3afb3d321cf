import { defineConfig } from 'vitest/config';

/** The tests that mutants are tried on: those without other processes, which would not know of a mutant. */
export default defineConfig({
  test: {
    include: ['test/{unit,property,golden}/**/*.test.ts'],
    // Measures time, which mutants and what watches over them take more of.
    exclude: ['test/property/corpus/large.test.ts'],
    testTimeout: 60_000,
  },
});
