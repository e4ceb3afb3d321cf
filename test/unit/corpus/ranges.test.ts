import { expect, test } from 'vitest';
import { overlap } from '../../../src/corpus/document.ts';

test.each([
  ['the same', [2, 5], [2, 5], true],
  ['one in the other', [2, 9], [4, 5], true],
  ['with one position in common', [2, 5], [4, 8], true],
  ['that touch', [2, 5], [5, 8], false],
  ['that are apart', [2, 3], [5, 8], false],
] as const)('ranges %s', (_, [a, b], [c, d], shared) => {
  expect(overlap({ start: a, end: b }, { start: c, end: d })).toBe(shared);
  expect(overlap({ start: c, end: d }, { start: a, end: b })).toBe(shared);
});
