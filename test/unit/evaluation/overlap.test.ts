import { expect, test } from 'vitest';
import { markedParts } from '../../../src/evaluation/render/overlap.ts';

function parts(gold: string | undefined, predicted: string | undefined, length = 0): string[] {
  const side = (text: string) => ({ label: 'Disease', text });
  return markedParts({
    kind: 'boundary',
    document: 'note.txt',
    line: 1,
    start: 10,
    end: 10 + length,
    ...(gold === undefined ? {} : { gold: side(gold) }),
    ...(predicted === undefined ? {} : { predicted: side(predicted) }),
    before: '',
    after: '',
  }).map((part) => `${part.gold ? 'g' : ''}${part.predicted ? 'p' : ''}:${part.text}`);
}

test.each([
  ['acute pancreatitis', 'pancreatitis', 18, ['g:acute ', 'gp:pancreatitis']],
  ['pain', 'severe pain in the chest', 24, ['p:severe ', 'gp:pain', 'p: in the chest']],
  ['type 2 diabetes', '2 diabetes mellitus', 24, ['g:type ', 'gp:2 diabetes', 'p: mellitus']],
  ['2 diabetes mellitus', 'type 2 diabetes', 24, ['p:type ', 'gp:2 diabetes', 'g: mellitus']],
  // "aa" overlaps in one letter or in none that a length would tell: the length decides.
  ['baa', 'aab', 4, ['g:b', 'gp:aa', 'p:b']],
  ['baa', 'aab', 5, ['g:ba', 'gp:a', 'p:ab']],
  ['gout', 'gout', 4, ['gp:gout']],
])('of %j and %j in %i characters each word stands once', (gold, predicted, length, expected) => {
  expect(parts(gold, predicted, length)).toEqual(expected);
});

test('a side that is alone keeps its words', () => {
  expect(parts('gout', undefined)).toEqual(['g:gout']);
  expect(parts(undefined, 'gout')).toEqual(['p:gout']);
});
