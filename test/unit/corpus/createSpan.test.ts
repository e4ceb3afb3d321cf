import { expect, test } from 'vitest';
import { createSpan } from '../../../src/corpus/document.ts';

const spanOf = (text: string, start: number, end: number) =>
  createSpan(text, { id: 'T1', start, end, label: 'X', source: 'human' });

// The first and the last code point that takes two UTF-16 units, and their combinations.
test.each(['\uD800\uDC00', '\uDBFF\uDFFF', '\uD800\uDFFF', '\uDBFF\uDC00'])(
  'a span cannot begin or end inside a character: %j',
  (pair) => {
    const text = `a${pair}b`;
    expect(() => spanOf(text, 2, 4)).toThrow('split a character');
    expect(() => spanOf(text, 0, 2)).toThrow('split a character');
    expect(spanOf(text, 1, 3)).toMatchObject({ start: 1, end: 3 });
  },
);

test.each(['\uD7FF\uDC00', '\uE000\uDC00', '\uD800\uDBFF', '\uD800\uE000', '\uDC00\uD800', 'ab'])(
  'halves that do not make a character may be apart: %j',
  (units) => {
    expect(spanOf(units, 0, 1)).toMatchObject({ start: 0, end: 1 });
    expect(spanOf(units, 1, 2)).toMatchObject({ start: 1, end: 2 });
  },
);
