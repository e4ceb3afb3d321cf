import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { batchByLength } from '../../../src/model/lengthBatches.ts';
import { sentenceWindows } from '../../../src/model/windows.ts';

const tokenCounts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 300 });
const capacity = fc.integer({ min: 1, max: 60 });

it('windows take every word once, in order, and none is too long unless it is one word', () => {
  fc.assert(
    fc.property(tokenCounts, capacity, (counts, longest) => {
      const windows = sentenceWindows(counts, longest);
      let next = 0;
      for (const { start, end, useStart, useEnd } of windows) {
        expect(useStart).toBe(next);
        expect(start).toBeLessThanOrEqual(useStart);
        expect(useEnd).toBeLessThanOrEqual(end);
        next = useEnd;
        const tokens = counts.slice(start, end).reduce((sum, count) => sum + count, 0);
        if (tokens > longest) expect(end - start).toBe(1);
      }
      expect(next).toBe(counts.length);
    }),
  );
});

it('a sentence that fits is one window', () => {
  expect(sentenceWindows([1, 2, 3], 6)).toEqual([{ start: 0, end: 3, useStart: 0, useEnd: 3 }]);
  expect(sentenceWindows([], 6)).toEqual([]);
});

it('words away from the ends of a long sentence have context on both sides', () => {
  const counts = Array.from({ length: 1000 }, () => 1);
  for (const { start, end, useStart, useEnd } of sentenceWindows(counts, 100)) {
    if (start > 0) expect(useStart - start).toBeGreaterThanOrEqual(12);
    if (end < 1000) expect(end - useEnd).toBeGreaterThanOrEqual(12);
  }
});

it('batches hold each row once, by length, within the limits', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 200 }), (lengths) => {
      const batches = batchByLength(lengths);
      expect(batches.flat().sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
      const sorted = batches.flat().map((i) => lengths[i] as number);
      expect(sorted).toEqual(sorted.toSorted((a, b) => b - a));
      for (const batch of batches) {
        const padded = batch.length * Math.max(...batch.map((i) => lengths[i] as number));
        expect(batch.length === 1 || (batch.length <= 16 && padded <= 512)).toBe(true);
      }
    }),
  );
});
