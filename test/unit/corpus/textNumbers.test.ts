import { expect, test } from 'vitest';
import { plainDocument } from '../../../src/corpus/document.ts';
import { pretokenised, textNumbers } from '../../../src/corpus/pretokenised.ts';

const text = 'No fever .\nGout .\n\nRash .';
const sentences = [
  [
    { start: 0, end: 2 },
    { start: 3, end: 8 },
  ],
  [{ start: 11, end: 15 }],
  [{ start: 19, end: 23 }],
  [],
];

test('an empty line begins another text in a document from token lines only', () => {
  expect(textNumbers(plainDocument('a', text, pretokenised), sentences)).toEqual([1, 1, 2, 2]);
  expect(textNumbers(plainDocument('a', text), sentences)).toEqual([1, 1, 1, 1]);
  expect(textNumbers(plainDocument('a', `\n\n${text}`, pretokenised), [])).toEqual([]);
  expect(textNumbers(plainDocument('a', '\n\nRash .', pretokenised), [[{ start: 2, end: 6 }]])).toEqual([1]);
});
