import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlapFinder } from '../../../src/privacy/overlaps.ts';

const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 });
/** Words, and characters that count as parts of a word. */
const pieces = fc.array(fc.constantFrom('a', '痛', '風', 'ก'), { maxLength: 30 });
const sixths: Readonly<Record<string, number>> = { 痛: 4, 風: 4, ก: 2 };
const sixthsIn = (run: readonly string[]): number =>
  run.reduce((sum, piece) => sum + (sixths[piece] ?? 6), 0);

/** For each word of `text`, the length of the longest run from there that a reference contains. */
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
  it.each<[string, fc.Arbitrary<string[]>]>([
    ['words', words],
    ['words and characters', pieces],
  ])('covers exactly the same %s as an exhaustive comparison', (_, sequence) => {
    fc.assert(
      fc.property(
        sequence,
        fc.array(sequence, { maxLength: 4 }),
        fc.integer({ min: 1, max: 6 }),
        (text, refs, least) => {
          const expected = new Set<number>();
          for (const [at, length] of longestFrom(text, refs).entries()) {
            if (sixthsIn(text.slice(at, at + length)) < least * 6) continue;
            for (let index = at; index < at + length; index++) expected.add(index);
          }
          const finder = overlapFinder(
            refs.map((reference) => reference.join(' ')),
            least,
          );
          const covered = new Set<number>();
          for (const { start, end, words: count } of finder.find(text.join(' '))) {
            const run = text.slice(start / 2, (end + 1) / 2);
            expect(Math.floor(sixthsIn(run) / 6)).toBe(count);
            for (let index = start / 2; index < (end + 1) / 2; index++) covered.add(index);
          }
          expect([...covered].sort((a, b) => a - b)).toEqual([...expected].sort((a, b) => a - b));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
