import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlapFinder } from '../../../src/privacy/overlaps.ts';

const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 });

/** For each word of `text`, the most words from there on that stand in a reference in a row. */
function longestFrom(text: readonly string[], references: readonly (readonly string[])[]): readonly number[] {
  return text.map((_, at) => {
    let longest = 0;
    for (const reference of references) {
      for (let position = 0; position < reference.length; position++) {
        let length = 0;
        while (at + length < text.length && text[at + length] === reference[position + length]) length++;
        longest = Math.max(longest, length);
      }
    }
    return longest;
  });
}

describe('overlapFinder', () => {
  it('covers exactly the words that a comparison of all with all covers', () => {
    fc.assert(
      fc.property(
        words,
        fc.array(words, { maxLength: 4 }),
        fc.integer({ min: 1, max: 6 }),
        (text, refs, least) => {
          const expected = new Set<number>();
          for (const [at, length] of longestFrom(text, refs).entries()) {
            if (length < least) continue;
            for (let index = at; index < at + length; index++) expected.add(index);
          }
          const finder = overlapFinder(
            refs.map((reference) => reference.join(' ')),
            least,
          );
          const covered = new Set<number>();
          for (const { start, end, words: count } of finder.find(text.join(' '))) {
            expect((end - start + 1) / 2).toBe(count);
            for (let index = start / 2; index < (end + 1) / 2; index++) covered.add(index);
          }
          expect([...covered].sort((a, b) => a - b)).toEqual([...expected].sort((a, b) => a - b));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
