import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeSpans, type StatedSpan } from '../../../src/corpus/placeSpans.ts';

/** Different words, some with characters of several units or bytes, and what stands between them. */
const pieces = fc.uniqueArray(
  fc.record({
    word: fc.stringMatching(/^[a-zäß🙂]{3,9}$/u),
    gap: fc.constantFrom(' ', '\r\n', '\n', ', ', ' 🙂 ', ' é '),
  }),
  { minLength: 2, maxLength: 30, selector: ({ word }) => word },
);

/** Ways in which programs count, as the length of a piece of text. */
const lengths: Readonly<Record<string, (text: string) => number>> = {
  'code points': (text) => Array.from(text).length,
  'UTF-16 units': (text) => text.length,
  bytes: (text) => Buffer.byteLength(text),
  'code points, with one for CRLF': (text) => Array.from(text.replaceAll('\r\n', '\n')).length,
  'UTF-16 units, with one for CRLF': (text) => text.replaceAll('\r\n', '\n').length,
};

it.each(Object.entries(lengths))('finds every mention whose offsets count %s', (_, lengthOf) => {
  fc.assert(
    fc.property(pieces, (list) => {
      const stated: StatedSpan[] = [];
      let text = '';
      for (const { word, gap } of list) {
        const start = lengthOf(text);
        stated.push({ ranges: [{ start, end: start + lengthOf(word) }], words: word });
        text += word + gap;
      }
      const placed = placeSpans(text, stated).map((placement) =>
        'ranges' in placement
          ? placement.ranges.map(({ start, end }) => text.slice(start, end))
          : placement.kind,
      );
      expect(placed).toEqual(list.map(({ word }) => [word]));
    }),
  );
});

it('never places a mention on other words than those quoted', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\r\n', '🙂'), maxLength: 40 }),
      fc.array(
        fc.record({ start: fc.nat(45), length: fc.nat(5), words: fc.constantFrom('a', 'ab', 'b 🙂', 'aa') }),
      ),
      (text, drafts) => {
        const stated = drafts.map(({ start, length, words }) => ({
          ranges: [{ start, end: start + length }],
          words,
        }));
        placeSpans(text, stated).forEach((placement, index) => {
          if (!('ranges' in placement)) return;
          const found = placement.ranges.map(({ start, end }) => text.slice(start, end)).join(' ');
          expect(found.replaceAll(/\s+/gu, ' ').trim()).toBe(stated[index]?.words);
        });
      },
    ),
  );
});
