import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextRange } from '../../../src/corpus/document.ts';
import { overlapsOf } from '../../../src/evaluation/overlappingRanges.ts';

const ranges: fc.Arbitrary<TextRange[]> = fc
  .array(
    fc
      .record({ start: fc.nat(20), length: fc.integer({ min: 1, max: 12 }) })
      .map(({ start, length }) => ({ start, end: start + length })),
    { maxLength: 12 },
  )
  .map((list) => list.sort((a, b) => a.start - b.start || a.end - b.end));

describe('overlaps of two lists of ranges', () => {
  it('are those that a comparison of each with each finds', () => {
    fc.assert(
      fc.property(ranges, ranges, (gold, predicted) => {
        const each = predicted.map(({ start, end }) =>
          gold.flatMap((range, i) => (range.start < end && range.end > start ? [i] : [])),
        );
        expect(overlapsOf(gold, predicted)).toEqual(each);
      }),
      { numRuns: 500 },
    );
  });

  it('take a time that grows with the ranges, not with their pairs', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => ({ start: 10 * i, end: 10 * i + 5 }));
    const started = performance.now();
    expect(overlapsOf(many, many).every((found, i) => found.length === 1 && found[0] === i)).toBe(true);
    // Each with each would take 10^10 comparisons.
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
