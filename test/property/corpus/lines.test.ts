import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { lastAtOrBefore, lineIndex } from '../../../src/corpus/lines.ts';

it('the line of an offset is one more than the line ends before it', () => {
  const texts = fc.array(fc.constantFrom('a', '\n', 'b'), { maxLength: 30 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      const lineOf = lineIndex(text);
      for (let offset = 0; offset <= text.length; offset++) {
        const line = text.slice(0, offset).split('\n').length;
        expect(lineOf(offset)).toBe(line);
      }
    }),
  );
});

it('the last of sorted values that is not above one is found as a search one by one finds it', () => {
  const sorted = fc.array(fc.nat(20), { maxLength: 12 }).map((values) => values.sort((a, b) => a - b));
  fc.assert(
    fc.property(sorted, fc.integer({ min: -1, max: 21 }), (values, value) => {
      expect(lastAtOrBefore(values, value)).toBe(
        Math.max(
          0,
          values.findLastIndex((one) => one <= value),
        ),
      );
    }),
    { numRuns: 500 },
  );
});
