import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadTokenizer } from '../../../src/model/tokenizer/tokenizer.ts';

const tokenizer = await loadTokenizer('models/all-MiniLM-L6-v2');
const word = fc.constantFrom(
  'fever',
  'naïve',
  'µg',
  '°C',
  '🩺',
  '患者',
  '\u200b',
  'e\u0301',
  '-',
  "'s",
  'ﬁ',
  'IL‑6',
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
);

describe('the tokenizer, on any text', () => {
  it('gives each token a place in the text, in order, that cuts no character in two', () => {
    fc.assert(
      fc.property(text, (input) => {
        const { ids, offsets } = tokenizer.encode(input);
        expect(offsets).toHaveLength(ids.length);
        let previous = 0;
        for (const { start, end } of offsets) {
          expect(start).toBeGreaterThanOrEqual(previous);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(input.length);
          const cut = input.slice(start, end);
          if (input.isWellFormed()) expect(cut.isWellFormed()).toBe(true);
          previous = start;
        }
      }),
    );
  });

  it('leaves out nothing but white space, control characters and marks', () => {
    fc.assert(
      fc.property(text, (input) => {
        const covered = new Set(
          tokenizer
            .encode(input)
            .offsets.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)),
        );
        const left = input
          .split('')
          .filter((_, i) => !covered.has(i))
          .join('');
        expect(left).toMatch(/^[\p{White_Space}\p{C}\p{Mn}\ufffd]*$/u);
      }),
    );
  });

  it('gives the words apart the tokens that they have in the text', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zé0-9]{1,12}$/u), { maxLength: 12 }), (words) => {
        const apart = tokenizer.encodeWords(words);
        expect(apart.ids).toEqual(tokenizer.encode(words.join(' ')).ids);
        expect([...new Set(apart.wordIndex)]).toEqual(words.map((_, i) => i));
      }),
    );
  });

  it('gives every word a token', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (words) => {
        expect([...new Set(tokenizer.encodeWords(words).wordIndex)]).toEqual(words.map((_, i) => i));
      }),
    );
  });
});
