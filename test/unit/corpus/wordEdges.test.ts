import { expect, test } from 'vitest';
import { isWordEdge } from '../../../src/corpus/tagged/wordEdges.ts';

test.each([
  ['between two letters', 'gout', 2, false],
  ['after a hyphen', 'X-ray', 2, true],
  ['between two syllables of Korean', '가나', 1, false],
  ['between two characters of Chinese', '糖尿', 1, true],
  ['between Chinese and Latin', '糖a', 1, true],
  ['before a mark', '\u0e01\u0e34', 1, false],
  ['after a letter of Thai with its mark', '\u0e01\u0e34a', 2, true],
  ['after a letter of Thai with two marks', '\u0e01\u0e34\u0e48a', 3, true],
  ['after a Latin letter with a mark', 'e\u0301a', 2, false],
])('a name may begin or end %s: %j at %i is %s', (_, text, at, isEdge) => {
  expect(isWordEdge(text, at)).toBe(isEdge);
});
